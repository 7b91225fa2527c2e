"""A number held against the ledger: the figures its words can mean, and whether one has its value.

"Right" needs a figure that the words allow and that has the value. "Wrong" needs more: words that
surely name a measure, nothing that narrows it to what the ledger does not know, and no figure
among all those that the words allow with a value that the number could be.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from hcreport.proofread.facts import BOTH, ONE, TWO, Facet, Fact, Facts, When
from hcreport.proofread.lexicon import BASES
from hcreport.proofread.numbers import Kind, Number
from hcreport.proofread.scope import About
from hcreport.records import NOT_RECORDED


class Outcome(StrEnum):
    """What a number turned out to be."""

    RIGHT = "right"
    WRONG = "wrong"
    UNKNOWN = "not recognised"
    EXEMPT = "not a figure"


@dataclass(frozen=True)
class Verdict:
    """What is held of a number, why, what it should be, and the fact it was held against."""

    outcome: Outcome
    why: str = ""
    should_be: str = ""
    fact: Fact | None = None


NOTHING = Verdict(Outcome.UNKNOWN, "no figure of the ledger has these words and this value")
_CHANGES = frozenset({Facet.CHANGE, Facet.DIFFERENCE})
_DAYS = frozenset({"median days", "mean days"})
_MOST = 24
# The breakdowns whose labels tell what is counted.
_DECISIVE = frozenset(
    {"root_cause", "root_cause_detail", "reason", "finding", "sub_category", "theme"}
)
_ANY = frozenset({"anything"})
# Measures that are counted by no other base, and the breakdowns of what came in.
_OMBUDSMANS = frozenset({"orders", "recommendations", "determinations", "compensation ordered"})
_OPEN = {"open at end": {"open at start", "open"}, "open at start": {"open at end", "open"}}
_STRICT = frozenset({"received", "due"})
_OF_INTAKE = frozenset({"month", "quarter", "channel"})


def judged(number: Number, about: About, facts: Facts) -> Verdict:
    """A number's verdict by the ledger alone."""
    proof: list[Fact] = []
    for measures, is_proof in _tiers(number, about, facts):
        found = _candidates(number, about, facts, measures)
        agreeing = next((f for f in found if _agrees(number, about, f)), None)
        if agreeing is not None:
            return Verdict(Outcome.RIGHT, agreeing.name, fact=agreeing)
        if is_proof and not proof:
            proof = found
    if not proof and not about.measures:
        return _by_labels_alone(number, about, facts)
    return _against(number, about, proof)


def _by_labels_alone(number: Number, about: About, facts: Facts) -> Verdict:
    """Where no word names a measure, a landlord's own word may still name a figure.

    A cause or a reason does; a service is said of every measure.
    """
    found = list(_labelled(number, about, facts)) if about.must else []
    if not is_decisive(about, facts):
        before = set(narrowed(about.measures_before))
        found = [f for f in found if set(f.measures) & before]
    agreeing = next((f for f in found if _agrees(number, about, f)), None)
    if agreeing is not None:
        return Verdict(Outcome.RIGHT, agreeing.name, fact=agreeing)
    if not BASES.issuperset(about.measures_beyond) and not is_decisive(about, facts):
        return NOTHING
    return _against(number, about, sorted(found, key=lambda f: _rank(f, about, {})))


def is_decisive(about: About, facts: Facts) -> bool:
    """Whether some label is of a kind that only a few figures have."""
    return _any_decisive(about.must, facts)


def _any_decisive(labels: Iterable[str], facts: Facts) -> bool:
    return any(facts.keys.get(label, _ANY) <= _DECISIVE for label in labels)


def _labelled(number: Number, about: About, facts: Facts) -> Iterator[Fact]:
    yield from _fitting(number, about, facts.allowed(facts.by_measure, about.must | about.may))


