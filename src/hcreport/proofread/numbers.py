"""A text's numbers: what each says, how exactly, and in what unit; in digits or in words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction

from hcreport.proofread.exempt import exempt


class Kind(StrEnum):
    """What a number is stated in, as far as its own writing says."""

    COUNT = "count"
    PERCENT = "per cent"  # held as a share: 0.64
    POINTS = "percentage points"  # held as a share too
    MONEY = "money"  # held in pence
    DAYS = "days"


class Bound(StrEnum):
    """How a number's words limit it."""

    EXACT = "exact"
    ABOUT = "about"
    OVER = "over"
    NEARLY = "nearly"
    UNDER = "under"


@dataclass(frozen=True)
class Number:
    """A number where it stands in a text. ``half`` is half its last place: how far it may be off.

    ``is_word`` tells a number in words, which is often no figure; ``exempt`` says what it is where
    it is none; ``malformed`` that its commas part it as no number is parted.
    """

    start: int
    end: int
    text: str
    value: Fraction
    kind: Kind
    half: Fraction
    bound: Bound = Bound.EXACT
    is_word: bool = False
    exempt: str = ""
    malformed: bool = False

    def agrees(self, true: Fraction) -> bool:
        """Whether the number says a true value, as exactly as it is stated."""
        gap = true - self.value
        match self.bound:
            case Bound.EXACT:
                return -self.half <= gap < self.half  # a half is rounded up
            case Bound.ABOUT:
                return abs(gap) <= self._leeway
            case Bound.OVER:
                return -self.half / 10 <= gap <= 2 * self._leeway
            case Bound.NEARLY:
                return -max(self._leeway, 2 * self.half) <= gap <= self.half / 10
            case Bound.UNDER:
                return true <= self.value and gap >= -max(self._leeway, self.value / 2)

    def contradicts(self, true: Fraction) -> bool:
        """Whether a true value makes the number wrong beyond what its words leave open."""
        match self.bound:
            case Bound.EXACT:
                return not self.agrees(true)
            case Bound.ABOUT:
                return abs(true - self.value) > 2 * self._leeway
            case Bound.OVER:
                return true < self.value - self.half
            case Bound.NEARLY:
                return true > self.value + self.half or true < self.value * Fraction(4, 5)
            case Bound.UNDER:
                return true > self.value

    @property
    def leeway(self) -> Fraction:
        """How far off a number may be, either way, as its words have it."""
        return self.half if self.bound is Bound.EXACT else self._leeway

    @property
    def _leeway(self) -> Fraction:
        """How far off a number may be that says it is rough: by its noughts, or a fortieth."""
        scale = _SCALES.get(self.kind, Fraction(1))
        shown, place = self.value * scale, Fraction(1)
        while shown and shown % (place * 10) == 0:
            place *= 10
        by_noughts = place / 2 / scale if place > 1 else Fraction(0)
        return max(self.half, by_noughts, self.value / 40)


