"""What a number is likely to mean: the facts that its words allow, by what each takes for granted.

Each thing that a figure is about costs the less, the nearer to the number the words for it stand;
each thing that the words say, and the figure is not, costs the more. ``weights.toml`` has the
prices. The figure that costs least is what the number means.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from hcreport.proofread.facts import BOTH, ONE, TWO, Facet, Fact, Facts, When
from hcreport.proofread.hearing import About, Heard, Near, Trait
from hcreport.proofread.lexicon import BASES
from hcreport.proofread.mentions import Slot
from hcreport.proofread.named import ANY, NEVER, Named, price_of
from hcreport.proofread.numbers import Kind, Number
from hcreport.proofread.weights import WEIGHTS
from hcreport.records import NOT_RECORDED

_MEASURE, _MEASURE_AGAINST = WEIGHTS["measure"], WEIGHTS["measure_against"]
_LABEL, _LABEL_AGAINST = WEIGHTS["label"], WEIGHTS["label_against"]
_STAGE, _FACT, _COMPANY = WEIGHTS["stage"], WEIGHTS["fact"], WEIGHTS["company"]
# A fact that costs more is not meant.
_DEAREST = 12.0
_FACETS = {facet: place for place, facet in enumerate(Facet)}
_CHANGES = frozenset({Facet.CHANGE, Facet.DIFFERENCE})
_DAYS = frozenset({"median days", "mean days"})
# The breakdowns whose labels tell what is counted.
_DECISIVE = frozenset(
    {"root_cause", "root_cause_detail", "reason", "finding", "sub_category", "theme"}
)
# What a figure leaves out, and what is left.
_LEFT_OUT = frozenset({"set aside", "counted over"})
_TIMES = frozenset({"month", "quarter"})
# Named beside another measure, they make it another.
_BESIDE = frozenset({"acknowledged", "satisfied", "compensation"})
_LEARNING = "learning."


@dataclass(frozen=True)
class Reading:
    """A fact that a number may mean: what that takes for granted, and what is said against it.

    A guess is of a group that nothing names, but that the numbers beside it are of a kind with.
    """

    fact: Fact
    granted: float
    against: float
    is_guess: bool = False

    @property
    def cost(self) -> float:
        """Both together."""
        return self.granted + self.against


def readings(number: Number, about: About, facts: Facts) -> list[Reading]:
    """What a number may mean, the likeliest first."""
    weighing = _Weighing(number, about, facts)
    found = [r for r in map(weighing.reading, weighing.candidates()) if r.cost < _DEAREST]
    return sorted(found, key=_order)


def _order(reading: Reading) -> tuple[object, ...]:
    fact = reading.fact
    known = fact.known
    return reading.cost, _FACETS[fact.facet], len(known.group), known.id, known.group


@dataclass
class _Weighing(Named):
    """The prices of facts for one number."""

    _others: dict[tuple[frozenset[str], Heard], float] = field(default_factory=dict)

    # --- Which facts to weigh ---

    def candidates(self) -> Iterator[Fact]:
        """The facts that something was heard of, of the number's kind."""
        named = [name for m in self.measures for name in (m, f"base of {m}")]
        heard = frozenset(self.labels)
        found = {id(f): f for f in self.facts.allowed(named, heard)}
        if any(self.facts.keys.get(label, ANY) <= _DECISIVE for label in heard):
            every = self.facts.allowed(self.facts.by_measure, heard)
            found |= {id(f): f for f in every if f.labels}
        if Trait.TABLE not in self.traits:
            found |= {id(f): f for f in self.facts.worth(self.number) if f.labels <= heard}
        company = (*self.about.beside, *self.about.earlier)
        found |= {id(f): f for each in company for f in self.facts.series(each)}
        for labels in self.about.together:
            added = self.facts.added(labels, frozenset(self.measures))
            found |= {id(f): f for f in added}
        for fact in found.values():
            is_change = fact.facet in _CHANGES
            of_log = fact.known.id.startswith(_LEARNING) and Trait.LOG not in self.traits
            is_taken = any(fact is other for other in self.about.taken)
            if is_taken or of_log or is_change != self.about.is_change:
                continue
            if self._is_of_kind(fact):
                yield fact

    def _is_of_kind(self, fact: Fact) -> bool:
        if Trait.DECIMAL in self.traits and fact.kind is Kind.COUNT and fact.value.denominator == 1:
            return "." in fact.known.shown
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
        return Reading(fact, granted - self._of_company(fact), against, self._is_guess(fact))

    def _is_guess(self, fact: Fact) -> bool:
        """Whether nothing names its group, or what it measures."""
        names = {name.removeprefix("base of ") for name in fact.measures}
        is_named = bool(names & self.measures.keys()) or self._is_decisive(fact)
        return not (is_named and fact.labels <= self.labels.keys())

    def _of_company(self, fact: Fact) -> float:
        """How much likelier a fact named here is, where numbers near it are of its series."""
        if not self.about.beside and not self.about.earlier:
            return 0.0
        if fact.labels - self.framing_labels and not self._is_guess(fact):
            return 0.0
        if any(_are_a_series(fact, other) for other in self.about.beside):
            return _COMPANY["beside"]
        if any(_are_a_series(fact, other) for other in self.about.earlier):
            return _COMPANY["earlier"]
        return 0.0

    def _of_time(self, fact: Fact) -> float:
        if self.about.is_change:
            return 0.0
        whens = self.about.whens
        if fact.when.value not in whens and not _has_its_own_year(fact, whens):
            return NEVER
        compared = Trait.COMPARED in self.traits
        if fact.when is When.NOW:
            return _FACT["compared_now"] if compared else 0.0
        return 0.0 if compared or len(whens) == 1 else _FACT["other_period"]

    def _of_stage(self, fact: Fact) -> tuple[float, float]:
        if not fact.stages:
            return 0.0, 0.0
        stages = self.about.nearest(Slot.STAGE)
        if not stages:
            may_be_both = bool(self.wholes) and BOTH in fact.stages
            return (0.0 if may_be_both or fact.stages == {ONE} else _STAGE["unsaid"]), 0.0
        wanted = stages | {BOTH} if {ONE, TWO} <= stages else stages
        if fact.stages & wanted:
            return 0.0, 0.0
        near = min(h.near for h in self.about.heard if h.slot is Slot.STAGE and h.is_sure)
        cost = _STAGE[price_of(near)]
        return (cost, 0.0) if near >= Near.REST else (0.0, cost)

    def _of_labels(self, fact: Fact) -> tuple[float, float]:
        if fact.labels in self.about.together:
            granted = _LABEL["together"]
        else:
            is_named = fact.labels <= self.labels.keys()
            unsaid = _LABEL["unsaid"] if not is_named and self._is_in_series(fact) else NEVER
            granted = sum(self.labels.get(label, unsaid) for label in fact.labels)
        if fact.labels and self._is_whole(fact):
            granted += _LABEL["whole"] * self._are_far(fact.labels)
        if granted >= _DEAREST:
            return granted, 0.0
        against: dict[str, float] = {}
        for h in self.near_labels:
            if not _says(fact, h.value):
                cost = self._of_other_label(fact.labels, h)
                against[h.value] = max(against.get(h.value, 0.0), cost)
        return granted, sum(against.values())

    def _is_whole(self, fact: Fact) -> bool:
        """Whether its own words speak of all groups together, and the fact is of one."""
        keys = frozenset(key for key, _ in fact.known.group)
        return any(_ends(h, keys) for h in self.wholes)

    def _is_in_series(self, fact: Fact) -> bool:
        """Whether a number near it is of the same, for another group."""
        company = (*self.about.beside, *self.about.earlier)
        return any(_are_a_series(fact, other) for other in company)

    def _are_far(self, labels: frozenset[str]) -> bool:
        """Whether none of some labels stands in the number's own words."""
        return not labels & self.own_labels

    def _of_other_label(self, labels: frozenset[str], h: Heard) -> float:
        """What it costs that a label was named and a fact is not of it, but of others."""
        known = self._others.get((labels, h))
        if known is None:
            known = self._others[labels, h] = self._cost_of_other(labels, h)
        return known

    def _cost_of_other(self, labels: frozenset[str], h: Heard) -> float:
        cost = _LABEL_AGAINST[price_of(h.near)]
        cost = cost if h.is_sure else min(cost, _LABEL_AGAINST["unsure"])
        keys = self.facts.keys.get(h.value, frozenset())
        siblings = {label for label in labels if self.facts.keys.get(label, ANY) & keys}
        nearest = (
            o.near
            for o in self.about.heard
            if (o.slot is Slot.WHOLE and _ends(o, keys))
            or (o.slot is h.slot and o.value in siblings)
        )
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
        if Trait.PART in self.traits - {Trait.BASE} and not (self.own - BASES) & set(names):
            granted += _FACT["part"]
        is_rate = fact.kind is Kind.PERCENT and fact.facet is not Facet.SHARE
        is_far = is_rate and Trait.SHARE in self.traits and min(costs) >= _MEASURE["prior"]
        against = _FACT["not_share"] if is_far else 0.0
        return granted, against + self._of_other_measure(fact, frozenset(names))

    def _of_implied(self, fact: Fact) -> tuple[float, float]:
        """What a fact costs whose measure was not named, but is told by its group."""
        if not self._is_decisive(fact) or fact.known.id.startswith(_LEARNING):
            return _MEASURE["unsaid"], self._of_other_measure(fact, frozenset(fact.measures))
        against = _MEASURE_AGAINST["implied"] if self.framing - BASES else 0.0
        if fact.kind is Kind.PERCENT and fact.facet is not Facet.SHARE:
            against += _MEASURE_AGAINST["unnamed_rate"]
        return _MEASURE["implied"], against

    def _is_decisive(self, fact: Fact) -> bool:
        """Whether one of its groups is of a kind that tells what is counted, and was named near."""
        return any(
            self.labels.get(label, NEVER) < _LABEL["prior"]
            and self.facts.keys.get(label, ANY) <= _DECISIVE
            for label in fact.labels
        )

    def _of_other_measure(self, fact: Fact, names: frozenset[str]) -> float:
        """What it costs that near words name another measure, or another base."""
        telling, framed = self.own - BASES, self.framing - BASES
        if telling:
            if self.own & _LEFT_OUT and not names & _LEFT_OUT:
                return _MEASURE_AGAINST["own"]
            beside = len(_BESIDE & telling - names) * _FACT["beside"]
            return beside if telling & names else _MEASURE_AGAINST["own"]
        if framed and not framed & names and not self._is_decisive(fact):
            return _MEASURE_AGAINST["framing"]
        if Trait.BASE in self.traits and not names & BASES:
            return _FACT["whole"]
        if not names & BASES or names & self.own:
            return 0.0
        return self._of_other_base(names)

    def _of_other_base(self, names: frozenset[str]) -> float:
        """What it costs that near words name another base."""
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
        if Trait.SOME in self.traits and not fact.labels and not self.own & set(fact.measures):
            granted += _FACT["all"]
        if Trait.DWELLINGS in self.traits and "per home" not in fact.measures:
            granted += _FACT["dwellings"]
        if not fact.is_of_ombudsman:
            return granted, _FACT["not_ombudsman"] if Trait.OMBUDSMAN in self.traits else 0.0
        if Trait.OMBUDSMAN in self.traits:
            return granted, 0.0
        price = "ombudsman_before" if self.is_of_ombudsman else "ombudsman_unsaid"
        return granted + _FACT[price], 0.0


def _are_a_series(fact: Fact, other: Fact) -> bool:
    """Whether two facts say the same of two groups of a kind."""
    if fact is other or (fact.known.id, fact.facet, fact.when) != (
        other.known.id,
        other.facet,
        other.when,
    ):
        return False
    return [key for key, _ in fact.known.group] == [key for key, _ in other.known.group]


def _ends(whole: Heard, keys: frozenset[str]) -> bool:
    """Whether words for a whole are of some groups: a year is of months, all else of all else."""
    return ("year" in whole.value) == bool(keys & _TIMES)


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
