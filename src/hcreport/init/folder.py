"""A project folder put in place: nothing in it is ever overwritten."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from hcreport.calendar.periods import Period
from hcreport.init import profile_toml, readme, report_toml, texts
from hcreport.init.survey import Survey
from hcreport.intake.profile import PROFILE
from hcreport.intake.proposing import Proposal
from hcreport.problems import CannotRun
from hcreport.report.narrative import FOLDER as TEXTS
from hcreport.settings import SETTINGS

EXPORTS = profile_toml.EXPORTS


@dataclass(frozen=True)
class Begun:
    """A project folder that has been written, and what is left for a person to fill in."""

    folder: Path
    period: Period | None
    to_fill_in: tuple[str, ...]


def refuse_to_overwrite(folder: Path) -> None:
    """Raises CannotRun when a folder holds a project already."""
    if (folder / SETTINGS).exists() or (folder / PROFILE).exists():
        raise CannotRun(
            f"{folder} holds a project already.", "Give another folder, or edit that one's files."
        )
    if folder.is_file():
        raise CannotRun(f"{folder} is a file.", "Give the folder to make.")


def begin(folder: Path, found: Survey, landlord: str | None, year: str | None) -> Begun:
    """Write a project folder. Raises CannotRun when it holds a project, or the year is none."""
    refuse_to_overwrite(folder)
    period = found.year if year is None else _period(year)
    files = {
        "README.md": readme.README,
        **{
            f"{TEXTS}/{name}.md": text
            for template in (report_toml.template_for(landlord), report_toml.SUMMARY)
            for name, text in texts.stubs(template).items()
        },
        SETTINGS: report_toml.written(landlord, period, found.as_at),
        # The last, since it is what makes the folder a project that can be read.
        PROFILE: profile_toml.written(found.understood),
    }
    exports = _exports(folder, found)
    _put(folder, {**exports, **{name: text.encode() for name, text in files.items()}})
    return Begun(folder, period, tuple(_to_fill_in(found, landlord, period)))


def _period(year: str) -> Period:
    try:
        return Period.financial_year(year)
    except ValueError as fault:
        raise CannotRun(f"{fault}.", "Write it as 2023/24.") from None


def _exports(folder: Path, found: Survey) -> dict[str, bytes]:
    """The exports by their names here. Raises CannotRun where another file has one's name."""
    contents = {f"{EXPORTS}/{path.name}": path.read_bytes() for path in found.exports}
    for name, content in contents.items():
        target = folder / name
        if target.exists() and not (target.is_file() and target.read_bytes() == content):
            raise CannotRun(f"{target} stands there already.", "Rename one of the two.")
    return contents


def _put(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write the files that are not there yet, all or none. Raises CannotRun where one cannot be."""
    made: list[Path] = []
    try:
        for name, content in files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            if not path.exists():
                made.append(path)
                path.write_bytes(content)
    except OSError as fault:
        for path in made:
            path.unlink(missing_ok=True)
        raise CannotRun(
            f"{folder} cannot be written: {fault.strerror}.",
            "Give another folder, or check this one's permissions.",
        ) from None


def _to_fill_in(found: Survey, landlord: str | None, period: Period | None) -> Iterator[str]:
    """What the report cannot do without, and nobody has said."""
    if landlord is None:
        yield f"{SETTINGS}: the landlord's name"
    if period is None:
        yield f"{SETTINGS}: the year"
    if found.as_at is None:
        yield f"{SETTINGS}: data_as_at, the day of the export"
    for p in found.proposals:
        for side, name in p.missing:
            place = f"{side}.{name}" if side else name
            yield f"{PROFILE}: the heading of {place} in {', '.join(p.files)}"
        for name, held in p.words.unknown.items():
            number = f"{len(held)} value" if len(held) == 1 else f"{len(held)} values"
            yield f"{PROFILE}: {name}: {number} to decide"
        yield from _doubtful(p)
        if p.money:
            yield f"{PROFILE}: whether {' or '.join(p.money)} is compensation"
        for name, notes in p.dates.remarks.items():
            yield from (f"{PROFILE}: {name}: {note}" for note in notes)


def _doubtful(p: Proposal) -> Iterator[str]:
    """The headings that may be a field's: it is read once the line in the profile is turned on."""
    for (side, name), doubt in p.doubts.items():
        if doubt.headings and (side, name) not in p.missing:
            place = f"{side}.{name}" if side else name
            headings = " or ".join(doubt.headings)
            yield f"{PROFILE}: {place}: whether it is {headings} in {', '.join(p.files)}"
