"""What can truly be said of each figure, and in what words: the facts a number is held against.

A figure gives several facts: its value, last period's, the change, a group's share of its whole,
the counts behind a share. Each knows what it is about: a measure, a stage, labels, a period.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction
from functools import cached_property
from itertools import combinations
from math import floor
from typing import TYPE_CHECKING

from hcreport.figures.algebra import Unit
from hcreport.figures.shown import POINTS, change, change_in_words, half_up, money, show
from hcreport.proofread.numbers import Kind, Number
from hcreport.proofread.source import TO_DATE, Known, Source

if TYPE_CHECKING:
    from hcreport.figures.selection import Group


Wholes = Mapping["tuple[str, Group]", Known]


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
        if not self.firm or unprinted:
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


# --- The measures of each figure ---

# By the figure's id, less its stage: what it may be called, in the order of fitness.
_MEASURES: Mapping[str, tuple[str, ...]] = {
    "received": ("received",),
    "responded": ("responded",),
    "closed": ("closed",),
    "due": ("due",),
    "open_at_start": ("open at start", "open"),
    "open_at_end": ("open at end", "open"),
    "refused": ("refused", "turned down"),
    "withdrawn": ("withdrawn",),
    "ended_withdrawn": ("withdrawn",),
    "in_exports": ("in exports",),
    "per_month": ("per month",),
    "decided": ("decided",),
    "upheld": ("upheld",),
    "partly_upheld": ("partly upheld",),
    "not_upheld": ("not upheld", "turned down"),
    "uphold_rate": ("upheld or partly", "upheld"),
    "acknowledged_in_time_rate": ("acknowledged",),
    "on_time": ("on time",),
    "on_time_rate": ("on time",),
    "with_extension": ("extension",),
    "on_time_with_extension_rate": ("on time or extended", "on time"),
    "late": ("late",),
    "median_days": ("median days",),
    "mean_days": ("mean days",),
    "escalation.rate": ("escalated of received", "escalated"),
    "escalation.cohort_rate": ("escalated",),
    "escalation.requests": ("escalated",),
    "compensation.cases": ("compensation",),
    "compensation.amount": ("compensation",),
    "compensation.median": ("median award",),
    "tsm.ch01": ("per home",),
    "tsm.ch02": ("within code", "on time"),
    "tsm.tp01": ("satisfied overall", "satisfied"),
    "tsm.tp02": ("satisfied with repairs", "satisfied"),
    "tsm.tp09": ("satisfied with complaints", "satisfied"),
    "ombudsman.determinations": ("determinations", "decided"),
    "ombudsman.findings": ("findings",),
    "ombudsman.maladministration_rate": ("maladministration rate",),
    "ombudsman.orders": ("orders",),
    "ombudsman.recommendations": ("recommendations",),
    "ombudsman.orders_complied_rate": ("orders complied",),
    "ombudsman.compensation_ordered": ("compensation ordered",),
    "ombudsman.compensation_offered_before": ("compensation offered before",),
    "learning.actions": ("actions",),
    "learning.completed_rate": ("actions completed",),
    "self_assessment.provisions": ("provisions",),
    "self_assessment.compliant": ("provisions met",),
    "self_assessment.not_compliant": ("provisions not met",),
    "self_assessment.compliant_rate": ("provisions met",),
    "service_requests.received": ("service requests",),
}
_OUTCOMES = {"upheld": "upheld", "partly upheld": "partly upheld", "not upheld": "not upheld"}
# What an action of the learning log is said to be, by its status or its progress.
_PROGRESS = {
    "completed": "actions done",
    "done": "actions done",
    "in progress": "actions under way",
    "under way": "actions under way",
    "not started": "actions not started",
}
_STAGE = re.compile(r"\b(stage1|stage2|all_stages|total)\.?")
_STAGES = {"stage1": {ONE}, "stage2": {TWO}, "all_stages": {BOTH}, "total": {BOTH}}
# Counts whose share of a rate's base is often given: the count, and the rate whose base it is.
_SHARES_OF = {
    "upheld": "uphold_rate",
    "partly_upheld": "uphold_rate",
    "not_upheld": "uphold_rate",
    "late": "on_time_rate",
    "with_extension": "on_time_rate",
}
# Figures whose base is worth naming, and the measure it has.
_BASES = {"tsm.tp01": "satisfied overall", "tsm.tp02": "satisfied with repairs"}
_BASES |= {"tsm.tp09": "satisfied with complaints"}


def measures_of(figure: str) -> tuple[str, ...]:
    """What a figure may be called; its own id where we know no word for it."""
    plain = _STAGE.sub("", figure.removeprefix(TO_DATE)).rstrip(".")
    if figure.removeprefix(TO_DATE) == "stage2.received":
        return ("received", "escalated")
    return _MEASURES.get(plain, (figure.removeprefix(TO_DATE),))


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
        for measure in dict.fromkeys(measures):
            for held, facts in self.by_labels.get(measure, {}).items():
                if held <= labels:
                    yield from facts

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


def facts_of(source: Source) -> Facts:
    """Every fact that a source's figures give."""
    wholes = {(k.id, k.group): k for k in source.known}
    found: list[Fact] = []
    for known in source.known:
        found += _of(known, wholes)
    across = [*_across_stages(found)]
    found += [*across, *_moved_across(across), *_ratios(found)]
    return Facts(tuple(found))


