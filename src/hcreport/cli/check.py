"""``hcreport check``: read everything and say what is wrong with it, and where."""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from hcreport.cli.terminal import (
    FOUND,
    Folder,
    Quarter,
    To,
    Year,
    computed,
    counted,
    output_of,
    tell_withheld,
)
from hcreport.problems import CannotRun, Problem, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from hcreport.intake.corrections import Applied
    from hcreport.intake.load import Reconciliation
    from hcreport.pipeline import Run

# Places shown for each kind of problem before the rest are only counted.
SHOWN_PLACES = 5


def check(
    folder: Folder = Path(),
    *,
    year: Year = None,
    to: To = None,
    quarter: Quarter = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print the problems as JSON, for other programs.")
    ] = False,
) -> None:
    """Read everything and say what is wrong with it, and where.

    Ends with 1 if there are errors, which would stop a build.
    """
    from hcreport import pipeline  # noqa: PLC0415  (--help stays quick)

    run, missing = pipeline.with_templates(computed(folder, year, to, quarter))
    if as_json:
        print(json.dumps(_as_json(run), ensure_ascii=False, indent=1))
    else:
        print_problems(run.problems)
        if run.problems:
            print()
        _print_corrections(run)
        _print_reconciliation(run)
        tell_withheld(run)
        _print_unsupplied(missing)
        _keep_list(run)
        if not run.errors:
            print(f"\nNo errors. Next: hcreport build {folder}")
    if run.errors:
        raise typer.Exit(FOUND)


def print_problems(problems: Sequence[Problem]) -> None:
    """Problems grouped by rule, errors first, with the first places of each."""
    for lines in _grouped(problems):
        print("\n".join(lines))


def _grouped(problems: Sequence[Problem]) -> Iterator[list[str]]:
    order = list(Severity)
    rules = sorted({p.rule for p in problems}, key=lambda r: (order.index(r.severity), r.code))
    for rule in rules:
        met = [p for p in problems if p.rule == rule]
        alike: dict[tuple[str, str, str, str], list[Problem]] = {}
        for p in met:
            alike.setdefault((p.place.file, p.place.heading, p.value, p.message), []).append(p)
        lines = [f"{rule.severity.upper()} {rule.code} {rule.title} ({len(met):,})"]
        for same in list(alike.values())[:SHOWN_PLACES]:
            first = same[0]
            value = f" {first.value!r}" if first.value else ""
            more = f" (and in {counted(len(same) - 1, 'more row')})" if len(same) > 1 else ""
            lines.append(f"  {first.place}:{value} {first.message}{more}")
        if len(alike) > SHOWN_PLACES:
            lines.append(f"  and {len(alike) - SHOWN_PLACES:,} more")
        lines.append(f"  What to do: {rule.advice}")
        yield lines


def _keep_list(run: Run) -> None:
    """Write the problems as a workbook: where there are any, or a list of them stands there."""
    from hcreport import output  # noqa: PLC0415
    from hcreport.report import problems_xlsx  # noqa: PLC0415

    where, problems = output_of(run), run.problems
    path = where / problems_xlsx.NAME
    if not problems and not path.exists():
        return
    try:
        written = output.add(where, problems_xlsx.NAME, problems_xlsx.write(problems))
    except CannotRun as fault:
        print(f"\nNo list was written: {fault.message}", file=sys.stderr)
        return
    if written:
        print(f"\nListed row by row in {path}")
    else:
        print(f"\n{path} was edited and is left as it is; rename it for a new list.")


def _print_reconciliation(run: Run) -> None:
    """Where every row went: file by file, by what it is, then by standing."""
    from hcreport.derive.complaints import STANDINGS  # noqa: PLC0415
    from hcreport.records import STAGES  # noqa: PLC0415

    print("Rows read")
    accounts = run.intake.reconciliation
    files = Counter(a.file for a in accounts)
    for a in accounts:
        others = [f"{n:,} {kind}" for kind, n in a.kinds.items() if n and kind != "case"]
        besides = f" ({', '.join(others)} besides)" if others else ""
        lost = f", {a.set_aside:,} that could not be used" if a.set_aside else ""
        passed = "".join(
            f", {rows:,} left out as the profile says ({why})" for why, rows in a.left_out.items()
        )
        name = f"{a.file} › {a.sheet}" if files[a.file] > 1 and a.sheet else a.file
        print(f"  {name}: {counted(a.cases, 'case row')}{besides}")
        print(f"    read as {a.how}; gave {counted(a.records, 'record')}{passed}{lost}")
    for stage, label in STAGES.items():
        held = {s: n for (at, s), n in run.standings.items() if at == stage}
        parts = [f"{held[s]:,} {words.lower()}" for s, words in STANDINGS.items() if held.get(s)]
        if parts:
            print(f"  {label} complaints: {sum(held.values()):,}, of which {', '.join(parts)}")


def _print_unsupplied(missing: Sequence[str]) -> None:
    """What the report will have to say is not supplied."""
    if missing:
        print("\nNot supplied, and the report will say so")
        print("\n".join(f"  {name}" for name in missing))


def _print_corrections(run: Run) -> None:
    """The corrections that were applied, each with its cell."""
    applied = run.intake.corrections
    if applied:
        print(f"{counted(len(applied), 'correction')} applied")
        for a in applied:
            line = a.correction
            old, new = line.old or "blank", line.new or "blank"
            print(f"  {a.place}: {old!r} to {new!r} ({line.by}: {line.reason})")
        print()


def _as_json(run: Run) -> dict[str, object]:
    return {
        "schema": "hcreport.check/1",
        "problems": [problem_as_json(p) for p in run.problems],
        "corrections": [_correction(a) for a in run.intake.corrections],
        "reconciliation": [_rows(a) for a in run.intake.reconciliation],
    }


def problem_as_json(p: Problem) -> dict[str, object]:
    """A problem as JSON has it."""
    return {
        "code": p.rule.code,
        "severity": p.severity.value,
        "title": p.rule.title,
        "file": p.place.file,
        "sheet": p.place.sheet,
        "row": p.place.row or None,
        "heading": p.place.heading,
        "value": p.value,
        "message": p.message,
        "advice": p.rule.advice,
    }


def _correction(a: Applied) -> dict[str, object]:
    return {
        "file": a.place.file,
        "sheet": a.place.sheet,
        "row": a.place.row,
        "heading": a.place.heading,
        "field": a.correction.field,
        "old": a.correction.old,
        "new": a.correction.new,
        "reason": a.correction.reason,
        "by": a.correction.by,
    }


def _rows(a: Reconciliation) -> dict[str, object]:
    return {
        "file": a.file,
        "sheet": a.sheet,
        "how": a.how,
        "rows": dict(a.kinds),
        "records": a.records,
        "passed_over": a.passed_over,
        "set_aside": a.set_aside,
    }
