"""Which words of a sentence bear on which of its numbers.

Words in a number's own piece speak of it surely; words before any number ("At stage 1, …") frame
those that follow; a bracket looks to the words before it; what nothing in the sentence says comes
from the sentences before, then from the heading.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import takewhile

from hcreport.proofread import lexicon
from hcreport.proofread.facts import BOTH, When
from hcreport.proofread.generic import other_noun, restricted
from hcreport.proofread.numbers import Kind, Number
from hcreport.proofread.scope import JOINT, About, Sentence
from hcreport.proofread.words import OTHER_TIME, Mention, Slot

_FORWARD = re.compile(r"\s*(?:and|while|whilst|whereas|but|;|:|or|[–—])")
_BACKWARD = re.compile(r"\s*(?:from|than|on the|against)\b")
_WITH = re.compile(r"\W*(?:with|at)\b")
_ANAPHORA = re.compile(
    r"\W*(?:(?:out )?of (?:these|those|them|this)|they|these|this|that|it|so that)\b", re.IGNORECASE
)
_PART_OF = re.compile(r"\s+of (?:the|these|those|our|all)\b[^,.;:()\d]{0,40}", re.IGNORECASE)
_ANOTHER = re.compile(r"\b(?:another|further)\s+\Z", re.IGNORECASE)
_THAN_ELSE = re.compile(r"\s+(?:more|fewer|less) than (?:were|was|we|had|there)\b", re.IGNORECASE)
# What stands for the measure that was spoken of last.
_AGAIN = re.compile(
    r"\b(?:the (?:share|rate|figure|proportion)|it|this|that|they)\s+"
    r"(?:was|were|is|stood|rose|fell|came)\b"
    r"|\b(?:were|was|did)\W*\Z",
    re.IGNORECASE,
)
_MOVED_TO = re.compile(r"\bfrom\b[^.;]*\bto\s+\Z")
_LAST_YEAR = re.compile(r"\blast year\b(?!['’]s)", re.IGNORECASE)
_PLACING = frozenset({Slot.STAGE, Slot.LABEL, Slot.WHEN})
_PART = re.compile(r"\W*(?:out )?of (?:the|those|these|them|all|our)\b", re.IGNORECASE)
_MORE = re.compile(r"\b(?:additional|further|extra)\s+\Z", re.IGNORECASE)
_COMPARED = re.compile(
    r"\b(?:from|compared (?:to|with)|against|than|on)\s+(?:the\s+|a total of\s+|just\s+)?\Z"
)


def about(sentence: Sentence, number: Number) -> About:
    """What one of a sentence's numbers is about."""
    return _Bearing(sentence, number).about()


