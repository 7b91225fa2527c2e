"""A landlord's own words, found however they are inflected, padded or cut short.

"Delays in a service being provided" is "Delay in providing service"; "heating" is perhaps "Heating
and hot water".
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache

from hcreport.proofread import lexicon
from hcreport.proofread.mentions import Mention, Slot, Surety

# How much of a label must be there to be surely meant, and to be perhaps meant; and how much one
# word must tell to mean a label alone.
_SURE, _PERHAPS, _TELLING = 0.74, 0.5, 0.5
# What is left of a word without its ending must still tell it from others.
_STEM = 4
_WORD = re.compile(r"[A-Za-z][A-Za-z'’]*|\b(?:[2-9]|1[0-2])\b")
_ENDINGS = (
    *("ation", "ment", "ing", "ity", "ion", "ance", "ence", "ie", "er", "ed", "al", "ly", "e", "y"),
)

# A word's stem, and where the word stands.
Stem = tuple[str, int, int]


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """A word without its ending, so that "provided" and "providing" are one."""
    plain = word.lower().replace("’", "'").removesuffix("'s").strip("'")
    plain = lexicon.ALIKE.get(plain, plain)
    if len(plain) > _STEM and plain[-1] == "s" and plain[-2] != "s":
        plain = plain[:-1]
    for ending in _ENDINGS:
        if plain.endswith(ending) and len(plain) - len(ending) >= _STEM + (ending == "y"):
            plain = plain[: -len(ending)]
            break
    return plain.rstrip("e") or plain


def stems(text: str) -> tuple[Stem, ...]:
    """The words of a text that say something, with where each stands."""
    found = ((m[0], m.start(), m.end()) for m in _WORD.finditer(text))
    return tuple(
        (stem(word), start, end)
        for word, start, end in found
        if word.lower() not in lexicon.PASSED_OVER
    )


@lru_cache(maxsize=1)
def _generic() -> frozenset[str]:
    return frozenset(map(stem, lexicon.GENERIC))


@dataclass(frozen=True)
class Label:
    """A printed label of the ledger, or a name of a figure: its words, and how much each tells."""

    text: str
    slot: Slot
    weights: tuple[tuple[str, float], ...]

    @cached_property
    def is_generic(self) -> bool:
        """Whether it has only words of every report, and so must stand there as it is."""
        return all(word in _generic() for word, _ in self.weights)

    @cached_property
    def by_word(self) -> dict[str, float]:
        """How much each of its words tells."""
        return dict(self.weights)

    @cached_property
    def whole(self) -> float:
        """All that its words tell."""
        return sum(weight for _, weight in self.weights)


@dataclass(frozen=True)
class Match:
    """Where words of a label stand close together: first and last, and how much they tell."""

    first: int
    last: int
    told: float
    size: int
    surety: Surety

    def mention(self, label: Label, words: tuple[Stem, ...]) -> Mention:
        """It as something that the text says."""
        start, end = words[self.first][1], words[self.last][2]
        return Mention(start, end, label.slot, label.text, self.surety)


def found(label: Label, words: tuple[Stem, ...], named: frozenset[int]) -> Iterator[Match]:
    """Where enough of a label's words stand close together.

    ``named`` are the starts of words with a capital, which are names even if every report has them.
    """
    best: Match | None = None
    for n in (n for n, (word, *_) in enumerate(words) if word in label.by_word):
        match = _match(label, words, n, named)
        if match is None:
            continue
        if best is not None and n > best.last:
            yield best
        elif best is not None and not _is_fuller(match, best):
            continue
        best = match
    if best is not None:
        yield best


def _is_fuller(match: Match, other: Match) -> bool:
    """Whether one of two over each other is the fuller, or the closer of two as full."""
    span, others = match.last - match.first, other.last - other.first
    return (match.told, -span) > (other.told, -others)


def _match(
    label: Label, words: tuple[Stem, ...], first: int, named: frozenset[int]
) -> Match | None:
    """The label's words from one on, if they tell enough and stand close."""
    seen: dict[str, int] = {}
    last = first
    for k in range(first, min(first + len(label.weights) + 2, len(words))):
        word = words[k][0]
        if word in label.by_word and word not in seen:
            seen[word] = words[k][1]
            last = k
    told = sum(label.by_word[word] for word in seen) / label.whole
    surety = _surety(label, told, seen, named)
    is_close = last - first + 1 <= len(seen) * 3 // 2
    return Match(first, last, told, len(seen), surety) if is_close and surety is not None else None


def _surety(
    label: Label, told: float, seen: dict[str, int], named: frozenset[int]
) -> Surety | None:
    if told >= _SURE:
        return Surety.SURE
    if told >= _PERHAPS:
        return Surety.MOSTLY
    telling = [word for word in seen if label.by_word[word] >= _TELLING]
    if not telling or label.slot is not Slot.LABEL:
        return None
    is_name = any(word not in _generic() or seen[word] in named for word in telling)
    return Surety.PARTLY if is_name else Surety.FAINT


def by_stem(texts: list[tuple[str, Slot, str]]) -> dict[str, list[Label]]:
    """Labels by each of their words, which tells the more, the fewer labels have it.

    Of each text its value, its slot and what it reads.
    """
    words = {value: frozenset(s for s, *_ in stems(text)) for value, _, text in texts}
    spread = Counter(word for held in words.values() for word in held)
    held: dict[str, list[Label]] = {}
    for value, slot, text in texts:
        for said in _alternatives(text):
            own = sorted({s for s, *_ in stems(said)})
            label = Label(value, slot, tuple((word, 1 / min(spread[word], 3)) for word in own))
            for word in own:
                held.setdefault(word, []).append(label)
    return held


def _alternatives(text: str) -> tuple[str, ...]:
    """A label and, where it leaves a choice of two words, what it is with either of them."""
    choice = re.search(r"(\w+) or (\w+)", text)
    if choice is None:
        return (text,)
    begun, ended = text[: choice.start()], text[choice.end() :]
    return (
        text,
        *(f"{begun}{word}{ended}" for word in choice.groups() if begun.strip() or ended.strip()),
    )
