"""The facts that a number is held against, and where to look them up; ``truths`` makes them.

Each knows what it is about: a measure, a stage, labels, a period.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction
from functools import cached_property
from math import floor

from hcreport.figures.algebra import Unit
from hcreport.figures.shown import change_in_words, half_up, money, show
from hcreport.proofread.numbers import Kind, Number
from hcreport.proofread.source import TO_DATE, Known


class Facet(StrEnum):
    """Which of a figure's numbers a fact is; the values are a placeholder's own."""

    VALUE = ""
    SHARE = "share"
    PREVIOUS = "previous"
    CHANGE = "change"
    DIFFERENCE = "difference"
    BASE = "base"


class When(StrEnum):
    """The period a fact is about."""

    NOW = "now"
    BEFORE = "before"
    TO_DATE = "to date"


ONE, TWO, BOTH = "1", "2", "both"
# Values are looked up by the hundredth, and not by more hundredths than this.
_FINE, _MANY = 100, 500
_FOUR = 4


@dataclass(frozen=True)
class Fact:
    """One true number. ``measures`` are the words for it, the fittest first.

    ``stages`` are those it may be said of; none where stages do not come into it. ``over`` and
    ``under`` are the counts behind it. What is not ``firm`` can show a number right, never wrong.
    """

    known: Known
    facet: Facet
    measures: tuple[str, ...]
    stages: frozenset[str]
    labels: frozenset[str]
    when: When
    kind: Kind
    value: Fraction
    over: int | None = None
    under: int | None = None
    firm: bool = True

    @property
    def said(self) -> str:
        """The value as a report prints it."""
        if self.facet is Facet.CHANGE:
            return change_in_words(
                self.value, Unit.SHARE if self.kind is Kind.POINTS else Unit.COUNT
            )
        if self.facet is Facet.DIFFERENCE:
            less = "less" if self.kind is Kind.MONEY else "fewer"
            size = _shown(replace(self, value=abs(self.value)))
            return f"{size} {'more' if self.value > 0 else less}" if self.value else "no change"
        shown = _shown(self)
        if self.facet in {Facet.VALUE, Facet.SHARE} and self.kind is Kind.PERCENT and self.under:
            return f"{shown} ({self.over or 0:,} of {self.under:,})"
        return shown

    @property
    def name(self) -> str:
        """What the fact is, in the ledger's own words."""
        label = self.known.label
        label = label if label[1:2].isupper() else label[:1].lower() + label[1:]
        group = ", ".join(value for _, value in self.known.group)
        whole = f"{label} ({group})" if group else label
        match self.facet:
            case Facet.PREVIOUS:
                return f"{whole}, the period before"
            case Facet.CHANGE | Facet.DIFFERENCE:
                return f"the change in {whole}"
            case Facet.SHARE:
                is_mean = "mean award" in self.measures
                return f"{whole}, a case" if is_mean else f"{whole}, as a share"
            case _:
                return whole

    @property
    def is_of_ombudsman(self) -> bool:
        """Whether it is about the Ombudsman's decisions."""
        return self.known.id.removeprefix(TO_DATE).startswith("ombudsman.")

    @property
    def placeholder(self) -> str:
        """What a template prints it by; empty where nothing prints just this."""
        known, own_base = self.known, self.known.group and self.under == self.known.denominator
        facet = self.facet
        unprinted = facet is Facet.DIFFERENCE or (facet is Facet.SHARE and not own_base)
        pooled = BOTH in self.stages and "stage1." in known.id
        if not self.firm or unprinted or pooled:
            return ""
        by = ", ".join(f'{key}="{value}"' for key, value in known.group)
        parts = [known.id, *([f"by({by})"] if by else []), *([facet] if facet else [])]
        return f"{{{{ {'.'.join(parts)} }}}}"


def _shown(fact: Fact) -> str:
    if fact.facet is Facet.VALUE:
        return fact.known.shown
    match fact.kind:
        case Kind.PERCENT:
            return show(fact.value, Unit.SHARE)
        case Kind.MONEY:
            return money(fact.value)
        case _:
            return f"{half_up(fact.value, 0 if fact.value.denominator == 1 else 1):,}"


