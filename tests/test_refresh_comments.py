"""Refresh: what people wrote in comments is still there, whatever the data adds or drops."""

from __future__ import annotations

import copy
import io
import json
import subprocess
from functools import cache
from typing import TYPE_CHECKING

import docx
import pytest
from docx.text.paragraph import Paragraph
from docx.text.run import Run
from tests import edits
from tests.edits import Parts
from tests.projects import complaint
from tests.test_refresh import (
    after,
    before,
    made,
    refreshed,
    rows_after,
    rows_before,
    today,
    today_of,
)
from tests.test_refresh_tables import SERVICES, rows_in, table_of
from tests.test_word import validator
from tests.word import W, rows_of, text_of

from hcreport import pipeline
from hcreport.refresh.account import Did

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.test_refresh import Result
    from tests.word import Element

    from hcreport.refresh.ours import Ours

    Place = Callable[[Parts], tuple[Element, Element]]

GLANCE = "tables.at_a_glance"
SHARES = "there were 3 for Repairs"


def commented(content: bytes, place: Place) -> bytes:
    """A report with a comment, as Word hangs it on the runs from one to another."""
    document = docx.Document(io.BytesIO(content))
    found = place(Parts(content, {"word/document.xml": document.element}))
    first, last = (Run(run, Paragraph(run.getparent(), document._body)) for run in found)
    document.add_comment([first, last], text="Is this so?", author="A reader", initials="AR")
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def anchors(content: bytes) -> list[str]:
    """What of a comment there is, in the order of the document."""
    names = ("commentRangeStart", "commentRangeEnd", "commentReference")
    found = Parts.of(content).body.iter(*(f"{W}{name}" for name in names))
    return [str(element.tag).removeprefix(W) for element in found]


def about(content: bytes) -> str:
    """What the comment is about."""
    said, is_in = "", False
    for element in Parts.of(content).body.iter():
        is_in = is_in or element.tag == f"{W}commentRangeStart"
        is_in = is_in and element.tag != f"{W}commentRangeEnd"
        said += (element.text or "") if is_in and element.tag == f"{W}t" else ""
    return said


def _runs(element: Element) -> list[Element]:
    return list(element.iter(f"{W}r"))


def sentence(words: str) -> Place:
    """A whole sentence."""

    def place(parts: Parts) -> tuple[Element, Element]:
        runs = _runs(parts.paragraph(words))
        return runs[0], runs[-1]

    return place


def sentences(first: str, last: str) -> Place:
    """From one sentence to another."""
    return lambda parts: (_runs(parts.paragraph(first))[0], _runs(parts.paragraph(last))[-1])


def cell(tag: str, row: int, column: int) -> Place:
    """A cell of a table."""

    def place(parts: Parts) -> tuple[Element, Element]:
        runs = _runs(table_of(parts, tag).findall(f"{W}tr")[row].findall(f"{W}tc")[column])
        return runs[0], runs[-1]

    return place


@cache
def alone() -> Ours:
    """One complaint about repairs: no sentence compares services, no row is about lettings."""
    return today_of(pipeline.compute(made([complaint(1)])))


def is_kept(content: bytes, by: Callable[[], Ours] = today, *take: str) -> Result:
    """Refresh a report with one comment: it is whole, and a second refresh changes nothing."""
    result = refreshed(content, *take, by=by)
    assert anchors(result.content) == ["commentRangeStart", "commentRangeEnd", "commentReference"]
    assert refreshed(result.content, by=by).content == result.content
    return result


# --- Words that the data drops ---


DROPPED: dict[str, tuple[str, str, Place]] = {
    "a sentence": ("commentary.volumes", "sentence", sentence(SHARES)),
    "from it on": ("commentary.volumes", "sentence", sentences(SHARES, "Response of the")),
    "up to it": ("commentary.volumes", "sentence", sentences("We received 4 stage 1", SHARES)),
    "a row": ("tables.at_a_glance", "row Stage 2 complaints received", cell(GLANCE, 2, 1)),
    "a row's label": ("tables.at_a_glance", "row Escalation rate", cell(GLANCE, 3, 0)),
    "a table": (SERVICES, "table", cell(SERVICES, 2, 1)),
    "a chart's caption": (
        "charts.received_by_service",
        "chart",
        sentence(": Complaints received by stage and service, 2023/24"),
    ),
}


