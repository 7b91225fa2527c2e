"""Terms that a report defines for itself: "AM = April and May 2024", "the year 2023/24 (“FY”)".

Only what stands for one thing that is known becomes a term: a period, a stage or a group.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping

from hcreport.proofread.mentions import Mention, Slot

_TERM = r"(?:[“\"‘'](?P<quoted>[^”\"’'\d]{2,30})[”\"’']|(?P<short>[A-Z][A-Z0-9]{1,5}))"
_IS = r"\s*(?:=|means\b|stands for\b|refers to\b|,? (?:I|we) mean\b)\s*"
_FORWARD = re.compile(rf"{_TERM}{_IS}(?P<said>[^.;“\"]+)")
_BACKWARD = re.compile(rf"(?P<said>[^.;()]{{4,60}})\s\((?:the\s|hereafter\s|below\s)?{_TERM}\)")
_NAMING = frozenset({Slot.WHEN, Slot.STAGE, Slot.LABEL})

Terms = Mapping[str, tuple[Mention, ...]]


def terms(texts: Iterable[str], mentions: Callable[[str], tuple[Mention, ...]]) -> Terms:
    """The terms that texts define, with what each says."""
    found: dict[str, tuple[Mention, ...]] = {}
    for text in texts:
        for form in (_FORWARD, _BACKWARD):
            for defined in form.finditer(text):
                term = (defined["quoted"] or defined["short"]).strip()
                said = _first(mentions(defined["said"]), at_end=form is _BACKWARD)
                if said and not mentions(term):
                    found.setdefault(term, said)
    return found


def _first(mentions: tuple[Mention, ...], *, at_end: bool) -> tuple[Mention, ...]:
    """The one thing that a definition says: the nearest to its term, if it surely says one."""
    named = [m for m in mentions if m.slot in _NAMING and m.is_sure]
    if not named:
        return ()
    nearest = named[-1] if at_end else named[0]
    return tuple(m for m in named if (m.start, m.end) == (nearest.start, nearest.end))
