"""A project folder's settings: ``report.toml``, checked before anything else happens."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
    field_validator,
    model_validator,
)

from hcreport.calendar.periods import Period, financial_year_of
from hcreport.colours import SHAPES, WHITE, contrast, within
from hcreport.problems import CannotRun, Severity, did_you_mean
from hcreport.records import FINDINGS, FieldKind, specs

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

SETTINGS = "report.toml"
Count = Annotated[int, Field(ge=0)]
Pounds = Annotated[Decimal, Field(ge=0, decimal_places=2)]


def _a_date(value: object) -> object:
    """TOML's own dates only: a quoted date would be guessed at, and 2023-04-01T09:00 is none."""
    if isinstance(value, str) or type(value) not in {date, str}:
        raise ValueError("write a date as 2023-04-01, without quotation marks or a time")
    return value


# What a landlord calls a figure, a table or a chart of its own; it becomes a placeholder.
Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
Day = Annotated[date, BeforeValidator(_a_date)]


class _Part(BaseModel):
    """A part of the settings: unknown keys are refused, and nothing changes once read."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class _Dated(_Part):
    """A period given as a financial year, or by its first and last day."""

    year: str | None = None
    start: Day | None = None
    end: Day | None = None

    @model_validator(mode="after")
    def _one_way(self) -> _Dated:
        both = self.start is not None and self.end is not None
        none = self.start is None and self.end is None
        if not (both or none) or (self.year is None) == none:
            raise ValueError("give either year, or both start and end")
        _ = self.period
        return self

    @property
    def period(self) -> Period:
        """The period these settings name."""
        if self.year is not None:
            return Period.financial_year(self.year)
        assert self.start is not None and self.end is not None  # noqa: S101, PT018  (checked above)
        return Period.between(self.start, self.end)


class Landlord(_Part):
    """Who the report is about. ``governing_body`` is what it is called, without "the"."""

    name: str
    short_name: str = ""
    governing_body: str = "governing body"
    member_responsible: str = ""

    @field_validator("governing_body")
    @classmethod
    def _without_the(cls, name: str) -> str:
        return name.removeprefix("the ").removeprefix("The ")

    @property
    def called(self) -> str:
        """The short name, or the whole one where there is none."""
        return self.short_name or self.name


class Basis(_Part):
    """Which complaints outcomes and timeliness are counted over."""

    outcomes: Literal["responded", "closed"] = "responded"
    timeliness: Literal["due", "responded", "received"] = "due"


# The fields that can mark a whole area of work.
AREAS = tuple(s.name for s in specs("complaints") if s.kind in {FieldKind.CATEGORY, FieldKind.CODE})


class Scope(_Part):
    """The rows the report is about: field to the values that are in."""

    where: dict[str, tuple[str, ...]] = {}

    @model_validator(mode="after")
    def _known_fields(self) -> Scope:
        for name in self.where:
            if name not in AREAS:
                near = did_you_mean(name, AREAS) or f"There are {', '.join(AREAS)}."
                raise ValueError(f"complaints have no field {name!r} to go by. {near}")
        return self


class Previous(_Part):
    """Last period's figures: typed by id from what was published, or from its project folder."""

    year: str | None = None
    figures: dict[str, Decimal] = {}
    project: str | None = None


class Homes(_Part):
    """Homes owned at year end, by tenure: the base of the TSM rates. Managed homes never are."""

    LCRA: Count | None = None
    LCHO: Count | None = None
    managed: Count | None = None

    @property
    def owned(self) -> dict[str, int]:
        """Low cost homes by tenure, where given and more than none."""
        return {t: n for t in ("LCRA", "LCHO") if (n := getattr(self, t))}


# How many findings of each type there were, by its code.
ByType = dict[str, Count]
NO_REPORT = "none"