@dataclass(frozen=True)
class Facts:
    """Every fact of a source."""

    every: tuple[Fact, ...]

    @cached_property
    def by_measure(self) -> Mapping[str, tuple[Fact, ...]]:
        """The facts that a measure may name."""
        found: dict[str, list[Fact]] = {}
        for fact in self.every:
            for measure in fact.measures:
                found.setdefault(measure, []).append(fact)
        return {measure: tuple(facts) for measure, facts in found.items()}

    @cached_property
    def by_labels(self) -> Mapping[str, Mapping[frozenset[str], tuple[Fact, ...]]]:
        """The same again, by the labels of each: few of which the words near a number allow."""
        found: dict[str, dict[frozenset[str], list[Fact]]] = {}
        for measure, facts in self.by_measure.items():
            held = found.setdefault(measure, {})
            for fact in facts:
                held.setdefault(fact.labels, []).append(fact)
        return {m: {labels: tuple(f) for labels, f in held.items()} for m, held in found.items()}

    def allowed(self, measures: Iterable[str], labels: frozenset[str]) -> Iterator[Fact]:
        """The facts of some measures with no labels but these."""
        within = [held for held in self._label_sets if held <= labels]
        for measure in dict.fromkeys(measures):
            by_labels = self.by_labels.get(measure, {})
            for held in within:
                yield from by_labels.get(held, ())

    @cached_property
    def _label_sets(self) -> tuple[frozenset[str], ...]:
        """All that figures are of: no label, one, or several."""
        return tuple(dict.fromkeys(fact.labels for fact in self.every))

    @cached_property
    def keys(self) -> Mapping[str, frozenset[str]]:
        """What each label may be a value of: a service, a reason, a finding."""
        found: dict[str, set[str]] = {}
        for fact in self.every:
            for key, value in fact.known.group:
                found.setdefault(value.casefold(), set()).add(key)
        return {label: frozenset(keys) for label, keys in found.items()}

    @cached_property
    def implied(self) -> Mapping[str, frozenset[str]]:
        """The labels that one never stands without: a detail's own kind."""
        found: dict[str, frozenset[str]] = {}
        for fact in self.every:
            for label in fact.labels if fact.value else ():  # a nought tells of no such pair
                found[label] = found.get(label, fact.labels) & fact.labels
        return {label: others - {label} for label, others in found.items() if len(others) > 1}

    @cached_property
    def _by_entry(self) -> Mapping[tuple[str, object], tuple[Fact, ...]]:
        found: dict[tuple[str, object], list[Fact]] = {}
        for fact in self.every:
            found.setdefault((fact.known.id, fact.known.group), []).append(fact)
        return {entry: tuple(facts) for entry, facts in found.items()}

    def of(self, known: Known) -> tuple[Fact, ...]:
        """Every fact of one entry."""
        return self._by_entry.get((known.id, known.group), ())

    def worth(self, number: Number) -> Iterator[Fact]:
        """The facts whose value a number has, as exactly as it is stated."""
        first = floor((abs(number.value) - number.leeway) * _FINE)
        last = floor((abs(number.value) + number.leeway) * _FINE)
        if last - first < _MANY:
            for place in range(first, last + 1):
                for fact in self._by_value.get((number.kind, place), ()):
                    if number.agrees(fact.value):
                        yield fact

    @cached_property
    def _by_value(self) -> Mapping[tuple[Kind, int], tuple[Fact, ...]]:
        found: dict[tuple[Kind, int], list[Fact]] = {}
        for fact in self.every:
            found.setdefault((fact.kind, floor(fact.value * _FINE)), []).append(fact)
        return {place: tuple(facts) for place, facts in found.items()}

    def of_counts(self, over: int, under: int) -> tuple[Fact, ...]:
        """The rates that have two counts behind them."""
        return self._by_counts.get((over, under), ())

    @cached_property
    def _by_counts(self) -> Mapping[tuple[int, int], tuple[Fact, ...]]:
        found: dict[tuple[int, int], list[Fact]] = {}
        for fact in self.every:
            if fact.kind is Kind.PERCENT and fact.over is not None and fact.under:
                found.setdefault((fact.over, fact.under), []).append(fact)
        return {counts: tuple(facts) for counts, facts in found.items()}

    def series(self, fact: Fact) -> tuple[Fact, ...]:
        """The same of every other group of its kind: of each month, each reason."""
        return self._by_series.get(_series(fact), ())

    @cached_property
    def _by_series(self) -> Mapping[object, tuple[Fact, ...]]:
        found: dict[object, list[Fact]] = {}
        for fact in self.every:
            if fact.known.group:
                found.setdefault(_series(fact), []).append(fact)
        return {series: tuple(facts) for series, facts in found.items()}

    @cached_property
    def by_quarter(self) -> tuple[tuple[Fact, ...], ...]:
        """Each figure that is known for the four quarters of the year, in their order."""
        alike: dict[object, dict[str, Fact]] = {}
        for fact in self.every:
            if [key for key, _ in fact.known.group] == ["quarter"] and fact.when is When.NOW:
                alike.setdefault(_series(fact), {})[fact.known.group[0][1]] = fact
        named = ({q: f for q, f in held.items() if "Q" in q} for held in alike.values())
        return tuple(tuple(held[q] for q in sorted(held)) for held in named if len(held) == _FOUR)

    def added(self, labels: frozenset[str], measures: frozenset[str]) -> Iterator[Fact]:
        """The figures of some groups of a kind, all together: counts, money, shares, rates."""
        alike: dict[object, dict[str, Fact]] = {}
        for label in labels:
            for fact in self._by_label.get(label, ()):
                if fact.facet in _SUMMED and measures & set(fact.measures):
                    alike.setdefault(_series(fact), {})[label] = fact
        for parts in alike.values():
            if len(parts) == len(labels):
                yield from _added(tuple(parts.values()))

    @cached_property
    def _by_label(self) -> Mapping[str, tuple[Fact, ...]]:
        """The facts of one group alone, by its label."""
        found: dict[str, list[Fact]] = {}
        for fact in self.every:
            if len(fact.labels) == 1:
                found.setdefault(next(iter(fact.labels)), []).append(fact)
        return {label: tuple(facts) for label, facts in found.items()}

    @cached_property
    def by_tag(self) -> Mapping[str, tuple[Fact, ...]]:
        """The facts by the tag of a content control, less its facet."""
        found: dict[str, list[Fact]] = {}
        for fact in self.every:
            group = ";".join(f"{key}={value}" for key, value in fact.known.group)
            found.setdefault(f"{fact.known.id}|{group}" if group else fact.known.id, []).append(
                fact
            )
        return {tag: tuple(facts) for tag, facts in found.items()}


