"""Every export of a project folder, read through its profile."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import TYPE_CHECKING

from hcreport.intake import corrections, rules
from hcreport.intake.columns import wanted
from hcreport.intake.corrections import Applied, Corrections
from hcreport.intake.drift import Layout, layout
from hcreport.intake.families import at_last_stages, filled_in, joined
from hcreport.intake.normalise import Detail, Normalised, normalise
from hcreport.intake.reading import Opened, Sheet, open_file
from hcreport.intake.spelling import one_spelling
from hcreport.intake.totals import differing
from hcreport.intake.unseen import unseen
from hcreport.intake.values import Fault
from hcreport.problems import CannotRun, Place, Problem
from hcreport.records import TABLES, Complaint, Input, Record, Records

if TYPE_CHECKING:
    from pathlib import Path

    from hcreport.intake.profile import Profile, Source

Progress = Callable[[str], None]
# What systems and programs put into a folder: no export begins so.
_OUR_OWN = (".", "~$")


@dataclass(frozen=True)
class Reconciliation:
    """How the rows of one sheet are accounted for.

    ``kinds`` counts them by what they are (case, blank, title, heading, total, footer, ragged) and
    adds up to all of them; ``records`` is what the cases gave, ``left_out`` the cases that the
    profile says are no records, by why, and ``set_aside`` those that could not be used.
    """

    file: str
    sheet: str
    how: str
    kinds: Mapping[str, int]
    records: int
    left_out: Mapping[str, int]
    set_aside: int

    @property
    def cases(self) -> int:
        """The rows that are cases."""
        return self.kinds["case"]

    @property
    def passed_over(self) -> int:
        """The cases that are no records."""
        return sum(self.left_out.values())


@dataclass(frozen=True)
class Intake:
    """What reading gave: the records, the problems met, and where every row went.

    ``corrections`` are those that were applied; ``layouts`` what each source calls things.
    """

    records: Records
    problems: tuple[Problem, ...]
    reconciliation: tuple[Reconciliation, ...]
    corrections: tuple[Applied, ...] = ()
    layouts: tuple[Layout, ...] = ()


def load(folder: Path, profile: Profile, tell: Progress = lambda _: None) -> Intake:
    """Read every source of a profile. ``tell`` is told each file's name as its turn comes.

    Raises CannotRun when there is no export of complaints.
    """
    paths = {name: _paths(folder, source) for name, source in profile.sources.items()}
    loading = _Loading(folder, corrections.load(folder), tell, Counter(chain(*paths.values())))
    for name, source in profile.sources.items():
        loading.read(name, source, paths[name])
    loading.tell_unread(frozenset(chain(*paths.values())))
    return loading.intake()


class _Loading:
    """Reads the sources of a profile one after another, and puts together what they gave."""

    def __init__(
        self, folder: Path, lines: Corrections, tell: Progress, uses: Counter[Path]
    ) -> None:
        self._folder, self._corrections, self._tell = folder, lines, tell
        self._uses = uses
        self._rows: dict[str, list[Record]] = {table: [] for table in TABLES}
        self._details: list[Detail] = []
        self._problems: list[Problem] = []
        self._mapped: set[str] = set()
        self._opened: dict[Path, Opened] = {}
        self._inputs: dict[str, Input] = {}
        self._row_counts: dict[str, dict[str, int]] = {}  # by file and sheet
        self._accounts: list[Reconciliation] = []
        self._layouts: list[Layout] = []

    def read(self, name: str, source: Source, paths: Sequence[Path]) -> None:
        """Read every file of a source; a file that cannot be read is a problem."""
        if not paths:
            self._problems.append(_nothing_found(self._folder, source, self._uses))
        sheets: list[Sheet] = []
        for path in paths:
            file = _called(path, self._folder)
            self._tell(file)
            try:
                opened = self._open(path, file)
                found = opened.sheets(file, source.sheet, wanted(source))
            except Fault as fault:
                self._problems.append(
                    Problem(fault.rule, Place(file, row=fault.row), fault.message)
                )
                continue
            for sheet in found:
                self._take(sheet, source)
            sheets += found
            self._uses[path] -= 1
            if not self._uses[path]:
                opened.close()
        self._layouts.append(layout(name, source, sheets))

    def tell_unread(self, named: frozenset[Path]) -> None:
        """Warn of files that stand beside the exports and that no source names."""
        for place in sorted({path.parent for path in named} - {self._folder}):
            for path in sorted(place.iterdir()):
                if path.is_file() and path not in named and not path.name.startswith(_OUR_OWN):
                    file = path.relative_to(self._folder).as_posix()
                    message = "no source's files fit its name"
                    self._problems.append(Problem(rules.UNREAD_FILE, Place(file), message))

    def _open(self, path: Path, file: str) -> Opened:
        """The file, opened once however many sources read it; a copy of another is refused."""
        if path not in self._opened:
            opened = open_file(path)
            twin = next((p for p, o in self._opened.items() if o.sha256 == opened.sha256), None)
            if twin is not None:
                other = _called(twin, self._folder)
                # A copy of a file that was read already would count every row twice.
                raise Fault(rules.SAME_FILE, f"it is the same, byte for byte, as {other}")
            self._opened[path] = opened
            self._inputs[file] = Input(file, opened.sha256, 0)
        return self._opened[path]

    def _take(self, sheet: Sheet, source: Source) -> None:
        """Add what one sheet gives."""
        found = normalise(sheet, source, self._corrections)
        self._rows[source.table] += found.records
        self._details += found.details
        slipped = (_slipped(sheet, number, said) for number, said in sheet.ragged)
        self._problems += [*slipped, *found.problems]
        self._problems += [*unseen(sheet, source), *differing(sheet, source)]
        self._mapped |= found.mapped
        # A sheet can be read by several sources, and its rows stand there once all the same.
        held = self._row_counts.setdefault(sheet.file, {})
        held[sheet.name] = max(held.get(sheet.name, 0), len(sheet.rows))
        read = self._inputs[sheet.file]
        self._inputs[sheet.file] = replace(read, rows=sum(held.values()))
        self._accounts.append(_account(sheet, found))

    def intake(self) -> Intake:
        """Everything that was read, joined up, and spelt one way."""
        complaints = [c for c in self._rows["complaints"] if isinstance(c, Complaint)]
        filled, differ = filled_in(complaints, self._details)
        rows, circles = joined({**self._rows, "complaints": filled})
        rows["awards"] = at_last_stages(rows["awards"], rows["complaints"])
        self._problems += [*differ, *circles, *self._corrections.problems()]
        records = Records(
            **{table: tuple(one_spelling(table, found)) for table, found in rows.items()},  # type: ignore[arg-type]
            mapped=frozenset(self._mapped),
            inputs=tuple(self._inputs.values()),
            tables=frozenset(name.partition(".")[0] for name in self._mapped),
        )
        return Intake(
            records,
            tuple(dict.fromkeys(self._problems)),
            tuple(self._accounts),
            self._corrections.applied,
            tuple(self._layouts),
        )


def _called(path: Path, folder: Path) -> str:
    """A file's name as it is printed: bytes that are no letters cannot be."""
    name = path.relative_to(folder).as_posix()
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _nothing_found(folder: Path, source: Source, read: Collection[Path]) -> Problem:
    """A warning for a table that can be missing. Raises CannotRun for the complaints themselves.

    What another source reads does not stand in the place of a table that can be missing.
    """
    is_needed = source.table == "complaints" and source.shape != "child"
    wanted = " or ".join(source.files)
    near = {(folder / pattern).parent for pattern in source.files}
    files = [p for place in near if place.is_dir() for p in place.iterdir() if p.is_file()]
    left = files if is_needed else [path for path in files if path not in read]
    there = sorted(_called(path, path.parent) for path in left)
    held = f"in its place there is {', '.join(there)}" if there else "there is nothing in its place"
    if is_needed:
        raise CannotRun(
            f"There is no export {wanted} in {folder}; {held}.",
            "Put the export there, or change the source's files in profile.toml.",
        )
    return Problem(rules.NO_OPTIONAL_FILE, Place(wanted), f"no such file was found; {held}")


def _paths(folder: Path, source: Source) -> list[Path]:
    """The files a source names, each once, in order of name; Excel's own lock files are none."""
    found = {path for pattern in source.files for path in folder.glob(pattern)}
    return sorted(p for p in found if p.is_file() and not p.name.startswith("~$"))


def _slipped(sheet: Sheet, row: int, said: str) -> Problem:
    """A row of text that cannot be read; the rows around it can."""
    return Problem(rules.RAGGED, Place(sheet.file, sheet.name, row), said)


def _account(sheet: Sheet, found: Normalised) -> Reconciliation:
    held: Sequence[Record | Detail] = found.records or found.details
    used = {record.place.row for record in held} | found.passed_over.keys()
    lost = sum(number not in used for number, _ in sheet.rows)
    passed = Counter(found.passed_over.values())
    return Reconciliation(sheet.file, sheet.name, sheet.how, sheet.kinds, len(held), passed, lost)
