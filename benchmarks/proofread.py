"""Scores ``hcreport proofread`` on texts by somebody who had not seen its code.

    python benchmarks/proofread.py [--misses] [--json]

The texts in ``proofreading/`` mark every figure statement: ``{64%}`` is right, ``{!59%|64%}``
wrong (what stands there, and what it should be), ``{?12}`` beyond what the figures know. A word
alone, ``{!rose|fell}``, is found where a number of its sentence is called wrong. Each text is made
into a Word file and read by the command's own code against the sample's figures.
"""

from __future__ import annotations

import argparse
import io
import json
import re
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import docx
from contest import ROOT

from hcreport import pipeline
from hcreport.proofread import passages
from hcreport.proofread.claims import Outcome
from hcreport.proofread.numbers import numbers
from hcreport.proofread.proof import Found
from hcreport.proofread.reading import Reader

TEXTS = Path(__file__).parent / "proofreading"
SAMPLES = {"brent": "brent-2023-24", "hillingdon": "hillingdon-2023-24"}
MARK = re.compile(r"\{([!?]?)([^|{}]*)(?:\|([^{}]*))?\}")
RIGHT, WRONG, UNKNOWN = "", "!", "?"
COLUMNS = ("planted", "found", "mended", "near", "right", "alarms", "beyond", "strays")


@dataclass(frozen=True)
class Marked:
    """A figure statement of a text: its kind, where it stands in its line, what it should be."""

    kind: str
    start: int
    end: int
    text: str
    should_be: str = ""


@dataclass
class Score:
    """What was found of the planted errors, and what right numbers were called wrong."""

    planted: int = 0
    found: int = 0
    mended: int = 0
    near: int = 0
    right: int = 0
    alarms: int = 0
    beyond: int = 0
    strays: int = 0
    missed: list[str] = field(default_factory=list)
    false: list[str] = field(default_factory=list)

    def add(self, other: Score) -> None:
        """Add another text's score."""
        for name in COLUMNS:
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.missed += other.missed
        self.false += other.false


def plain(line: str) -> tuple[str, list[Marked]]:
    """A line as it reads, and its marks."""
    said, marks, at = "", [], 0
    for mark in MARK.finditer(line):
        said += line[at : mark.start()]
        end = len(said) + len(mark[2])
        marks.append(Marked(mark[1], len(said), end, mark[2], mark[3] or ""))
        said += mark[2]
        at = mark.end()
    return said + line[at:], marks


def cells(line: str) -> list[str]:
    """The cells of a row of a table; a mark may hold the sign that parts them."""
    held: list[str] = []

    def keep(mark: re.Match[str]) -> str:
        held.append(mark[0])
        return f"\x00{len(held) - 1}\x00"

    parts = MARK.sub(keep, line.strip().strip("|")).split("|")
    return [re.sub(r"\x00(\d+)\x00", lambda m: held[int(m[1])], part).strip() for part in parts]


@dataclass
class Making:
    """A Word file in the making, and its lines in their order with their marks."""

    document: Any = field(default_factory=docx.Document)
    lines: list[tuple[str, list[Marked]]] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)

    def add(self, text: str) -> None:
        """Add a line of Markdown."""
        if text.startswith("|"):
            if not re.fullmatch(r"[|:\- ]+", text):
                self.rows.append(cells(text))
            return
        self.table()
        if heading := re.match(r"(#+) (.*)", text):
            self.line(heading[2], f"Heading {len(heading[1])}")
        elif text.startswith("- "):
            self.line(text[2:], "List Bullet")
        elif text.strip():
            self.line(text, "Caption" if re.match(r"(Table|Figure) \d+", text) else None)

    def line(self, text: str, style: str | None) -> None:
        """Add a paragraph."""
        self.document.add_paragraph(self.said(text), style)

    def said(self, text: str) -> str:
        """What a text says; its marks are noted."""
        said, marks = plain(text.replace("**", ""))
        self.lines.append((said, marks))
        return said

    def table(self) -> None:
        """Add the rows that have gathered, as a table."""
        if self.rows:
            grid = self.document.add_table(len(self.rows), max(map(len, self.rows)))
            for row, texts in zip(grid.rows, self.rows, strict=True):
                for cell, text in zip(row.cells, texts, strict=False):
                    cell.text = self.said(text)
            self.rows.clear()