@pytest.mark.parametrize("name", DROPPED)
def test_what_is_commented_on_is_left_to_a_person(name: str) -> None:
    """A sentence, a row, a table, a chart's caption that the data drops stays, and is told."""
    tag, part, place = DROPPED[name]
    content = commented(before(), place)
    result = is_kept(content, alone)
    (line,) = [x for x in result.account.of(Did.GONE) if (x.tag, x.part) == (tag, part)]
    assert about(result.content).startswith(about(content)[:3])
    removed = [(x.tag, x.part, x.was) for x in result.account.of(Did.REMOVED)]
    assert (tag, part, line.was) not in removed
    assert result.account.needs_a_person


def test_it_is_told_again_as_long_as_it_stands() -> None:
    """Somebody takes it out, with the comment; then there is nothing to tell."""
    result = is_kept(commented(before(), sentence(SHARES)), alone)
    again = refreshed(result.content, by=alone)
    assert "commentary.volumes" in again.did(Did.GONE)
    parts = Parts.of(result.content)
    edits.removed("there were 1 for Repairs")(parts)
    assert "commentary.volumes" not in refreshed(parts.whole(), by=alone).did(Did.GONE)


def test_what_nobody_commented_on_goes() -> None:
    """A comment that begins before it and ends after it is about what is left."""
    content = commented(before(), sentences("We received 4 stage 1", "Response of the"))
    result = is_kept(content, alone)
    assert not any(SHARES in line for line in result.word.lines())


def test_a_bookmark_that_begins_in_what_goes_is_left_whole() -> None:
    """Its beginning goes before the place where the sentence was."""
    parts = Parts.of(before())
    first, last = parts.paragraph(SHARES), parts.paragraph("Report sign off")
    first.append(edits.xml('<w:bookmarkStart w:id="9100" w:name="from_here"/>'))
    last.append(edits.xml('<w:bookmarkEnd w:id="9100"/>'))
    result = refreshed(parts.whole(), by=alone)
    assert not any(SHARES in line for line in result.word.lines())
    held = [e for e in result.parts.body.iter() if e.get(f"{W}id") == "9100"]
    assert [e.tag for e in held] == [f"{W}bookmarkStart", f"{W}bookmarkEnd"]


def test_so_is_one_that_begins_in_a_table_that_goes() -> None:
    """The table gives way to nothing, or to a statement that there is none."""
    parts = Parts.of(before())
    row = table_of(parts).findall(f"{W}tr")[1]
    next(row.iter(f"{W}p")).append(edits.xml('<w:bookmarkStart w:id="9100" w:name="from_here"/>'))
    last = parts.paragraph("Report sign off")
    last.append(edits.xml('<w:bookmarkEnd w:id="9100"/>'))
    result = refreshed(parts.whole(), by=alone)
    assert SERVICES in result.did(Did.REMOVED)
    held = [e for e in result.parts.body.iter() if e.get(f"{W}id") == "9100"]
    assert [e.tag for e in held] == [f"{W}bookmarkStart", f"{W}bookmarkEnd"]


def test_so_is_one_that_begins_in_a_paragraph_typed_into_a_cell_that_is_taken() -> None:
    """The paragraph goes with its words, the beginning stays in the cell."""
    parts = Parts.of(before())
    counted = table_of(parts).findall(f"{W}tr")[1].findall(f"{W}tc")[1]
    typed = edits.xml("<w:p><w:r><w:t>Counted by hand</w:t></w:r></w:p>")
    typed.insert(0, edits.xml('<w:bookmarkStart w:id="9100" w:name="from_here"/>'))
    counted.append(typed)
    parts.paragraph("Report sign off").append(edits.xml('<w:bookmarkEnd w:id="9100"/>'))
    result = refreshed(parts.whole(), SERVICES)
    assert not any("Counted by hand" in line for line in result.word.lines())
    held = [e for e in result.parts.body.iter() if e.get(f"{W}id") == "9100"]
    assert [e.tag for e in held] == [f"{W}bookmarkStart", f"{W}bookmarkEnd"]


