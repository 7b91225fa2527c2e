"""Each sample's figures and words, held against the ones that were read and agreed.

After a change that is meant, write them anew with ``HCREPORT_UPDATE_GOLDEN=1`` and read the diff
before committing it.
"""

from __future__ import annotations

import difflib
import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from tests.projects import SAMPLES, hcreport, kept, sample_files, sample_run
from tests.word import Word, text_of

if TYPE_CHECKING:
    from collections.abc import Iterable

GOLDEN = Path(__file__).parent / "golden"
UPDATE = "HCREPORT_UPDATE_GOLDEN"
# Lines of a difference that are shown before the rest are only counted.
SHOWN = 20
EVERY_SAMPLE = pytest.mark.parametrize("sample", SAMPLES, ids=lambda folder: folder.name)


def figures_in_lines(content: bytes) -> str:
    """figures.json with one figure a line, so that a difference is a line.

    Label and definition stand with the figure's whole only; its groups say the same.
    """
    given: dict[str, Any] = json.loads(content)
    lines = []
    for figure in given.pop("figures"):
        if figure["group"]:
            del figure["label"], figure["definition"]
        lines.append(json.dumps(figure, ensure_ascii=False))
    head = json.dumps(given, ensure_ascii=False, indent=1).removesuffix("\n}")
    return f"{head},\n" + ' "figures": [\n' + ",\n".join(lines) + "\n]}\n"


def report_in_lines(content: bytes) -> str:
    """The report in reading order: headers and footers, then a paragraph or a table row a line."""
    word = Word.of(content)
    stories = sorted(n for n in word.stories if n != "word/document.xml")
    lines = [f"{Path(name).stem}: {text_of(word.part(name))}".strip() for name in stories]
    return "\n".join([*lines, *word.lines()]) + "\n"


def difference(golden: str, built: str, name: str) -> str:
    """What changed, line by line, in few lines."""
    changes = [
        line
        for line in difflib.unified_diff(golden.splitlines(), built.splitlines(), n=0, lineterm="")
        if not line.startswith(("---", "+++", "@@"))
    ]
    more = f"\n  and {len(changes) - SHOWN} more" if len(changes) > SHOWN else ""
    listed = "\n".join(f"  {shortened(line)}" for line in changes[:SHOWN])
    return (
        f"{name} is not what was agreed ({len(changes)} lines: - agreed, + built):\n"
        f"{listed}{more}\n"
        f"If that is meant: {UPDATE}=1 python -m pytest tests/test_golden.py, and read the diff."
    )


def shortened(line: str, most: int = 240) -> str:
    """A line that fits a terminal."""
    return line if len(line) <= most else f"{line[:most]}…"


def must_equal_golden(sample: Path, name: str, built: str) -> None:
    """Compare a text with the one on file, or put it there if that was asked for."""
    path = GOLDEN / sample.name / name
    if os.environ.get(UPDATE):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(built, encoding="utf-8", newline="\n")
    golden = path.read_text(encoding="utf-8") if path.is_file() else ""
    if built != golden:
        pytest.fail(difference(golden, built, name), pytrace=False)


@EVERY_SAMPLE
def test_the_figures_are_the_ones_agreed(sample: Path) -> None:
    """Every figure of a sample, whole and by group, with bases and definitions, is as agreed."""
    built = figures_in_lines(sample_files(sample)["figures.json"])
    must_equal_golden(sample, "figures.json", built)


@EVERY_SAMPLE
def test_the_words_are_the_ones_agreed(sample: Path) -> None:
    """Every paragraph, table row and text alternative of a sample's report is as agreed."""
    must_equal_golden(sample, "report.txt", report_in_lines(sample_files(sample)["report.docx"]))


@EVERY_SAMPLE
def test_the_summary_says_what_was_agreed(sample: Path) -> None:
    """So are those of the summary for residents."""
    must_equal_golden(sample, "summary.txt", report_in_lines(sample_files(sample)["summary.docx"]))


@EVERY_SAMPLE
def test_the_golden_figures_are_json(sample: Path) -> None:
    """The golden file can be read by a program, and holds a line for each figure and group."""
    golden = json.loads((GOLDEN / sample.name / "figures.json").read_text(encoding="utf-8"))
    built = json.loads(sample_files(sample)["figures.json"])
    assert len(golden["figures"]) == len(built["figures"])
    assert golden["schema"] == "hcreport.figures/1"


def test_a_difference_is_short_and_says_what_to_do() -> None:
    """A failure shows the lines that changed, not too many of them, and how to agree to them."""
    agreed = [f"line {n}" for n in range(100)]
    built = [*agreed[:3], "another", *agreed[4:]]
    said = difference("\n".join(agreed), "\n".join(built), "report.txt").splitlines()
    assert said[1:3] == ["  -line 3", "  +another"]
    assert len(said) == 4
    assert UPDATE in said[-1]
    assert len(difference("", text(agreed), "report.txt").splitlines()) == SHOWN + 3


def text(lines: Iterable[str]) -> str:
    """Lines as a file has them."""
    return "\n".join(lines) + "\n"


@EVERY_SAMPLE
def test_the_build_keeps_what_is_expected(tmp_path: Path, sample: Path) -> None:
    """A sample's figures, records and settings are those committed beside it."""
    expected = sample / "expected"
    if os.environ.get(UPDATE):
        kept(sample_run(sample), expected)
    ran = hcreport("diff", expected, kept(sample_run(sample), tmp_path / "built"))
    assert ran.status == 0, ran.out
