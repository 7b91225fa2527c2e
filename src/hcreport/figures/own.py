"""A landlord's own figures: ``[figures.NAME]`` in ``report.toml``, in the same vocabulary.

Each takes the cohort of a built-in figure and narrows it. It becomes a figure like any other, with
the id ``own.NAME``, and so is printed, defined, traced and drawn like any other.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ConfigDict, ValidationError, model_validator

from hcreport.derive.frame import columns
from hcreport.figures.algebra import (
    Average,
    Condition,
    Count,
    Figure,
    Is,
    OverRows,
    Quotient,
    Rate,
    Share,
    Total,
    Unit,
    cohort_of,
    column_is,
)
from hcreport.figures.english import either
from hcreport.problems import CannotRun, Place, Problem, Rule, Severity, did_you_mean
from hcreport.records import FieldKind, Records, specs
from hcreport.settings import SETTINGS, cannot_use

if TYPE_CHECKING:
    from hcreport.figures.algebra import Cohort, Measure

NO_ROWS = Rule(
    "X124",
    Severity.WARNING,
    "A value that a figure of your own goes by does not occur in the exports",
    "Correct it in report.toml, unless there really were none.",
)
RULES = (NO_ROWS,)
PREFIX = "own."
# What each kind narrows: a built-in figure that is measured in one of these ways.
KINDS: Mapping[str, tuple[type, ...]] = {
    "count": (Count,),
    "share": (Count,),
    "rate": (Share, Quotient, Rate),
    "sum": (Total,),
    "median": (Average,),
    "mean": (Average,),
}
Words = str | tuple[str, ...]


class OwnFigure(BaseModel):
    """One figure as settings declare it: its kind with a built-in figure, and what narrows it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    label: str | None = None
    count: str | None = None
    share: str | None = None
    rate: str | None = None
    sum: str | None = None
    median: str | None = None
    mean: str | None = None
    where: dict[str, Words] = {}
    by: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _one_kind(self) -> OwnFigure:
        given = [kind for kind in KINDS if getattr(self, kind) is not None]
        if len(given) != 1:
            raise ValueError(f"give one of {', '.join(KINDS)}, with the id of a figure")
        if given[0] == "share" and not self.where:
            raise ValueError("a share needs where: which of the complaints it is the share of")
        return self

    @property
    def kind(self) -> str:
        """The kind that is given."""
        return next(kind for kind in KINDS if getattr(self, kind) is not None)


@dataclass(frozen=True)
class _Setting:
    """One figure's place in the settings, for messages that point there."""

    name: str

    def fault(self, key: str, what: str, hint: str) -> CannotRun:
        """What is wrong with a key of this figure."""
        return CannotRun(f"{SETTINGS}: figures.{self.name}.{key}: {what}.", hint)


def declared(
    given: Mapping[str, Mapping[str, Any]], built_in: Mapping[str, Figure], records: Records
) -> Mapping[str, Figure]:
    """The own figures of a project, by id. Raises CannotRun that names the setting at fault."""
    found = {}
    for name, held in given.items():
        try:
            own = OwnFigure.model_validate(held)
        except ValidationError as fault:
            raise cannot_use(f"{SETTINGS}: figures.{name}", fault, OwnFigure) from None
        figure = _figure(_Setting(name), own, built_in, records)
        found[figure.id] = figure
    return found


def without_rows(figures: Mapping[str, Figure], records: Records) -> Iterator[Problem]:
    """A warning for each value in ``where`` that no record has: a slip, or truly none."""
    for figure in figures.values():
        cohort = cohort_of(figure.measure)
        if not figure.id.startswith(PREFIX) or cohort is None:
            continue
        hit = figure.measure.hit if isinstance(figure.measure, Share) else ()
        for test in (*cohort.conditions, *hit):
            if isinstance(test, Is) and not columns(cohort.table)[test.column].codes:
                held = _values(cohort, test.column, records)
                near = {code: did_you_mean(code, held) for code in test.codes if code not in held}
                for code, hint in near.items():
                    name = figure.id.removeprefix(PREFIX)
                    place = Place(SETTINGS, heading=f"figures.{name}.where.{test.column}")
                    yield Problem(NO_ROWS, place, f"no row has this value. {hint}".strip(), code)


def _figure(
    at: _Setting, own: OwnFigure, built_in: Mapping[str, Figure], records: Records
) -> Figure:
    base = _base(at, own, built_in)
    cohort = cohort_of(base.measure)
    if cohort is None:
        raise at.fault(own.kind, f"{base.id} counts no rows", "Take a figure of complaints.")
    tests = tuple(
        _test(at, cohort, field, (words,) if isinstance(words, str) else words, records)
        for field, words in own.where.items()
    )
    if _is_per_home(base.measure) and any(test.column == "tenure" for test in tests):
        what = "the homes it is divided by would still be those of every tenure"
        raise at.fault("where.tenure", what, f"Write {{{{ {base.id}.by(tenure=…) }}}} instead.")
    said = " and ".join(
        f"{columns(cohort.table)[t.column].label.lower()} is {either(_printed(cohort, t))}"
        for t in tests
    )
    narrow = _Narrow(said, tests)
    measure = narrow.share(base.measure) if own.kind == "share" else narrow.measure(base.measure)
    return Figure(
        f"{PREFIX}{at.name}",
        own.label or (f"{base.label}, where {said}" if said else base.label),
        Unit.SHARE if own.kind == "share" else base.unit,
        measure,
        tuple((key,) for key in _keys(at, cohort, own.by)),
        decimals=base.decimals,
    )


