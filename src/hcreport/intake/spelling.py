"""Each category spelt one way, whichever file or stage it came from."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from hcreport.intake.values import folded
from hcreport.records import FieldKind, Record, specs

if TYPE_CHECKING:
    from collections.abc import Sequence


def one_spelling(table: str, records: list[Record]) -> list[Record]:
    """The records with each category spelt one way, whichever file or stage it came from.

    Words that differ in capitals only are one value. It is printed as it is most often written;
    of two spellings as frequent, the first in order.
    """
    chosen = {
        spec.name: _respellings(list(map(attrgetter(spec.name), records)))
        for spec in specs(table)
        if spec.kind is FieldKind.CATEGORY
    }
    if not any(chosen.values()):
        return records
    return [_respelt(record, chosen) for record in records]


def _respellings(written: Sequence[str | None]) -> dict[str, str]:
    """The words of a column that are more often written otherwise, with how."""
    words = [word for word in set(written) if word is not None]
    if len(set(map(folded, words))) == len(words):
        return {}  # nearly every column: nothing has to be counted
    times = Counter(written)
    best: dict[str, str] = {}
    for text in sorted(words, key=lambda text: (-times[text], text)):
        best.setdefault(folded(text), text)
    return {text: best[folded(text)] for text in words if best[folded(text)] != text}


def _respelt(record: Record, chosen: dict[str, dict[str, str]]) -> Record:
    held = {name: spelling.get(getattr(record, name)) for name, spelling in chosen.items()}
    changed: dict[str, Any] = {name: value for name, value in held.items() if value is not None}
    return replace(record, **changed) if changed else record
