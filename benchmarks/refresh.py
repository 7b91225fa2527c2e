"""Times ``hcreport refresh`` against ``hcreport build``, and its own part against an empty start.

    python benchmarks/refresh.py [--runs 5] [--json]

Each run is a whole process, but for the second measure: putting the figures in, once the ledger
and the charts are there, beside starting Python with lxml and docx imported.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from contest import ROOT, Contender, ratios, take_turns, told

from hcreport import pipeline
from hcreport.refresh import refreshing
from hcreport.refresh.ours import Ours
from hcreport.refresh.package import Package
from hcreport.studio import Studio

SAMPLE = ROOT / "sample_data" / "brent-2023-24"
MARKS = 400


def edited(folder: Path) -> tuple[Path, Path]:
    """The sample's report as it was built, and the project narrowed to one of its services.

    So nearly every figure moves, and rows and sentences go.
    """
    project = Path(shutil.copytree(SAMPLE, folder / "project"))
    build = Contender([sys.executable, "-m", "hcreport", "build", str(project)])
    build.run(counted=False)
    report = Path(shutil.copy(project / "output" / "report.docx", folder / "edited.docx"))
    with (project / "report.toml").open("a", encoding="utf-8") as settings:
        settings.write('\n[scope.where]\nservice = ["Housing Management Property"]\n')
    return report, project


def commands(folder: Path, runs: int) -> dict[str, Any]:
    """The whole command beside a build."""
    report, project = edited(folder)
    python = [sys.executable, "-m", "hcreport"]
    target = str(folder / "out.docx")
    refresh = Contender(
        [*python, "refresh", str(report), str(project), "--output", target, "--overwrite"],
        answers=1,  # there may be something for a person to read
    )
    build = Contender([*python, "build", str(project), "--overwrite"])
    take_turns([refresh, build], runs)
    return {
        "refresh": told(refresh.seconds),
        "build": told(build.seconds),
        "ratio": ratios(refresh.seconds, build.seconds),
    }


def putting(folder: Path, runs: int) -> dict[str, Any]:
    """Putting the marks in, beside an empty start."""
    report, project = folder / "edited.docx", folder / "project"
    run = pipeline.compute(project)
    w = pipeline.writer(run)
    with Studio() as studio:
        content = pipeline.contents(run, w, studio)
        content.pictures()
    start = Contender([sys.executable, "-c", "import lxml.etree, docx"])
    start.run(counted=False)
    seconds, marks = [], 0
    for _ in range(runs):
        start.run()
        begun = time.perf_counter()
        done = refreshing.refresh(Package.of(report), Ours(w, content))
        seconds.append(time.perf_counter() - begun)
        marks = len(done.account.lines)
    scaled = [second * MARKS / marks for second in seconds]
    return {
        "marks": marks,
        "seconds": told(seconds),
        "start": told(start.seconds),
        "ratio_for_400": ratios(scaled, start.seconds),
    }


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--runs", type=int, default=5, help="pairs of runs (default 5)")
    parser.add_argument("--json", action="store_true", help="print JSON, with every run")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        whole = commands(folder, max(1, chosen.runs))
        part = putting(folder, max(1, chosen.runs))
    if chosen.json:
        print(json.dumps({"command": whole, "putting": part}, indent=1))
        return
    print(
        f"refresh {whole['refresh']['median']:.2f} s, build {whole['build']['median']:.2f} s: "
        f"ratio within a pair {whole['ratio']['median']:.2f}, "
        f"from {whole['ratio']['min']:.2f} to {whole['ratio']['max']:.2f} (aim: 1.2)"
    )
    print(
        f"{part['marks']} marks put in {part['seconds']['median']:.3f} s, an empty start "
        f"{part['start']['median']:.3f} s: for {MARKS} {part['ratio_for_400']['median']:.2f}, "
        f"from {part['ratio_for_400']['min']:.2f} to {part['ratio_for_400']['max']:.2f} (aim: 1.5)"
    )


if __name__ == "__main__":
    main()
