"""What looks like a number and is no figure: dates, paragraphs, time limits, telephone numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_MONTH = rf"(?:{'|'.join(f'{m}|{m[:3]}' for m in MONTHS)}|Sept)\.?"
_SMALL = r"one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
_N = rf"(?:\d+(?:[.,]\d+)*(?:\s?\([a-z]\))?|(?:{_SMALL})\b)"
_LISTED = rf"{_N}(?:\s*(?:,|and|or|to|&|–|-|/)+\s*{_N})*"
# Words that number a part of a document, of a procedure or of a law.
_NUMBERED = (
    r"(?:sub-?)?section|paragraph|para\.?|point|item|provision|clause|chapter|page|table|figure|chart"
    r"|graph|diagram|appendix|annex|schedule|question|article|regulation|step|version|code|part|phase"
    r"|tier|level|letter|footnote|note|day(?=\s+[01]\b)|no\.|priority|grade|band|room|flat|objective"
    r"|recommendation|principle|option|line|quarter|week"
)
_NUMBERED_MANY = (
    r"(?:sub-?)?sections|paragraphs|paras\.?|points|items|provisions|clauses|chapters|pages|tables"
    r"|figures|charts|appendices|annexes|schedules|questions|articles|regulations|steps|codes|parts"
    r"|nos\.|stages(?=\s+[1-4]\b)|quarters|notes|letters"
)
_STAGE = r"(?:[0-4]|one|two|three)\b"
_UNIT_OF_TIME = r"minutes?|hours?|weeks?|months?|years?|nights?|terms?"
_DAYS = r"(?:(?:calendar|working|business|clear|consecutive)[ -])?days?"
_AVERAGED = re.compile(r"\b(?:averag\w+|mean|median|typical\w*|half of|middle)\b", re.IGNORECASE)

# Most particular first: what one of them covers, the ones below do not look at.
_PATTERNS: tuple[tuple[str, str], ...] = (
    ("the number of a part", r"(?<=[;:,.])\s+(?:and\s+)?\d{1,2}[.)]\s+(?=[a-z])"),
    ("a page", r"(?i:\bpage\s+\d+\s+of\s+\d+)"),
    (
        "an address",
        r"(?:https?://|www\.)\S+|\S+@\S+\.\w+|\b[\w-]+\.(?:docx|xlsx|csv|pdf|gov\.uk)\S*",
    ),
    ("a file", r"\b[\w-]*\d[\w-]*\.(?:docx|xlsx|xls|csv|pdf|ods)\b"),
    (
        "a date",
        (
            rf"\b\d{{1,2}}\s*(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTH}(?:,?\s+\d{{4}})?\b"
            rf"|\b{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?,\s*\d{{4}}\b|\b{_MONTH}[ -]+(?:19|20)\d\d\b"
            rf"|\b{_MONTH}[ -](?:[0-2]\d|3[01])\b(?!\s*[%\d])"
            r"|\b\d{1,2}/\d{1,2}/(?:\d{4}|\d{2})\b|\b\d{1,2}\.\d{1,2}\.\d{4}\b|\b\d{4}-\d{2}(?:-\d{2})?\b(?!\d)"
        ),
    ),
    (
        "a year",
        r"\b(?:19|20)\d\d\s?[/–-]\s?(?:(?:19|20)\d\d|\d\d)(?:\s+Q[1-4])?\b|\bFY\s?\d\d(?:/\d\d)?\b",
    ),
    (
        "a time",
        r"\b\d{1,2}[:.]\d{2}\s*(?:am|pm|hrs)\b|\b\d{1,2}:\d{2}\b|\b\d{1,2}\s?(?:am|pm)\b|\b24/7\b",
    ),
    ("a telephone number", r"(?:\+44|\b0)(?:[ -]?\d){9,10}\b"),
    ("a postcode", r"\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b"),
    ("a law", r"\bS\.?I\.?\s*\d+/\d+|\(EU\)\s*\d+/\d+"),
    ("a reference", r"\b\d{7,}\b(?!,\d)|\b[A-Z]{2,}\d+\s*\(\d\)"),
    (
        "the number of a part",
        (
            rf"(?i:\bstage\s*{_STAGE}(?:\s*(?:and|or|to|&|/)\s*{_STAGE}(?!\s*(?:%|at\b|were|was|\()))?)"
            rf"|(?i:\b(?:{_NUMBERED_MANY}))\s+{_LISTED}"
            rf"|(?i:\b(?:{_NUMBERED}))\s*(?:number\s+)?"
            rf"(?!\d[\d.,]*\s?(?:%|per\s?cent)){_N}(?:[a-zA-Z]\b)?"
        ),
    ),
    (
        "a range",
        (
            rf"(?i:\b(?:range|anything) (?:of|from|was)\s+)£?{_N}%?\s+(?:to|and)\s+£?{_N}"
            rf"|(?<![\w.,/])£?\d[\d,.]*\s?[-–]\s?£?\d[\d,.]*\d?\b"
            rf"|(?i:\bbetween\s+)£?{_N}%?\s+and\s+£?{_N}"
        ),
    ),
    ("the number of a part", r"\b\d+(?:\.\d+){2,}\b|\b\d+\.\d+\s?\([a-z]\)|\bv\d+(?:\.\d+)*\b"),
    (
        "the number of a part",
        r"\A\s*\(?\d{1,2}(?:\.\d{1,2})*[.)]\s+(?=\D)|\A\s*\d{1,2}\.\d{1,2}\s+(?=[A-Z])",
    ),
    (
        "a target",
        (
            rf"(?i:\btargets?\b(?:\s+\w+){{0,4}}?\s+(?:of|is|was|at|to|to \w+)\s+"
            rf"(?:at least )?)£?{_N}\s*(?:%|per\s?cent)?"
            rf"|£?{_N}\s*(?:%|per\s?cent)?\s+(?i:target|limit|threshold|standard)\b"
        ),
    ),
    ("a number of rows", r"(?i:\b\d[\d,]*\s+(?:rows?|sheets?|columns?|pages|words|lines)\b)"),
    (
        "a base",
        r"(?i:\b(?:per|(?:for|of) (?:every|each)|in every|times)\s+)£?(?:\d[\d,]*|hundred)\b",
    ),
    ("a limit", rf"(?i:£?\b{_N}\s+or\s+(?:more|fewer|less|above|over)\b)"),
    (
        "a time limit",
        (
            rf"(?i:\b(?:within|limits? of|up to|no more than|at most|maximum of)\s+"
            rf"{_LISTED}[ -]{_DAYS})\b"
        ),
    ),
    ("a length of time", rf"(?i:\b{_LISTED}[ -](?:{_UNIT_OF_TIME})\b)"),
    (
        "a factor",
        rf"(?i:\b{_N} times(?= (?:as|more|what|the|higher|that|a|over|bigger|larger)\b))",
    ),
    (
        "a reference",
        r"\b[A-Za-z]+[-_/]?\d[\w/-]*\b|\b\d+(?!(?:st|nd|rd|th|k|m|bn|p|pp)\b)[A-Za-z][\w-]*\b",
    ),
    (
        "the stages of a procedure",
        (
            r"(?i:\b(?:[2-4]|two|three|four)(?:[ -](?!first|second|one|two|complaint)[a-z]+){0,2}"
            r"[ -]stages?\b)(?!\s*\d)"
        ),
    ),
    (
        "a way of rounding",
        r"(?i:\bhalf[ -]up\b|\badds? up to (?:99|100|101)%(?: or (?:99|101)%)?)",
    ),
    ("an ordinal", r"\b\d+(?:st|nd|rd|th)\b"),
)
_DURATION = re.compile(rf"(?i:\b{_LISTED}[ -]{_DAYS})\b")
_NEXT_DURATION = re.compile(rf"[^.;]{{0,60}}?\band ({_N})(?= (?:at|for)\b)", re.IGNORECASE)
_COMPILED = tuple((why, re.compile(pattern)) for why, pattern in _PATTERNS)
_YEAR = re.compile(r"(?<![\d,.£])(?:19|20)\d\d(?!\d|%|[,.]\d)")
_MAYBE = re.compile(rf"\d|\b(?:{_SMALL})\b", re.IGNORECASE)


@dataclass(frozen=True)
class Exempt:
    """A stretch of a text that is no figure, and what it is instead."""

    start: int
    end: int
    why: str


def exempt(text: str) -> tuple[Exempt, ...]:
    """The stretches of a text whose numbers are no figures, in order, none over another."""
    if not _MAYBE.search(text):
        return ()
    found: list[Exempt] = []
    for each in _all(text):
        if all(each.end <= other.start or each.start >= other.end for other in found):
            found.append(each)
    return tuple(sorted(found, key=lambda e: e.start))


def _all(text: str) -> Iterator[Exempt]:
    for why, pattern in _COMPILED:
        yield from (Exempt(m.start(), m.end(), why) for m in pattern.finditer(text))
    if not _AVERAGED.search(text):  # an average is a figure; any other length is a limit
        for limit in _DURATION.finditer(text):
            yield Exempt(limit.start(), limit.end(), "a time limit")
            if another := _NEXT_DURATION.match(text, limit.end()):  # 10 working days … and 20 at …
                yield Exempt(another.start(1), another.end(1), "a time limit")
    yield from (Exempt(m.start(), m.end(), "a year") for m in _YEAR.finditer(text))
