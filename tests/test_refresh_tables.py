"""Refresh: tables that people sorted, typed in, commented on, restyled."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from tests import edits
from tests.edits import Parts
from tests.projects import complaint
from tests.test_refresh import edited, made, refreshed, rows_before, today_of
from tests.word import W, rows_of

from hcreport import pipeline
from hcreport.refresh.account import Did

if TYPE_CHECKING:
    from tests.edits import Edit
    from tests.test_refresh import Result
    from tests.word import Element

    from hcreport.refresh.ours import Ours

SERVICES = "tables.received_by_service"


@cache
def more_lettings() -> Ours:
    """Another complaint about lettings: no row comes or goes."""
    rows = [*rows_before(), complaint(5, service="Lettings")]
    return today_of(pipeline.compute(made(rows)))


@cache
def and_estates() -> Ours:
    """One about estates: a row comes."""
    rows = [*rows_before(), complaint(5, service="Estates")]
    return today_of(pipeline.compute(made(rows)))


def table_of(parts: Parts, tag: str = SERVICES) -> Element:
    """A table of ours."""
    return next(parts.content_of(tag).iter(f"{W}tbl"))


def rows_in(result: Result, tag: str = SERVICES) -> list[list[str]]:
    """What a table's rows say."""
    return rows_of(table_of(result.parts, tag))


def lines_of(result: Result, *did: Did, tag: str = SERVICES) -> list[tuple[str, str, str, str]]:
    """What the account says of a table: which part of it, was, theirs and ours."""
    found = [line for line in result.account.of(*did) if line.tag == tag]
    return [(line.part, line.was, line.theirs, line.ours) for line in found]


def stays(result: Result, by: Ours) -> bool:
    """Whether a second refresh changes nothing, and says the same of what was left."""
    again = refreshed(result.content, by=lambda: by)
    left = [r.did(Did.KEPT, Did.GONE) for r in (again, result)]
    return again.content == result.content and left[0] == left[1]


# --- Rows in another order ---


def _swapped(parts: Parts) -> None:
    """Let the second row of a table stand before the first."""
    rows = table_of(parts).findall(f"{W}tr")
    rows[1].addprevious(rows[2])


def test_rows_sorted_by_hand_get_their_own_figures() -> None:
    """Each by its label, and they stay in the order that somebody gave them."""
    result = refreshed(edited(_swapped), by=more_lettings)
    assert [row[:2] for row in rows_in(result)[1:]] == [
        ["Lettings", "2 (40%)"],
        ["Repairs", "3 (60%)"],
        ["Total", "5"],
    ]
    assert lines_of(result, Did.KEPT) == []
    assert ("Lettings, Stage 1", "1 (25%)", "", "2 (40%)") in lines_of(result, Did.UPDATED)
    assert stays(result, more_lettings())


def test_a_row_comes_and_goes_among_sorted_ones() -> None:
    """The others keep the order that somebody gave them."""
    result = refreshed(edited(_swapped), by=and_estates)
    assert {row[0]: row[1] for row in rows_in(result)[1:]} == {
        "Lettings": "1 (20%)",
        "Repairs": "3 (60%)",
        "Estates": "1 (20%)",
        "Total": "5",
    }
    gone = refreshed(result.content)
    assert [row[0] for row in rows_in(gone)[1:]] == ["Repairs", "Estates", "Total"]


def test_a_cell_typed_in_a_sorted_row_is_told_under_its_own_name() -> None:
    """And its neighbours are updated."""
    change = edits.cell(SERVICES, 1, 1, "9")
    result = refreshed(edited(_swapped, change), by=more_lettings)
    assert lines_of(result, Did.KEPT) == [("Lettings, Stage 1", "1 (25%)", "9", "2 (40%)")]


def _columns_swapped(parts: Parts) -> None:
    for row in table_of(parts).findall(f"{W}tr"):
        cells = row.findall(f"{W}tc")
        cells[1].addprevious(cells[2])


def _sorted_and_renamed(parts: Parts) -> None:
    _swapped(parts)
    edits.cell(SERVICES, 1, 0, "Housing")(parts)
    edits.cell(SERVICES, 2, 0, "Mending")(parts)
    rows = table_of(parts).findall(f"{W}tr")
    rows[1].addprevious(rows[3])


