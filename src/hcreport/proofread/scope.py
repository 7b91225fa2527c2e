"""A sentence with its numbers, cut into pieces at its joints, and what a number can be about."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from hcreport.proofread.mentions import Mention, Slot
from hcreport.proofread.numbers import Kind, Number, numbers
from hcreport.proofread.words import Vocabulary

JOINT = re.compile(
    r"[;:]|,(?=\s|$)|\b(?:and|while|whilst|whereas|but|compared (?:to|with|against)|against|versus"
    r"|or|which|with|from|than|giving|making|meaning|leaving|of which|of whom|on the)\b|[–—]"
    r"|(?<=\s)-(?=\s)"
)
_REMEMBERED = 4
# Nobody says so many in words but to count them.
_SURELY = 13
_TOLD = re.compile(r"\b(?:with|were|was|had|brought|received|upheld)\s+\Z")
# A clause beside the sentence: ", which is 54%", ", or 54%".
_ASIDE = re.compile(
    r",\s+(?:which|who|whose|meaning|that is)\b[^,;:–—]*(?=[,;:–—]|\Z)"
    r"|,?\s+or\s+(?:(?!and\b)[^\s,;]+\s+){0,3}?[\d.]+\s?(?:%|per\s?cent)(?=[\s,;.)]|\Z)",
    re.IGNORECASE,
)
_THAT_STAGE = re.compile(r"\b(?:that|this|the same|the latter) stage\b", re.IGNORECASE)
_BRACKET = re.compile(r"[()\[\]]")
_OPEN, _CLOSE = re.compile(r"[(\[]"), re.compile(r"[)\]]")
_COUNTED = re.compile(
    r"\s+(?:(?:stage (?:1|2|one|two)|formal|further|other|more|separate) )*"
    r"(?:complaints?|cases?|findings?|awards?|orders?|determinations?|answers?|replies|responses?"
    r"|reviews?|actions?|provisions?|decisions|things (?=by)|out of|in (?:all|total))\b"
    r"|\s+(?:was|were|are|upheld|did so|disagreed|concerned|each|more|fewer)\b|\s+(?:at|for) stage"
    r"|\s+of (?:the |them|these|those|\d)|\s*[.;](?:\s|\Z)"
    r"|,? (?:and|but|or) (?:turned|partly|not)\b"
)
_NO_COUNT = re.compile(
    r"[\s-]*(?:times?|stages|steps?|parts?|ways?|sides?|years?|weeks?|months?|hours?|days?|fold)\b"
    r"(?! (?:stage|complaint))"
)
# "These two together": so few, pointed at, are not counted.
_FEW = 6
_POINTED = re.compile(r"(?<!of )\b(?:these|those|the|all|other|next|last|first)\s+\Z")
_PLACED = re.compile(r"\s+(?:from|in|at|concern\w*|(?:was|were) (?:for|from|about))\b")
_ONLY, _ONE = (
    re.compile(r"\b(?:only|just)\s+\Z"),
    re.compile(r"\s+(?:complaints?|cases?)(?: relating \S+ \S+ \S+)? (?:was|were|at)\b"),
)
_PAIR = re.compile(
    r"\s*(?:(?:complaints?|cases?|responses?|findings?|awards?|orders?|answers?|repl(?:y|ies)|reviews?|provisions?"
    r"|actions?|decisions?)\s+)?(?:out\s+)?of\s+"
    r"(?:the\s+|a\s+total\s+of\s+|our\s+|all\s+|its\s+|their\s+|these\s+|those\s+)*",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Background:
    """What stands before a sentence: the sentences before it, the last first, and the heading."""

    before: tuple[tuple[Mention, ...], ...] = ()
    heading: tuple[Mention, ...] = ()
    of_ombudsman: bool = False
    in_days: bool = False

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
        return Background((mentions, *self.before)[:_REMEMBERED], self.heading, self.of_ombudsman)

    def in_next_paragraph(self) -> Background:
        """What a paragraph leaves to the next: the last sentence, but for its stage."""
        last = (m for mentions in self.before[:1] for m in mentions if m.slot is not Slot.STAGE)
        return Background((tuple(last),), (), self.of_ombudsman)


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
        if number.value <= _FEW and _POINTED.search(before) and not _PLACED.match(after):
            return False
        return not _NO_COUNT.match(after)

    @cached_property
    def mentions(self) -> tuple[Mention, ...]:
        """All that its words say."""
        said = self.vocabulary.mentions(self.text)
        pointed = tuple(self._pointed_at(said))
        return tuple(sorted((*said, *pointed), key=lambda m: m.start)) if pointed else said

    def _pointed_at(self, said: tuple[Mention, ...]) -> Iterator[Mention]:
        """The stages that are only pointed at: "at that stage" is the one that was named last."""
        for pointed in _THAT_STAGE.finditer(self.text):
            named = [m.value for m in said if m.slot is Slot.STAGE and m.end <= pointed.start()]
            last = named[-1:] or self.background.said(Slot.STAGE)
            if len(last) == 1:
                yield Mention(*pointed.span(), Slot.STAGE, last[0])

    @cached_property
    def pairs(self) -> tuple[tuple[Number, Number], ...]:
        """Its counts of a count: "71 out of the 133"."""
        counts = [n for n in self.figures if n.kind is Kind.COUNT]
        return tuple(
            (a, b)
            for a, b in itertools.pairwise(counts)
            if _PAIR.fullmatch(self.text[a.end : b.start]) and a.value <= b.value
        )

    def is_paired(self, number: Number) -> bool:
        """Whether a number is one of a count of a count."""
        return any(number in pair for pair in self.pairs)

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
        cuts = [(m.start(), 0) for m in JOINT.finditer(self.text)]
        cuts += [(m.start(), 1) for m in _OPEN.finditer(self.text)]
        cuts += [(m.end(), -1) for m in _CLOSE.finditer(self.text)]
        for aside in _ASIDE.finditer(self.text):
            if not _BRACKET.search(aside[0]):
                cuts += [(aside.start(), 1), (aside.end(), -1)]
        return sorted(cut for cut in cuts if cut[1] or not any(a < cut[0] < b for a, b in covered))
