"""What a number is likely to mean: the facts that its words allow, by what each takes for granted.

Each thing that a figure is about costs the less, the nearer to the number the words for it stand;
each thing that the words say, and the figure is not, costs the more. ``weights.toml`` has the
prices. The figure that costs least is what the number means.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import files

from hcreport.proofread.facts import BOTH, ONE, TWO, Facet, Fact, Facts, When
from hcreport.proofread.hearing import About, Heard, Near, Trait
from hcreport.proofread.lexicon import BASES
from hcreport.proofread.mentions import Slot, Surety
from hcreport.proofread.numbers import Kind
from hcreport.records import NOT_RECORDED

WEIGHTS: dict[str, dict[str, float]] = tomllib.loads(
    (files("hcreport.proofread") / "weights.toml").read_text(encoding="utf-8")
)
_MEASURE, _MEASURE_AGAINST = WEIGHTS["measure"], WEIGHTS["measure_against"]
_LABEL, _LABEL_AGAINST = WEIGHTS["label"], WEIGHTS["label_against"]
_STAGE, _FACT = WEIGHTS["stage"], WEIGHTS["fact"]
_SURETY = {
    Surety.FAINT: _LABEL["faint"],
    Surety.PARTLY: _LABEL["unsure"],
    Surety.MOSTLY: _LABEL["unsure"],
    Surety.SURE: 0.0,
}
# A fact that costs more is not meant.
_DEAREST = 12.0
_NEVER = 99.0
_CHANGES = frozenset({Facet.CHANGE, Facet.DIFFERENCE})
_DAYS = frozenset({"median days", "mean days"})
# The breakdowns whose labels tell what is counted, and those of what came in.
_DECISIVE = frozenset(
    {"root_cause", "root_cause_detail", "reason", "finding", "sub_category", "theme"}
)
_OF_INTAKE = frozenset({"month", "quarter", "channel", "ward", "contractor"})
_ANY = frozenset({"anything"})
# Named beside another measure, they make it another.
_BESIDE = frozenset({"acknowledged", "satisfied", "compensation"})
_LEARNING = "learning."
# What a middle is of, beside a sum of money.
_AWARDS = {"median days": "median award", "mean days": "mean award"}


@dataclass(frozen=True)
class Reading:
    """A fact that a number may mean: what that takes for granted, and what is said against it."""

    fact: Fact
    granted: float
    against: float

    @property
    def cost(self) -> float:
        """Both together."""
        return self.granted + self.against


def readings(kind: Kind, about: About, facts: Facts) -> list[Reading]:
    """What a number of a kind may mean, the likeliest first."""
    weighing = _Weighing(kind, about, facts)
    found = [r for r in map(weighing.reading, weighing.candidates()) if r.cost < _DEAREST]
    return sorted(found, key=_order)


def _order(reading: Reading) -> tuple[object, ...]:
    fact = reading.fact
    facet = list(Facet).index(fact.facet)
    return reading.cost, facet, len(fact.known.group), fact.known.id, fact.name


def _near(near: Near) -> str:
    return near.name.lower()


@dataclass
class _Weighing:
    """The prices of facts for one number."""

    kind: Kind
    about: About
    facts: Facts

    # --- What was heard ---

    @cached_property
    def measures(self) -> dict[str, float]:
        """The measures that may be meant, by what each costs."""
        found = self._priced(Slot.MEASURE, _MEASURE)
        if self.kind is Kind.MONEY:
            _as_awards(found)
            if not found.keys() & {*_AWARDS.values()}:
                found.setdefault("compensation", _MEASURE["fallback_money"])
        if self._ombudsman and "upheld or partly" in found:
            found.setdefault("maladministration rate", found["upheld or partly"])
        if self._ombudsman and "compensation" in found:
            found.setdefault("compensation ordered", found["compensation"] + _FACT["other"])
        if found.keys() & {"open at start", "open at end"}:
            found.pop("open", None)
        if self.kind is Kind.COUNT:
            found.setdefault("received", self._fallback())
            if self._ombudsman:
                found.setdefault("determinations", _MEASURE["fallback_ombudsman"])
        return found

    @cached_property
    def labels(self) -> dict[str, float]:
        """The labels that may be meant, by what each costs."""
        return self._priced(Slot.LABEL, _LABEL)

    @cached_property
    def traits(self) -> frozenset[Trait]:
        """What the writing tells of the number."""
        return self.about.traits

    @property
    def _ombudsman(self) -> bool:
        return bool(self.traits & {Trait.OMBUDSMAN, Trait.OMBUDSMAN_BEFORE})

    def _priced(self, slot: Slot, prices: dict[str, float]) -> dict[str, float]:
        found: dict[str, float] = {}
        for h in self.about.heard:
            if h.slot is slot:
                cost = prices[_near(h.near)] + _SURETY[h.surety]
                found[h.value] = min(found.get(h.value, _NEVER), cost)
        return found

    def _fallback(self) -> float:
        """What a count of nothing in particular costs as one of complaints received."""
        if Trait.DWELLINGS in self.traits:
            return _NEVER
        near = self.about.sure(Slot.LABEL)
        if any(self.facts.keys.get(label, _ANY) <= _OF_INTAKE for label in near):
            return _MEASURE["fallback_intake"]
        own = self.about.sure(Slot.LABEL, Near.OWN)
        return _MEASURE["fallback_group" if own else "fallback"]

    @cached_property
    def own(self) -> frozenset[str]:
        """The measures of the number's own words."""
        return self._named(Near.OWN)

    @cached_property
    def framing(self) -> frozenset[str]:
        """The measures of its own words and of those that frame it."""
        return self._named(Near.FRAME)

    def _named(self, within: Near) -> frozenset[str]:
        said = self.about.said(Slot.MEASURE, within)
        return frozenset(_AWARDS.get(m, m) if self.kind is Kind.MONEY else m for m in said)

    # --- Which facts to weigh ---

    def candidates(self) -> Iterator[Fact]:
        """The facts that something was heard of, of the number's kind."""
        named = [name for m in self.measures for name in (m, f"base of {m}")]
        heard = frozenset(self.labels)
        found = {id(f): f for f in self.facts.allowed(named, heard)}
        if any(self.facts.keys.get(label, _ANY) <= _DECISIVE for label in heard):
            every = self.facts.allowed(self.facts.by_measure, heard)
            found |= {id(f): f for f in every if f.labels}
        for fact in found.values():
            is_change = fact.facet in _CHANGES
            of_log = fact.known.id.startswith(_LEARNING) and Trait.LOG not in self.traits
            if is_change == self.about.is_change and not of_log and self._is_of_kind(fact):
                yield fact

    def _is_of_kind(self, fact: Fact) -> bool:
        if self.kind is fact.kind:
            return True
        if self.kind is Kind.COUNT:
            days = fact.kind is Kind.DAYS and bool(_DAYS & set(fact.measures))
            return days and Trait.DAYS in self.traits
        # Percentage points called per cent: the fact is there to say so.
        return {self.kind, fact.kind} == {Kind.PERCENT, Kind.POINTS}

    # --- What a fact costs ---

    def reading(self, fact: Fact) -> Reading:
        """A fact with what it takes for granted and what was said against it."""
        granted, against = self._of_time(fact), 0.0
        for price in (self._of_stage, self._of_labels, self._of_measure, self._of_itself):
            if granted >= _DEAREST:
                break
            more, worse = price(fact)
            granted, against = granted + more, against + worse
        return Reading(fact, granted, against)

    def _of_time(self, fact: Fact) -> float:
        if self.about.is_change:
            return 0.0
        whens = self.about.whens
        if fact.when.value not in whens and not _has_its_own_year(fact, whens):
            return _NEVER
        compared = Trait.COMPARED in self.traits
        if fact.when is When.NOW:
            return _FACT["compared_now"] if compared else 0.0
        return 0.0 if compared or len(whens) == 1 else _FACT["other_period"]

    def _of_stage(self, fact: Fact) -> tuple[float, float]:
        if not fact.stages:
            return 0.0, 0.0
        stages = self.about.nearest(Slot.STAGE)
        if not stages:
            return (0.0 if fact.stages == {ONE} else _STAGE["unsaid"]), 0.0
        wanted = stages | {BOTH} if {ONE, TWO} <= stages else stages
        if fact.stages & wanted:
            return 0.0, 0.0
        near = min(h.near for h in self.about.heard if h.slot is Slot.STAGE and h.is_sure)
        cost = _STAGE[_near(near)]
        return (cost, 0.0) if near >= Near.REST else (0.0, cost)

    def _of_labels(self, fact: Fact) -> tuple[float, float]:
        granted = sum(self.labels.get(label, _NEVER) for label in fact.labels)
        against: dict[str, float] = {}
        for h in self.about.heard:
            if h.slot is Slot.LABEL and h.near <= Near.REST and not _says(fact, h.value):
                cost = self._of_other_label(fact, h)
                against[h.value] = max(against.get(h.value, 0.0), cost)
        return granted, sum(against.values())

    def _of_other_label(self, fact: Fact, h: Heard) -> float:
        """What it costs that a label was named and the fact is not of it."""
        cost = _LABEL_AGAINST[_near(h.near)]
        cost = cost if h.is_sure else min(cost, _LABEL_AGAINST["unsure"])
        keys = self.facts.keys.get(h.value, frozenset())
        siblings = {label for label in fact.labels if self.facts.keys.get(label, _ANY) & keys}
        nearest = (o.near for o in self.about.heard if o.slot is h.slot and o.value in siblings)
        is_nearer = min(nearest, default=Near.HEADING) <= h.near
        return min(cost, _LABEL_AGAINST["sibling"]) if is_nearer else cost

    def _of_measure(self, fact: Fact) -> tuple[float, float]:
        names, granted = fact.measures, 0.0
        if names[0].startswith("base of "):
            names = tuple(name.removeprefix("base of ") for name in names)
            granted = 0.0 if Trait.BASE in self.traits else _FACT["base_of"]
        costs = [
            self.measures[name] + _MEASURE["next"] * rank
            for rank, name in enumerate(names)
            if name in self.measures
        ]
        if not costs:
            return self._of_implied(fact)
        granted += min(costs)
        if Trait.PART in self.traits - {Trait.BASE} and not self.own & set(names):
            granted += _FACT["part"]
        is_rate = fact.kind is Kind.PERCENT and fact.facet is not Facet.SHARE
        is_far = is_rate and Trait.SHARE in self.traits and min(costs) >= _MEASURE["prior"]
        against = _FACT["not_share"] if is_far else 0.0
        return granted, against + self._of_other_measure(fact, frozenset(names))

    def _of_implied(self, fact: Fact) -> tuple[float, float]:
        """What a fact costs whose measure was not named, but is told by its group."""
        if not self._is_decisive(fact) or fact.known.id.startswith(_LEARNING):
            return _NEVER, 0.0
        against = _MEASURE_AGAINST["implied"] if self.framing - BASES else 0.0
        if fact.kind is Kind.PERCENT and fact.facet is not Facet.SHARE:
            against += _MEASURE_AGAINST["unnamed_rate"]
        return _MEASURE["implied"], against

    def _is_decisive(self, fact: Fact) -> bool:
        """Whether one of its groups is of a kind that tells what is counted, and was named near."""
        return any(
            self.labels.get(label, _NEVER) < _LABEL["prior"]
            and self.facts.keys.get(label, _ANY) <= _DECISIVE
            for label in fact.labels
        )

    def _of_other_measure(self, fact: Fact, names: frozenset[str]) -> float:
        """What it costs that near words name another measure, or another base."""
        telling, framed = self.own - BASES, self.framing - BASES
        if telling:
            beside = len(_BESIDE & telling - names) * _FACT["beside"]
            return beside if telling & names else _MEASURE_AGAINST["own"]
        if framed and not framed & names and not self._is_decisive(fact):
            return _MEASURE_AGAINST["framing"]
        if Trait.BASE in self.traits and not names & BASES:
            return _FACT["whole"]
        if not names & BASES or names & self.own:
            return 0.0
        if self.own & BASES:
            return _MEASURE_AGAINST["base"]
        named = self.framing & BASES
        return _MEASURE_AGAINST["base_framing"] if named and not named & names else 0.0

    def _of_itself(self, fact: Fact) -> tuple[float, float]:
        granted = 0.0 if fact.firm else _FACT["infirm"]
        if fact.facet is Facet.SHARE:
            by_stage = bool(fact.known.group) and fact.known.group[-1][0] == "stage"
            granted += _FACT["share_of_stage" if by_stage else "share"]
            if not self._named(Near.REST) & set(fact.measures):
                granted += _FACT["share_before"]
        elif fact.facet not in {Facet.VALUE, Facet.PREVIOUS}:
            granted += _FACT["other"]
        if Trait.DWELLINGS in self.traits and "per home" not in fact.measures:
            granted += _FACT["dwellings"]
        if not fact.is_of_ombudsman:
            return granted, _FACT["not_ombudsman"] if Trait.OMBUDSMAN in self.traits else 0.0
        if Trait.OMBUDSMAN in self.traits:
            return granted, 0.0
        return granted + _FACT["ombudsman_before" if self._ombudsman else "ombudsman_unsaid"], 0.0


