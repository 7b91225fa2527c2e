"""One raw cell to one value. Every reading is strict: what is not surely right is a fault.

No function here knows files, headings or records; :class:`Fault` carries the rule and the
sentence, and ``normalise`` adds the place.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from math import isfinite
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from hcreport.intake import rules

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from hcreport.problems import Rule


@dataclass(frozen=True)
class Broken:
    """A cell without a value: a spreadsheet error, or a formula that nobody has calculated."""

    what: str

    def __str__(self) -> str:
        return self.what


# What a reader hands over: text from CSV, and what a spreadsheet types itself.
Cell = str | float | bool | date | time | timedelta | Broken | None

_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad"))
_WORDS = re.compile(r"[a-z]+")
# Words that turn what others say round, and what a word can begin with to the same effect.
TURNING = frozenset({"not", "no", "un", "non", "never", "without"})
_PREFIXES = ("un", "non", "dis", "in", "im", "ir")
_MONEY = re.compile(r"£?\s?([0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.([0-9]{1,2}))?")
_SCIENTIFIC = re.compile(r"\d(\.\d+)?E\+\d+")
_PLAIN_REFERENCE = re.compile(r"[0-9A-Za-z/_-]+")
_GUARDED = re.compile(r'="(.*)"')
_LONDON = ZoneInfo("Europe/London")
_EXAMPLE = datetime(2024, 3, 21)  # noqa: DTZ001  (only shows how a day is written)
_EARLIEST = date(2000, 1, 1)
_LATEST = date(2100, 1, 1)
# What a profile says where a date is a number of days, as spreadsheets count them.
SERIAL = "serial"
_DAY_NOUGHT = date(1899, 12, 30)
_WHOLE = re.compile(r"([0-9]{1,6})(?:\.0*)?")
# Excel keeps fifteen significant digits: a longer number has lost its last ones already.
_SAFE_DIGITS = 15
PENCE = 100
_NO_REFERENCE = (bool, date, time, timedelta)
# A thousand million pounds, or as many orders: nobody's complaint comes to more.
_MOST_DIGITS = 9


class Fault(ValueError):  # noqa: N818  (a fault in the data, not in the program)
    """What cannot be read: the rule it breaks, what is the matter, and the row where one is."""

    def __init__(self, rule: Rule, message: str, row: int = 0) -> None:
        super().__init__(message)
        self.rule = rule
        self.message = message
        self.row = row


def tidy(text: str) -> str:
    """Text as it is printed: no invisible characters, no doubled or outer spaces.

    Control characters go too, and the private-use ones that mark places in a document.
    """
    if text.isascii() and text.isprintable() and "  " not in text:
        return text.strip()  # most cells, and ten times as fast
    seen = text.translate(_INVISIBLE)
    if not seen.isprintable():
        seen = "".join(c for c in seen if c.isprintable() or c.isspace())
    return " ".join(unicodedata.normalize("NFKC", seen).split())


def folded(text: str) -> str:
    """Text as it is compared: tidied, and without regard to capitals."""
    if text.isascii():
        return tidy(text).lower()  # there is nothing more to tidy, as there is in other scripts
    return tidy(tidy(text).casefold())


def opposed(one: str, other: str) -> bool:
    """Whether one of two texts (folded) says the other's contrary: "upheld" and "not upheld"."""
    words, others = set(_WORDS.findall(one)), set(_WORDS.findall(other))
    if (words & TURNING) != (others & TURNING):
        return True
    pairs = ((words, others), (others, words))
    return any(f"{turn}{word}" in b for a, b in pairs for word in a - b for turn in _PREFIXES)


def _as_typed(text: str) -> str:
    """Text for reading numbers: a footnote mark such as ² must not become a digit."""
    return " ".join(text.translate(_INVISIBLE).replace("\xa0", " ").split())


def is_blank(cell: Cell) -> bool:
    """Whether a cell says nothing."""
    if isinstance(cell, str):
        return not cell or not ("!" <= cell[0] <= "~" or tidy(cell))
    return cell is None


def text_of(cell: Cell) -> str | None:
    """The words in a cell, tidied; None where it is blank."""
    if is_blank(cell):
        return None
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return tidy(str(cell)) or None