# What makes a value the number that was written.
_SCALES = {Kind.PERCENT: Fraction(100), Kind.POINTS: Fraction(100), Kind.MONEY: Fraction(1, 100)}
_UNITS = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_WORDS = {word: n for n, word in enumerate(_UNITS)}
_WORDS |= {word: 10 * n for n, word in enumerate(_TENS, 2)}
_WORDS |= {
    f"{tens}{joint}{unit}": 10 * n + m
    for n, tens in enumerate(_TENS, 2)
    for m, unit in enumerate(_UNITS[1:10], 1)
    for joint in "- "
}
# Out of so many a share is said.
_ROUND = frozenset({2, 3, 4, 5, 6, 7, 8, 9, 10, 20, 50, 100})
_PARTS = {"half": 2, "third": 3, "thirds": 3, "quarter": 4, "quarters": 4, "fifth": 5, "fifths": 5}
_PARTS |= {"tenth": 10, "tenths": 10}
_IN_WORDS = "|".join(sorted(_WORDS, key=len, reverse=True))
_PER_CENT = r"\s?%|\s?per\s?cent(?:age)?\b(?!\s*points?)"
_POINTS = r"(?:\s?%|\s?per\s?cent(?:age)?)?[\s-]?(?:percentage[\s-])?points?\b|\s?pp\b"
_DIGITS = re.compile(
    r"(?<![\w.,/])(?P<sign>[-−+](?=\d|£))?(?P<pound>£\s?)?"
    r"(?P<digits>\d+(?:,\d+)*(?:\.\d+)?)"
    r"(?P<times>\s?(?:k|m|bn|million|thousand)\b)?"
    rf"(?:(?P<points>{_POINTS})|(?P<cent>{_PER_CENT})|(?P<days>[\s-](?:working\s|calendar\s)?days?\b))?"
    r"(?![\d]|[A-Za-z](?<!\s))"
)
_HUNDREDS = rf"(?:a|{'|'.join(_UNITS[1:10])}) hundred"
_WORDED = re.compile(
    rf"\b(?P<word>{_HUNDREDS}(?: and (?:{_IN_WORDS}))?|{_IN_WORDS})\b"
    rf"(?:(?P<points>{_POINTS})|(?P<cent>{_PER_CENT})"
    r"|(?P<days>[\s-](?:working\s|calendar\s)?days?\b))?",
    re.IGNORECASE,
)
_FRACTION = re.compile(
    r"\b(?P<over>two|three|four|nine|seven)[\s-](?P<parts>thirds|quarters|fifths|tenths)\b"
    r"|\b(?:(?:a|one)[\s-])?(?P<part>half|(?<=a )(?:third|quarter|fifth|tenth)"
    r"|(?<=one[ -])(?:third|quarter|fifth|tenth))\b"
    r"(?=\s+(?:of|were|was|had|came|went|are|is|\(|at|more|fewer)|\s*[.,;:)]|\Z)"
    r"|\b(?P<in>one|two|three|four|nine|\d+)\s+(?:in|out of)\s+(?:every\s+)?"
    r"(?P<every>two|three|four|five|six|seven|eight|nine|ten|\d+)\b(?!\s*(?:%|per\s?cent|\d))",
    re.IGNORECASE,
)
# Seven in a hundred, 64 out of 100.
_IN_HUNDRED = re.compile(
    rf"\b(?P<of>\d+|{_IN_WORDS})\s+(?:in|out of|of|for|from)\s+(?:every\s+|each\s+|a\s+)?"
    r"(?:100|(?<=a )hundred|(?<=every )hundred|(?<=each )hundred|(?<=one )hundred)\b",
    re.IGNORECASE,
)
_FOR_EVERY = re.compile(
    r"\b(?:for|per) (?:every|each) (?P<many>hundred |100 )?(?!\d|1,?000)", re.IGNORECASE
)
_OF_EACH_HUNDRED = re.compile(r"\b(?:of|in|for) (?:every|each) £100\b", re.IGNORECASE)
# Points near these are percentage points, and not those of a list.
_OF_CHANGE = re.compile(
    r"\b(?:up|down|by|rose|fell|fallen|risen|gain\w*|gap|higher|lower|above|below|better|worse|drop\w*"
    r"|increas\w*|decreas\w*|rise|fall|improv\w*|apart|more|less|difference|pp)\b",
    re.IGNORECASE,
)
_BESIDE = 30
_TIMES = {"k": 1_000, "thousand": 1_000, "m": 1_000_000, "million": 1_000_000, "bn": 10**9}
_BOUNDS = (
    (Bound.NEARLY, r"nearly|almost|just under|close to|approaching|not quite|just short of"),
    (
        Bound.OVER,
        (
            r"(?:just |slightly |well )?over|more than|above|at least|in excess of|exceeding"
            r"|upwards of"
        ),
    ),
    (Bound.UNDER, r"fewer than|less than|under|below|up to|at most|no more than|not more than"),
    (
        Bound.ABOUT,
        r"about|around|approximately|approx\.?|roughly|some|circa|c\.|in the region of|~",
    ),
)
_BEFORE = tuple(
    (bound, re.compile(rf"(?:{words})\s*(?:a\s+total\s+of\s+|a\s+)?\Z", re.IGNORECASE))
    for bound, words in _BOUNDS
)
_ILL_PARTED = re.compile(r"\d{1,3}(?:,\d{3})*,\d{4,}|\d{4,},\d{3}")
_WELL_PARTED = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")
_ORDINAL_BEFORE = re.compile(
    r"(?:first|second|third|last|final|each|every|other|per|next|this|\d)[\s-]\Z|\d a\s\Z",
    re.IGNORECASE,
)


def numbers(text: str) -> tuple[Number, ...]:
    """Every number of a text, in order; those that are no figures are marked so."""
    spared = exempt(text)
    found: list[Number] = []
    for number in sorted(_all(text), key=lambda n: (n.start, -n.end)):
        if found and number.start < found[-1].end:
            continue
        why = next((e.why for e in spared if e.start <= number.start < e.end), "")
        found.append(replace(number, exempt=why) if why else _over_each(text, number))
    return tuple(found)


def _over_each(text: str, number: Number) -> Number:
    """A number for every other, or for every hundred, as the share that it is."""
    if number.kind is Kind.MONEY and _OF_EACH_HUNDRED.search(text):
        share = number.value / 100 / 100  # pence, for every hundred pounds
        return replace(number, kind=Kind.PERCENT, value=share, half=number.half / 10_000)
    every = _FOR_EVERY.search(text, 0, number.start) or _FOR_EVERY.search(text, number.end)
    if every is None or number.kind is not Kind.COUNT:
        return number
    many = 100 if every["many"] else 1
    if many == 1 and number.value >= 1:
        return number
    return replace(number, kind=Kind.PERCENT, value=number.value / many, half=number.half / many)