def _against(number: Number, about: About, found: list[Fact]) -> Verdict:
    """Wrong, if everything that the number could mean contradicts it, and it surely means one."""
    own = about.of_ombudsman or _OMBUDSMANS.intersection(about.measures)
    firm = [f for f in found if f.firm and f.is_of_ombudsman == bool(own)]
    spoken = {*about.measures, *about.measures_framing, *about.measures_beyond}
    of_log = not {"actions", "actions completed"}.isdisjoint({*spoken, *about.measures_before})
    firm = [f for f in firm if of_log or not f.known.id.startswith("learning.")]
    if not firm or len({f.value for f in firm}) > _MOST:
        return NOTHING
    if not about.is_change and not all(_is_told(when, about, found) for when in about.whens_said):
        return NOTHING
    if not set(narrowed(about.measures)) <= {m for f in found for m in f.measures} | BASES:
        return NOTHING
    if about.doubt:
        return Verdict(Outcome.UNKNOWN, about.doubt)
    if not all(_contradicts(number, about, f) for f in found):
        return Verdict(
            Outcome.UNKNOWN, "near a figure of the ledger, but stated too roughly to say"
        )
    fact = firm[0]
    return Verdict(Outcome.WRONG, fact.name, fact.said, fact)


def _tiers(number: Number, about: About, facts: Facts) -> Iterator[tuple[tuple[str, ...], bool]]:
    """The measures by how surely the words name them, and whether they can prove a number wrong."""
    is_open = BASES.issuperset(about.measures)
    named = (*about.measures, *about.measures_framing, *about.measures_beyond)
    other = {m for own in about.measures for m in _OPEN.get(own, ())}
    named = tuple(m for m in named if m not in other)
    yield narrowed(about.measures), True
    yield narrowed(about.measures_framing), is_open and not about.is_part
    yield narrowed(about.measures_beyond), _surely_beyond(about)
    yield named, False
    loose = number.kind is not Kind.COUNT or not _STRICT.issuperset(named) or not named
    if _is_intake(number, about, facts, named):
        yield ("received",), True
    if about.must and is_open and loose:  # a share is often said to be over another base than it is
        yield tuple(sorted(BASES)), is_decisive(about, facts)
    if BASES.issuperset(named) or _any_decisive(about.may_near, facts):
        again = narrowed(about.measures_before[:1])
        is_share = about.is_again and about.is_placed and number.kind is Kind.PERCENT
        if is_share and not named and not BASES.issuperset(again):
            yield again, True
        yield about.measures_before, False


def _is_intake(number: Number, about: About, facts: Facts, named: tuple[str, ...]) -> bool:
    """Whether a count of a month or a channel says nothing else, and so is of what came in."""
    before = {m for m in about.measures_before if m not in BASES} - {"per month"}
    kinds = {key for label in about.must for key in facts.keys.get(label, _ANY)}
    plain = number.kind is Kind.COUNT and not named and not before
    return plain and bool(about.must) and kinds <= _OF_INTAKE


def _surely_beyond(about: About) -> bool:
    """Whether a number takes its measure from words beyond: "47 refused …, and 1 at stage 2"."""
    return (
        BASES.issuperset(about.measures)
        and len(narrowed(about.measures_beyond)) == 1
        and (about.is_placed or about.is_change)
    )


def narrowed(measures: tuple[str, ...]) -> tuple[str, ...]:
    """Measures without those that only say what a share is over, where others are named."""
    beside = tuple(m for m in measures if m in {"set aside", "counted over"})
    telling = beside or tuple(m for m in measures if m not in BASES)
    return telling or measures


def _candidates(number: Number, about: About, facts: Facts, measures: Iterable[str]) -> list[Fact]:
    """The facts that a number can mean, the likeliest first."""
    named = [name for m in measures for name in (m, f"base of {m}")]
    every = list(facts.allowed(named, about.must | about.may))
    found = list(_fitting(number, about, every))
    order = {m: n for n, m in enumerate(measures)} | {f"base of {m}": 99 for m in measures}
    return sorted(found, key=lambda f: _rank(f, about, order))


def possible(about: About, facts: Facts, measures: Iterable[str]) -> list[Fact]:
    """The shares that words allow, whatever their number, the likeliest first."""
    found = [
        f
        for f in facts.allowed(measures, about.must | about.may)
        if f.facet not in _CHANGES and f.kind is Kind.PERCENT and _is_allowed(about, f)
    ]
    return sorted(found, key=lambda f: _rank(f, about, {m: n for n, m in enumerate(measures)}))


