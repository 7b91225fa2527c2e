"""What words say of time: periods, quarters, months and seasons, by a report's own calendar."""

from __future__ import annotations

import re
from collections.abc import Iterator

from hcreport.calendar.periods import Period
from hcreport.proofread import lexicon
from hcreport.proofread.exempt import MONTHS
from hcreport.proofread.facts import When
from hcreport.proofread.mentions import Mention, Slot, Surety
from hcreport.proofread.source import Source

# A period that no figure is about.
OTHER_TIME = "another time"


class TimeWords:
    """Everything that words can mean of time.

    ``months`` are those of the period, but for those that ``twins`` has: months of the year by that
    of the period to date that is called alike. ``labels`` are all months and quarters.
    """

    def __init__(self, source: Source) -> None:
        later = _months(source.to_date) if source.to_date else {}
        self._months = {n: m for n, m in later.items() if " " in n} | _months(source.period)
        self._quarters = _quarters(source.period)
        self._years = _years(source)
        self._spans = _spans(source)
        started = source.to_date.start if source.to_date else None
        self._ended = _ends(source)
        self._since = f"{MONTHS[started.month - 1][:3]} {started.year}" if started else ""
        self._later, self._season = _later(source), _season(source)
        self.twins = _twins(source)
        self.months = frozenset(source.period.months()) - self.twins.keys()
        self.labels = frozenset({*self._months.values(), *self._quarters.values()})

    def mentions(self, text: str, lower: str) -> Iterator[Mention]:
        """All that a text says of time; ``lower`` is the text in small letters."""
        for year in _YEAR.finditer(text):
            first, last = int(year[1]), int(year[2][-2:])
            is_year = (first + 1) % 100 == last
            when = self._years.get(first, OTHER_TIME) if is_year else OTHER_TIME
            yield Mention(year.start(), year.end(), Slot.WHEN, when)
        yield from self._quarter_names(lower)
        yield from self._seasons(lower)
        yield from self._month_names(text)
        for said in self._later.finditer(text):
            yield Mention(said.start(), said.end(), Slot.WHEN, When.TO_DATE.value)
        for pattern, when in (
            (lexicon.TO_DATE, When.TO_DATE.value),
            (lexicon.BEFORE, When.BEFORE.value),
            (lexicon.OTHER, OTHER_TIME),
            (lexicon.NOW, When.NOW.value),
        ):
            yield from (
                Mention(m.start(), m.end(), Slot.WHEN, when) for m in pattern.finditer(lower)
            )

    def _quarter_names(self, lower: str) -> Iterator[Mention]:
        """Quarters by number or order; a bare ordinal is one where quarters are spoken of."""
        found = list(_QUARTER.finditer(lower))
        if _OF_QUARTERS.search(lower):
            found += _OTHER_QUARTER.finditer(lower)
        else:
            yield from self._elided_quarters(lower)
        for quarter in found:
            said = quarter.groupdict()
            nth = said.get("nth") or said.get("m1") or ""
            name = said.get("n") or said.get("m") or str(_ORDINALS.get(nth, ""))
            label = self._quarters.get(name)
            slot, value = (Slot.LABEL, label) if label else (Slot.WHEN, OTHER_TIME)
            yield Mention(quarter.start(), quarter.end(), slot, value)

    def _elided_quarters(self, lower: str) -> Iterator[Mention]:
        """Quarters that are perhaps meant: "in the third", "the autumn"."""
        seasons = [m.start() for m in self._season.finditer(lower)]
        for elided in _ELIDED.finditer(lower):
            if any(elided.start() <= at < elided.end() for at in seasons):
                continue
            if label := self._quarters.get(str(_ORDINALS[elided["nth"] or elided["m"]])):
                yield Mention(elided.start(), elided.end(), Slot.LABEL, label, surety=Surety.MOSTLY)

    def _seasons(self, lower: str) -> Iterator[Mention]:
        """The season that the period to date began in; "the spring" may be last year's as well."""
        for season in self._season.finditer(lower):
            said = [(Slot.WHEN, When.TO_DATE.value)]
            if not season["this"]:
                quarter = self._quarters.get(str(_ORDINALS[season["name"]]))
                said += [(Slot.WHEN, When.NOW.value)]
                said += [(Slot.LABEL, quarter)] if quarter else []
            for slot, value in said:
                yield Mention(*season.span(), slot, value, surety=Surety.MOSTLY)

    def _month_names(self, text: str) -> Iterator[Mention]:
        covered = -1
        for span in _SPAN.finditer(text):
            slot, value = self._spanned(span)
            opened = text[: span.start()].rstrip().lower().endswith("between")
            if value == OTHER_TIME and span["joint"].strip() == "and" and not opened:
                continue  # two months, each for itself
            covered = span.end()
            yield Mention(span.start(), span.end(), slot, value)
        for month in _MONTH.finditer(text):
            if month.start() < covered or month["day"]:
                continue
            key = f"{month['month'][:3].title()} {month['year'] or ''}".strip()
            if _END_OF.search(text[: month.start("month")]):
                yield from self._end_of(month, key)
                continue
            label = self._months.get(key)
            if month["since"] or label is None:
                when = When.TO_DATE.value if key == self._since else OTHER_TIME
                if month["since"] or month["year"]:
                    yield Mention(month.start(), month.end(), Slot.WHEN, when)
            else:
                yield Mention(month.start("month"), month.end(), Slot.LABEL, label)

    def _end_of(self, month: re.Match[str], key: str) -> Iterator[Mention]:
        """The day on which a period ends, by its month."""
        if when := self._ended.get(key):
            yield Mention(month.start(), month.end(), Slot.WHEN, when)

    def _spanned(self, span: re.Match[str]) -> tuple[Slot, str]:
        """Which period, or which quarter of it, two months stand for."""
        first, last = (
            f"{span[n][:3].title()} {span[y] or ''}".strip() for n, y in (("a", "ay"), ("b", "by"))
        )
        when = self._spans.get((first.split()[0], last))
        if when is None:
            months = (self._months.get(first), self._months.get(last))
            quarter = next((q for q, m in _QUARTER_MONTHS.items() if months == self._ends(m)), "")
            if label := self._quarters.get(quarter):
                return Slot.LABEL, label
        return Slot.WHEN, when or OTHER_TIME

    def _ends(self, names: tuple[str, str]) -> tuple[str | None, str | None]:
        return self._months.get(names[0]), self._months.get(names[1])


