"""A new project folder, written from the exports themselves.

What the exports surely say is written down; what they may say is written as comments with the
likeliest answers, for a person to decide. Nothing that stands there already is touched.
"""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from hcreport.calendar.periods import Period, financial_year_of
from hcreport.intake.load import wanted
from hcreport.intake.profile import PROFILE, Source, plain
from hcreport.intake.propose import Proposal, propose
from hcreport.intake.reading import Sheet, Wanted, read
from hcreport.intake.values import Fault
from hcreport.problems import CannotRun
from hcreport.records import STAGES
from hcreport.settings import SETTINGS

EXPORTS, TEXTS = "exports", "text"
NAMES = {"complaints": "complaints", "awards": "awards"}


@dataclass(frozen=True)
class Begun:
    """A project folder that has been written, and what it was written from."""

    folder: Path
    proposals: tuple[Proposal, ...]
    period: Period


def begin(folder: Path, exports: Sequence[Path], landlord: str | None, year: str | None) -> Begun:
    """Read the exports and write a project folder.

    Raises CannotRun when the folder holds a project already, or an export cannot be read.
    """
    if (folder / SETTINGS).exists() or (folder / PROFILE).exists():
        raise CannotRun(
            f"{folder} holds a project already.", "Give another folder, or edit that one's files."
        )
    sources = plain().sources
    proposals = tuple(propose(_read(path, sources), sources) for path in exports)
    for proposal in proposals:
        if not proposal.headings and not proposal.sides:
            # Nor are its headings named here: a file without any begins with somebody's data.
            raise CannotRun(
                f"{proposal.sheet.file}: none of its headings is one that hcreport knows.",
                "Write profile.toml for it by hand; docs/profiles.md shows how.",
            )
    complaints = [p for p in proposals if p.table == "complaints"]
    if not complaints:
        raise CannotRun(
            "None of the exports has the headings of complaints.",
            "A file of complaints has at least a reference and a date of receipt.",
        )
    days = [found for proposal in proposals for found in proposal.days]
    latest = max((day for _, day in days), default=None)
    period = _period(year, [day for name, day in days if name == "received_on"])
    _write(folder, exports, _settings(landlord, period, latest), _profile(proposals))
    return Begun(folder, proposals, period)


def _read(path: Path, sources: dict[str, Source]) -> Sheet:
    looked_for = [wanted(source) for source in sources.values()]
    headings = frozenset().union(*(w.headings for w in looked_for))
    keys = frozenset().union(*(w.keys for w in looked_for))
    if not path.is_file():
        raise CannotRun(f"There is no file {path}.", "Give the path of an export.")
    try:
        return read(path, path.name, None, Wanted(headings, keys))
    except Fault as fault:
        raise CannotRun(f"{path}: {fault.message}.", fault.rule.advice) from None


def _period(year: str | None, received: Sequence[date]) -> Period:
    """The year asked for; else the financial year in which most complaints were received."""
    if year is not None:
        try:
            return Period.financial_year(year)
        except ValueError as fault:
            raise CannotRun(f"{fault}.", "Write it as 2023/24.") from None
    if not received:
        raise CannotRun("The exports hold no dates to tell the year by.", "Add --year 2023/24.")
    years = Counter(financial_year_of(day) for day in received)
    return max(years, key=lambda found: (years[found], found.start))


def _write(folder: Path, exports: Sequence[Path], settings: str, profile: str) -> None:
    (folder / EXPORTS).mkdir(parents=True, exist_ok=True)
    (folder / TEXTS).mkdir(exist_ok=True)
    for path in exports:
        target = folder / EXPORTS / path.name
        if target.exists() and target.read_bytes() != path.read_bytes():
            raise CannotRun(f"{target} stands there already.", "Rename one of the two.")
        if not target.exists():
            shutil.copyfile(path, target)
    for name, content in ((PROFILE, profile), (SETTINGS, settings), ("README.md", _README)):
        if not (folder / name).exists():
            (folder / name).write_text(content, encoding="utf-8", newline="\n")


