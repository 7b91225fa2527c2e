"""Times ``hcreport check`` on a large workbook against calamine's reading of its cells alone.

    python benchmarks/reading.py [--runs 7] [--rows 50000] [--shape long|wide] [--json]

Each run is a whole process: the interpreter starts, everything is imported, and then calamine hands
over the cells, or ``hcreport`` reads, normalises and checks them and works out every figure.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from contest import Contender, ratios, take_turns, told

HERE = Path(__file__).parent
OURS, THEIRS = "hcreport check", "calamine alone"
AT_MOST = 4
CALAMINE = (
    "from python_calamine import CalamineWorkbook; "
    "CalamineWorkbook.from_path({!r}).get_sheet_by_name('Cases').to_python()"
)


def measured(runs: int, rows: int, shape: str) -> dict[str, Any]:
    """Everything that is told, as plain data."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "project"
        # Apart, as a large process that starts another lends it its peak of memory.
        invent = [str(HERE / "invented.py"), str(folder), "--rows", str(rows), "--shape", shape]
        subprocess.run([sys.executable, *invent], check=True)
        workbook = folder / "exports" / "complaints.xlsx"
        rivals = {
            THEIRS: Contender([sys.executable, "-c", CALAMINE.format(str(workbook))]),
            OURS: Contender([sys.executable, "-m", "hcreport", "check", str(folder)]),
        }
        take_turns(rivals.values(), runs)
        size = workbook.stat().st_size
    ours, theirs = rivals[OURS], rivals[THEIRS]
    return {
        "runs": runs,
        "workbook": {"rows": rows, "shape": shape, "bytes": size},
        "contenders": {
            name: {
                "seconds": told(rival.seconds),
                "processor_seconds": told(rival.processor),
                "peak_megabytes": told(rival.memory),
            }
            for name, rival in rivals.items()
        },
        "ratio": {
            "seconds": ratios(ours.seconds, theirs.seconds),
            "processor_seconds": ratios(ours.processor, theirs.processor),
            "peak_megabytes": ratios(ours.memory, theirs.memory),
        },
    }


def show(found: dict[str, Any]) -> None:
    """Print the tables."""
    book = found["workbook"]
    size = book["bytes"] / 1_000_000
    print(f"{book['rows']:,} rows of 20 columns, {book['shape']}, {size:.1f} MB")
    print(f"{found['runs']} runs each, in turn, after one to warm up")
    kinds = {
        "seconds": "Seconds by the clock",
        "processor_seconds": "Seconds of the processor",
        "peak_megabytes": "Peak of memory, MB",
    }
    for kind, title in kinds.items():
        print(f"\n{title:<26}{'min':>8}{'median':>9}{'max':>9}")
        for name, one in found["contenders"].items():
            print(f"{name:<26}{_three(one[kind])}")
        print(f"{'ratio within a pair':<26}{_three(found['ratio'][kind])}")
    print(f"\nThe aim: a median ratio of at most {AT_MOST}, in time and in memory.")


def _three(numbers: dict[str, Any]) -> str:
    return f"{numbers['min']:8.2f} {numbers['median']:8.2f} {numbers['max']:8.2f}"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--runs", type=int, default=7, help="pairs of runs (default 7)")
    parser.add_argument("--rows", type=int, default=50_000, help="rows (default 50,000)")
    parser.add_argument("--shape", choices=("long", "wide"), default="long")
    parser.add_argument("--json", action="store_true", help="print JSON, with every run")
    chosen = parser.parse_args()
    found = measured(max(1, chosen.runs), chosen.rows, chosen.shape)
    if chosen.json:
        print(json.dumps(found, indent=1))
    else:
        show(found)


if __name__ == "__main__":
    main()