_IN_WORDS = (
    *("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven"),
    "twelve",
)
_MONTH_NAMES = "|".join(f"{m}|{m[:3]}" for m in MONTHS)
_YEAR = re.compile(r"\b((?:19|20)\d\d)\s?[/–-]\s?((?:19|20)?\d\d)\b(?!\s?Q\d)")
_QUARTER = re.compile(
    r"\b(?:\d{4}/\d\d )?q(?P<n>[1-4])\b|\bquarter (?P<m>[1-4])\b"
    r"|\b(?P<nth>first|second|third|fourth|final|last|spring|summer|autumn|winter) quarter\b"
    r"|\b(?:the )?(?P<other>quarter (?:before|earlier|after|previously)"
    r"|(?:previous|preceding|next|following|other|same) quarter)\b"
)
# One of several that are spoken of; of the first only where nothing else can be the first.
_OTHER_QUARTER = re.compile(
    r"\b(?:the|and|to|in) (?:(?P<nth>second|third|fourth|last)\b"
    r"(?! (?:stages?|quarter|complaint|step))|(?P<m1>first)\b(?=\s*[,.;:)]|\s*\Z| (?:to|and)\b))"
)
_OF_QUARTERS = re.compile(r"\bquarters?\b(?! of (?:the|all|these|those|our|a)\b)|\bq[1-4]\b")
# A quarter without the word.
_ELIDED = re.compile(
    r"\b(?:in|of|for|over) the (?P<nth>third|fourth|last|spring|summer|autumn|winter)\b"
    r"(?=[,.;:)]|\s(?:with|at|and|was|were|is|it|which|when)\b|\Z)"
    r"|\bthe (?P<m>autumn|winter|summer|spring)\b"
)
_QUARTER_MONTHS = {
    "1": ("Apr", "Jun"),
    "2": ("Jul", "Sep"),
    "3": ("Oct", "Dec"),
    "4": ("Jan", "Mar"),
}
_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "final": 4, "last": 4}
_ORDINALS |= {"spring": 1, "summer": 2, "autumn": 3, "winter": 4}
_SEASONS = {"spring": (3, 4, 5), "summer": (6, 7, 8), "autumn": (9, 10, 11), "winter": (12, 1, 2)}
_SPAN = re.compile(
    rf"(?:\d{{1,2}}(?:st|nd|rd|th)?\s+)?(?P<a>{_MONTH_NAMES})\w*(?:\s+(?P<ay>\d{{4}}))?(?P<joint>\s*(?:to|and|-|–|until|through)\s*)"
    rf"(?:\d{{1,2}}(?:st|nd|rd|th)?\s+)?(?P<b>{_MONTH_NAMES})\w*(?:\s+(?P<by>\d{{4}}))?"
)
_END_OF = re.compile(r"\b(?:at|by) the (?:end|close) of\s+\Z", re.IGNORECASE)
_MONTH = re.compile(
    r"(?P<since>\b(?:since|from|until|till|by|after|before|up to|into)"
    r"(?:\s+the (?:end|start|close|beginning) of)?\s+)?"
    r"(?P<day>\d{1,2}(?:st|nd|rd|th)?\s+)?"
    rf"\b(?P<month>{_MONTH_NAMES})\b(?![’'])\.?(?:\s+(?P<year>\d{{4}}))?"
)