class Ombudsman(_Part):
    """The Ombudsman's year, often the one before the report's, and its totals if they are typed.

    ``landlord_report`` is the year of its latest report about the landlord. The totals stand in
    for a file of findings: ``findings`` by type, or ``categories`` with the types in each.
    """

    period: str | None = None
    landlord_report: str | None = None
    determinations: Count | None = None
    findings: ByType = {}
    categories: dict[str, ByType] = {}
    orders: Count | None = None
    orders_complied: Count | None = None
    recommendations: Count | None = None
    compensation_ordered: Pounds | None = None
    compensation_offered_before: Pounds | None = None
    failure_orders: Count | None = None

    @field_validator("landlord_report")
    @classmethod
    def _a_year(cls, year: str | None) -> str | None:
        if year not in {None, NO_REPORT}:
            _ = Period.financial_year(year or "")
        return year

    @model_validator(mode="after")
    def _possible(self) -> Ombudsman:
        if self.findings and self.categories:
            raise ValueError("give findings, or categories with the findings in each, not both")
        for code in (*self.findings, *(code for held in self.categories.values() for code in held)):
            if code not in FINDINGS:
                near = did_you_mean(code, FINDINGS) or f"There are {', '.join(FINDINGS)}."
                raise ValueError(f"there is no type of finding {code!r}. {near}")
        for part, whole in (
            ("orders_complied", "orders"),
            ("compensation_offered_before", "compensation_ordered"),
        ):
            if (getattr(self, part) or 0) > (getattr(self, whole) or 0):
                raise ValueError(f"{part} is more than {whole}")
        return self

    @property
    def by_type(self) -> Mapping[str, int]:
        """The findings of each type, in the Ombudsman's order; none where none were typed."""
        given = self.categories.values() if self.categories else [self.findings]
        if not any(given):
            return {}
        return {code: sum(held.get(code, 0) for held in given) for code in FINDINGS}


class Learning(_Part):
    """The learning log: the root causes that its themes are about, where names differ."""

    themes: dict[str, str] = {}


class Deadlines(_Part):
    """What the Code wants next, and by which day: each is the landlord's to say."""

    report: Day | None = None
    self_assessment: Day | None = None
    governing_body: Day | None = None
    submission: Day | None = None


class Answers(_Part):
    """A survey measure: how many of the valid answers were satisfied, or the published share."""

    satisfied: Count | None = None
    answers: Annotated[int, Field(gt=0)] | None = None
    percent: Annotated[Decimal, Field(ge=0, le=100)] | None = None

    @model_validator(mode="after")
    def _one_way(self) -> Answers:
        given = (self.satisfied is not None, self.answers is not None, self.percent is not None)
        if given not in {(True, True, False), (False, False, True)}:
            raise ValueError("give satisfied and answers, or else percent")
        if (
            self.satisfied is not None
            and self.answers is not None
            and self.answers < self.satisfied
        ):
            raise ValueError("more people were satisfied than answered")
        return self


class Disclosure(_Part):
    """Small numbers to withhold: below ``threshold``, in breakdowns by these fields. None: off."""

    threshold: Annotated[int, Field(ge=2)] = 5
    fields: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _of_something(self) -> Disclosure:
        if "threshold" in self.model_fields_set and "fields" not in self.model_fields_set:
            raise ValueError('name the fields it applies to: fields = ["ward", "tenure"]')
        return self


def _a_colour(typed: object) -> object:
    """A colour that is seen on white paper; one that is not is answered with a darker one."""
    if not isinstance(typed, str) or not re.fullmatch(r"#[0-9A-Fa-f]{6}", typed):
        raise ValueError("write a colour as #12436D, a sign for each half of red, green and blue")
    seen = within(typed.upper(), SHAPES)
    if seen != typed.upper():
        ratio = int(contrast(typed, WHITE) * 10) / 10
        raise ValueError(
            f"{typed} is too pale on white, {ratio} to 1 where 3 to 1 is needed; "
            f"{seen} is the same colour darkened"
        )
    return seen


class Look(_Part):
    """How charts look, where it is not to be as the template's theme says."""

    colours: Annotated[
        tuple[Annotated[str, BeforeValidator(_a_colour)], ...], Field(max_length=6)
    ] = ()
    font: str = ""