@dataclass
class _Bearing:
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
        found += self._bracket_after()
        for n in range(here + 1, len(pieces)):  # what follows, past brackets, up to the next number
            if pieces[n].depth > depth:
                continue
            hosts = n + 1 < len(pieces) and pieces[n + 1].depth > depth
            after = pieces[n - 1].depth > depth and JOINT.match(self._text(n).lstrip())
            over = pieces[n].depth < depth or hosts or after or _FORWARD.match(self._text(n))
            if over or self._numbered(n) or self._leads_on(n):
                break
            found.append((pieces[n].start, pieces[n].end))
        for n in range(here - 1, -1, -1):  # what leads up to it, but for what frames the sentence
            joined = _FORWARD.match(self._text(n + 1)) or _BACKWARD.match(self._text(n))
            frames = depth == 0 and not any(self._numbered(k) for k in range(n))
            if joined or frames or self._numbered(n) or pieces[n].depth != depth:
                break
            found.append((pieces[n].start, pieces[n].end))
        return tuple(found)

    def _leads_on(self, n: int) -> bool:
        """Whether a piece leads up to the next number: "98, ahead of heating with 88"."""
        rest = range(n + 1, len(self.sentence.pieces))
        after = next((k for k in rest if self._text(k).strip(" ,")), None)
        return after is not None and self._numbered(after) and bool(_WITH.match(self._text(after)))

    def _bracket_after(self) -> list[tuple[int, int]]:
        """The bracket right after the number's piece, if it holds no figure: "69% (stage 2)"."""
        pieces, here = self.sentence.pieces, self.here
        rest = list(range(here + 1, len(pieces)))
        inside = list(takewhile(lambda n: pieces[n].depth > pieces[here].depth, rest))
        return (
            []
            if any(map(self._numbered, inside))
            else [(pieces[n].start, pieces[n].end) for n in inside]
        )

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
        spans = (*self.own, *self.host, *self.frame)
        labels = [m for m in self._in(spans) if m.slot is Slot.LABEL]
        must = self._sure_labels()
        said = (m.value for m in (*labels, *rest) if m.slot is Slot.LABEL)
        may = frozenset((*said, *before.said(Slot.LABEL)))
        twins = self.sentence.vocabulary.twins
        may |= {twins[label] for label in may if label in twins}
        is_change, rose = self._changed()
        return About(
            measures=self._measures(),
            measures_framing=self._said(Slot.MEASURE, self.frame),
            measures_beyond=tuple(
                dict.fromkeys(
                    m.value
                    for m in rest
                    if m.slot is Slot.MEASURE and m.value != "share of the money"
                )
            ),
            is_again=bool(_AGAIN.search(self.sentence.text)),
            measures_before=before.said(Slot.MEASURE),
            stages=self._stages(rest),
            stages_before=frozenset(before.said(Slot.STAGE)),
            must=must,
            may=may - must,
            may_near=frozenset(m.value for m in labels if not m.is_sure),
            whens=self._whens(),
            whens_said=frozenset({*self._nearest(Slot.WHEN), *self._compared()}),
            likely=self._likely(),
            is_change=is_change,
            rose=rose,
            is_placed=any(m.slot in _PLACING and m.is_sure for m in self._in(self.own)),
            is_part=bool(_PART.match(self.sentence.text)),
            in_days="day" in self.sentence.text,
            of_ombudsman=bool(lexicon.OMBUDSMAN.search(self.sentence.text.lower())),
            doubt=self._doubt(),
        )

    def _measures(self) -> tuple[str, ...]:
        """The measures of its own words, without the base of "12 of the cases we closed"."""
        spans = self.own if self._said(Slot.MEASURE, self.own) else self.host
        part = _PART_OF.match(self.sentence.text, self.number.end)
        is_count = self.number.kind is Kind.COUNT and not self.sentence.is_paired(self.number)
        end = part.end() if part and is_count else -1
        said = (m for m in self._in(spans) if m.slot is Slot.MEASURE)
        kept = [
            m.value
            for m in said
            if m.value not in lexicon.BASES or not self.number.end < m.start < end
        ]
        if self.number.kind is Kind.MONEY and "mean days" in kept:
            kept = ["mean award", *(m for m in kept if m != "mean days")]
        return tuple(dict.fromkeys(kept))

    def _stages(self, rest: Iterable[Mention]) -> frozenset[str]:
        """The stage that its nearest words say; of farther ones, or of both; or the last one's."""
        near = self._nearest(Slot.STAGE)
        if near:
            return frozenset(near)
        far = [m for m in rest if m.slot is Slot.STAGE]
        if far:
            later = far[0].start > self.number.start
            return frozenset({m.value for m in far} | ({BOTH} if later else set()))
        before = self.sentence.background.said(Slot.STAGE)
        told = _ANAPHORA.match(self.sentence.text) and len(before) == 1
        return frozenset(before) if told else frozenset()

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
        if near == (When.BEFORE.value,) and _LAST_YEAR.search(self.sentence.text):
            near = (*near, When.NOW.value)  # the year that has ended since, or the one before it
        if OTHER_TIME in near:
            return frozenset({OTHER_TIME})
        if near:
            later = {m.value for m in self.sentence.mentions if m.slot is Slot.WHEN}
            if (
                When.TO_DATE.value in {*later, *self.sentence.background.said(Slot.WHEN)}
                and When.BEFORE.value in near
            ):
                near = (*near, When.NOW.value)  # the year before what has begun since
            return frozenset({*near, *self._compared(), *self._since()})
        rest = {m.value for m in self._rest() if m.slot is Slot.WHEN}
        heading = {m.value for m in self.sentence.background.heading if m.slot is Slot.WHEN}
        if heading == {When.TO_DATE.value} and not (rest or self._compared() or self._in_period()):
            return frozenset(heading)
        later = set(self.sentence.vocabulary.twins.values())
        if any(m.value in later for m in self.sentence.mentions):
            rest.add(When.TO_DATE.value)
        inherited = [w for w in self.sentence.background.said(Slot.WHEN) if w != OTHER_TIME]
        return frozenset(
            {*rest, *inherited, *self._compared(), *self._since(), When.NOW.value} - {OTHER_TIME}
        )

    def _since(self) -> tuple[str, ...]:
        """The period to date, for what something has gone to."""
        moved = _MOVED_TO.search(self.sentence.text[: self.number.start])
        return (When.TO_DATE.value,) if moved else ()

    def _in_period(self) -> bool:
        """Whether its own words name a month of the period."""
        months = self.sentence.vocabulary.months
        return any(m.value in months for m in self._in(self.own) if m.slot is Slot.LABEL)

    def _compared(self) -> tuple[str, ...]:
        """The period before, for a number that something is compared with."""
        if any(m.slot in {Slot.STAGE, Slot.LABEL} and m.is_sure for m in self._in(self.own)):
            return ()  # it is compared with another stage or group
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
        if found is not None and _THAN_ELSE.match(self.sentence.text, self.number.end):
            return True, None  # beside another count, not beside another time
        if found is None:
            sign = self.number.text[0]
            is_signed = sign in "+-−"
            return is_signed or self.number.kind is Kind.POINTS, sign == "+" if is_signed else None
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
        placed = self._sure_labels() or self._said(Slot.STAGE, self.own)
        if _ANOTHER.search(whole.text[: self.number.start]) and not placed:
            return "it is one part of several"
        if _THAN_ELSE.match(whole.text, self.number.end):
            return "it is set beside another count"
        if self.number.is_word and re.match(r"\s+of the \d", whole.text[self.number.end :]):
            return "it is a share of the number after it"
        if self.number.kind is Kind.MONEY and _MORE.search(whole.text[: self.number.start]):
            return "it is only a part of a sum"
        return f"“{word}” is not in the ledger" if word else ""
