"""Every export of a project folder, read through its profile."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from hcreport.intake import rules
from hcreport.intake.normalise import normalise
from hcreport.intake.profile import spellings
from hcreport.intake.reading import Sheet, Wanted, read
from hcreport.intake.reading.kinds import Kind
from hcreport.intake.values import Fault, folded
from hcreport.problems import CannotRun, Place, Problem
from hcreport.records import REQUIRED, TABLES, FieldKind, Input, Record, Records, specs

if TYPE_CHECKING:
    from pathlib import Path

    from hcreport.intake.profile import Profile, Source

Progress = Callable[[str], None]


@dataclass(frozen=True)
class Reconciliation:
    """How the rows of one file are accounted for.

    ``kinds`` counts them by what they are (case, blank, heading, total, footer) and adds up to all
    of them; ``records`` is what the cases gave, and ``set_aside`` the cases that gave nothing.
    """

    file: str
    how: str
    kinds: Mapping[str, int]
    records: int
    set_aside: int

    @property
    def cases(self) -> int:
        """The rows that are cases."""
        return self.kinds["case"]


@dataclass(frozen=True)
class Intake:
    """What reading gave: the records, the problems met, and where every row went."""

    records: Records
    problems: tuple[Problem, ...]
    reconciliation: tuple[Reconciliation, ...]


def load(folder: Path, profile: Profile, tell: Progress = lambda _: None) -> Intake:
    """Read every source of a profile. ``tell`` is told each file's name as its turn comes.

    Raises CannotRun when there is no export of complaints.
    """
    rows: dict[str, list[Record]] = {table: [] for table in TABLES}
    problems: list[Problem] = []
    mapped: set[str] = set()
    inputs: list[Input] = []
    accounts: list[Reconciliation] = []
    for source in profile.sources.values():
        paths = _paths(folder, source)
        if not paths:
            problems.append(_nothing_found(folder, source))
        for path in paths:
            file = path.relative_to(folder).as_posix()
            tell(file)
            try:
                sheet = read(path, file, source.sheet, wanted(source))
                _refuse_twin(sheet.sha256, file, inputs)
            except Fault as fault:
                problems.append(Problem(fault.rule, Place(file, row=fault.row), fault.message))
                continue
            found = normalise(sheet, source)
            rows[source.table] += found.records
            problems += found.problems
            mapped |= found.mapped
            inputs.append(Input(file, sheet.sha256, len(sheet.rows)))
            problems += unseen(sheet, source)
            accounts.append(_account(sheet, found.records))
    records = Records(
        **{table: tuple(one_spelling(table, found)) for table, found in rows.items()},  # type: ignore[arg-type]
        mapped=frozenset(mapped),
        inputs=tuple(inputs),
        tables=frozenset(name.partition(".")[0] for name in mapped),
    )
    return Intake(records, tuple(problems), tuple(accounts))


def _nothing_found(folder: Path, source: Source) -> Problem:
    """A warning for a table that can be missing. Raises CannotRun for the complaints themselves."""
    wanted = " or ".join(source.files)
    near = {(folder / pattern).parent for pattern in source.files}
    there = sorted(
        p.name for place in near if place.is_dir() for p in place.iterdir() if p.is_file()
    )
    held = f"in its place there is {', '.join(there)}" if there else "there is nothing in its place"
    if source.table == "complaints":
        raise CannotRun(
            f"There is no export {wanted} in {folder}; {held}.",
            "Put the export there, or change the source's files in profile.toml.",
        )
    return Problem(rules.NO_OPTIONAL_FILE, Place(wanted), f"no such file was found; {held}")


def _refuse_twin(sha256: str, file: str, inputs: list[Input]) -> None:
    """A copy of a file that was read already would count every row twice."""
    twin = next((i.file for i in inputs if i.sha256 == sha256 and i.file != file), None)
    if twin is not None:
        raise Fault(rules.SAME_FILE, f"it is the same, byte for byte, as {twin}")


def one_spelling(table: str, records: list[Record]) -> list[Record]:
    """The records with each category spelt one way, whichever file or stage it came from.

    Words that differ in capitals only are one value. It is printed as it is most often written;
    of two spellings as frequent, the first in order.
    """
    chosen: dict[str, dict[str, str]] = {}
    for spec in specs(table):
        if spec.kind is FieldKind.CATEGORY:
            written = Counter(v for r in records if (v := getattr(r, spec.name)) is not None)
            ranked = sorted(written, key=lambda text: (-written[text], text))
            best: dict[str, str] = {}
            for text in ranked:
                best.setdefault(folded(text), text)
            chosen[spec.name] = {t: b for t in written if (b := best[folded(t)]) != t}
    if not any(chosen.values()):
        return records
    return [_respelt(record, chosen) for record in records]


def _respelt(record: Record, chosen: dict[str, dict[str, str]]) -> Record:
    held = {name: spelling.get(getattr(record, name)) for name, spelling in chosen.items()}
    changed: dict[str, Any] = {name: value for name, value in held.items() if value is not None}
    return replace(record, **changed) if changed else record


def _paths(folder: Path, source: Source) -> list[Path]:
    """The files a source names, each once, in order of name; Excel's own lock files are none."""
    found = {path for pattern in source.files for path in folder.glob(pattern)}
    return sorted(p for p in found if p.is_file() and not p.name.startswith("~$"))


def wanted(source: Source) -> Wanted:
    """The headings a source names, and those of its reference, folded."""
    named: dict[str, set[str]] = {}
    for _, headings in source.stages():
        for name, given in headings.items():
            named.setdefault(name, set()).update(map(folded, spellings(given)))
    kinds = {spec.name: spec.kind for spec in specs(source.table)}
    sums = {FieldKind.MONEY, FieldKind.NUMBER}
    key = REQUIRED[source.table][0]
    return Wanted(
        headings=frozenset().union(*named.values()),
        keys=frozenset(named.get(key, ())) if kinds[key] is FieldKind.REFERENCE else frozenset(),
        once=frozenset().union(*(h for name, h in named.items() if kinds[name] in sums)),
    )


def unseen(sheet: Sheet, source: Source) -> Iterator[Problem]:
    """What a person sees otherwise than the program does: hidden rows, and files that hide them."""
    if sheet.how in {Kind.OLD.value, Kind.BINARY.value}:
        yield Problem(rules.OLD_KIND, Place(sheet.file, sheet.name), f"it is a {sheet.how}")
    if sheet.hidden and not source.read_hidden:
        first, number = sheet.hidden[0], len(sheet.hidden)
        how = "a filter hides" if sheet.filtered else "somebody has hidden"
        rows = "this row" if number == 1 else f"this row and {number - 1} more"
        place = Place(sheet.file, sheet.name, first)
        yield Problem(rules.HIDDEN_ROWS, place, f"{how} {rows}")


def _account(sheet: Sheet, records: list[Record]) -> Reconciliation:
    numbers = {record.place.row for record in records}
    lost = sum(number not in numbers for number, _ in sheet.rows)
    return Reconciliation(sheet.file, sheet.how, sheet.kinds, len(records), lost)