def _is_per_home(measure: Measure) -> bool:
    return isinstance(measure, Rate) and measure.under == "homes"


def _base(at: _Setting, own: OwnFigure, built_in: Mapping[str, Figure]) -> Figure:
    """The built-in figure that an own one begins with."""
    wanted = getattr(own, own.kind)
    fitting = {
        name: figure
        for name, figure in built_in.items()
        if isinstance(figure.measure, KINDS[own.kind])
        and getattr(figure.measure, "how", own.kind) == own.kind
    }
    if wanted not in fitting:
        what = f"there is no figure {wanted!r}"
        if wanted in built_in:
            what = f"{wanted} is no figure that a {own.kind} can be taken of"
        hint = did_you_mean(wanted, fitting) or f"Such as {', '.join(list(fitting)[:3])}."
        raise at.fault(own.kind, what, hint)
    return fitting[wanted]


def _test(
    at: _Setting, cohort: Cohort, field: str, words: tuple[str, ...], records: Records
) -> Any:
    """The condition that a field is one of these, as the exports spell it."""
    column = cohort.column(field)
    info = columns(cohort.table).get(column)
    usable = list(_usable(cohort))
    if info is None or field not in usable:
        near = did_you_mean(field, usable) or f"There are {', '.join(usable)}."
        raise at.fault(f"where.{field}", f"{cohort.table} have no such field to go by", near)
    if info.codes:
        known = {label.casefold(): code for code, label in info.codes.items()}
        known |= {code.casefold(): code for code in info.codes}
    else:
        known = {value.casefold(): value for value in _values(cohort, column, records)}
    wrong = next((word for word in words if word.casefold() not in known), None)
    if wrong is not None and info.codes:
        near = did_you_mean(wrong, info.codes.values())
        hint = near or f"It can be {either(info.codes.values())}."
        raise at.fault(f"where.{field}", f"{info.label.lower()} is never {wrong!r}", hint)
    return column_is(column, *(known.get(word.casefold(), word) for word in words))


def _usable(cohort: Cohort) -> Iterator[str]:
    """The fields that a figure can be narrowed or broken down by."""
    kinds = {spec.name: spec.kind for spec in specs(cohort.table)}
    for name, info in columns(cohort.table).items():
        if info.codes or info.same_as or kinds.get(name) is FieldKind.CATEGORY:
            yield name
    yield from dict(cohort.names)


def _values(cohort: Cohort, column: str, records: Records) -> set[str]:
    """The values that a landlord's own words take in the exports."""
    linked = columns(cohort.table)[column].same_as
    table, _, name = (linked or f"{cohort.table}.{column}").partition(".")
    return {value for row in getattr(records, table) if (value := getattr(row, name, None))}


def _keys(at: _Setting, cohort: Cohort, by: tuple[str, ...]) -> Iterator[str]:
    usable = list(_usable(cohort))
    for key in by:
        if key not in usable:
            near = did_you_mean(key, usable) or f"There are {', '.join(usable)}."
            raise at.fault("by", f"{cohort.table} cannot be broken down by {key!r}", near)
        yield key


def _printed(cohort: Cohort, test: Any) -> list[str]:
    labels = columns(cohort.table)[test.column].codes
    return [labels.get(code, code) for code in test.codes]


@dataclass(frozen=True)
class _Narrow:
    """Conditions put onto a measure's cohort, with the words for them."""

    said: str
    tests: tuple[Condition, ...]

    def cohort(self, cohort: Cohort) -> Cohort:
        """The cohort, narrowed; nothing at all where the exports lack a field it goes by."""
        if not self.tests:
            return cohort
        return self._needed(cohort.where(f", where {self.said},", *self.tests))

    def _needed(self, cohort: Cohort) -> Cohort:
        recorded = {spec.name for spec in specs(cohort.table)}
        held = columns(cohort.table)
        needs = [
            test.column
            for test in self.tests
            if test.column in recorded or held[test.column].same_as
        ]
        return cohort.needing(*needs)

    def measure(self, measure: Measure) -> Measure:
        """The same measure over the narrowed cohort."""
        if isinstance(measure, Rate):
            under = measure.under
            narrowed = self.count(under) if isinstance(under, Count) else under
            return replace(measure, over=self.count(measure.over), under=narrowed)
        assert isinstance(measure, OverRows)  # noqa: S101  (only what counts rows is narrowed)
        return replace(measure, cohort=self.cohort(measure.cohort))

    def count(self, measure: Count) -> Count:
        """The same count over the narrowed cohort."""
        return replace(measure, cohort=self.cohort(measure.cohort))

    def share(self, measure: Measure) -> Share:
        """The share of a count's rows that meet the conditions."""
        assert isinstance(measure, Count)  # noqa: S101  (a share is asked of counts alone)
        cohort = measure.cohort.where("", *measure.known, *measure.hit)
        named = replace(cohort, words=measure.cohort.words)
        return Share(self._needed(named), hit=self.tests)
