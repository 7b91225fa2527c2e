"""What each number of a sentence is about: which of the sentence's words speak of which number.

A sentence is cut into pieces at its joints. Words in a number's own piece speak of it surely; words
before any number ("At stage 1, …") frame those that follow; a bracket looks to the words before it;
what nothing in the sentence says comes from the sentence before, then from the heading.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from hcreport.proofread import lexicon
from hcreport.proofread.facts import When
from hcreport.proofread.generic import other_noun, restricted
from hcreport.proofread.numbers import Kind, Number, numbers
from hcreport.proofread.words import OTHER_TIME, Mention, Slot, Vocabulary

_JOINT = re.compile(
    r"[;:]|,(?=\s|$)|\b(?:and|while|whilst|whereas|but|compared (?:to|with|against)|against|versus"
    r"|or|which|with|from|than|giving|making|meaning|leaving|of which|of whom|on the)\b|[–—]"
    r"|(?<=\s)-(?=\s)"
)
_BACKWARD = re.compile(r"\s*(?:from|than|on the|against)\b")
_PLACING = frozenset({Slot.STAGE, Slot.LABEL, Slot.WHEN})
_REMEMBERED = 4
_FORWARD = re.compile(r"\s*(?:and|while|whilst|whereas|but|;|:|or|[–—])")
_OPEN, _CLOSE = re.compile(r"[(\[]"), re.compile(r"[)\]]")
_COUNTED = re.compile(
    r"\s+(?:(?:stage (?:1|2|one|two)|formal|further|other|more|separate) )*"
    r"(?:complaints?|cases?|findings?|awards?|orders?|determinations?)\b"
    r"|\s+(?:was|were)\b|\s+(?:at|for) stage"
)
_ONLY, _ONE = (
    re.compile(r"\b(?:only|just)\s+\Z"),
    re.compile(r"\s+(?:complaints?|cases?)(?: relating \S+ \S+ \S+)? (?:was|were|at)\b"),
)
_MORE = re.compile(r"\b(?:additional|further|extra)\s+\Z", re.IGNORECASE)
_COMPARED = re.compile(
    r"\b(?:from|compared (?:to|with)|against|than|on)\s+(?:the\s+|a total of\s+|just\s+)?\Z"
)
_PAIR = re.compile(
    r"\s*(?:(?:complaints?|cases?|responses?|findings?|awards?|orders?)\s+)?(?:out\s+)?of\s+"
    r"(?:the\s+|a\s+total\s+of\s+|our\s+|all\s+)*",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class About:
    """What a number is about. An empty set says that nothing was said.

    ``measures`` are from its own words, ``measures_framing`` from those that frame the sentence,
    ``measures_beyond`` from the rest of it, ``measures_before`` from the sentences before or the
    heading. ``likely`` is the period that was spoken of last. ``must`` are the labels that surely
    belong to it, ``may`` those that perhaps do (``may_near`` by its own words). ``is_placed`` tells
    that its own words name a stage or a label; ``in_days`` and ``of_ombudsman`` that days or the
    Ombudsman are spoken of. ``doubt`` is why the number cannot be called wrong,
    if there is a reason.
    """

    measures: tuple[str, ...] = ()
    measures_framing: tuple[str, ...] = ()
    measures_beyond: tuple[str, ...] = ()
    measures_before: tuple[str, ...] = ()
    stages: frozenset[str] = frozenset()
    stages_before: frozenset[str] = frozenset()
    must: frozenset[str] = frozenset()
    may: frozenset[str] = frozenset()
    may_near: frozenset[str] = frozenset()
    whens: frozenset[str] = frozenset({When.NOW.value})
    likely: str = When.NOW.value
    is_change: bool = False
    rose: bool | None = None
    is_placed: bool = False
    in_days: bool = False
    of_ombudsman: bool = False
    doubt: str = ""


@dataclass(frozen=True)
class Background:
    """What stands before a sentence: the sentences before it, the last first, and the heading."""

    before: tuple[tuple[Mention, ...], ...] = ()
    heading: tuple[Mention, ...] = ()

    def said(self, slot: Slot) -> tuple[str, ...]:
        """What it says of a slot: of measures and stages, what was said last."""
        found: dict[str, None] = {}
        for mentions in (*self.before, self.heading):
            found |= dict.fromkeys(m.value for m in mentions if m.slot is slot)
            if found and slot not in {Slot.LABEL, Slot.MEASURE}:
                break
        return tuple(found)

    def after(self, mentions: tuple[Mention, ...]) -> Background:
        """What stands before the next sentence."""
        return Background((mentions, *self.before)[:_REMEMBERED], self.heading)

    def in_next_paragraph(self) -> Background:
        """What a paragraph leaves to the next: the last sentence, but for its stage."""
        last = (m for mentions in self.before[:1] for m in mentions if m.slot is not Slot.STAGE)
        return Background((tuple(last),))


@dataclass(frozen=True)
class Piece:
    """A stretch of a sentence between two joints. ``depth`` is 1 inside a bracket."""

    start: int
    end: int
    depth: int


@dataclass
class Sentence:
    """A sentence with its numbers, and what they are about."""

    text: str
    vocabulary: Vocabulary
    background: Background = field(default_factory=Background)

    @cached_property
    def numbers(self) -> tuple[Number, ...]:
        """All of its numbers."""
        return numbers(self.text)

    @cached_property
    def figures(self) -> tuple[Number, ...]:
        """Those that are not exempt."""
        return tuple(n for n in self.numbers if not n.exempt and (not n.is_word or self._counts(n)))

    def _counts(self, number: Number) -> bool:
        """Whether a number in words counts something that reports count."""
        if number.kind is not Kind.COUNT:
            return True
        before, after = self.text[: number.start].lower(), self.text[number.end :].lower()
        if number.value == 1 and not _ONLY.search(before) and not _ONE.match(after):
            return False
        return bool(_COUNTED.match(after))

    @cached_property
    def mentions(self) -> tuple[Mention, ...]:
        """All that its words say."""
        return self.vocabulary.mentions(self.text)

    @cached_property
    def pairs(self) -> tuple[tuple[Number, Number], ...]:
        """Its counts of a count: "71 out of the 133"."""
        counts = [n for n in self.figures if n.kind is Kind.COUNT]
        return tuple(
            (a, b)
            for a, b in itertools.pairwise(counts)
            if _PAIR.fullmatch(self.text[a.end : b.start]) and a.value <= b.value
        )

    @cached_property
    def pieces(self) -> tuple[Piece, ...]:
        """Its pieces, in order."""
        covered = [(m.start, m.end) for m in self.mentions if m.end - m.start > 1]
        covered += [(n.start, n.end) for n in self.numbers]
        covered += [(a.start, b.end) for a, b in self.pairs]
        found, at, depth = [], 0, 0
        for cut, step in self._cuts(covered):
            if cut > at:
                found.append(Piece(at, cut, depth))
            at, depth = cut, max(0, depth + step)
        if at < len(self.text):
            found.append(Piece(at, len(self.text), depth))
        return tuple(found)

    def _cuts(self, covered: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
        """Where it is cut, and whether a bracket opens (1) or closes (-1) there."""
        cuts = [(m.start(), 0) for m in _JOINT.finditer(self.text)]
        cuts += [(m.start(), 1) for m in _OPEN.finditer(self.text)]
        cuts += [(m.end(), -1) for m in _CLOSE.finditer(self.text)]
        return sorted(cut for cut in cuts if cut[1] or not any(a < cut[0] < b for a, b in covered))

    def about(self, number: Number) -> About:
        """What one of its numbers is about."""
        return _Reading(self, number).about()


@dataclass
class _Reading:
    """The words of a sentence as they bear on one number."""

    sentence: Sentence
    number: Number

    @cached_property
    def here(self) -> int:
        """The piece that the number stands in."""
        pieces = self.sentence.pieces
        return next(n for n, p in enumerate(pieces) if p.start <= self.number.start < p.end)

    def _numbered(self, n: int) -> bool:
        p = self.sentence.pieces[n]
        return any(p.start <= f.start < p.end for f in self.sentence.figures)

    @cached_property
    def own(self) -> tuple[tuple[int, int], ...]:
        """The stretches whose words surely speak of the number."""
        pieces, here = self.sentence.pieces, self.here
        left, right = self._bounds(here)
        found = [(left, right)]
        depth = pieces[here].depth
        for n in range(here + 1, len(pieces)):  # what follows, past brackets, up to the next number
            if pieces[n].depth > depth:
                continue
            hosts = n + 1 < len(pieces) and pieces[n + 1].depth > depth
            after = pieces[n - 1].depth > depth and _JOINT.match(self._text(n).lstrip())
            over = pieces[n].depth < depth or hosts or after or _FORWARD.match(self._text(n))
            if over or self._numbered(n):
                break
            found.append((pieces[n].start, pieces[n].end))
        for n in range(here - 1, -1, -1):  # what leads up to it, but for what frames the sentence
            joined = _FORWARD.match(self._text(n + 1)) or _BACKWARD.match(self._text(n))
            frames = depth == 0 and not any(self._numbered(k) for k in range(n))
            if joined or frames or self._numbered(n) or pieces[n].depth != depth:
                break
            found.append((pieces[n].start, pieces[n].end))
        return tuple(found)

    def _bounds(self, n: int) -> tuple[int, int]:
        """From the figure before to the figure after, inside the number's piece."""
        p = self.sentence.pieces[n]
        pair = next(((a, b) for a, b in self.sentence.pairs if self.number in (a, b)), ())
        others = [
            f
            for f in self.sentence.figures
            if p.start <= f.start < p.end and f is not self.number and f not in pair
        ]
        first = pair[0].start if pair else self.number.start
        last = pair[1].end if pair else self.number.end
        left = max((f.end for f in others if f.end <= first), default=p.start)
        right = min((f.start for f in others if f.start >= last), default=p.end)
        return left, right

    def _text(self, n: int) -> str:
        p = self.sentence.pieces[n]
        return self.sentence.text[p.start : p.end]

    @cached_property
    def host(self) -> tuple[tuple[int, int], ...]:
        """For a number in a bracket, the words that the bracket follows."""
        pieces, here = self.sentence.pieces, self.here
        if not pieces[here].depth:
            return ()
        found = []
        n = here
        while n >= 0 and pieces[n].depth:
            n -= 1
        while n >= 0:
            if pieces[n].depth:
                break
            numbered = self._numbered(n)
            start = pieces[n].start
            if numbered:
                start = self._host_start(n)
            found.append((start, pieces[n].end))
            if numbered or (n > 0 and _FORWARD.match(self._text(n))):
                break
            n -= 1
        return tuple(found)

    def _host_start(self, n: int) -> int:
        """In a piece of several numbers a bracket follows the last."""
        p = self.sentence.pieces[n]
        inside = [f for f in self.sentence.figures if p.start <= f.start < p.end]
        pairs = {b.start: a.start for a, b in self.sentence.pairs}
        last = pairs.get(inside[-1].start, inside[-1].start)
        before = [f.end for f in inside if f.start < last]
        return max(before, default=p.start)

    @cached_property
    def frame(self) -> tuple[tuple[int, int], ...]:
        """The pieces before the sentence's first number."""
        pieces = self.sentence.pieces
        found = []
        for n in range(self.here):
            if self._numbered(n):
                break
            found.append((pieces[n].start, pieces[n].end))
        return tuple(found)

    def _in(self, spans: Iterable[tuple[int, int]]) -> tuple[Mention, ...]:
        return tuple(
            m
            for m in self.sentence.mentions
            if any(start < m.end and m.start < end for start, end in spans)
        )

    def _rest(self) -> tuple[Mention, ...]:
        """Everything else of the sentence, the nearest before the number first."""
        near = {id(m) for m in (*self._in(self.own), *self._in(self.host))}
        rest = [m for m in self.sentence.mentions if id(m) not in near]
        at = self.number.start
        return tuple(sorted(rest, key=lambda m: (m.start > at, abs(m.start - at))))

    def _nearest(self, slot: Slot) -> tuple[str, ...]:
        """What the closest words that say anything of a slot say."""
        spans = (self.own, self.host, self.frame)
        return next((found for each in spans if (found := self._said(slot, each))), ())

    def _said(self, slot: Slot, spans: Iterable[tuple[int, int]]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(m.value for m in self._in(spans) if m.slot is slot))

    def about(self) -> About:
        """All of it together."""
        before = self.sentence.background
        rest = self._rest()
        labels = [
            m
            for spans in (self.own, self.host, self.frame)
            for m in self._in(spans)
            if m.slot is Slot.LABEL
        ]
        must = self._sure_labels()
        may = frozenset(m.value for m in (*labels, *rest) if m.slot is Slot.LABEL) | frozenset(
            before.said(Slot.LABEL)
        )
        is_change, rose = self._changed()
        stages = frozenset(self._nearest(Slot.STAGE))
        return About(
            measures=self._said(Slot.MEASURE, self.own) or self._said(Slot.MEASURE, self.host),
            measures_framing=self._said(Slot.MEASURE, self.frame),
            measures_beyond=tuple(dict.fromkeys(m.value for m in rest if m.slot is Slot.MEASURE)),
            measures_before=before.said(Slot.MEASURE),
            stages=stages or frozenset(m.value for m in rest if m.slot is Slot.STAGE),
            stages_before=frozenset(before.said(Slot.STAGE)),
            must=must,
            may=may - must,
            may_near=frozenset(m.value for m in labels if not m.is_sure),
            whens=self._whens(),
            likely=self._likely(),
            is_change=is_change,
            rose=rose,
            is_placed=any(m.slot in _PLACING and m.is_sure for m in self._in(self.own)),
            in_days="day" in self.sentence.text,
            of_ombudsman=bool(lexicon.OMBUDSMAN.search(self.sentence.text.lower())),
            doubt=self._doubt(),
        )

    def _sure_labels(self) -> frozenset[str]:
        """The labels of its own words, and those of wider ones that are of another kind."""
        keys, found, taken = self.sentence.vocabulary.keys, set[str](), set[str]()
        for spans in (self.own, self.host, self.frame):
            said = [m for m in self._in(spans) if m.slot is Slot.LABEL and m is not self._listed()]
            met = {m.value: m.is_sure for m in said}
            kinds = Counter(
                key for label, sure in met.items() if sure for key in keys.get(label, ())
            )
            found |= {
                label
                for label, sure in met.items()
                if sure and not any(key in taken or kinds[key] > 1 for key in keys.get(label, ()))
            }
            taken |= {key for label in met for key in keys.get(label, ())}
        return frozenset(found)

    def _listed(self) -> Mention | None:
        """The label that the first bracket of a list follows, for a number of a later one.

        "The reasons for Repairs were delay (20), cost (3)": delay frames nothing, Repairs does.
        """
        first = next((f for f in self.sentence.figures), self.number)
        start = self.sentence.text[: first.start].rstrip()
        if first is self.number or not start.endswith("(") or ")" not in self._between(first):
            return None
        labels = [m for m in self.sentence.mentions if m.slot is Slot.LABEL and m.end <= len(start)]
        return labels[-1] if len(labels) > 0 else None

    def _between(self, first: Number) -> str:
        return self.sentence.text[first.end : self.number.start]

    def _whens(self) -> frozenset[str]:
        near = self._nearest(Slot.WHEN)
        if near:
            later = {m.value for m in self.sentence.mentions if m.slot is Slot.WHEN}
            if (
                When.TO_DATE.value in {*later, *self.sentence.background.said(Slot.WHEN)}
                and When.BEFORE.value in near
            ):
                near = (*near, When.NOW.value)  # the year before what has begun since
            return frozenset({*near, *self._compared()})
        rest = {m.value for m in self._rest() if m.slot is Slot.WHEN}
        inherited = [w for w in self.sentence.background.said(Slot.WHEN) if w != OTHER_TIME]
        return frozenset({*rest, *inherited, *self._compared(), When.NOW.value} - {OTHER_TIME})

    def _compared(self) -> tuple[str, ...]:
        """The period before, for a number that something is compared with."""
        before = self.sentence.text[: self.number.start].lower()
        return (When.BEFORE.value,) if _COMPARED.search(before) else ()

    def _likely(self) -> str:
        said = (*self._nearest(Slot.WHEN), *self.sentence.background.said(Slot.WHEN))
        return next((when for when in said if when != OTHER_TIME), When.NOW.value)

    def _changed(self) -> tuple[bool, bool | None]:
        """Whether the number says how far something moved, and whether up."""
        lower = self.sentence.text.lower()
        found = lexicon.CHANGE_BEFORE.search(
            lower[: self.number.start]
        ) or lexicon.CHANGE_AFTER.match(lower[self.number.end :])
        if found is None:
            return self.number.kind is Kind.POINTS, None
        groups = found.groupdict()
        if groups.get("up") or groups.get("up2"):
            return True, True
        return True, False if groups.get("down") or groups.get("down2") else None

    def _doubt(self) -> str:
        """Why the number may be about something that the ledger does not hold."""
        spans = (*self.own, *self.host, *self.frame)
        mentions = self._in(spans)
        foreign = next((m for m in mentions if m.slot is Slot.FOREIGN), None)
        if foreign is not None:
            return f"it may not be the landlord's own ({foreign.value})"
        whole = self.sentence
        known: tuple[Mention | Number, ...] = (*mentions, *whole.numbers)
        word = restricted(whole.text, self.number, spans, known, whole.vocabulary.own)
        word = word or other_noun(whole.text, self.number)
        if self.number.kind is Kind.MONEY and _MORE.search(whole.text[: self.number.start]):
            return "it is only a part of a sum"
        return f"“{word}” is not in the ledger" if word else ""
