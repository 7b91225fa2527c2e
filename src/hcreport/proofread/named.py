"""What the words near a number name: each measure and label, by what it costs to take it for meant.

The nearer to the number words stand, and the surer they are, the less it costs. What reports leave
unsaid, such as that complaints received are counted, costs the most.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from hcreport.proofread.facts import Facts
from hcreport.proofread.hearing import About, Heard, Near, Trait
from hcreport.proofread.mentions import Slot, Surety
from hcreport.proofread.numbers import Kind, Number
from hcreport.proofread.weights import WEIGHTS

_MEASURE, _LABEL, _FACT = WEIGHTS["measure"], WEIGHTS["label"], WEIGHTS["fact"]
_SURETY = {
    Surety.FAINT: _LABEL["faint"],
    Surety.PARTLY: _LABEL["unsure"],
    Surety.MOSTLY: _LABEL["unsure"],
    Surety.SURE: 0.0,
}
# What is not meant at all.
NEVER = 99.0
ANY = frozenset({"anything"})
# The breakdowns of what came in.
_OF_INTAKE = frozenset({"month", "quarter", "channel", "ward", "contractor"})
# A unit is said beside the number itself.
_UNITS = frozenset({"per month"})
# What a middle is of, beside a sum of money.
_AWARDS = {"median days": "median award", "mean days": "mean award"}


def price_of(near: Near) -> str:
    """The name of the price for how near words stand."""
    return near.name.lower()


@dataclass
class Named:
    """A number, and what its words name."""

    number: Number
    about: About
    facts: Facts

    @property
    def kind(self) -> Kind:
        """What the number is stated in."""
        return self.number.kind

    @cached_property
    def measures(self) -> dict[str, float]:
        """The measures that may be meant, by what each costs."""
        found = self._priced(Slot.MEASURE, _MEASURE)
        self._add_money(found)
        if self.is_of_ombudsman and "upheld or partly" in found:
            found.setdefault("maladministration rate", found["upheld or partly"])
        self._add_provisions(found)
        if self.kind is Kind.PERCENT and "actions done" in found:
            found.setdefault("actions completed", found["actions done"] + _MEASURE["next"])
        self._drop(found)
        for facts, price in ((self.about.beside, "beside"), (self.about.earlier, "earlier")):
            for measure in (m for f in facts for m in f.measures):
                found[measure] = min(found.get(measure, NEVER), _MEASURE[price])
        if self.kind is Kind.COUNT:
            found.setdefault("received", self._fallback())
            if self.is_of_ombudsman:
                found.setdefault("determinations", _MEASURE["fallback_ombudsman"])
        return found

    def _add_money(self, found: dict[str, float]) -> None:
        """What a sum of money may be, whatever is said of it."""
        if self.kind is Kind.MONEY:
            _as_awards(found)
            if not found.keys() & {*_AWARDS.values()}:
                found.setdefault("compensation", _MEASURE["fallback_money"])
        if self.is_of_ombudsman and "compensation" in found:
            found.setdefault("compensation ordered", found["compensation"] + _FACT["other"])

    def _add_provisions(self, found: dict[str, float]) -> None:
        """What is met or not is said beside how many there are."""
        near = [found[each] for each in ("provisions met", "provisions not met") if each in found]
        if near:
            found.setdefault("provisions", min(near) + _MEASURE["next"])

    def _drop(self, found: dict[str, float]) -> None:
        """Leave out what is of another number, or said more exactly."""
        if not _UNITS & set(self.about.said(Slot.MEASURE, Near.TRAIL)):
            for unit in _UNITS:
                found.pop(unit, None)
        if found.keys() & {"open at start", "open at end"}:
            found.pop("open", None)

    @cached_property
    def labels(self) -> dict[str, float]:
        """The labels that may be meant, by what each costs; a detail means its kind as well."""
        found = self._priced(Slot.LABEL, _LABEL)
        for label, cost in tuple(found.items()):
            for kind in self.facts.implied.get(label, ()):
                found[kind] = min(found.get(kind, NEVER), cost)
        return found

    @cached_property
    def traits(self) -> frozenset[Trait]:
        """What the writing tells of the number."""
        return self.about.traits

    @property
    def is_of_ombudsman(self) -> bool:
        """Whether the Ombudsman is spoken of."""
        return bool(self.traits & {Trait.OMBUDSMAN, Trait.OMBUDSMAN_BEFORE})

    def _priced(self, slot: Slot, prices: dict[str, float]) -> dict[str, float]:
        found: dict[str, float] = {}
        for h in self.about.heard:
            if h.slot is slot:
                cost = prices[price_of(h.near)] + _SURETY[h.surety]
                found[h.value] = min(found.get(h.value, NEVER), cost)
        return found

    def _fallback(self) -> float:
        """What a count of nothing in particular costs as one of complaints received."""
        if Trait.DWELLINGS in self.traits:
            return NEVER
        near = self.about.sure(Slot.LABEL)
        if any(self.facts.keys.get(label, ANY) <= _OF_INTAKE for label in near):
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

    @cached_property
    def wholes(self) -> tuple[Heard, ...]:
        """What its own words say of all groups together."""
        return tuple(h for h in self.about.heard if h.slot is Slot.WHOLE and h.near <= Near.HOST)

    @cached_property
    def own_labels(self) -> frozenset[str]:
        """The labels of its own words."""
        return frozenset(self.about.said(Slot.LABEL, Near.HOST))

    @cached_property
    def near_labels(self) -> tuple[Heard, ...]:
        """The labels that its sentence names."""
        heard = self.about.heard
        return tuple(h for h in heard if h.slot is Slot.LABEL and h.near <= Near.REST)

    @cached_property
    def framing_labels(self) -> frozenset[str]:
        """The labels of its own words and of those that frame it."""
        return frozenset(self.about.said(Slot.LABEL, Near.FRAME))

    def _named(self, within: Near) -> frozenset[str]:
        said = self.about.said(Slot.MEASURE, within)
        return frozenset(_AWARDS.get(m, m) if self.kind is Kind.MONEY else m for m in said)


def _as_awards(found: dict[str, float]) -> None:
    """A median or a mean near a sum of money is of the awards, and the sum is no total."""
    for days, award in _AWARDS.items():
        if found.get(days, NEVER) <= _MEASURE["frame"]:
            found[award] = found[days]
    near = (found.get(award, NEVER) for award in _AWARDS.values())
    if min(near) <= _MEASURE["frame"]:
        found.pop("compensation", None)
