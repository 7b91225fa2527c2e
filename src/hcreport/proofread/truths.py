"""All that can truly be said of each figure, and in what words, as facts.

A figure gives several: its value, last period's, the change, a group's share of its whole, the
counts behind a share.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from fractions import Fraction
from itertools import combinations
from typing import TYPE_CHECKING

from hcreport.figures.algebra import Unit
from hcreport.figures.shown import POINTS, change, show
from hcreport.proofread.facts import BOTH, ONE, TWO, Facet, Fact, Facts, When
from hcreport.proofread.numbers import Kind
from hcreport.proofread.source import TO_DATE, Known, Source

if TYPE_CHECKING:
    from hcreport.figures.selection import Group

Wholes = Mapping["tuple[str, Group]", Known]

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
    "ombudsman.failure_orders": ("failure orders",),
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
_STAGE_ONE = re.compile(r"\bstage 1\b", re.IGNORECASE)
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


def facts_of(source: Source) -> Facts:
    """Every fact that a source's figures give."""
    wholes = {(k.id, k.group): k for k in source.known}
    found: list[Fact] = []
    for known in source.known:
        found += _of(known, wholes)
    across = [*_across_stages(found)]
    found += [*across, *_moved_across(across), *_ratios(found), *_monthly(found)]
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
                known=replace(one.known, label=_STAGE_ONE.sub("Stages 1 and 2", one.known.label)),
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


def _monthly(facts: Iterable[Fact]) -> Iterator[Fact]:
    """The complaints received a month at each stage, over the months that both stages' are over."""
    found = {f.known.id: f for f in facts if f.facet is Facet.VALUE and not f.known.group}
    for figure, a_month in found.items():
        stem, _, name = figure.rpartition("all_stages.")
        every = found.get(f"{stem}all_stages.received")
        if name != "per_month" or every is None or not a_month.value:
            continue
        months = every.value / a_month.value
        for stage in ("stage1", "stage2"):
            if (of_stage := found.get(f"{stem}{stage}.received")) is not None:
                value = of_stage.value / months
                label = f"{of_stage.known.label} a month"
                yield replace(
                    of_stage,
                    known=replace(of_stage.known, label=label, shown=show(value, Unit.PER_MONTH)),
                    facet=Facet.BASE,
                    measures=("per month",),
                    value=value,
                )


_ADDED = frozenset({Facet.VALUE, Facet.SHARE, Facet.PREVIOUS})