def _as_awards(found: dict[str, float]) -> None:
    """A median or a mean near a sum of money is of the awards, and the sum is no total."""
    for days, award in _AWARDS.items():
        if found.get(days, _NEVER) <= _MEASURE["frame"]:
            found[award] = found[days]
    near = (found.get(award, _NEVER) for award in _AWARDS.values())
    if min(near) <= _MEASURE["frame"]:
        found.pop("compensation", None)


def _has_its_own_year(fact: Fact, whens: frozenset[str]) -> bool:
    """Whether a fact is over the Ombudsman's year, or about what the year before left."""
    left = "open at start" in fact.measures
    return (fact.is_of_ombudsman or left) and When.BEFORE.value in whens


def _says(fact: Fact, label: str) -> bool:
    """Whether a fact is of a label, or says what it does by its name or by what it is."""
    is_aside = label == NOT_RECORDED and "set aside" in fact.measures
    named = label in fact.labels or label in fact.known.label.lower()
    return is_aside or named or _is_later(fact, label)


def _is_later(fact: Fact, label: str) -> bool:
    """Whether a label is a month, and a fact of the same month of the period to date."""
    alike = re.fullmatch(r"\d{4}(-\d\d)", label)
    return (
        alike is not None
        and fact.when is When.TO_DATE
        and any(held.endswith(alike[1]) and len(held) == len(label) for held in fact.labels)
    )
