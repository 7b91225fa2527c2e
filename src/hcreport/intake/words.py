"""What a cell of a field says: by the field's kind, and by the profile's lists of words."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from hcreport.intake import rules
from hcreport.intake.profile import Source, aim
from hcreport.intake.values import (
    Broken,
    Cell,
    Fault,
    date_of,
    folded,
    number_of,
    opposed,
    pence_of,
    reference_of,
    text_of,
)
from hcreport.problems import did_you_mean
from hcreport.records import NOT_RECORDED, FieldKind, FieldSpec

# A cell's reading: the field it fills, which a value list can make another one, and the value.
Reading = tuple[str, Any]
Reader = Callable[[Cell], Reading]


def reader(spec: FieldSpec, source: Source) -> Reader:
    """How a field's cells are read in a source. The reader raises Fault where it cannot."""
    nothing = frozenset(map(folded, source.blank_words(spec.name)))
    read = _by_kind(spec, source)

    def read_or_blank(cell: Cell) -> Reading:
        if isinstance(cell, Broken):
            raise Fault(rules.BROKEN_CELL, "it holds no value")
        if nothing and (text := text_of(cell)) is not None and folded(text) in nothing:
            return spec.name, None
        return read(cell)

    return read_or_blank


def _by_kind(spec: FieldSpec, source: Source) -> Reader:
    name, kind = spec.name, spec.kind
    formats = source.formats.get(name, source.dates)
    plain: dict[FieldKind, Callable[[Cell], Any]] = {
        FieldKind.REFERENCE: reference_of,
        FieldKind.TEXT: text_of,
        FieldKind.DATE: lambda cell: date_of(cell, formats, source.placeholders),
        FieldKind.MONEY: pence_of,
        FieldKind.NUMBER: number_of,
    }
    if kind in plain:
        of = plain[kind]
        return lambda cell: (name, of(cell))
    if kind is FieldKind.CODE or name in source.values:
        return _by_list(spec, source.values.get(name, {}))
    return lambda cell: (name, _said(cell))


def _said(cell: Cell) -> str | None:
    """A landlord's own word; "not recorded" is what we print for a blank, and so is one."""
    text = text_of(cell)
    return None if text is not None and folded(text) == NOT_RECORDED else text


def meanings(spec: FieldSpec, listed: Mapping[str, Sequence[str]]) -> dict[str, tuple[str, str]]:
    """What each word, folded, means: a field and its code, of our own or from the list."""
    known = {folded(label): (spec.name, code) for code, label in spec.codes.items()}
    known |= {folded(code): (spec.name, code) for code in spec.codes}
    for meaning, theirs in listed.items():
        target = aim(spec.name, meaning)
        known.setdefault(folded(meaning), target)
        known |= {folded(word): target for word in theirs}
    return known


def _by_list(spec: FieldSpec, listed: Mapping[str, Sequence[str]]) -> Reader:
    """Reading by value list: our own codes and labels always count, and the profile's words."""
    known = meanings(spec, listed)
    offered = [folded(word) for words in (spec.codes.values(), *listed.values()) for word in words]

    def read(cell: Cell) -> Reading:
        text = text_of(cell)
        if text is None or folded(text) == NOT_RECORDED:
            return spec.name, None
        if folded(text) not in known:
            said = folded(text)
            near = did_you_mean(said, (word for word in offered if not opposed(said, word)))
            message = f"{spec.label.lower()} has no such value in the profile's list. {near}"
            raise Fault(rules.UNKNOWN_VALUE, message.strip())
        return known[folded(text)]

    return read