def _all(text: str) -> Iterator[Number]:
    for found in _DIGITS.finditer(text):
        yield from _in_digits(text, found)
    for found in _IN_HUNDRED.finditer(text):
        of = Fraction(_whole(found["of"]), 100)
        is_word = not found["of"].isdigit()
        bound = _bound(text[: found.start()])
        half = Fraction(1, 200)
        yield Number(*found.span(), found[0], of, Kind.PERCENT, half, bound, is_word=is_word)
    for found in _FRACTION.finditer(text):
        yield from _fraction(text, found)
    for found in _WORDED.finditer(text):
        value = Fraction(_whole(found["word"]))
        yield _made(text, found, value, Fraction(1, 2), is_word=True)


def _in_digits(text: str, found: re.Match[str]) -> Iterator[Number]:
    digits = found["digits"]
    if not _WELL_PARTED.fullmatch(digits):
        yield from _parted(found)
        return
    plain = digits.replace(",", "")
    times = _TIMES.get((found["times"] or "").strip().lower(), 1)
    places = len(plain.partition(".")[2])
    half = Fraction(times, 2 * 10**places)
    value = Fraction(plain) * times
    yield _made(text, found, -value if found["sign"] in {"-", "−"} else value, half)


def _parted(found: re.Match[str]) -> Iterator[Number]:
    """Digits whose commas do not part thousands: one number badly written, or a list."""
    digits, at = found["digits"], found.start("digits")
    half = Fraction(1, 2)
    if _ILL_PARTED.fullmatch(digits):
        value = Fraction(digits.replace(",", ""))
        end = found.end("digits")
        yield Number(at, end, digits, value, Kind.COUNT, half, malformed=True)
        return
    for part in re.finditer(r"\d+(?:\.\d+)?", digits):
        start, end = at + part.start(), at + part.end()
        yield Number(start, end, part[0], Fraction(part[0]), Kind.COUNT, half)


def _made(
    text: str, found: re.Match[str], value: Fraction, half: Fraction, *, is_word: bool = False
) -> Number:
    groups = found.groupdict()
    kind, scale = Kind.COUNT, Fraction(1)
    if groups.get("pound"):
        kind, scale = Kind.MONEY, Fraction(100)
    elif groups.get("points") and _is_apart(text, found):
        kind, scale = Kind.POINTS, Fraction(1, 100)
    elif groups.get("cent"):
        kind, scale = Kind.PERCENT, Fraction(1, 100)
    elif groups.get("days"):
        kind = Kind.DAYS
    start, end = found.span()
    said = text[start:end]
    bound = _bound(text[:start])
    return Number(start, end, said, value * scale, kind, half * scale, bound, is_word=is_word)


def _is_apart(text: str, found: re.Match[str]) -> bool:
    """Whether points are percentage points: said so, or near words of change."""
    near = text[max(0, found.start() - _BESIDE) : found.end() + _BESIDE]
    return "per" in found["points"] or "%" in found["points"] or bool(_OF_CHANGE.search(near))


def _whole(word: str) -> int:
    if word.isdigit():
        return int(word)
    hundreds, _, rest = word.lower().rpartition(" hundred")
    if not hundreds:
        return _WORDS[word.lower()]
    return 100 * _WORDS.get(hundreds, 1) + _WORDS.get(rest.removeprefix(" and "), 0)


def _bound(before: str) -> Bound:
    tail = before[-40:]
    return next((bound for bound, pattern in _BEFORE if pattern.search(tail)), Bound.EXACT)


def _fraction(text: str, found: re.Match[str]) -> Iterator[Number]:
    """Half, two thirds, one in five: shares, said roughly."""
    if _ORDINAL_BEFORE.search(text[: found.start()]):
        return
    if found["in"]:
        over, under = _whole(found["in"]), _whole(found["every"])
        if not 0 < over < under <= 100:  # noqa: PLR2004  (nobody says one in two hundred)
            return
        if found["in"].isdigit() and under not in _ROUND:
            return  # "13 out of 15": two counts
        value = Fraction(over, under)
    elif found["over"]:
        value = Fraction(_whole(found["over"]), _PARTS[found["parts"].lower()])
    else:
        value = Fraction(1, _PARTS[found["part"].lower()])
    bound = _bound(text[: found.start()])
    half = Fraction(1, 40)
    start, end = found.span()
    yield Number(start, end, text[start:end], value, Kind.PERCENT, half, bound, is_word=True)
