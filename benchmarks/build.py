"""Times ``hcreport build`` against a straightforward script that makes the same report.

    python benchmarks/build.py [--runs 7] [--json]

Each run is a whole process: the interpreter starts, everything is imported, read, counted, drawn
and written.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import docx
from contest import ROOT, Contender, ratios, take_turns, told
from docx.oxml.ns import qn
from docx.table import Table

HERE = Path(__file__).parent
SAMPLE = ROOT / "sample_data" / "brent-2023-24"
OURS, THEIRS = "hcreport build", "straightforward script"


@dataclass(kw_only=True)
class Report(Contender):
    """A command that writes a report into a folder."""

    output: Path


def contenders(folder: Path) -> dict[str, Report]:
    """Both commands, each with an output folder of its own."""
    ours, theirs = folder / "hcreport", folder / "straightforward"
    script = HERE / "straightforward" / "report.py"
    return {
        OURS: Report(
            [sys.executable, "-m", "hcreport", "build", str(SAMPLE), "--output", str(ours)],
            output=ours,
        ),
        THEIRS: Report([sys.executable, str(script), str(SAMPLE), str(theirs)], output=theirs),
    }


def contents(output: Path) -> dict[str, int | None]:
    """What a report holds, counted in its file."""
    path = output / "report.docx"
    report = docx.Document(str(path))
    with ZipFile(path) as archive:
        charts = sum(name.startswith("word/media/") for name in archive.namelist())
    body = report.element.body  # python-docx itself does not look into content controls
    inside = {p for table in body.iter(qn("w:tbl")) for p in table.iter(qn("w:p"))}
    paragraphs = [p for p in body.iter(qn("w:p")) if p not in inside]
    texts = ["".join(node.text or "" for node in p.iter(qn("w:t"))) for p in paragraphs]
    texts += [cell for table in cells(output) for row in table for cell in row]
    return {
        "pages": pages(path),
        "charts": charts,
        "tables": len(cells(output)),
        "paragraphs": len(paragraphs),
        "words": sum(len(text.split()) for text in texts),
    }


def cells(output: Path) -> list[list[list[str]]]:
    """The texts in a report's tables."""
    report = docx.Document(str(output / "report.docx"))
    tables = (Table(element, report) for element in report.element.body.iter(qn("w:tbl")))
    return [[[cell.text for cell in row.cells] for row in table.rows] for table in tables]


def pages(report: Path) -> int | None:
    """How many pages LibreOffice lays the report out on; None where it is not installed."""
    office, reader = shutil.which("soffice"), shutil.which("pdfinfo")
    if office is None or reader is None:
        return None
    with tempfile.TemporaryDirectory() as folder:
        convert = ["--headless", "--convert-to", "pdf", "--outdir", folder, str(report)]
        subprocess.run([office, *convert], capture_output=True, check=True)
        told = subprocess.run(
            [reader, str(Path(folder) / "report.pdf")], capture_output=True, text=True, check=True
        )
    return int(told.stdout.split("Pages:")[1].split()[0])


def alike(first: Path, second: Path) -> tuple[int, int]:
    """How many cells of the first report's tables say the same in the second, and of how many."""
    same = whole = 0
    others = cells(second)
    for number, table in enumerate(cells(first)):
        other = others[number] if number < len(others) else []
        for place, row in enumerate(table):
            there = other[place] if place < len(other) else []
            whole += len(row)
            same += sum(a == b for a, b in zip(row, there, strict=False))
    return same, whole


def measured(runs: int) -> dict[str, Any]:
    """Everything that is told, as plain data."""
    with tempfile.TemporaryDirectory() as folder:
        rivals = contenders(Path(folder))
        take_turns(rivals.values(), runs)
        ours, theirs = rivals[OURS], rivals[THEIRS]
        same, whole = alike(ours.output, theirs.output)
        return {
            "runs": runs,
            "contenders": {
                name: {
                    "seconds": told(rival.seconds),
                    "processor_seconds": told(rival.processor),
                    "report": contents(rival.output),
                }
                for name, rival in rivals.items()
            },
            "ratio": ratios(ours.seconds, theirs.seconds),
            "table_cells": {"same": same, "of": whole},
        }


def show(found: dict[str, Any]) -> None:
    """Print the tables."""
    names = list(found["contenders"])
    width = max(map(len, names))
    print(f"{found['runs']} runs each, in turn, after one to warm up\n")
    print(f"{'Seconds by the clock':<{width}}  {'min':>7}  {'median':>7}  {'max':>7}  {'CPU':>7}")
    for name, one in found["contenders"].items():
        seconds, processor = one["seconds"], one["processor_seconds"]["median"]
        numbers = (*(seconds[key] for key in ("min", "median", "max")), processor)
        print(f"{name:<{width}}  " + "  ".join(f"{number:7.3f}" for number in numbers))
    ratio = found["ratio"]
    print(
        f"\nRatio within a pair, hcreport to script: median {ratio['median']:.2f}, "
        f"from {ratio['min']:.2f} to {ratio['max']:.2f}"
    )
    kinds = list(found["contenders"][names[0]]["report"])
    print(f"\n{'In the report':<{width}}  " + "  ".join(f"{kind:>10}" for kind in kinds))
    for name, one in found["contenders"].items():
        counts = ("not known" if n is None else f"{n:,}" for n in one["report"].values())
        print(f"{name:<{width}}  " + "  ".join(f"{count:>10}" for count in counts))
    same = found["table_cells"]
    print(f"\n{same['same']:,} of {same['of']:,} table cells say the same in both.")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--runs", type=int, default=7, help="pairs of runs (default 7)")
    parser.add_argument("--json", action="store_true", help="print JSON, with every run")
    chosen = parser.parse_args()
    found = measured(max(1, chosen.runs))
    if chosen.json:
        print(json.dumps(found, indent=1))
    else:
        show(found)


if __name__ == "__main__":
    main()
