"""Profiles: what one case system calls things, as TOML.

A profile names *sources*: which files hold a table, in what shape, under which headings, with
which date formats and which values. A bundled profile lies in ``profiles/``; a landlord's own
``profile.toml`` extends one by naming only what differs.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from importlib.resources import files
from itertools import permutations
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, ValidationError, model_validator

from hcreport.intake.values import SERIAL
from hcreport.problems import CannotRun, did_you_mean
from hcreport.records import REQUIRED, STAGES, FieldKind, specs
from hcreport.settings import cannot_use, read_toml

PROFILE = "profile.toml"
# A key of ``blanks`` that stands for every field.
ALL = "all"
# What a source says as its stage where an award belongs to the last stage that its case reached.
LAST = "last"
# Days that systems write where they know none.
_PLACEHOLDERS = ("0001-01-01", "1753-01-01", "1899-12-30", "1900-01-01", "9999-12-31")
PLACEHOLDERS = tuple(map(date.fromisoformat, _PLACEHOLDERS))
# Read as a letter, a Z would be passed over, and half past eleven in Greenwich be the wrong day.
_LETTER_Z = re.compile(r"%[HMSf]\s?Z")
# 3/4 and 4/3 are both days, so it tells day first from month first.
_EXAMPLE = datetime(2024, 4, 3, tzinfo=UTC)
# A field's heading: one, several of which the first that is found counts, or false for none.
Headings = str | tuple[str, ...] | Literal[False]


def spellings(given: Headings) -> tuple[str, ...]:
    """The headings a field can have, in the order in which they count; none for ``false``."""
    if given is False:
        return ()
    return (given,) if isinstance(given, str) else given


class Source(BaseModel):
    """One kind of file: a table, its shape, its headings, its formats and its values.

    ``headings`` hold for every record of a row. In a wide export ``stage1`` and ``stage2`` add
    the headings of the columns that stand side by side. A child's rows fill in complaints that
    another source lists: an extension, an outcome. ``sheet`` names one sheet, or several by a list
    or a pattern. ``formats`` are the ``dates`` of single fields. ``values`` maps our code (or, for
    a landlord's own words, the label to print) to what the export says; a key such as
    ``"closure=refused"`` puts the value into another field than the one it was found in.
    ``blanks`` are the words that mean nothing, by field or for ``all``; ``placeholders`` the days.
    An award's ``stage`` can be the ``last`` that its case reached.
    Rows that hold one of the words of ``leave_out``, or nothing in ``only_with``, are no records.
    Hidden rows stop the run unless ``read_hidden`` says that they are meant.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    table: Literal["complaints", "awards", "findings", "failure_orders", "actions", "provisions"]
    files: tuple[str, ...]
    sheet: str | tuple[str, ...] | None = None
    shape: Literal["long", "wide", "child"] = "long"
    stage: Literal["stage1", "stage2", "last"] | None = None
    dates: tuple[str, ...] = ("%Y-%m-%d",)
    formats: dict[str, tuple[str, ...]] = {}
    placeholders: tuple[date, ...] = PLACEHOLDERS
    headings: dict[str, Headings] = {}
    stage1: dict[str, Headings] = {}
    stage2: dict[str, Headings] = {}
    values: dict[str, dict[str, tuple[str, ...]]] = {}
    blanks: dict[str, tuple[str, ...]] = {}
    leave_out: dict[str, tuple[str, ...]] = {}
    only_with: str | None = None
    read_hidden: bool = False

    @model_validator(mode="after")
    def _known_fields(self) -> Source:
        known = [spec.name for spec in specs(self.table)]
        blanks = [name for name in self.blanks if name != ALL]
        single = () if self.only_with is None else (self.only_with,)
        held = (self.headings, self.stage1, self.stage2, self.values, self.formats)
        for name in (name for group in (*held, self.leave_out, blanks, single) for name in group):
            if name not in known:
                near = did_you_mean(name, known)
                raise ValueError(f"{self.table} have no field {name!r}. {near}".strip())
        return self

    @model_validator(mode="after")
    def _files_inside(self) -> Source:
        for pattern in self.files:
            if not pattern or Path(pattern).is_absolute() or ".." in Path(pattern).parts:
                raise ValueError(f"files: {pattern!r} must lie inside the project folder")
        return self

    @model_validator(mode="after")
    def _dates_sure(self) -> Source:
        for patterns in (self.dates, *self.formats.values()):
            for pattern in (p for p in patterns if p != SERIAL):
                if _read_back(_EXAMPLE, pattern, pattern) != _EXAMPLE.date():
                    raise ValueError(f"dates: {pattern!r} is no format of a whole day: %d/%m/%Y is")
            if any(_LETTER_Z.search(pattern) for pattern in patterns):
                raise ValueError("dates: write %z for the Z after a time; it tells Greenwich's day")
            for one, other in permutations((p for p in patterns if p != SERIAL), 2):
                if _read_back(_EXAMPLE, one, other) not in {None, _EXAMPLE.date()}:
                    raise ValueError(
                        "dates: with both day first and month first, 3/4 would be a guess"
                    )
        dated = [spec.name for spec in specs(self.table) if spec.kind is FieldKind.DATE]
        wrong = next((name for name in self.formats if name not in dated), None)
        if wrong is not None:
            raise ValueError(f"formats: {wrong} is no date; the dates are {', '.join(dated)}")
        return self

    @model_validator(mode="after")
    def _shape_whole(self) -> Source:
        if self.shape == "wide" and not (self.stage1 or self.stage2):
            raise ValueError("a wide source needs the headings of stage1 or stage2")
        if self.stage == LAST and self.table != "awards":
            raise ValueError(
                f"only awards can belong to the last stage, and these are {self.table}"
            )
        if self.shape == "child" and self.table != "complaints":
            raise ValueError(
                f"only complaints have children; {self.table} are a table of their own"
            )
        return self

    @model_validator(mode="after")
    def _known_codes(self) -> Source:
        listed = {FieldKind.CODE, FieldKind.CATEGORY}
        codes = {spec.name: spec.codes for spec in specs(self.table) if spec.kind in listed}
        for name, meanings in self.values.items():
            for meaning in meanings:
                field, code = aim(name, meaning)
                if field not in codes:
                    raise ValueError(f"values.{name}: {field!r} takes no list of values")
                if codes[field] and code not in codes[field]:
                    raise ValueError(
                        f"values.{name}: {code!r} is not a {field}; "
                        f"it can be {', '.join(codes[field])}"
                    )
        return self

    @property
    def required(self) -> tuple[str, ...]:
        """The fields that each row must give, besides a stage where the source gives it."""
        needed = ("reference",) if self.shape == "child" else REQUIRED[self.table]
        return tuple(name for name in needed if name != "stage" or self._asks_for_stage)

    @property
    def _asks_for_stage(self) -> bool:
        return self.stage is None and self.shape != "wide" and "parent" not in self.headings

    def blank_words(self, field: str) -> frozenset[str]:
        """The words, as they are written, that mean nothing in a field."""
        return frozenset((*self.blanks.get(ALL, ()), *self.blanks.get(field, ())))

    def stages(self) -> tuple[tuple[str | None, dict[str, Headings]], ...]:
        """Each stage a row can hold, with all headings that apply to it."""
        if self.shape == "wide":
            sides = {"stage1": self.stage1, "stage2": self.stage2}
            return tuple((s, {**self.headings, **sides[s]}) for s in STAGES if sides[s])
        return ((self.stage, self.headings),)


def _read_back(moment: datetime, written: str, read: str) -> date | None:
    """The day that a moment written in one format is in another; None where it is not in it."""
    try:
        return datetime.strptime(moment.strftime(written), read).date()  # noqa: DTZ007  (a day)
    except (ValueError, re.error):
        return None


def aim(field: str, meaning: str) -> tuple[str, str]:
    """The field and code that a key of ``values`` stands for: its own field, or ``other=code``."""
    other, given, code = meaning.partition("=")
    return (other, code) if given else (field, meaning)


class Profile(BaseModel):
    """A profile as it is used: everything it extends has been laid under it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    title: str
    sources: dict[str, Source]


def load(folder: Path) -> Profile:
    """The profile of a project folder. Raises CannotRun when it is missing or at fault."""
    path = folder / PROFILE
    if not path.is_file():
        raise CannotRun(
            f"{folder} holds no {PROFILE}, so its exports cannot be understood.",
            f"Write one that extends a bundled profile: {', '.join(bundled())}.",
        )
    given = read_toml(path)
    parent = given.pop("extends", None)
    merged = _laid_over(_bundled(str(parent), path), given) if parent else given
    _resolve_likeness(merged, path)
    try:
        return Profile.model_validate(merged)
    except ValidationError as fault:
        raise cannot_use(str(path), fault, Profile) from None


def bundled() -> tuple[str, ...]:
    """The names of the profiles that come with the program."""
    folder = files("hcreport.intake") / "profiles"
    return tuple(sorted(path.name.removesuffix(".toml") for path in folder.iterdir()))


def bundled_profile(name: str) -> Profile:
    """A profile that comes with the program. Raises CannotRun when there is none of that name."""
    given = _bundled(name, Path(PROFILE))
    _resolve_likeness(given, Path(PROFILE))
    return Profile.model_validate(given)


def plain() -> Profile:
    """The bundled profile of ordinary English headings: what ``init`` knows them by."""
    return bundled_profile("plain")


def _bundled(name: str, asked_by: Path) -> dict[str, Any]:
    if name not in bundled():
        raise CannotRun(
            f"{asked_by}: there is no profile {name!r} to extend.",
            did_you_mean(name, bundled()) or f"There are {', '.join(bundled())}.",
        )
    return read_toml(Path(str(files("hcreport.intake") / "profiles" / f"{name}.toml")))


def _resolve_likeness(given: dict[str, Any], path: Path) -> None:
    """Lay each source over the one it says it is like: last year's layout, another file's.

    A source set to ``false`` is none: so a landlord's own profile does without a bundled one.
    """
    sources = given.get("sources", {})
    if not isinstance(sources, dict):
        return
    for name in [name for name, source in sources.items() if source is False]:
        del sources[name]
    for name, source in sources.items():
        model = source.pop("like", None) if isinstance(source, dict) else None
        if model is None:
            continue
        others = [other for other in sources if other != name]
        if model not in others or "like" in sources[model]:
            raise CannotRun(
                f"{path}: sources.{name}.like: there is no source {model!r} to be like.",
                did_you_mean(str(model), others) or "Name a source that is like no other.",
            )
        sources[name] = _laid_over(sources[model], source)


def _laid_over(under: dict[str, Any], over: dict[str, Any]) -> dict[str, Any]:
    """Two TOML tables merged: what ``over`` says wins, table by table, key by key."""
    merged = dict(under)
    for key, value in over.items():
        below = merged.get(key)
        if isinstance(below, dict) and isinstance(value, dict):
            merged[key] = _laid_over(below, value)
        else:
            merged[key] = value
    return merged