def made(source: str) -> tuple[bytes, list[tuple[str, list[Marked]]]]:
    """A text as a Word file, and its lines in the order of the file with their marks."""
    making, out = Making(), io.BytesIO()
    for text in [*source.splitlines(), ""]:
        making.add(text)
    making.document.save(out)
    return out.getvalue(), making.lines


def score(text: Path, reader: Reader) -> Score:
    """Read one text and compare what was found with its marks."""
    content, lines = made(text.read_text(encoding="utf-8"))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "text.docx"
        path.write_bytes(content)
        proof = reader.document(passages.read(path).blocks)
    # Cells that read alike are told apart by their order.
    read: dict[str, dict[int, list[Found]]] = {}
    for found in proof.found:
        spans = read.setdefault(found.passage.text, {}).setdefault(id(found.passage), [])
        if found.outcome is Outcome.WRONG:
            spans.append(found)
    waiting = {said: iter(each.values()) for said, each in read.items()}
    result = Score()
    for said, marks in lines:
        wrong = next(waiting[said], []) if said in waiting else []
        _compare(result, said, marks, wrong, text.stem)
    return result


def _compare(result: Score, said: str, marks: list[Marked], wrong: list[Found], name: str) -> None:
    spans = list(_sentences(said))
    for mark in marks:
        over = [f for f in wrong if f.start < mark.end and f.end > mark.start]
        hit = bool(over)
        begin, end = next(s for s in spans if s[0] <= mark.start < s[1])
        beside = any(begin <= f.start < end for f in wrong)
        place = f"{name}: {said[begin:end].strip()} [{mark.text}]"
        if mark.kind == WRONG:
            is_worded = not any(n.start < mark.end and n.end > mark.start for n in numbers(said))
            hit = hit or (is_worded and beside)  # "rose": its number is what can be called wrong
            result.planted += 1
            result.found += hit
            result.mended += any(_says(f.verdict.should_be, mark.should_be) for f in over)
            result.near += beside and not hit
            result.missed += [] if hit or beside else [place]
        elif mark.kind == RIGHT:
            result.right += 1
            planted = any(m.kind == WRONG and begin <= m.start < end for m in marks)
            if hit and not planted:
                result.alarms += 1
                result.false.append(place)
        else:
            result.beyond += 1
            result.strays += hit
            result.false += [place] if hit else []


def _says(should_be: str, value: str) -> bool:
    """Whether a correction names a value, as exactly as the text would state it."""
    named = numbers(should_be)
    return any(n.agrees(m.value) for n in numbers(value) for m in named) or value in should_be


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    at = 0
    for stop in re.finditer(r"[.!?](?=\s)|$", text):
        yield at, max(stop.end(), at + 1)
        at = stop.end()


def measured() -> dict[str, Any]:
    """Every text's score and the whole."""
    whole, each = Score(), {}
    for prefix, sample in SAMPLES.items():
        source = pipeline.proof_source(pipeline.compute(ROOT / "sample_data" / sample))
        for text in sorted(TEXTS.glob(f"{prefix}-*.md")):
            each[text.stem] = score(text, Reader(source))
            whole.add(each[text.stem])
    return {"texts": each, "whole": whole}


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--misses", action="store_true", help="list what was missed")
    parser.add_argument("--json", action="store_true", help="print JSON")
    chosen = parser.parse_args()
    found = measured()
    if chosen.json:
        print(
            json.dumps({n: vars(s) for n, s in {**found["texts"], "whole": found["whole"]}.items()})
        )
        return
    print("text          " + "".join(f"{name:>8}" for name in COLUMNS))
    for name, one in {**found["texts"], "whole": found["whole"]}.items():
        print(f"{name:<14}" + "".join(f"{getattr(one, column):>8}" for column in COLUMNS))
    if chosen.misses:
        print("\nMissed", *found["whole"].missed, sep="\n  ")
        print("\nFalse alarms", *found["whole"].false, sep="\n  ")


if __name__ == "__main__":
    main()
