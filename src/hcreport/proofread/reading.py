"""A whole report read, sentence by sentence and table by table."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

from hcreport.proofread import (
    arithmetic,
    between,
    changes,
    company,
    comparisons,
    gaps,
    lexicon,
    pairs,
    repeats,
    runs,
    sequel,
    shares,
    superlatives,
    tables,
    turns,
    workings,
)
from hcreport.proofread.bearing import about
from hcreport.proofread.claims import Outcome, Verdict, judged
from hcreport.proofread.definitions import terms
from hcreport.proofread.facts import Facet
from hcreport.proofread.grids import Table
from hcreport.proofread.mentions import Mention
from hcreport.proofread.numbers import Number
from hcreport.proofread.passages import Grid, Passage
from hcreport.proofread.proof import Found, Proof
from hcreport.proofread.scope import Background, Sentence
from hcreport.proofread.sentences import sentences
from hcreport.proofread.told import Earlier, Told, figures
from hcreport.proofread.truths import facts_of
from hcreport.proofread.words import Vocabulary
from hcreport.report.word.passages import Where

if TYPE_CHECKING:
    from hcreport.proofread.arithmetic import Abouts, Verdicts
    from hcreport.proofread.source import Source


# A cell of nothing but numbers with parts names provisions or paragraphs.
_PROVISION = re.compile(r"\s*\d+\.\d+(?:\s*(?:,|and|&|to|-|–)\s*\d+\.\d+)*\s*")

# What a sentence's numbers say of each other, once the ledger has spoken, in this order.
_CHECKS = (
    runs.check,
    shares.check,
    sequel.check,
    gaps.check,
    between.check,
    workings.check,
    comparisons.check,
    turns.check,
)
_PARAGRAPH = re.compile(r"\A\s*\d{1,2}(?:\.\d{1,2})+\s+(?=[A-Z])")

# Spaces and hyphens that do not break, as those that do.
_PLAIN = str.maketrans({"\u00a0": " ", "\u202f": " ", "\u2011": "-"})


class Reader:
    """Reads texts against one source of true figures."""

    def __init__(self, source: Source) -> None:
        self.facts = facts_of(source)
        self.known = Vocabulary(source, self.facts)
        self.vocabulary = self.known

    def document(self, blocks: Iterable[Passage | Grid]) -> Proof:
        """A report, in its order."""
        read = tuple(blocks)
        told = (block.text for block in read if isinstance(block, Passage))
        self.vocabulary = self.known.knowing(terms(told, self.known.mentions))
        found: list[Found] = []
        before = Background()
        for block in read:
            if isinstance(block, Grid):
                found += self._grid(block)
                continue
            of_ombudsman = any(lexicon.OMBUDSMAN.search(h.lower()) for h in block.headings[-1:])
            background = replace(
                before, heading=self._headings(block.headings), of_ombudsman=of_ombudsman
            )
            if block.is_heading:
                background = Background()
            numbers, after = self._passage(block, background)
            found += numbers
            if block.where is Where.PICTURE:
                continue  # the text goes on after a picture as if nobody had described it
            before = Background() if block.is_heading else after.in_next_paragraph()
        return Proof(tuple(repeats.checked(found)))

    def _headings(self, headings: tuple[str, ...]) -> tuple[Mention, ...]:
        return tuple(m for heading in headings[-1:] for m in self.vocabulary.mentions(heading))

    # --- Prose ---

    def _passage(self, passage: Passage, background: Background) -> tuple[list[Found], Background]:
        found: list[Found] = []
        earlier: Earlier = ()
        for start, end in sentences(passage.text):
            text = _unnumbered(passage.text[start:end].translate(_PLAIN))
            sentence = Sentence(text, self.vocabulary, background)
            spared = passage.is_contents or passage.is_caption or passage.is_heading
            verdicts = self.sentence(sentence, earlier, spared=spared)
            claims = () if spared else tuple(superlatives.wrong(sentence, verdicts, self.facts))
            read = [
                *self._sentence(passage, start, sentence, verdicts),
                *_claimed(passage, start, sentence, claims),
            ]
            found += sorted(read, key=lambda f: f.start)
            earlier = (*earlier, figures(verdicts))
            if sentence.mentions:
                background = background.after(sentence.mentions)
            background = replace(background, in_days="day" in text)
            if lexicon.OMBUDSMAN.search(text.lower()):
                background = replace(background, of_ombudsman=True)
        return found, background

    def _sentence(
        self, passage: Passage, offset: int, sentence: Sentence, verdicts: Verdicts
    ) -> Iterator[Found]:
        for number in sentence.numbers:
            verdict = verdicts[number]
            start, end = offset + number.start, offset + number.end
            tagged = self._tagged(passage, start, end, number)
            yield Found(passage, start, end, number.text, sentence.text.strip(), tagged or verdict)

    def sentence(
        self, sentence: Sentence, earlier: Earlier = (), *, spared: bool = False
    ) -> Verdicts:
        """The verdict on each number of a sentence; all are spared in a list of contents."""
        verdicts: Verdicts = {}
        abouts: Abouts = {}
        for number in sentence.numbers:
            if number not in sentence.figures or spared:
                why = number.exempt or ("part of a heading" if spared else "a number in words")
                verdicts[number] = Verdict(Outcome.EXEMPT, why)
                continue
            abouts[number] = about(sentence, number)
            verdicts[number] = judged(number, abouts[number], self.facts)
        if abouts:
            company.check(verdicts, abouts, earlier, self.facts)
            pairs.check(sentence, verdicts, abouts, self.facts)
            changes.check(sentence, verdicts, abouts)
            arithmetic.check(sentence, verdicts, abouts)
            told = Told(sentence, earlier, verdicts, abouts, self.facts)
            for check in _CHECKS:
                check(told)
        for number, verdict in verdicts.items():
            verdicts[number] = _settled(number, verdict)
        return verdicts

    # --- Content controls of our own reports ---

    def _tagged(self, passage: Passage, start: int, end: int, number: Number) -> Verdict | None:
        """A number in one of our content controls, whose tag says which figure it is."""
        tag = next((t for a, b, t in passage.tags if a <= start and end <= b), None)
        if tag is None or "|" not in tag:
            return None
        name, _, facet = tag.rpartition("|")
        known = self.facts.by_tag.get(name)
        if known is None:
            return None
        said = (v for f in known for v in (f.value, abs(f.value), f.over, f.under) if v is not None)
        if any(number.agrees(Fraction(value)) for value in said):
            return Verdict(Outcome.RIGHT, known[0].name, fact=known[0])
        if facet not in {"value", *Facet}:
            return None
        fact = next((f for f in known if f.facet == ("" if facet == "value" else facet)), known[0])
        return Verdict(Outcome.WRONG, fact.name, fact.said, fact)

    # --- Tables ---

    def _grid(self, grid: Grid) -> Iterator[Found]:
        heading = self._headings(grid.headings)
        table = Table.of(grid)
        verdicts = tables.judge(table, self.vocabulary, self.facts, heading)
        for row in grid.rows:
            for cell in row:
                for passage in cell:
                    known = verdicts.get(passage)
                    if known is None:
                        names = bool(_PROVISION.fullmatch(passage.text))
                        said = replace(passage, is_contents=True) if names else passage
                        read, _ = self._passage(said, Background((), heading))
                        first = any(passage in said_first for said_first in row[:1])
                        yield from read if first else map(_in_words, read)
                        continue
                    for number, verdict in known.items():
                        tagged = self._tagged(passage, number.start, number.end, number)
                        settled = tagged or _settled(number, verdict)
                        yield Found(
                            passage,
                            number.start,
                            number.end,
                            number.text,
                            table.place(passage),
                            settled,
                        )


def _unnumbered(text: str) -> str:
    """A sentence with blanks for the number of its paragraph."""
    return _PARAGRAPH.sub(lambda number: " " * len(number[0]), text)


def _claimed(
    passage: Passage, offset: int, sentence: Sentence, claims: Iterable[superlatives.Claimed]
) -> Iterator[Found]:
    """What is wrongly said to have had the most."""
    for claim in claims:
        start, end = claim.mention.start, claim.mention.end
        text = sentence.text[start:end]
        yield Found(
            passage, offset + start, offset + end, text, sentence.text.strip(), claim.verdict
        )


def _in_words(found: Found) -> Found:
    """A number in a cell of words: its row may say more of it than the cell does."""
    if found.outcome is not Outcome.WRONG or found.verdict.fact is None:
        return found
    unsure = Verdict(Outcome.UNKNOWN, "its row may say more of it than its own words do")
    return replace(found, verdict=unsure)


def _settled(number: Number, verdict: Verdict) -> Verdict:
    """A number badly written is wrong; one in words that nobody knows is no figure."""
    if number.malformed and verdict.outcome is not Outcome.WRONG:
        return Verdict(Outcome.WRONG, "its commas do not part it in thousands", "")
    if number.is_word and verdict.outcome is Outcome.UNKNOWN:
        return Verdict(Outcome.EXEMPT, "a number in words")
    return verdict
