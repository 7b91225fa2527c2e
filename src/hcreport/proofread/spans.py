"""Which stretches of a sentence speak of one of its numbers.

Words in a number's own piece speak of it surely; words before any number ("At stage 1, …") frame
those that follow; a bracket looks to the words before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import takewhile

from hcreport.proofread.mentions import Mention, Slot
from hcreport.proofread.numbers import Number
from hcreport.proofread.scope import JOINT, Sentence

Span = tuple[int, int]

_FORWARD = re.compile(r"\s*(?:and|while|whilst|whereas|but|;|:|or|[–—])")
_BACKWARD = re.compile(r"\s*(?:from|than|on the|against)\b")
_WITH = re.compile(r"\W*(?:with|at)\b")
# "In 32 the answer was late": what follows tells what is counted.
_IN = re.compile(r"(?:\A|[,;:]|\band|\b\d\.\d)\s*(?:in|for)\s+\Z", re.IGNORECASE)
# What stands before a colon is what the number after it is about.
_COLON = re.compile(r"\s*:")
# What begins a clause of its own.
_CLAUSE = re.compile(r"\s*;")
MOVED_TO = re.compile(r"\bfrom\b[^.;]*\b(?P<to>to)\s+\Z")


@dataclass
class Spans:
    """The stretches of a sentence as they bear on one number."""

    sentence: Sentence
    number: Number

    @cached_property
    def here(self) -> int:
        """The piece that the number stands in."""
        pieces = self.sentence.pieces
        return next(n for n, p in enumerate(pieces) if p.start <= self.number.start < p.end)

    @cached_property
    def before(self) -> str:
        """The sentence up to the number."""
        return self.sentence.text[: self.number.start]

    # --- Its own words ---

    @cached_property
    def own(self) -> tuple[Span, ...]:
        """The stretches whose words surely speak of the number: its piece, before and after."""
        return ((*self._bounds(),), *self._bracket_after(), *self._following(), *self._leading())

    def _following(self) -> Iterable[Span]:
        """What follows, past brackets, up to the next number."""
        pieces, here = self.sentence.pieces, self.here
        depth = pieces[here].depth
        for n in range(here + 1, len(pieces)):
            if pieces[n].depth > depth:
                continue
            hosts = n + 1 < len(pieces) and pieces[n + 1].depth > depth
            after = pieces[n - 1].depth > depth and JOINT.match(self._text(n).lstrip())
            over = pieces[n].depth < depth or hosts or after or _FORWARD.match(self._text(n))
            if over or self._numbered(n) or self._leads_on(n):
                break
            yield pieces[n].start, pieces[n].end

    def _leading(self) -> Iterable[Span]:
        """What leads up to it, but for what frames the sentence."""
        pieces, here = self.sentence.pieces, self.here
        depth = pieces[here].depth
        for n in range(here - 1, -1, -1):
            if pieces[n].depth > depth:
                continue
            after = self._text(n + 1)
            parted = _FORWARD.match(after) and not _COLON.match(after)
            joined = parted or _BACKWARD.match(self._text(n))
            frames = depth == 0 and not any(self._numbered(k) for k in range(n))
            if joined or frames or self._numbered(n) or pieces[n].depth != depth:
                break
            yield pieces[n].start, pieces[n].end

    def _leads_on(self, n: int) -> bool:
        """Whether a piece leads up to the next number: "98, ahead of heating with 88"."""
        rest = range(n + 1, len(self.sentence.pieces))
        after = next((k for k in rest if self._text(k).strip(" ,")), None)
        return after is not None and self._numbered(after) and bool(_WITH.match(self._text(after)))

    def _bracket_after(self) -> list[Span]:
        """The bracket right after the number's piece, if it holds no figure: "69% (stage 2)"."""
        pieces, here = self.sentence.pieces, self.here
        rest = range(here + 1, len(pieces))
        inside = list(takewhile(lambda n: pieces[n].depth > pieces[here].depth, rest))
        numbered = any(map(self._numbered, inside))
        return [] if numbered else [(pieces[n].start, pieces[n].end) for n in inside]

    def _bounds(self) -> Span:
        """From the figure before to the figure after, inside the number's piece."""
        p = self.sentence.pieces[self.here]
        pair = next(((a, b) for a, b in self.sentence.pairs if self.number in (a, b)), ())
        inside = (f for f in self.sentence.figures if p.start <= f.start < p.end)
        others = [
            f
            for f in inside
            if f is not self.number and f not in pair and f.kind is self.number.kind
        ]
        first = pair[0].start if pair else self.number.start
        last = pair[1].end if pair else self.number.end
        left = max((f.end for f in others if f.end <= first), default=p.start)
        if moved := MOVED_TO.search(self.sentence.text[:first]):
            left = max(left, moved.start("to"))
        right = min((f.start for f in others if f.start >= last), default=p.end)
        if right < p.end and (moved := MOVED_TO.search(self.sentence.text[:right])):
            right = max(last, moved.start("to"))
        return left, right

    @cached_property
    def near(self) -> tuple[Span, ...]:
        """Its own words without those that follow its piece."""
        end = self.sentence.pieces[self.here].end
        return tuple(span for span in self.own if span[0] < end)

    @cached_property
    def telling(self) -> tuple[Span, ...]:
        """The stretches that must be understood, if the number is to be."""
        return self.own if _IN.search(self.before) else (*self.near, *self.host)

    # --- The words around ---

    @cached_property
    def host(self) -> tuple[Span, ...]:
        """For a number in a bracket, the words that the bracket follows and those after it."""
        pieces, here = self.sentence.pieces, self.here
        if not pieces[here].depth:
            return ()
        found: list[Span] = []
        outside = (n for n in range(here, -1, -1) if not pieces[n].depth)
        n = next(outside, -1)
        while n >= 0 and not pieces[n].depth:
            numbered = self._numbered(n)
            found.append((self._host_start(n) if numbered else pieces[n].start, pieces[n].end))
            if numbered or (n > 0 and _FORWARD.match(self._text(n))):
                break
            n -= 1
        return (*found, *self._after_bracket())

    def _after_bracket(self) -> list[Span]:
        """What follows a bracket that only says a number again: "One in five (15%) were"."""
        pieces, figures = self.sentence.pieces, self.sentence.figures
        opened = self.before.rstrip("( ")
        again = self.before.endswith("(") and any(f.end == len(opened) for f in figures)
        rest = range(self.here + 1, len(pieces))
        after = next((k for k in rest if not pieces[k].depth), None)
        if not again or after is None or self._numbered(after):
            return []
        joined = JOINT.match(self._text(after).lstrip())
        return [] if joined else [(pieces[after].start, pieces[after].end)]

    def _host_start(self, n: int) -> int:
        """In a piece of several numbers a bracket follows the last."""
        p = self.sentence.pieces[n]
        inside = [f for f in self.sentence.figures if p.start <= f.start < p.end]
        pairs = {b.start: a.start for a, b in self.sentence.pairs}
        last = pairs.get(inside[-1].start, inside[-1].start)
        return max((f.end for f in inside if f.start < last), default=p.start)

    @cached_property
    def frame(self) -> tuple[Span, ...]:
        """What stands before the first number of its clause, or of the sentence."""
        pieces, depth = self.sentence.pieces, self.sentence.pieces[self.here].depth
        found: list[Span] = []
        for n in range(self._clause, self.here):
            p = pieces[n]
            numbered = self._numbered(n)
            if p.depth <= depth:
                first = (f.start for f in self.sentence.figures if f.start >= p.start)
                found.append((p.start, next(first) if numbered else p.end))
            if numbered:
                return tuple(found)
        return (*found, *self._opening())

    def _opening(self) -> list[Span]:
        """What its own piece says before the first number, where that is another one."""
        p = self.sentence.pieces[self.here]
        first = next(f for f in self.sentence.figures if f.start >= p.start)
        left = min((left for left, _ in (self._bounds(),)), default=p.start)
        return [(p.start, first.start)] if p.start < first.start < left else []

    @property
    def _clause(self) -> int:
        """The piece that the number's clause begins with, if it has numbers before this one."""
        pieces, here = self.sentence.pieces, self.here
        starts = [
            n for n in range(here + 1) if _CLAUSE.match(self._text(n)) and not pieces[n].depth
        ]
        begun = starts[-1] if starts else 0
        return begun if any(map(self._numbered, range(begun, here))) else 0

    @cached_property
    def whole(self) -> tuple[Span, ...]:
        """All of the sentence."""
        return ((0, len(self.sentence.text)),)

    # --- What stretches say ---

    def mentions(self, spans: Iterable[Span]) -> tuple[Mention, ...]:
        """What some stretches say."""
        held = tuple(spans)
        return tuple(
            m
            for m in self.sentence.mentions
            if any(start < m.end and m.start < end for start, end in held)
        )

    def said(self, slot: Slot, spans: Iterable[Span]) -> tuple[str, ...]:
        """What some stretches say of a slot."""
        return tuple(dict.fromkeys(m.value for m in self.mentions(spans) if m.slot is slot))

    def text(self, spans: Iterable[Span]) -> str:
        """What stretches read."""
        return " ".join(self.sentence.text[start:end] for start, end in spans)

    def _text(self, n: int) -> str:
        p = self.sentence.pieces[n]
        return self.sentence.text[p.start : p.end]

    def _numbered(self, n: int) -> bool:
        p = self.sentence.pieces[n]
        return any(p.start <= f.start < p.end for f in self.sentence.figures)
