"""A month, quarter or group said to have had the most or the fewest: "March was the busiest month".

Such a claim has no number of its own. It is wrong where the ledger has the figure for every group
of the kind, and another one has more. What stands there is named, so that it can be commented on.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from hcreport.proofread.arithmetic import Verdicts
from hcreport.proofread.claims import Outcome, Verdict
from hcreport.proofread.exempt import MONTHS
from hcreport.proofread.facts import BOTH, ONE, TWO, Facet, Fact, Facts, When
from hcreport.proofread.mentions import Mention, Slot, Surety
from hcreport.proofread.numbers import Kind
from hcreport.proofread.scope import Piece, Sentence
from hcreport.records import NOT_RECORDED

_MOST = re.compile(
    r"\b(?:busiest|heaviest|highest|largest|biggest|commonest|most (?:common|frequent|complaints)"
    r"|the most(?= (?:of|in|stage|first|complaints|cases)\b|[,.;:]|\Z)|peak(?:ed)?|high point"
    r"|than (?:(?:in|at|by|from|for) )?any others?)\b",
    re.IGNORECASE,
)
_LEAST = re.compile(
    r"\b(?:quietest|lightest|lowest|smallest|fewest|least common|low point)\b", re.IGNORECASE
)
_BEST = re.compile(r"\b(?:best|strongest)\b", re.IGNORECASE)
_WORST = re.compile(r"\b(?:worst|weakest|poorest)\b", re.IGNORECASE)
_RATES = frozenset({Kind.PERCENT})
# Only of these is it plain that more is better.
_GOOD = frozenset({"on time", "on time or extended", "within code", "acknowledged"})
# Not the first of all, or not of all.
_NOT_FIRST = re.compile(
    r"\b(?:second|third|fourth|next|one of|among|after|joint|other|\d(?:nd|rd|th))\b", re.IGNORECASE
)
_RANKED = re.compile(r"\b(?P<nth>second|third)[\s-]+\Z", re.IGNORECASE)
_RANKS = {"second": 1, "third": 2, "fourth": 3, "fifth": 4}
_PLACED = re.compile(
    r"\b(?:ranks?|ranked|comes?|came|only|stands?|was|were|is|are) "
    r"(?P<nth>second|third|fourth|fifth)(?! (?:quarter|stage|time))"
    r"(?=[,.;:)]| (?:with|at|for|by|in|of|among)\b)",
    re.IGNORECASE,
)
_FEWER = re.compile(r"\b(?:fewer|lower|less)\b[^.;]*\Z", re.IGNORECASE)
_BACK = 25
# What comes before these is what is said to be first.
_SAID_OF = re.compile(r"\W*(?:was|were|is|are|had|has|came)\b", re.IGNORECASE)
# Kinds of group of which one can be said to have most.
_KINDS = frozenset(
    {"month", "quarter", "category", "channel", "ward", "tenure", "root_cause", "contractor"}
)
_TIMES = frozenset({"month", "quarter"})
_PLURAL = re.compile(r"\b(?:months|quarters|wards|areas|categories|subjects|channels)\b")
_NO_GROUP = frozenset({NOT_RECORDED, "other"})
# A series of fewer has nothing to be the most of.
_SERIES = 3


@dataclass(frozen=True)
class _Said:
    """The words that say most, or least, which place they give, and of which figures."""

    words: re.Match[str]
    is_most: bool
    rank: int
    measures: tuple[str, ...]
    kinds: frozenset[Kind] = frozenset()


@dataclass(frozen=True)
class Claimed:
    """A wrong claim: what is said to have had most, and what had."""

    mention: Mention
    verdict: Verdict


def wrong(sentence: Sentence, verdicts: Verdicts, facts: Facts) -> Iterator[Claimed]:
    """Each claim of a sentence that no figure its words allow bears out.

    A number beside it that is the true one's is right: the group was said badly, not the number.
    """
    for said in _said(sentence):
        mention = _group(sentence, said.words)
        series = list(_series(sentence, facts, mention, said)) if mention is not None else []
        if mention is None or not series:
            continue
        firsts = [_ranked(held, said) for held in series]
        if any(mention.value in f.labels for held in firsts for f in held):
            continue
        _explain(sentence, verdicts, firsts[0][0])
        yield Claimed(mention, _verdict(firsts[0][0]))


def _said(sentence: Sentence) -> Iterator[_Said]:
    text, measures = sentence.text, _measures(sentence)
    good = tuple(m for m in measures if m in _GOOD)
    for pattern, is_most, of in (
        (_MOST, True, measures),
        (_LEAST, False, measures),
        (_BEST, True, good),
        (_WORST, False, good),
        (_PLACED, True, measures),
    ):
        for found in pattern.finditer(text):
            before = text[max(0, found.start() - _BACK) : found.start()]
            is_fewer = found[0].lower().startswith("than") and _FEWER.search(text[: found.start()])
            ranked = found if pattern is _PLACED else _RANKED.search(before)
            rest = before[: ranked.start()] if ranked and ranked is not found else before
            is_plural = pattern is not _PLACED and _PLURAL.search(text)
            if not _NOT_FIRST.search(rest) and not is_plural:
                rank = _RANKS[ranked["nth"].lower()] if ranked else 0
                kinds = _RATES if pattern in {_BEST, _WORST} else frozenset()
                yield _Said(found, is_most and not is_fewer, rank, of, kinds)


def _group(sentence: Sentence, found: re.Match[str]) -> Mention | None:
    """The group said to be first: that of its own clause, else its subject, or what follows."""
    pieces = sentence.pieces
    here = next(n for n, p in enumerate(pieces) if p.start <= found.start() < p.end)
    piece = sentence.text[pieces[here].start : pieces[here].end]
    is_said_of = _SAID_OF.match(piece) or found[0].lower().startswith("than")
    near = reversed(pieces[:here]) if is_said_of else iter(pieces[here + 1 : here + 2])
    for each in (pieces[here], *near):
        labels = _labels(sentence, each)
        if labels:
            return labels[0] if len({m.value for m in labels}) == 1 else None
        if sentence.text[each.start] == ";":
            break
    return None


def _labels(sentence: Sentence, piece: Piece) -> list[Mention]:
    inside = (m for m in sentence.mentions if piece.start <= m.start < piece.end)
    keys = sentence.vocabulary.keys
    labels = (m for m in inside if m.slot is Slot.LABEL and m.surety >= Surety.MOSTLY)
    return [m for m in labels if keys.get(m.value, frozenset()) & _KINDS]


def _series(
    sentence: Sentence, facts: Facts, mention: Mention, said: _Said
) -> Iterator[tuple[Fact, ...]]:
    """The figures of each group of the kind, for every measure and stage that words allow."""
    if _is_narrowed(sentence, facts, mention):
        return
    stages, kinds = _stages(sentence), said.kinds or {n.kind for n in sentence.figures}
    for measure in said.measures:
        for fact in facts.by_labels.get(measure, {}).get(frozenset({mention.value}), ()):
            held = tuple(f for f in facts.series(fact) if not f.labels & _NO_GROUP)
            is_meant = fact.stages <= stages and (not kinds or fact.kind in kinds)
            if is_meant and _is_plain(fact) and len(held) >= _SERIES:
                yield held


def _is_plain(fact: Fact) -> bool:
    """Whether a figure is this year's own, of one group of a kind that has a first."""
    keys = [key for key, _ in fact.known.group]
    is_own = fact.facet is Facet.VALUE and fact.when is When.NOW and fact.firm
    return is_own and len(keys) == 1 and keys[0] in _KINDS


