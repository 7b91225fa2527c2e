"""What the exports are, before anything is written: their sheets, the year, the day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from hcreport.calendar.periods import Period, financial_year_of
from hcreport.intake import rules
from hcreport.intake.proposing import Passed, Proposal, Understood, proposals, wanted_of_all
from hcreport.intake.proposing.dates import EVENTS, latest
from hcreport.intake.reading import Sheet, open_file
from hcreport.intake.values import Fault
from hcreport.problems import CannotRun


@dataclass(frozen=True)
class Survey:
    """The exports as they were understood.

    ``year`` is the financial year in which most complaints were received, and ``as_at`` the latest
    event; None where no date is known.
    """

    exports: tuple[Path, ...]
    understood: Understood
    passed: tuple[Passed, ...]
    year: Period | None
    as_at: date | None

    @property
    def proposals(self) -> tuple[Proposal, ...]:
        """The sources that the exports are."""
        return self.understood.proposals


def survey(exports: Sequence[Path]) -> Survey:
    """Read the exports. Raises CannotRun when one cannot be read, or none holds complaints."""
    paths = tuple(dict.fromkeys(exports))
    _refuse_same_names(paths)
    sheets: list[Sheet] = []
    passed: list[Passed] = []
    for path in paths:
        for found in _sheets(path):
            if isinstance(found, Sheet):
                sheets.append(found)
            else:
                passed.append(found)
    understood = proposals(sheets)
    _refuse_unusable(understood)
    days = [day for proposal in understood.proposals for day in proposal.dates.days]
    received = [day for name, day in days if name == "received_on"]
    # Where the date of receipt is in doubt, the other events tell the year as well.
    received = received or [day for name, day in days if name in EVENTS]
    return Survey(paths, understood, (*passed, *understood.passed), _year(received), latest(days))


def _refuse_same_names(paths: Sequence[Path]) -> None:
    """Two exports of one name cannot lie in one folder."""
    names = Counter(path.name.casefold() for path in paths)
    same = next((path for path in paths if names[path.name.casefold()] > 1), None)
    if same is not None:
        raise CannotRun(f"Two of the exports are called {same.name}.", "Rename one of the two.")


def _sheets(path: Path) -> Iterator[Sheet | Passed]:
    """Every table of a file that a person sees; the sheets that hold none, and why."""
    if not path.is_file():
        raise CannotRun(f"There is no file {path}.", "Give the path of an export.")
    try:
        opened = open_file(path)
        names = opened.names
        for name in names:
            try:
                yield opened.sheets(path.name, name, wanted_of_all())[0]
            except Fault as fault:
                # A workbook can hold sheets without a table, and a file must be one.
                if len(names) == 1 or fault.rule is not rules.NO_RECORDS:
                    raise
                yield Passed(path.name, name or "", fault.message)
        yield from (Passed(path.name, name, "it is hidden") for name in opened.hidden_names)
    except Fault as fault:
        raise CannotRun(f"{path}: {fault.message}.", fault.rule.advice) from None


def _refuse_unusable(understood: Understood) -> None:
    for proposal in understood.proposals:
        if not proposal.sheets[0].headings:
            # Its cells are not named here: a file without headings begins with somebody's case.
            raise CannotRun(
                f"{proposal.files[0]}: its first row is no row of headings.",
                "Export it again with the headings above the rows.",
            )
    if not any(p.table == "complaints" for p in understood.proposals):
        raise CannotRun(
            "None of the exports has the headings of complaints.",
            "A file of complaints has at least a reference and a date of receipt.",
        )


def _year(received: Sequence[date]) -> Period | None:
    """The financial year in which most complaints were received; of two as full, the later."""
    years = Counter(financial_year_of(day) for day in received)
    return max(years, key=lambda found: (years[found], found.start), default=None)
