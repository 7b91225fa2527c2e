"""What the words around a number say it is about: measures, stages, labels, and periods.

A landlord's own words come from the ledger's groups. They are found however they are inflected or
padded: "delays in a service being provided" is "Delay in providing service".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from copy import copy
from dataclasses import replace
from functools import lru_cache

from hcreport.proofread import lexicon
from hcreport.proofread.definitions import Terms
from hcreport.proofread.facts import BOTH, ONE, TWO, Facts
from hcreport.proofread.labels import Label, by_stem, stems
from hcreport.proofread.labels import found as matches
from hcreport.proofread.mentions import Mention, Slot, Surety
from hcreport.proofread.source import Source
from hcreport.proofread.time_words import TimeWords
from hcreport.records import NOT_RECORDED

# Labels too plain to mean anything in a sentence; alone in a table's heading they do.
_PLAIN = frozenset({"other", "yes", "no", "withdrawn", "completed"})
_PLAIN_KEYS = frozenset({"arrived", "judged", "progress", "section", "standing", "status"})
# A word alone is one of these ways in, whatever form it has.
_CHANNEL = frozenset({"channel"})
_ACRONYM = re.compile(r"\b[A-Z][A-Z&]+\b")


class Vocabulary:
    """Everything that the words of one report can mean, by one ledger."""

    def __init__(self, source: Source, facts: Facts) -> None:
        self._times = TimeWords(source)
        self.own = frozenset(re.findall(r"[a-z][a-z'’]*", source.landlord.lower()))
        names = {label for fact in facts.every for label in fact.labels}
        self._plain = _plain(facts)
        self.keys = facts.keys
        self.terms: Terms = {}
        self.term = re.compile(r"(?!)")
        names -= {*self._times.labels, NOT_RECORDED}
        self._sections = _sections(facts)
        self.twins, self.months = self._times.twins, self._times.months
        own = {
            m: f[0].known.label for m, f in facts.by_measure.items() if "." in m and " of " not in m
        }
        texts = [(name, Slot.LABEL, name) for name in sorted(names)]
        texts += [(figure, Slot.MEASURE, label.split(",")[0]) for figure, label in own.items()]
        self._acronyms = {_acronym(name): name for name in names if len(_acronym(name)) > 1}
        spoken = sorted((n for n in names if n not in self._plain), key=len, reverse=True)
        self._literal = re.compile(
            rf"\b(?P<name>{'|'.join(map(re.escape, spoken)) or '(?!)'})s?(?!\w)"
        )
        self._by_stem = by_stem(texts)

    def knowing(self, terms: Terms) -> Vocabulary:
        """The same with the terms that a report defines for itself."""
        other = copy(self)
        spoken = sorted(terms, key=len, reverse=True)
        other.terms = terms
        other.term = re.compile(rf"\b(?:{'|'.join(map(re.escape, spoken)) or '(?!)'})\b")
        return other

    @lru_cache(maxsize=50_000)  # noqa: B019  (a vocabulary lives as long as a run)
    def mentions(self, text: str, *, in_table: bool = False) -> tuple[Mention, ...]:
        """All that a text says, in order. Labels go before what their own words might say."""
        lower = text.lower() if len(text.lower()) == len(text) else text
        defined = [
            replace(m, start=term.start(), end=term.end())
            for term in self.term.finditer(text)
            for m in self.terms[term[0]]
        ]
        dated = [*self._times.mentions(text, lower), *self._sections_named(lower)]
        times = [*_apart(dated), *defined]
        measures = list(_measures(lower))
        labels = [
            _less_sure(m) if _is_within(m, measures) else _likened(m, lower)
            for m in _unless_told_apart(_apart(self._labels(text, in_table=in_table)))
        ]
        stages = (_likened(m, lower) for m in _stages(lower))
        foreign = (m for m in _foreign(lower) if not any(_covers(o, m) for o in measures))
        wholes = (Mention(*m.span(), Slot.WHOLE, m[0]) for m in lexicon.WHOLE.finditer(lower))
        taken = [m for m in (*labels, *times) if m.is_sure and (m.end - m.start > 1)]
        plain = [
            m
            for m in (*measures, *stages, *foreign, *wholes)
            if not any(_covers(o, m) and o.slot is not m.slot for o in taken)
        ]
        return tuple(sorted((*labels, *times, *plain), key=lambda m: (m.start, m.end)))

    def are_alike(self, label: str, other: str) -> bool:
        """Whether two labels are values of one thing: two services, two months."""
        kinds = (self.keys.get(each, frozenset()) for each in (label, other))
        return label != other and bool(frozenset.intersection(*kinds))

    # --- A landlord's own words ---

    def _labels(self, text: str, *, in_table: bool) -> Iterator[Mention]:
        """Labels as they stand, then those whose words are there in another form or order."""
        lower = text.lower()
        literal = (
            [_spoken(m, lower) for m in self._literal.finditer(lower)]
            if len(lower) == len(text)
            else []
        )
        found = [(m, len(m.value)) for m in literal]
        words = stems(text)
        named = frozenset(start for _, start, _ in words if start and text[start].isupper())
        met = {label: label for word, *_ in words for label in self._by_stem.get(word, ())}
        for label in met.values():
            for match in matches(label, words, named):
                m = match.mention(label, words)
                if m.slot is Slot.MEASURE and not m.is_sure:
                    continue
                if all(m.end <= o.start or m.start >= o.end for o in literal):
                    found.append((self._as_sure(m, label, match.size), match.size))
        found += [
            (Mention(*unsaid.span(), Slot.LABEL, NOT_RECORDED), len(unsaid[0]))
            for unsaid in lexicon.UNRECORDED.finditer(lower)
        ]
        for acronym in _ACRONYM.finditer(text):
            name = self._acronyms.get(acronym[0].replace("&", ""))
            if name:
                found.append((Mention(acronym.start(), acronym.end(), Slot.LABEL, name), len(name)))
        yield from (
            m for m, _ in sorted(found, key=lambda each: -each[1]) if m.value not in self._plain
        )
        if in_table and lower.strip() in self._plain:
            yield Mention(0, len(text), Slot.LABEL, lower.strip(), surety=Surety.MOSTLY)

    def _as_sure(self, m: Mention, label: Label, size: int) -> Mention:
        """A label of one plain word, or of words of every report cut short, is never sure."""
        cut = label.is_generic and size < len(label.weights)
        tells = len(label.weights) > 1 or self.keys.get(m.value) == _CHANNEL
        return replace(m, surety=m.surety if tells and not cut else min(m.surety, Surety.MOSTLY))

    def _sections_named(self, lower: str) -> Iterator[Mention]:
        """Sections of the Code by their numbers."""
        for section in _SECTION.finditer(lower):
            if label := self._sections.get(section["n"]):
                surety = Surety.SURE if _OF_CODE.search(lower) else Surety.MOSTLY
                yield Mention(section.start(), section.end(), Slot.LABEL, label, surety)


_OF_CODE = re.compile(r"\b(?:provisions?|rules?|meets?|met|compl\w+|code|self-assessment)\b")
_SECTION = re.compile(r"\bsections? (?P<n>\d{1,2})\b(?!\s*(?:to|and|-|–|,)\s*\d)")


def _spoken(found: re.Match[str], lower: str) -> Mention:
    return Mention(found.start(), found.end(), Slot.LABEL, lower[slice(*found.span("name"))])


def _apart(found: Iterable[Mention]) -> list[Mention]:
    """The mentions that no longer or surer one lies over."""
    kept: list[Mention] = []
    for m in sorted(found, key=lambda m: (not m.is_sure, m.start - m.end, m.start)):
        over = [o for o in kept if o.start < m.end and m.start < o.end]
        alike = all((m.start, m.end, m.surety) == (o.start, o.end, o.surety) for o in over)
        equal = not m.is_sure and any((m.start, m.end) == (o.start, o.end) for o in over)
        if not over or alike or (equal and not any(o.is_sure for o in over)):
            kept.append(m)
    return kept


def _unless_told_apart(labels: list[Mention]) -> list[Mention]:
    """Labels less sure where the same words mean another just as well."""
    spans = [(m.start, m.end) for m in labels]
    return [_less_sure(m) if spans.count((m.start, m.end)) > 1 else m for m in labels]


def _less_sure(m: Mention) -> Mention:
    return replace(m, surety=min(m.surety, Surety.MOSTLY))


def _covers(over: Mention, m: Mention) -> bool:
    return over.start <= m.start and m.end <= over.end


def _likened(m: Mention, lower: str) -> Mention:
    """A mention, marked where it is only set beside what the sentence is about."""
    return replace(m, is_likened=bool(lexicon.LIKENED.search(lower[: m.start])))


def _is_within(label: Mention, measures: Iterable[Mention]) -> bool:
    """Whether a label begins within the name of a measure."""
    return any(
        m.start < label.start < m.end or (m.start == label.start and label.end < m.end)
        for m in measures
    )


def _measures(lower: str) -> Iterator[Mention]:
    for found in lexicon.MEASURE.finditer(lower):
        name = lexicon.MEASURE_NAMES[int((found.lastgroup or "m0")[1:])]
        yield Mention(found.start(), found.end(), Slot.MEASURE, name)


def _stages(lower: str) -> Iterator[Mention]:
    values = {"both": BOTH, "one": ONE, "two": TWO}
    for found in lexicon.STAGE.finditer(lower):
        yield Mention(found.start(), found.end(), Slot.STAGE, values[str(found.lastgroup)])


def _foreign(lower: str) -> Iterator[Mention]:
    for found in lexicon.FOREIGN.finditer(lower):
        yield Mention(found.start(), found.end(), Slot.FOREIGN, found[0])


def _plain(facts: Facts) -> frozenset[str]:
    """The labels that mean nothing in a sentence."""
    groups = {pair for fact in facts.every for pair in fact.known.group}
    plain = {value.casefold() for key, value in groups if key in _PLAIN_KEYS}
    return _PLAIN | (plain - {NOT_RECORDED})


def _acronym(name: str) -> str:
    words = [w for w in re.findall(r"[a-z]+", name) if w != "and"]
    return "".join(word[0] for word in words).upper() if len(words) > 1 else ""


def _sections(facts: Facts) -> dict[str, str]:
    """The sections of the Code by their numbers."""
    groups = {pair for fact in facts.every for pair in fact.known.group}
    named = ((re.match(r"(\d+)\.", v), v.casefold()) for key, v in groups if key == "section")
    return {found[1]: label for found, label in named if found}