def test_a_table_whose_labels_tell_nothing_is_left_whole() -> None:
    """Its columns changed places, or sorted rows were given other names."""
    changes: tuple[Edit, ...] = (_columns_swapped, _sorted_and_renamed)
    for change in changes:
        content = edited(change)
        result = refreshed(content, by=more_lettings)
        assert rows_in(result) == rows_of(table_of(Parts.of(content)))
        ((part, _, theirs, _),) = lines_of(result, Did.KEPT)
        assert (part, theirs[:21]) == ("table", "its rows or columns w")
        assert stays(result, more_lettings())


def test_a_row_that_moves_with_the_data_keeps_its_look() -> None:
    """The data sorts the services by number; the shading goes with the service."""

    def shade(parts: Parts) -> None:
        cell = table_of(parts).findall(f"{W}tr")[2].find(f"{W}tc/{W}tcPr")
        assert cell is not None
        cell.append(edits.xml('<w:shd w:val="clear" w:color="auto" w:fill="FFFF00"/>'))

    rows = [*rows_before(), *(complaint(n, service="Lettings") for n in (5, 6, 7))]
    result = refreshed(edited(shade), by=lambda: today_of(pipeline.compute(made(rows))))
    held = table_of(result.parts).findall(f"{W}tr")
    assert [row[0] for row in rows_in(result)[1:]] == ["Lettings", "Repairs", "Total"]
    assert [next(row.iter(f"{W}shd"), None) is not None for row in held[1:]] == [True, False, False]


# --- Cells and rows that were typed over or deleted ---


def test_a_cell_typed_with_todays_value_is_unchanged() -> None:
    """Somebody knew already; nothing is left to do, with changes tracked or without."""
    result = refreshed(edited(edits.cell(SERVICES, 1, 1, "3 (60%)")), by=more_lettings)
    assert lines_of(result, Did.KEPT) == []
    same = ("Repairs, Stage 1", "3 (75%)", "3 (60%)", "3 (60%)")
    assert lines_of(result, Did.UNCHANGED) == [same]
    assert stays(result, more_lettings())


def test_a_label_typed_with_todays_names_its_row() -> None:
    """The complaint was about estates after all: the row is not put in a second time."""
    result = refreshed(edited(edits.cell(SERVICES, 2, 0, "Estates")))
    assert [row[:2] for row in rows_in(result)[1:]] == [
        ["Repairs", "1 (50%)"],
        ["Estates", "1 (50%)"],
        ["Total", "2"],
    ]
    assert lines_of(result, Did.KEPT, Did.GONE, Did.ADDED) == []


def _struck(parts: Parts) -> None:
    """Delete a row with changes tracked."""
    row = table_of(parts).findall(f"{W}tr")[2]
    row.insert(0, edits.xml(f"<w:trPr><w:del {edits.WHO}/></w:trPr>"))
    for run in list(row.iter(f"{W}r")):
        change = edits.xml(f"<w:del {edits.WHO}/>")
        run.addprevious(change)
        change.append(run)
        for node in change.iter(f"{W}t"):
            node.tag = f"{W}delText"


def test_a_row_deleted_with_changes_tracked_is_told_by_its_name() -> None:
    """Once, not cell by cell; where the data drops it too, it is left for somebody to accept."""
    result = refreshed(edited(_struck), by=more_lettings)
    ours = "Lettings | 2 (40%) | 0 (0%) | 0%"
    told = ("row Lettings", "Lettings | 1 (25%) | 0 (0%) | 0%", "deleted", ours)
    assert lines_of(result, Did.KEPT) == [told]
    assert stays(result, more_lettings())
    gone = refreshed(edited(_struck))
    assert [line[0] for line in lines_of(gone, Did.GONE)] == ["row Lettings"]


def _merged_downwards(parts: Parts) -> None:
    """Merge two cells of a column, as Word does: the second says nothing any more."""
    cells = [row.findall(f"{W}tc")[3] for row in table_of(parts).findall(f"{W}tr")[1:3]]
    for cell, how in zip(cells, ("restart", "continue"), strict=True):
        properties = cell.find(f"{W}tcPr")
        assert properties is not None
        properties.append(edits.xml(f'<w:vMerge w:val="{how}"/>'))
    for run in list(cells[1].iter(f"{W}r")):
        edits.drop(run)


def test_a_table_with_cells_merged_downwards_is_left_whole() -> None:
    """A row that came between them would tear them apart."""
    content = edited(_merged_downwards)
    result = refreshed(content, by=more_lettings)
    assert rows_in(result) == rows_of(table_of(Parts.of(content)))
    assert lines_of(result, Did.KEPT) == [("table", "", "cells in it were merged downwards", "")]
    assert stays(result, more_lettings())