def reference_of(cell: Cell) -> str | None:
    """A case number as text: leading zeros kept, ``="0012"`` unwrapped, 12.0 made 12."""
    if isinstance(cell, str) and _PLAIN_REFERENCE.fullmatch(cell):
        return cell  # nearly every one
    if isinstance(cell, _NO_REFERENCE):
        raise Fault(rules.NOT_A_REFERENCE, "a spreadsheet has turned it into something else")
    if isinstance(cell, (float, int)):
        if not float(cell).is_integer():
            raise Fault(rules.NOT_A_REFERENCE, "it is a number with decimals")
        if abs(cell) >= 10**_SAFE_DIGITS:
            raise Fault(rules.NOT_A_REFERENCE, "Excel has rounded the last digits of this number")
    text = text_of(cell)
    guarded = _GUARDED.fullmatch(text) if text else None
    text = tidy(guarded[1]) or None if guarded else text
    if text and _SCIENTIFIC.fullmatch(text):
        raise Fault(rules.NOT_A_REFERENCE, "a spreadsheet has turned it into a power of ten")
    return text


def date_of(cell: Cell, formats: Sequence[str], placeholders: Collection[date] = ()) -> date | None:
    """A day, from a true spreadsheet date or from text in one of the formats, tried in order.

    A day that systems write where they know none is a fault that reads as blank. A number is a
    day only where the formats say :data:`SERIAL`.
    """
    if is_blank(cell):
        return None
    written = [pattern for pattern in formats if pattern != SERIAL]
    if SERIAL in formats and (serial := _serial(cell)) is not None:
        day = serial
    else:
        day = _written_date(tidy(cell), written) if isinstance(cell, str) else _typed_date(cell)
    if day in placeholders:
        raise Fault(rules.PLACEHOLDER, "it stands for no date and is read as blank")
    if not _EARLIEST <= day < _LATEST:
        raise Fault(rules.OUTLANDISH_DATE, f"{day.isoformat()} lies outside 2000 to 2099")
    return day


def _serial(cell: Cell) -> date | None:
    """The day that a spreadsheet's number stands for; None where the cell is no whole number."""
    if isinstance(cell, bool) or not isinstance(cell, str | int | float):
        return None
    found = _WHOLE.fullmatch(_as_typed(str(cell)))
    return _DAY_NOUGHT + timedelta(days=int(found[1])) if found else None


def _typed_date(cell: Cell) -> date:
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    raise Fault(rules.NOT_A_DATE, "it is a number, not a date; a bare number is never guessed at")


def _written_date(text: str, formats: Sequence[str]) -> date:
    for pattern in formats:
        try:
            moment = datetime.strptime(text, pattern)  # noqa: DTZ007  (most days have no zone)
        except ValueError:
            continue
        return _day_in_london(moment)
    examples = " or ".join(f"{_EXAMPLE:{pattern}}" for pattern in formats)
    raise Fault(rules.NOT_A_DATE, f"it is not a day written like {examples}")


def _day_in_london(moment: datetime) -> date:
    """The day of a moment: with an offset it is a day in London, which can be the next one."""
    try:
        return (moment.astimezone(_LONDON) if moment.tzinfo else moment).date()
    except OverflowError:  # the first day there is, or the last: somebody's word for none
        return moment.date()


def pence_of(cell: Cell) -> int | None:
    """An amount in whole pence: 250, 250.5, ``£1,250.00``. Anything else is a fault."""
    if is_blank(cell):
        return None
    if isinstance(cell, bool) or not isinstance(cell, str | float | int):
        raise Fault(rules.NOT_MONEY, "it is not an amount of money")
    if not isinstance(cell, str):
        if not isfinite(cell) or cell < 0:
            raise Fault(rules.NOT_MONEY, "it is less than nothing, or not a number at all")
        if cell >= 10**_MOST_DIGITS:
            raise Fault(rules.NOT_MONEY, "it is too large to be an award")
        pence = Decimal(repr(cell)) * PENCE
        if pence != pence.to_integral_value():
            raise Fault(rules.NOT_MONEY, "it has more than two decimals")
        return int(pence)
    found = _MONEY.fullmatch(_as_typed(cell))
    if not found:
        raise Fault(rules.NOT_MONEY, "it is not one amount such as £1,250.00")
    pounds = found[1].replace(",", "")
    if len(pounds) > _MOST_DIGITS:
        raise Fault(rules.NOT_MONEY, "it is too large to be an award")
    return int(pounds) * PENCE + int((found[2] or "0").ljust(2, "0"))


def number_of(cell: Cell) -> int | None:
    """A whole number of at least nought."""
    if is_blank(cell):
        return None
    plain = int(cell) if isinstance(cell, float) and cell.is_integer() else cell
    text = _as_typed(str(plain))
    if isinstance(cell, bool) or not (text.isascii() and text.isdecimal()):
        raise Fault(rules.NOT_A_NUMBER, "it is not a whole number")
    if len(text) > _MOST_DIGITS:
        raise Fault(rules.NOT_A_NUMBER, "it is too large to be a count of anything")
    return int(text)