class Settings(_Part):
    """All of ``report.toml``. Each field is explained in ``docs/settings.md``."""

    template: str = "brent"
    summary: str = "summary"
    title: str = "Housing complaints performance and service improvement report"
    timeliness: Literal["code", "recorded"] = "code"
    data_as_at: Day
    cover_date: Day | None = None
    landlord: Landlord
    period: _Dated
    basis: Basis = Basis()
    scope: Scope = Scope()
    previous: Previous = Previous()
    homes: Homes = Homes()
    ombudsman: Ombudsman = Ombudsman()
    learning: Learning = Learning()
    deadlines: Deadlines = Deadlines()
    to_date: _Dated | None = None
    survey: dict[Annotated[str, Field(pattern=r"^tp\d\d$")], Answers] = {}
    disclosure: Disclosure = Disclosure()
    look: Look = Look()
    details: dict[str, str] = {}
    figures: dict[Name, dict[str, Any]] = {}  # read by figures/own.py
    tables: dict[Name, dict[str, Any]] = {}  # read by sections/own.py, and so are the charts
    charts: dict[Name, dict[str, Any]] = {}
    problems: dict[str, Severity] = {}

    @model_validator(mode="after")
    def _still_to_come(self) -> Settings:
        for name in Deadlines.model_fields:
            day = getattr(self.deadlines, name)
            if day is not None and day <= self.data_as_at:
                raise ValueError(
                    f"deadlines.{name} is {day}, and the data is as at {self.data_as_at}: "
                    "give the next one"
                )
        return self

    def over(self, period: Period, to_date: _Dated | None = None) -> Settings:
        """The same settings for another period.

        What was typed of the period before was about the old one.
        """
        if period == self.report_period:
            return self.model_copy(update={"to_date": to_date})
        previous = self.previous.model_copy(update={"year": None, "figures": {}})
        changes: dict[str, _Part | None] = {
            "period": dated(period),
            "previous": previous,
            "to_date": to_date,
        }
        if self.ombudsman.period is None:  # its totals were those of the old period
            changes["ombudsman"] = Ombudsman()
        return self.model_copy(update=changes)

    @property
    def report_period(self) -> Period:
        """The period the report is about."""
        return self.period.period

    @property
    def previous_period(self) -> Period:
        """The period it is compared with: the year before, unless settings say otherwise."""
        if self.previous.year is not None:
            return Period.financial_year(self.previous.year)
        return self.report_period.year_before()

    @property
    def to_date_period(self) -> Period | None:
        """The period reported beside the main one, if there is one: usually the year to date."""
        return self.to_date.period if self.to_date else None

    @property
    def ombudsman_period(self) -> Period:
        """The Ombudsman's year: the report's, unless settings say otherwise."""
        if self.ombudsman.period is not None:
            return Period.financial_year(self.ombudsman.period)
        return self.report_period


@dataclass(frozen=True)
class Asked:
    """The period a command asks for instead of the settings': a year, up to a day, a quarter."""

    year: str | None = None
    to: str | None = None
    quarter: int | None = None

    def applied(self, settings: Settings) -> Settings:
        """The settings for the period asked for. Raises CannotRun when there is no such period."""
        if self == NOTHING_ASKED:
            return settings
        try:
            period = self._period(settings)
        except ValueError as fault:
            hint = "Write --year 2024/25, --to 2024-05-31 or --quarter 1."
            raise CannotRun(f"{fault}.", hint) from None
        begun = financial_year_of(period.end)
        beside = dated(begun.up_to(period.end)) if period.start > begun.start else None
        return settings.over(period, settings.to_date or beside)

    def _period(self, settings: Settings) -> Period:
        """The year asked for, or that of the last day, or the settings'; then its part."""
        if self.quarter is not None and self.to is not None:
            raise ValueError("A quarter ends on its own last day: give --quarter or --to, not both")
        end = _day_asked(self.to) if self.to else None
        if self.year is not None:
            year = Period.financial_year(self.year)
        else:
            year = financial_year_of(end) if end else settings.report_period
        if self.quarter is not None:
            year = year.quarter(self.quarter)
        return year.up_to(end) if end else year


NOTHING_ASKED = Asked()