def _of(known: Known, wholes: Wholes) -> Iterator[Fact]:
    first = _value(known)
    yield first
    progress = _PROGRESS.get(known.group[0][1].casefold(), "") if len(known.group) == 1 else ""
    if known.id == "learning.actions" and progress:
        yield replace(first, measures=(progress,), labels=frozenset())
    if known.previous is not None:
        yield replace(
            first, facet=Facet.PREVIOUS, when=When.BEFORE, value=_scaled(known.previous, known.unit)
        )
        yield from _changes(first, known)
    yield from _counts(first)
    if known.set_aside:
        aside = replace(
            first, facet=Facet.BASE, measures=("set aside",), kind=Kind.COUNT, firm=False
        )
        yield replace(aside, value=Fraction(known.set_aside))
        if known.denominator:
            yield replace(aside, value=Fraction(known.denominator), measures=("counted over",))
        if known.numerator is not None:
            yield replace(aside, value=Fraction(known.numerator), measures=("counted over",))
    yield from _shares(first, wholes)
    if known.id.endswith(".amount"):
        yield from _mean_award(first, wholes)


def _value(known: Known) -> Fact:
    """The fact of a figure's own value."""
    measures, stages, labels = measures_of(known.id), _stages(known.id), set()
    for key, value in known.group:
        folded = value.casefold()
        if key == "outcome" and folded in _OUTCOMES:
            measures = (_OUTCOMES[folded],)
        elif key == "stage" and value.endswith(("1", "2")):
            stages = frozenset(value[-1])
        else:
            labels.add(folded)
    return Fact(
        known,
        Facet.VALUE,
        measures,
        stages,
        frozenset(labels),
        When.TO_DATE if known.id.startswith(TO_DATE) else When.NOW,
        _KINDS.get(known.unit, Kind.COUNT),
        _scaled(known.value, known.unit),
        known.numerator,
        known.denominator,
    )


_KINDS = {
    Unit.SHARE: Kind.PERCENT,
    Unit.SCORE: Kind.PERCENT,
    Unit.GBP: Kind.MONEY,
    Unit.DAYS: Kind.DAYS,
}


def _scaled(value: Fraction, unit: Unit) -> Fraction:
    return value / 100 if unit is Unit.SCORE else value


def _stages(figure: str) -> frozenset[str]:
    found = _STAGE.search(figure)
    return frozenset(_STAGES[found[1]]) if found else frozenset()


def _changes(first: Fact, known: Known) -> Iterator[Fact]:
    assert known.previous is not None  # noqa: S101  (asked only where there is one)
    moved = change(known.value, known.previous, known.unit)
    now, then = first.value, _scaled(known.previous, known.unit)
    plain = replace(first, over=None, under=None)
    if known.unit in POINTS:
        yield replace(plain, facet=Facet.CHANGE, kind=Kind.POINTS, value=now - then)
        if then:
            yield replace(
                plain, facet=Facet.CHANGE, kind=Kind.PERCENT, value=(now - then) / then, firm=False
            )
        return
    if moved is not None:
        yield replace(plain, facet=Facet.CHANGE, kind=Kind.PERCENT, value=moved)
    yield replace(plain, facet=Facet.DIFFERENCE, value=now - then)


def _counts(first: Fact) -> Iterator[Fact]:
    """The counts behind a rate, as counts."""
    if first.kind is not Kind.PERCENT or first.over is None or not first.under:
        return
    plain = replace(first, facet=Facet.BASE, kind=Kind.COUNT)
    survey = first.known.id.removeprefix(TO_DATE).startswith("tsm.tp")
    yield replace(plain, value=Fraction(first.over), firm=not survey)
    named = _BASES.get(first.known.id)
    base = (f"base of {named}",) if named else tuple(f"base of {m}" for m in first.measures)
    yield replace(plain, value=Fraction(first.under), measures=base, firm=False)


