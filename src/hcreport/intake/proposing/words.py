"""What each column of codes writes for each code, how often, and what is left over."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from hcreport.intake.profile import ALL, Source
from hcreport.intake.proposing.cells import NO_MONEY, NOTHING, Columns, is_nothing, is_prose, says
from hcreport.intake.proposing.likeness import nearest
from hcreport.intake.values import Cell, folded, text_of
from hcreport.intake.words import meanings
from hcreport.records import NOT_RECORDED, FieldKind, FieldSpec

# A list longer than this is no list of kinds, and is not written down.
_LONGEST_LIST = 30
_READ = (FieldKind.DATE, FieldKind.MONEY, FieldKind.CODE, FieldKind.CATEGORY)


@dataclass(frozen=True)
class Unknown:
    """A word that no list holds: how often it stands there, and the likeliest codes for it."""

    times: int
    near: tuple[str, ...]


@dataclass(frozen=True)
class Words:
    """By field: ``values`` the words met for each code, with how often; ``unknown`` the others.

    ``own`` holds the words of categories, which take any. ``blanks`` are the words, by field or
    for ``all``, that say nothing.
    """

    values: Mapping[str, Mapping[str, Mapping[str, int]]]
    unknown: Mapping[str, Mapping[str, Unknown]]
    own: Mapping[str, Mapping[str, int]]
    blanks: Mapping[str, tuple[str, ...]]


def words(columns: Columns, lists: Sequence[Source]) -> Words:
    """Tell the words from the cells; ``lists`` are the sources whose value lists hold."""
    values: dict[str, dict[str, dict[str, int]]] = {}
    unknown: dict[str, dict[str, Unknown]] = {}
    own: dict[str, dict[str, int]] = {}
    for spec, cells in columns.of(FieldKind.CODE, FieldKind.CATEGORY):
        met = Counter(text_of(c) or "" for c in cells if says(c) not in {*NOTHING, NOT_RECORDED})
        if spec.kind is FieldKind.CATEGORY:
            if len(met) <= _LONGEST_LIST:
                own[spec.name] = dict(sorted(met.items()))
            continue
        known = _known(spec, lists)
        left_out = {folded(w) for source in lists for w in source.leave_out.get(spec.name, ())}
        for text, times in sorted(met.items()):
            if folded(text) in known:
                values.setdefault(spec.name, {}).setdefault(known[folded(text)], {})[text] = times
            elif folded(text) not in left_out and not is_prose([text]):
                unknown.setdefault(spec.name, {})[text] = Unknown(times, nearest(text, known))
    return Words(values, unknown, own, _blanks(columns))


def knows_any(spec: FieldSpec, lists: Sequence[Source], cells: Sequence[Cell]) -> bool:
    """Whether any cell holds one of the words of a field's lists, or nothing is said at all."""
    known = _known(spec, lists)
    return not cells or any(says(cell) in known for cell in cells)


def _known(spec: FieldSpec, lists: Sequence[Source]) -> dict[str, str]:
    """Each word, folded, and the key of ``values`` that it belongs under."""
    found: dict[str, str] = {}
    for source in reversed(lists):
        for word, (name, code) in meanings(spec, source.values.get(spec.name, {})).items():
            found[word] = code if name == spec.name else f"{name}={code}"
    return found


def nought(columns: Columns) -> dict[str, tuple[str, ...]]:
    """The words met that say nought, by field of money: beside complaints, no award at all."""
    found = {}
    for spec, cells in columns.of(FieldKind.MONEY):
        held = {text_of(cell) or "" for cell in cells if says(cell) in NO_MONEY}
        if held:
            found[spec.name] = tuple(sorted(held))
    return found


def _blanks(columns: Columns) -> dict[str, tuple[str, ...]]:
    """The words met, in whatever column, that say nothing."""
    cells = (cell for _, held in columns.of(*_READ) for cell in held)
    met = {text_of(cell) or "" for cell in cells if is_nothing(cell)}
    return {ALL: tuple(sorted(met))} if met else {}