# --- Words that are written anew ---


def test_a_comment_goes_with_a_sentence_that_is_written_anew() -> None:
    """It spans what the data says now."""
    result = is_kept(commented(before(), sentence("The uphold rate was 100% at both")))
    assert about(result.content) == text_of(result.parts.paragraph("The uphold rate was higher"))


@pytest.mark.parametrize("row", [1, 3])
def test_a_comment_stays_at_its_cell_when_ours_is_taken(row: int) -> None:
    """The table is made anew; the comment is about the same label and heading as before."""
    parts = Parts.of(commented(before(), cell(SERVICES, row, 1)))
    edits.cell(SERVICES, row, 2, "9")(parts)
    result = is_kept(parts.whole(), today, SERVICES)
    assert about(result.content) == {1: "1 (50%)", 3: "2"}[row]
    assert rows_in(result) == rows_of(table_of(Parts.of(after())))


def test_a_comment_at_a_row_that_ours_has_not_keeps_the_row() -> None:
    """Also where the table is taken: the comment is about what the row said."""
    parts = Parts.of(commented(before(), cell(SERVICES, 2, 1)))
    edits.cell(SERVICES, 1, 2, "9")(parts)
    result = is_kept(parts.whole(), today, SERVICES)
    assert about(result.content) == "1 (25%)"
    assert [line.part for line in result.account.of(Did.GONE)] == ["row Lettings"]


def test_a_comment_at_a_row_that_ours_has_not_goes_to_the_headings() -> None:
    """It is kept where a table of another shape is made anew, without its row."""
    parts = Parts.of(commented(before(), cell(SERVICES, 2, 1)))
    first = table_of(parts).findall(f"{W}tr")[1]
    first.addnext(copy.deepcopy(first))
    result = is_kept(parts.whole(), today, SERVICES)
    assert about(result.content) == "Stage 1"


@pytest.mark.parametrize(("column", "says"), [(1, "1"), (2, "May 2023")])
def test_a_comment_stays_when_columns_come_and_go(column: int, says: str) -> None:
    """The table is made anew with one column less."""
    content = commented(before(), cell("tables.received_by_month", 2, column))
    assert about(is_kept(content, alone).content) == says


def test_a_comment_on_a_statement_goes_to_the_table_that_came() -> None:
    """Somebody asked for the table; there it is."""
    rows = [*rows_after(), complaint(9, received="2023-03-01")]
    content = commented(before(), sentence("There is no balance for stage 1"))
    result = is_kept(content, lambda: today_of(pipeline.compute(made(rows))))
    assert "tables.reconciliation" in result.did(Did.ADDED)
    assert about(result.content) == rows_of(table_of(result.parts, "tables.reconciliation"))[0][0]


def test_a_row_that_comes_has_no_comment_of_its_neighbour() -> None:
    """A row is made like the one above it, and a comment is about one row."""
    rows = [*rows_before(), complaint(5, service="Estates")]
    content = commented(before(), cell(SERVICES, 1, 0))
    result = is_kept(content, lambda: today_of(pipeline.compute(made(rows))))
    assert about(result.content) == "Repairs"
    assert [row[0] for row in rows_in(result)] == [
        *("Service", "Repairs", "Estates", "Lettings", "Total"),
    ]


def test_every_such_report_is_a_valid_word_file(tmp_path: Path) -> None:
    """Sentences and rows that stay, tables made anew: by the Open XML schema."""
    program = validator()
    typed = Parts.of(commented(before(), cell(SERVICES, 2, 1)))
    edits.cell(SERVICES, 1, 2, "9")(typed)
    for content, by, take in (
        (commented(before(), sentences(SHARES, "The busiest month was")), alone, ""),
        (commented(before(), cell("tables.at_a_glance", 3, 0)), alone, ""),
        (commented(before(), cell("tables.received_by_month", 2, 2)), alone, ""),
        (typed.whole(), today, SERVICES),
    ):
        path = tmp_path / "report.docx"
        path.write_bytes(refreshed(content, *filter(None, [take]), by=by).content)
        ran = subprocess.run([program, str(path)], capture_output=True, text=True, check=False)
        assert json.loads(ran.stdout)["errors"] == []