def _months(period: Period) -> dict[str, str]:
    """The labels of the period's months by what they are called, with the year and without."""
    found: dict[str, str] = {}
    for month in period.months():
        name = MONTHS[int(month[5:]) - 1][:3]
        found[f"{name} {month[:4]}"] = month
        found[name] = "" if name in found else month
    return {name: month for name, month in found.items() if month}


def _twins(source: Source) -> dict[str, str]:
    """The months of the period to date by those of the year that are called alike."""
    if source.to_date is None:
        return {}
    later = {month[5:]: month for month in source.to_date.months()}
    return {m: later[m[5:]] for m in source.period.months() if m[5:] in later}


def _later(source: Source) -> re.Pattern[str]:
    """How a text says the period to date without its year: "since April", "on 31 May"."""
    if source.to_date is None:
        return re.compile(r"(?!)")
    first, last = source.to_date.start, source.to_date.end
    many = len(source.to_date.months())
    spelt = _IN_WORDS[many - 1]
    end = rf"{last.day}(?:st|nd|rd|th)? {MONTHS[last.month - 1]}(?! (?!{last.year})\d{{4}})"
    since = rf"[Ss]ince {MONTHS[first.month - 1]}\b(?! \d)"
    return re.compile(rf"\b(?:{since}|{end}|(?:{spelt}|{many}) months\b)")


def _season(source: Source) -> re.Pattern[str]:
    """The season that the period to date began in, which may be that of the year before it too."""
    begun = source.to_date.start.month if source.to_date else 0
    name = next((name for name, months in _SEASONS.items() if begun in months), "")
    if not name:
        return re.compile(r"(?!)")
    return re.compile(rf"\b(?:(?P<this>this|since)|the) (?P<name>{name})\b(?! quarter)")


def _quarters(period: Period) -> dict[str, str]:
    return (
        {name[-1]: name.casefold() for name in period.quarters()} if period.kind == "year" else {}
    )


def _years(source: Source) -> dict[int, str]:
    """What a financial year is to this report, by the year it begins in."""
    found = {
        source.period.start.year: When.NOW.value,
        source.previous.start.year: When.BEFORE.value,
    }
    if source.to_date is not None:
        found.setdefault(source.to_date.start.year, When.TO_DATE.value)
    return found


def _ends(source: Source) -> dict[str, str]:
    """The periods by the months that they end in, with the year and without."""
    periods = [(source.period, When.NOW.value)]
    periods += [(source.to_date, When.TO_DATE.value)] if source.to_date else []
    return {
        f"{MONTHS[p.end.month - 1][:3]}{year}": when
        for p, when in periods
        for year in ("", f" {p.end.year}")
    }


def _spans(source: Source) -> dict[tuple[str, str], str]:
    """The periods by their first month and their last month and year."""
    periods = [(source.period, When.NOW.value), (source.previous, When.BEFORE.value)]
    found = {}
    if source.to_date:
        periods += [(source.to_date, When.TO_DATE.value)]
        # Two months of a year are no period of their own, so they are these.
        found = {_ended(source.to_date, ""): When.TO_DATE.value}
    return found | {_ended(p, f" {p.end.year}"): when for p, when in periods}


def _ended(period: Period, year: str) -> tuple[str, str]:
    first, last = (MONTHS[day.month - 1][:3] for day in (period.start, period.end))
    return first, f"{last}{year}"