def _rank(fact: Fact, about: About, order: dict[str, int]) -> tuple[object, ...]:
    measure = (
        min((order[m], f) for f, m in enumerate(fact.measures) if m in order) if order else (0, 0)
    )
    return (
        measure[0],
        measure[1],
        -len(fact.labels & about.must),
        not fact.stages & about.stages_before if not about.stages else False,
        len(fact.labels - about.must - about.may_near),
        -len(fact.labels),
        fact.when.value != about.likely,
        fact.stages != {BOTH} if not about.stages else False,
        list(Facet).index(fact.facet),
        len(fact.known.group),
        not fact.firm,
        sorted(fact.stages),
    )


def _fitting(number: Number, about: About, facts: Iterable[Fact]) -> Iterator[Fact]:
    """The facts that the words of a number allow."""
    for f in facts:
        right_facet = (f.facet in _CHANGES) == about.is_change
        if right_facet and _is_of_kind(number, about, f) and _is_allowed(about, f):
            yield f


def _is_allowed(about: About, f: Fact) -> bool:
    """Whether a fact is of the stage, the period and the labels that were said."""
    return (
        _is_at_stage(f, about)
        and (about.is_change or f.when.value in about.whens or _has_its_own_year(f, about))
        and all(label in f.labels or _names(f, label) for label in about.must)
    )


def _has_its_own_year(fact: Fact, about: About) -> bool:
    """Whether a fact is over the Ombudsman's year, or about what the year before left."""
    left = "open at start" in fact.measures
    return (fact.is_of_ombudsman or left) and When.BEFORE.value in about.whens


def _is_told(when: str, about: About, found: Iterable[Fact]) -> bool:
    """Whether some fact is over a period that was said."""
    return any(f.when.value == when or _has_its_own_year(f, about) for f in found)


def _names(fact: Fact, label: str) -> bool:
    """Whether a figure says what a label does, by its name or by what it is."""
    is_aside = label == NOT_RECORDED and "set aside" in fact.measures
    return is_aside or label in fact.known.label.lower() or _is_later(fact, label)


def _is_later(fact: Fact, label: str) -> bool:
    """Whether a label is a month, and a fact of the same month of the period to date."""
    alike = re.fullmatch(r"\d{4}(-\d\d)", label)
    return (
        alike is not None
        and fact.when is When.TO_DATE
        and any(held.endswith(alike[1]) and len(held) == len(label) for held in fact.labels)
    )


def _is_of_kind(number: Number, about: About, fact: Fact) -> bool:
    if number.kind is fact.kind:
        return True
    days = fact.kind is Kind.DAYS and bool(_DAYS & set(fact.measures))
    if number.kind is Kind.COUNT:
        return days and about.in_days
    # Percentage points called per cent: the fact is there to say so.
    return {number.kind, fact.kind} == {Kind.PERCENT, Kind.POINTS}


def _is_at_stage(fact: Fact, about: About) -> bool:
    if not fact.stages or not about.stages:
        return True
    wanted = about.stages | {BOTH} if {ONE, TWO} <= about.stages else about.stages
    return bool(fact.stages & wanted)


def _agrees(number: Number, about: About, fact: Fact) -> bool:
    if fact.kind is not number.kind and {number.kind, fact.kind} == {Kind.PERCENT, Kind.POINTS}:
        return False
    if not about.is_change:
        return number.agrees(fact.value)
    rose = number.value > 0 if about.rose is None and number.text[:1] in "+-−" else about.rose
    if rose is not None and fact.value and (fact.value > 0) != rose:
        return False
    return _sized(number).agrees(abs(fact.value))


def _contradicts(number: Number, about: About, fact: Fact) -> bool:
    if about.is_change:
        return not _agrees(number, about, fact)
    return number.contradicts(fact.value)


def _sized(number: Number) -> Number:
    return replace(number, value=abs(number.value)) if number.value < 0 else number