def _day_asked(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ValueError(f"{text} is not a day") from None


def dated(period: Period) -> _Dated:
    """A period as settings give one."""
    return _Dated(start=period.start, end=period.end)


def load(folder: Path) -> Settings:
    """Read a project folder's settings. Raises CannotRun, naming the setting at fault."""
    path = folder / SETTINGS
    if folder.is_file():
        raise CannotRun(f"{folder} is a file.", "Give the folder that it lies in.")
    if not folder.is_dir():
        raise CannotRun(f"There is no folder {folder}.", "Give the folder that holds report.toml.")
    if not path.is_file():
        raise CannotRun(
            f"{folder} holds no {SETTINGS}, so it is not a project folder.",
            "Give the folder that holds it; sample_data/brent-2023-24 is one to look at.",
        )
    return parse(read_toml(path), str(path))


def parse(given: Mapping[str, object], name: str) -> Settings:
    """Check settings that have been read. Raises CannotRun, naming the setting at fault."""
    try:
        found = Settings.model_validate(given)
        _ = found.previous_period, found.ombudsman_period
    except ValidationError as fault:
        raise cannot_use(name, fault, Settings) from None
    except ValueError as fault:
        raise CannotRun(f"{name}: {fault}.", "Correct it and run again.") from None
    return found


def read_toml(path: Path) -> dict[str, object]:
    """A TOML file's contents. Raises CannotRun when it is not one."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except tomllib.TOMLDecodeError as fault:
        raise CannotRun(
            f"{path} is not valid TOML: {fault}.",
            "Write text in quotation marks, and dates without: 2024-05-31.",
        ) from None
    except UnicodeDecodeError:
        raise CannotRun(f"{path} is not UTF-8 text.", "Save it again as UTF-8.") from None
    except OSError as fault:
        raise CannotRun(f"{path} cannot be read: {fault.strerror}.", "Check the file.") from None


def cannot_use(name: str, fault: ValidationError, model: type[BaseModel]) -> CannotRun:
    """The first fault of a settings file in words, with how many more there are."""
    # A name nobody knows is often why another one is missing, so it is told first.
    found = fault.errors(include_url=False)
    first, *more = sorted(found, key=lambda error: error["type"] != "extra_forbidden")
    where = ": ".join(_words(first["loc"]))
    what = _plain(first["type"], first["msg"], first.get("ctx", {}))
    hint = "Correct it and run again."
    if more:
        hint = f"Correct it and run again; {len(more)} more after it."
    if first["type"] == "extra_forbidden":
        what = "there is no such setting"
        hint = did_you_mean(str(first["loc"][-1]), _names(model, first["loc"][:-1])) or hint
    elif first["type"] == "missing":
        what = "this setting is needed"
    said = ": ".join(part for part in (name, where, what) if part)
    return CannotRun(f"{said}{'' if said.endswith('?') else '.'}", hint)


# What pydantic says of a value, by the beginning of its type, in words of this file.
_PLAIN = {
    "int_": "write a whole number, without quotation marks",
    "decimal_max_places": "there are at most {decimal_places} decimal places",
    "decimal_": "write a number, without quotation marks",
    "string_pattern_mismatch": "this name is not of the form {pattern}",
    "string_": 'write words in quotation marks: "…"',
    "tuple_": 'write a list in square brackets: ["…"]',
    "dict_": "write a part of its own, with a line for each name",
    "model_": "write a part of its own, with a line for each name",
    "greater_than_equal": "it is at least {ge}",
    "greater_than": "it is more than {gt}",
    "less_than_equal": "it is at most {le}",
    "too_long": "there are at most {max_length}",
    "literal_error": "write {expected}",
    "enum": "write {expected}",
}


def _plain(kind: str, message: str, limits: Mapping[str, object]) -> str:
    """What is wrong with a value; what we say of it ourselves as it stands."""
    for start, words in _PLAIN.items():
        if kind.startswith(start):
            return words.format(**limits)
    return message.removeprefix("Value error, ").rstrip(".")


def _words(place: tuple[int | str, ...]) -> Iterator[str]:
    """A setting as it is told: ``look.colours: number 2``, counting from 1."""
    names = [str(part) for part in place if isinstance(part, str) and part != "[key]"]
    if names:
        yield ".".join(names)
    yield from (f"number {part + 1}" for part in place if isinstance(part, int))


def _names(model: type[BaseModel], place: tuple[int | str, ...]) -> Iterator[str]:
    """The settings there are at a place, for near-name suggestions."""
    if not place:
        yield from model.model_fields
        return
    field = model.model_fields.get(str(place[0]))
    inside = field.annotation if field else None
    if isinstance(inside, type) and issubclass(inside, BaseModel):
        yield from _names(inside, place[1:])