# --- Several groups together ---

_SUMMED = frozenset({Facet.VALUE, Facet.SHARE})


def _series(fact: Fact) -> object:
    """What facts of different groups have in common."""
    keys = tuple(key for key, _ in fact.known.group)
    whole = fact.under if fact.facet is Facet.SHARE else None
    return fact.known.id, fact.facet, fact.when, fact.kind, keys, fact.stages, fact.measures, whole


def _added(parts: tuple[Fact, ...]) -> Iterator[Fact]:
    """Several groups as one: what is counted is added, a rate is over all of its bases."""
    first = parts[0]
    group = tuple(
        (key, " and ".join(dict.fromkeys(p.known.group[n][1] for p in parts)))
        for n, (key, _) in enumerate(first.known.group)
    )
    value = sum((p.value for p in parts), Fraction(0))
    over, under = first.over, first.under
    if first.kind is Kind.PERCENT and first.facet is Facet.VALUE:
        overs, unders = [p.over for p in parts], [p.under for p in parts]
        over, under = sum(n or 0 for n in overs), sum(n or 0 for n in unders)
        if None in overs or not under:
            return
        value = Fraction(over, under)
    elif first.kind not in {Kind.COUNT, Kind.MONEY, Kind.PERCENT}:
        return
    elif first.kind is Kind.PERCENT:
        over = sum(p.over or 0 for p in parts)
    unit = first.known.unit
    shown = show(value, unit) if first.facet is Facet.VALUE and unit is not Unit.GBP else ""
    known = replace(first.known, group=group, value=value, shown=shown or money(value))
    labels = frozenset().union(*(p.labels for p in parts))
    yield replace(first, known=known, labels=labels, value=value, over=over, under=under)