def _settings(landlord: str | None, period: Period, latest: date | None) -> str:
    as_at = (latest or period.end).isoformat()
    return _SETTINGS.format(
        landlord=_quoted(landlord or "Our landlord"), year=period.label, as_at=as_at
    )


def _profile(proposals: Sequence[Proposal]) -> str:
    lines = ['# What the exports call things. Each line that begins with "#" is for you to decide.']
    lines += ['title = "Our exports"']
    for number, proposal in enumerate(proposals, start=1):
        same = sum(p.table == proposal.table for p in proposals[:number])
        name = proposal.table if same == 1 else f"{proposal.table}{same}"
        lines += ["", *_source(name, proposal)]
    return "\n".join(lines) + "\n"


def _source(name: str, p: Proposal) -> Iterator[str]:
    yield f"[sources.{name}]"
    yield f'table = "{p.table}"'
    yield f"files = [{_quoted(f'{EXPORTS}/{p.sheet.file}')}]"
    if p.sheet.name and not p.sheet.how.startswith("web page"):
        yield f"sheet = {_quoted(p.sheet.name)}"
    if p.shape == "wide":
        yield 'shape = "wide"'
    if p.stage is not None:
        yield f'stage = "{p.stage}"  # from the name of the file'
    yield f"dates = [{', '.join(map(_quoted, p.dates))}]"
    yield from ("", f"[sources.{name}.headings]")
    yield from (f"{field} = {_quoted(heading)}" for field, heading in p.headings.items())
    yield from _undecided(p)
    for stage in STAGES:
        if stage in p.sides:
            yield from ("", f"[sources.{name}.{stage}]")
            yield from (
                f"{field} = {_quoted(heading)}" for field, heading in p.sides[stage].items()
            )
    for field in dict.fromkeys((*p.values, *p.unknown)):
        yield from ("", f"[sources.{name}.values.{field}]")
        for code, words in p.values.get(field, {}).items():
            key = code if code.isidentifier() else _quoted(code)
            yield f"{key} = [{', '.join(map(_quoted, words))}]"
        for word, times in p.unknown.get(field, {}).items():
            yield f"# {_quoted(word)} occurs {times} times: put it into the list it belongs to"


def _undecided(p: Proposal) -> Iterator[str]:
    for field, headings in p.doubtful.items():
        needed = "needed, " if field in p.missing else ""
        if headings:
            yield f"# {field} = {_quoted(headings[0])}  # {needed}perhaps: {', '.join(headings)}"
        elif needed:
            yield f'# {field} = ""  # needed: no heading looks like it'
    if p.ignored:
        yield f"# Not read: {', '.join(p.ignored)}"


def _quoted(text: str) -> str:
    """A TOML string."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


_SETTINGS = """\
# The settings of this report. docs/settings.md explains each.
template = "brent"

# "code" recomputes what was on time from the dates, against the Complaint Handling Code;
# "recorded" takes what the case system says.
timeliness = "code"

# The day of the export: the latest event in it, unless you know better. What is open, overdue or
# not yet due is judged on this day.
data_as_at = {as_at}

[landlord]
name = {landlord}
governing_body = "governing body"  # what it is called, such as Board or Cabinet

[period]
year = "{year}"

[basis]
outcomes = "responded"  # or "closed": which complaints outcomes are counted over
timeliness = "due"      # or "responded" or "received"

# Last year's published figures, to compare with.
# [previous.figures]
# "stage1.received" = 780

# Homes owned at the end of the year, for the measure CH01. Managed homes are no base.
# [homes]
# LCRA = 7810
# LCHO = 540
"""
_README = """\
# A housing complaints report

- `report.toml`: the settings
- `profile.toml`: what the exports call things; lines that begin with # are for you to decide
- `exports/`: the files as they were exported
- `text/`: what people write, such as `foreword.md`; figures as `{{ stage1.received }}`
- `output/`: what `hcreport build` makes

Run `hcreport check` in this folder to see what is wrong, then `hcreport build`.
"""