def _is_narrowed(sentence: Sentence, facts: Facts, mention: Mention) -> bool:
    """Whether a sentence is of another time, or only of a group of another kind."""
    whens = {m.value for m in sentence.mentions if m.slot is Slot.WHEN}
    labels = (m for m in sentence.mentions if m.slot is Slot.LABEL and m.value != mention.value)
    others = {m.value for m in labels if m.is_sure or _is_kind(facts, m)}
    beside = _TIMES | facts.keys.get(mention.value, frozenset())
    is_of_group = any(not facts.keys.get(other, frozenset()) & beside for other in others)
    return is_of_group or bool(whens - {When.NOW.value})


def _is_kind(facts: Facts, m: Mention) -> bool:
    """Whether a label that is perhaps meant would narrow what is counted."""
    return m.surety >= Surety.MOSTLY and bool(facts.keys.get(m.value, frozenset()) & _KINDS)


def _stages(sentence: Sentence) -> frozenset[str]:
    said = {m.value for m in sentence.mentions if m.slot is Slot.STAGE}
    return frozenset(said or sentence.background.said(Slot.STAGE) or {ONE, TWO, BOTH})


def _measures(sentence: Sentence) -> tuple[str, ...]:
    said = tuple(m.value for m in sentence.mentions if m.slot is Slot.MEASURE)
    return said or sentence.background.said(Slot.MEASURE)[:1] or ("received",)


def _ranked(held: tuple[Fact, ...], said: _Said) -> list[Fact]:
    """The groups that have the most, the least or the second most of a figure."""
    ordered = sorted((f.value for f in held), reverse=said.is_most)
    return [f for f in held if f.value == ordered[said.rank]]


def _explain(sentence: Sentence, verdicts: Verdicts, fact: Fact) -> None:
    """Call a number right that is the true first one's."""
    for number in sentence.figures:
        is_its = number.kind is fact.kind and number.agrees(fact.value)
        if is_its and verdicts[number].outcome is Outcome.WRONG:
            verdicts[number] = Verdict(Outcome.RIGHT, fact.name, fact=fact)


def _verdict(fact: Fact) -> Verdict:
    name = fact.known.group[0][1]
    if re.fullmatch(r"\d{4}-\d\d", name):
        name = f"{MONTHS[int(name[5:]) - 1]} {name[:4]}"
    return Verdict(Outcome.WRONG, f"{fact.name}: {fact.said}", name, fact)
