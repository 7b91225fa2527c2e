"""What a sentence says of change: how far, which way, and in per cent or percentage points."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from fractions import Fraction

from hcreport.figures.algebra import Unit
from hcreport.figures.shown import half_up, show
from hcreport.proofread import lexicon
from hcreport.proofread.arithmetic import Abouts, Verdicts, confirm, is_open, refute
from hcreport.proofread.claims import Outcome, Verdict
from hcreport.proofread.facts import When
from hcreport.proofread.numbers import Bound, Kind, Number
from hcreport.proofread.scope import Sentence

_ROUGHLY = (
    r"(?:a total of\s+|an? (?:mean|median|average) of\s+|one of\s+|just\s+|around\s+|about\s+)?"
)
_FROM = re.compile(rf"\bfrom\s+{_ROUGHLY}\Z", re.IGNORECASE)
_TO = re.compile(rf"(?:[^.;]{{0,50}}?)\bto\s+{_ROUGHLY}\Z", re.IGNORECASE)
# Two numbers of days, one of which says so.
_ALIKE = frozenset({Kind.COUNT, Kind.DAYS})
_AGAINST = re.compile(
    r"\b(?:compared (?:to|with)|against|from|on|than|versus|to)\s+(?:the\s+|a\s+|its\s+)?"
    r"(?:\w+\s+){0,3}?\Z",
    re.IGNORECASE,
)
_AGAIN = re.compile(r",? or (?:about |nearly |some |just \w+ )?", re.IGNORECASE)
_NEAR = 60


def check(sentence: Sentence, verdicts: Verdicts, abouts: Abouts) -> None:
    """Everything that a sentence says of change."""
    moving = list(_moves(sentence, abouts))
    for old, new in moving:
        _hold_direction(sentence, old, new, verdicts, abouts)
    _hold_said_twice(sentence, verdicts, abouts)
    for number in sentence.figures:
        if not abouts[number].is_change:
            continue
        ends = moving or list(_two(sentence, number, abouts, verdicts))
        if len(ends) == 1:
            _hold_change(number, *ends[0], abouts[number].rose, verdicts)


def _moves(sentence: Sentence, abouts: Abouts) -> Iterator[tuple[Number, Number]]:
    """Numbers said to go from one to another: "from 780 to 575", "to 575 from 780"."""
    text = sentence.text
    plain = [n for n in sentence.figures if not abouts[n].is_change]
    for a, b in itertools.pairwise(plain):
        if a.kind is not b.kind and {a.kind, b.kind} != _ALIKE:
            continue
        between = text[a.end : b.start]
        if _FROM.search(text[: a.start]) and _TO.fullmatch(between):
            yield a, b
        elif _TO.search(text[: a.start][-30:]) and re.fullmatch(
            r"[^.;]{0,60}\b(?:from|compared (?:to|with)|on|against)\s+(?:the\s+)?",
            between,
            re.IGNORECASE,
        ):
            yield b, a


def _hold_said_twice(sentence: Sentence, verdicts: Verdicts, abouts: Abouts) -> None:
    """A change in number and in per cent beside what it led to: "fell by 15, or 44%, to 19"."""
    moved = [n for n in sentence.figures if abouts[n].is_change]
    values = [n for n in sentence.figures if n.kind is Kind.COUNT and not abouts[n].is_change]
    if [n.kind for n in moved] != [Kind.COUNT, Kind.PERCENT] or len(values) != 1:
        return
    count, percent = moved
    rose = abouts[count].rose
    if rose is None or not _AGAIN.fullmatch(sentence.text[count.end : percent.start]):
        return
    old = values[0].value - (count.value if rose else -count.value)
    if old > 0 and is_open(percent, verdicts):
        share = count.value / old
        said = f"{count.text} of {half_up(old):,}"
        if percent.agrees(share):
            confirm(percent, verdicts, said)
        else:
            refute(percent, verdicts, said, show(share, Unit.SHARE))


def _hold_direction(
    sentence: Sentence, old: Number, new: Number, verdicts: Verdicts, abouts: Abouts
) -> None:
    """A rise must rise and a fall must fall."""
    first, last = min(old.start, new.start), max(old.end, new.end)
    before = sentence.text[max(0, first - _NEAR) : first].lower()
    after = sentence.text[last : last + _NEAR].lower()
    for around in (before, after):
        verb = _verb(around)
        if verb is None:
            continue
        up, word = verb
        stated = next((n for n in sentence.figures if n.start > last and abouts[n].is_change), None)
        if old.value == new.value or (new.value > old.value) != up:
            ends_hold = all(verdicts[n].outcome is not Outcome.WRONG for n in (old, new))
            # Where both ends hold, the change is what was said badly.
            to_blame = stated if stated is not None and ends_hold else new
            told, why = told_of(new.value - old.value), f"from {old.text} to {new.text}"
            verdicts[to_blame] = Verdict(Outcome.WRONG, why, told, word=word)
        return


def _verb(words: str) -> tuple[bool, str] | None:
    """Whether words tell of a rise, and the one that does: the last verb, else the last other."""
    for raised, lowered in ((lexicon.ROSE, lexicon.FELL), (lexicon.RAISED, lexicon.LOWERED)):
        said = [(m.start(), True, m[0]) for m in raised.finditer(words)]
        said += [(m.start(), False, m[0]) for m in lowered.finditer(words)]
        if said:
            _, is_up, word = max(said)
            return is_up, word
    return None


def told_of(moved: Fraction) -> str:
    """What a change is called."""
    return "no change" if not moved else "a rise" if moved > 0 else "a fall"


def _is_at_start(verdict: Verdict) -> bool:
    """Whether a number is what a year began with."""
    return verdict.fact is not None and "open at start" in verdict.fact.measures


def _two(
    sentence: Sentence, number: Number, abouts: Abouts, verdicts: Verdicts
) -> Iterator[tuple[Number, Number]]:
    """The two numbers that a change lies between, where the sentence has just two of a kind."""
    for kind in (Kind.COUNT, Kind.MONEY, Kind.PERCENT):
        alike = [
            n
            for n in sentence.figures
            if n.kind is kind and not abouts[n].is_change and not n.is_word
        ]
        if len(alike) != 2 or any(number in pair for pair in sentence.pairs):  # noqa: PLR2004  (a change has two ends)
            continue
        first, second = alike
        if (verdicts and _is_at_start(verdicts[first]) and not _is_at_start(verdicts[second])) or (
            When.BEFORE.value in abouts[first].whens
            and When.BEFORE.value not in abouts[second].whens
        ):
            yield first, second
        elif (
            _AGAINST.search(sentence.text[: second.start])
            or When.BEFORE.value in abouts[second].whens
        ):
            yield second, first


def _hold_change(
    number: Number, old: Number, new: Number, rose: bool | None, verdicts: Verdicts
) -> None:
    if number.bound is Bound.UNDER or not is_open(number, verdicts):
        return
    moved = new.value - old.value
    points = old.kind is Kind.PERCENT
    if rose is not None and moved and (moved > 0) != rose:
        said = f"{told_of(moved)}, not a {'rise' if rose else 'fall'}"
        refute(number, verdicts, f"from {old.text} to {new.text}", said)
        return
    if number.kind is Kind.PERCENT:
        if not old.value:
            return
        relative = abs(moved / old.value)
        if number.agrees(relative):
            confirm(number, verdicts, f"from {old.text} to {new.text}")
        elif points:
            refute(number, verdicts, f"from {old.text} to {new.text}", _points(moved))
        else:
            refute(number, verdicts, f"from {old.text} to {new.text}", show(relative, Unit.SHARE))
    elif (number.kind is Kind.POINTS) == points and number.kind in {Kind.POINTS, old.kind}:
        slack = old.half + new.half if points else Fraction(0)
        if abs(abs(moved) - number.value) <= number.half + slack:
            confirm(number, verdicts, f"from {old.text} to {new.text}")
        elif points:
            refute(number, verdicts, f"from {old.text} to {new.text}", _points(moved))
        else:
            refute(number, verdicts, f"from {old.text} to {new.text}", f"{half_up(abs(moved)):,}")


def _points(moved: Fraction) -> str:
    return f"{half_up(abs(moved) * 100)} percentage points"