def _shares(first: Fact, wholes: Wholes) -> Iterator[Fact]:
    """A count's share of its whole, or of the base of a rate that it belongs to."""
    known = first.known
    if first.kind not in {Kind.COUNT, Kind.MONEY}:
        return
    share = replace(first, facet=Facet.SHARE, kind=Kind.PERCENT, measures=first.measures[:1])
    if first.kind is Kind.MONEY:
        share = replace(share, measures=("share of the money", *first.measures))
    for wider in _wider(known.group):
        whole = wholes.get((known.id, wider))
        if whole is not None and whole.value:
            under = int(whole.value) if first.kind is Kind.COUNT else None
            usual = wider == known.group[:-1]
            yield replace(share, value=known.value / whole.value, under=under, firm=usual)
    over = int(known.value) if first.kind is Kind.COUNT else None
    stem, _, name = known.id.rpartition(".")
    rate = wholes.get((f"{stem}.{_SHARES_OF[name]}", known.group)) if name in _SHARES_OF else None
    if rate is not None and rate.denominator:
        yield replace(
            share, value=known.value / rate.denominator, over=over, under=rate.denominator
        )


def _wider(group: Group) -> Iterator[Group]:
    """The groups that a group is a part of, the nearest first."""
    for size in range(len(group) - 1, -1, -1):
        yield from combinations(group, size)


def _mean_award(first: Fact, wholes: Wholes) -> Iterator[Fact]:
    """The money over the cases: what people call the average award."""
    cases = wholes.get((first.known.id.replace(".amount", ".cases"), first.known.group))
    if cases is not None and cases.value:
        mean = first.value / cases.value
        yield replace(first, facet=Facet.SHARE, measures=("mean award",), value=mean)


def _across_stages(facts: Iterable[Fact]) -> Iterator[Fact]:
    """Both stages together, where the ledger has no figure for them: counts, money, shares."""
    found = {(f.known.id, f.known.group, f.facet, f.kind): f for f in facts if f.facet in _ADDED}
    for (figure, group, facet, kind), one in found.items():
        two = found.get((figure.replace("stage1", "stage2"), group, facet, kind))
        both = figure.replace("stage1", "all_stages"), group, facet, kind
        if "stage1" not in figure or two is None or both in found:
            continue
        value: Fraction | None = one.value + two.value
        if kind is Kind.PERCENT:
            under = (one.under or 0) + (two.under or 0)
            value = Fraction((one.over or 0) + (two.over or 0), under) if under else None
        if value is not None and kind is not Kind.DAYS:
            yield replace(
                one,
                stages=frozenset({BOTH}),
                facet=Facet.BASE,
                value=value,
                over=None,
                under=None,
            )


def _moved_across(across: Iterable[Fact]) -> Iterator[Fact]:
    """How counts and money of both stages together changed."""
    found = {(f.known.id, f.known.group, f.when): f for f in across if f.kind is not Kind.PERCENT}
    for (figure, group, when), now in found.items():
        then = found.get((figure, group, When.BEFORE))
        if when is not When.NOW or then is None:
            continue
        moved = now.value - then.value
        yield replace(now, facet=Facet.DIFFERENCE, value=moved)
        if then.value:
            yield replace(now, facet=Facet.CHANGE, kind=Kind.PERCENT, value=moved / then.value)


def _ratios(facts: Iterable[Fact]) -> Iterator[Fact]:
    """The complaints received at stage 2 for each at stage 1, group by group."""
    found = {
        (f.known.id, f.known.group): f
        for f in facts
        if f.facet is Facet.VALUE and f.known.id.endswith(("stage1.received", "stage2.received"))
    }
    for (figure, group), two in found.items():
        one = found.get((figure.replace("stage2", "stage1"), group))
        if "stage2" in figure and one is not None and one.value:
            yield replace(
                two,
                facet=Facet.BASE,
                kind=Kind.PERCENT,
                measures=("escalated of received", "escalated"),
                stages=frozenset(),
                value=two.value / one.value,
                over=int(two.value),
                under=int(one.value),
                firm=bool(group),
            )


_ADDED = frozenset({Facet.VALUE, Facet.SHARE, Facet.PREVIOUS})


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
