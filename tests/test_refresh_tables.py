"""Refresh: tables that people sorted, typed in, commented on, restyled."""

from __future__ import annotations

import copy
from functools import cache
from typing import TYPE_CHECKING

import pytest
from tests import edits
from tests.edits import Parts
from tests.projects import complaint, rendered
from tests.test_refresh import (
    after,
    before,
    edited,
    made,
    refreshed,
    rows_after,
    rows_before,
    today,
    today_of,
)
from tests.word import W, rows_of

from hcreport import pipeline
from hcreport.problems import CannotRun
from hcreport.refresh import text
from hcreport.refresh.account import Did

if TYPE_CHECKING:
    from tests.edits import Edit
    from tests.projects import Row
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


@cache
def later() -> Ours:
    """A third complaint, about gas: a row comes to those of today."""
    rows = [*rows_after(), complaint(5, service="Gas")]
    return today_of(pipeline.compute(made(rows)))


def table_of(parts: Parts, tag: str = SERVICES) -> Element:
    """A table of ours."""
    return next(parts.content_of(tag).iter(f"{W}tbl"))


def tables_of(result: Result) -> list[Element]:
    """Every copy of a table of ours."""
    return [next(c.iter(f"{W}tbl")) for c in result.parts.controls(SERVICES)]


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


# --- Taking ours ---


def _looks(parts: Parts) -> None:
    """Give a table another style, other widths, and one cell a shading."""
    edits.restyled(SERVICES)(parts)
    for width in table_of(parts).iter(f"{W}tcW", f"{W}gridCol"):
        width.set(f"{W}w", "1234")
    row = table_of(parts).findall(f"{W}tr")[2]
    cell = row.find(f"{W}tc/{W}tcPr")
    assert cell is not None
    cell.append(edits.xml('<w:shd w:val="clear" w:color="auto" w:fill="FFFF00"/>'))


def look_of(result: Result) -> tuple[str, set[str], int]:
    """A table's style, its widths and how many cells are shaded."""
    table = table_of(result.parts)
    style = next(table.iter(f"{W}tblStyle")).get(f"{W}val", "")
    widths = {w.get(f"{W}w", "") for w in table.iter(f"{W}tcW", f"{W}gridCol")}
    return style, widths, len(list(table.iter(f"{W}shd")))


TWO_CELLS = (edits.cell(SERVICES, 1, 1, "nine"), edits.cell(SERVICES, 2, 1, "8"))


@pytest.mark.parametrize("part", [", Lettings, Stage 1", "", ", table"])
def test_a_cell_is_taken_by_itself_and_a_table_whole(part: str) -> None:
    """By the name that the account gives; what was not typed over is not told as taken."""
    content = edited(_looks, *TWO_CELLS)
    result = refreshed(content, f"{SERVICES}{part}", by=more_lettings)
    lettings = ("Lettings, Stage 1", "1 (25%)", "8", "2 (40%)")
    repairs = ("Repairs, Stage 1", "3 (75%)", "nine", "3 (60%)")
    is_cell = "Lettings" in part
    assert lines_of(result, Did.TAKEN) == ([lettings] if is_cell else [repairs, lettings])
    assert lines_of(result, Did.KEPT) == ([repairs] if is_cell else [])
    assert [row[1] for row in rows_in(result)[1:]] == [
        "nine" if is_cell else "3 (60%)",
        "2 (40%)",
        "5",
    ]
    assert look_of(result) == ("TableGrid", {"1234"}, 1)
    assert stays(result, more_lettings())


def test_what_the_account_prints_can_be_taken() -> None:
    """A cell, and a figure of a group, by the very words that stand before their colon."""
    group = "stage1.closed|service=Lettings;root_cause=Delay|value"
    alternative = edits.described("charts.received_by_stage", "Bars.")
    content = edited(*TWO_CELLS, edits.typed(group, "7"), alternative)
    printed = list(text.lines(refreshed(content, by=more_lettings).account))
    kept = [line.partition(": theirs")[0].strip() for line in printed if ": theirs: " in line]
    assert f"{SERVICES}, Lettings, Stage 1" in kept
    assert "stage1.closed, service=Lettings;root_cause=Delay" in kept
    result = refreshed(content, *kept, by=more_lettings)
    assert result.account.of(Did.KEPT) == []
    assert list(result.word.lines()) == list(refreshed(before(), by=more_lettings).word.lines())


def test_a_cell_that_there_is_not_cannot_be_taken() -> None:
    """The hint names the one that was meant."""
    with pytest.raises(CannotRun) as stop:
        refreshed(before(), f"{SERVICES}, Letting, Stage 1")
    assert f"{SERVICES}, Lettings, Stage 1" in stop.value.hint


def _tracked(parts: Parts) -> None:
    """Strike a cell out with changes tracked, and empty another."""
    rows = table_of(parts).findall(f"{W}tr")
    struck, emptied = (next(rows[n].findall(f"{W}tc")[1].iter(f"{W}r")) for n in (1, 2))
    change = edits.xml(f"<w:del {edits.WHO}/>")
    struck.addprevious(change)
    change.append(struck)
    next(struck.iter(f"{W}t")).tag = f"{W}delText"
    edits.drop(emptied)


def test_a_cell_struck_out_or_emptied_can_be_taken() -> None:
    """It says ours again, no change is tracked in it, and it moves with the data from then on."""
    result = refreshed(edited(_tracked), SERVICES)
    built = rows_of(table_of(Parts.of(after())))
    assert rows_in(result) == built
    again = refreshed(refreshed(edited(_tracked), SERVICES, by=more_lettings).content)
    assert rows_in(again) == built
    assert lines_of(again, Did.KEPT) == []


# --- Rows that stay after their data ---


def _typed_in_lettings(parts: Parts) -> None:
    edits.cell(SERVICES, 2, 1, "9")(parts)


def test_a_row_typed_in_stays_after_its_data_and_is_told_whole() -> None:
    """Its other cells are of yesterday too; nothing of it is remembered, and the rest goes on."""
    content = edited(_typed_in_lettings)
    was = [" | ".join(rows_of(table_of(Parts.of(c)))[2]) for c in (before(), content)]
    result = refreshed(content)
    assert lines_of(result, Did.GONE) == [("row Lettings", was[0], was[1], "")]
    assert lines_of(result, Did.KEPT) == []
    assert [row[0] for row in rows_in(result)[1:]] == ["Repairs", "Estates", "Lettings", "Total"]
    assert stays(result, today())
    again = refreshed(result.content, by=later)
    assert lines_of(again, Did.GONE) == [("row Lettings", "", was[1], "")]
    assert lines_of(again, Did.KEPT) == []
    labels = {row[0] for row in rows_in(again)[1:]}
    assert labels == {"Repairs", "Estates", "Gas", "Lettings", "Total"}
    assert stays(again, later())


def test_a_row_that_stayed_may_be_taken_out_at_any_time() -> None:
    """In Word, or by taking ours; the table goes on being brought up to date."""
    result = refreshed(edited(_typed_in_lettings))
    parts = result.parts
    edits.drop(table_of(parts).findall(f"{W}tr")[3])
    by_hand = refreshed(parts.whole(), by=later)
    for content in (result.content, edited(_typed_in_lettings)):
        taken = refreshed(content, f"{SERVICES}, row Lettings", by=later)
        ((part, *_),) = lines_of(taken, Did.REMOVED)
        assert part == "row Lettings"
        assert lines_of(taken, Did.GONE, Did.KEPT) == []
        assert rows_in(taken) == rows_in(by_hand)
        assert stays(taken, later())


def _pasted(parts: Parts) -> None:
    """Paste the table once more, at the end."""
    control = copy.deepcopy(parts.control(SERVICES))
    for number in control.iter(f"{W}id"):
        number.set(f"{W}val", "-" + number.get(f"{W}val", ""))
    parts.paragraph("Report sign off").addprevious(control)


def test_a_row_that_stayed_in_one_copy_of_a_table_does_not_hold_up_the_other() -> None:
    """Both share one memory, and both go on."""
    result = refreshed(edited(_pasted, _typed_in_lettings))
    assert [part for part, *_ in lines_of(result, Did.GONE)] == ["row Lettings"]
    assert stays(result, today())
    again = refreshed(result.content, by=later)
    assert lines_of(again, Did.KEPT) == []
    said = [[row[0] for row in rows_of(c)][1:] for c in tables_of(again)]
    assert [set(labels) - {"Lettings"} for labels in said] == [
        {"Repairs", "Estates", "Gas", "Total"}
    ] * 2


@pytest.mark.parametrize("typed", ["9", "nine"])
def test_a_row_that_stayed_is_ours_again_once_the_data_gives_it(typed: str) -> None:
    """There is one of it; what differs in it is listed, and the cell stays as it was typed."""
    gone = refreshed(edited(edits.cell(SERVICES, 2, 1, typed)))
    back = refreshed(gone.content, by=more_lettings)
    assert [row[:2] for row in rows_in(back)[1:]] == [
        ["Repairs", "3 (60%)"],
        ["Lettings", typed],
        ["Total", "5"],
    ]
    assert ("Lettings, Stage 1", "", typed, "2 (40%)") in lines_of(back, Did.KEPT)
    assert lines_of(back, Did.GONE) == []
    assert stays(back, more_lettings())


STAGES = "tables.received_by_stage"


@cache
def same() -> Ours:
    """What the data says that the report was built from."""
    return today_of(pipeline.compute(made(rows_before())))


def without_last_year() -> Ours:
    """No figures of the year before: two columns of each table less."""
    return today_of(pipeline.compute(made(rows_before(), "")))


def _wider(parts: Parts) -> None:
    """Add a column of one's own at the end."""
    for row in table_of(parts, STAGES).findall(f"{W}tr"):
        row.append(copy.deepcopy(row.findall(f"{W}tc")[-1]))


def test_a_table_that_is_left_whole_says_that_its_figures_are_old() -> None:
    """As long as they are; and what became of it where ours is taken."""
    content = edited(_wider)
    result = refreshed(content)
    why = "5 columns; ours has 4"
    for each in (result, refreshed(result.content)):
        ((_, _, theirs, _),) = lines_of(each, Did.KEPT, tag=STAGES)
        assert theirs == f"{why}; 2 of 6 figures are not today's"
    ((_, _, theirs, _),) = lines_of(refreshed(content, by=same), Did.KEPT, tag=STAGES)
    assert theirs == f"{why}; its figures are today's"
    told = list(text.lines(refreshed(content, STAGES).account))
    said = f"    {STAGES}, table: {why}; 2 of 6 figures are not today's → made anew"
    assert said in told


def test_a_table_left_whole_for_a_comment_is_not_said_to_be_typed_over() -> None:
    """The row goes and so do columns: the comment alone is why it stays."""
    glance = "tables.at_a_glance"
    parts = Parts.of(before())
    cell = table_of(parts, glance).findall(f"{W}tr")[2].findall(f"{W}tc")[1]
    next(cell.iter(f"{W}p")).append(edits.xml("<w:r><w:commentReference w:id='1'/></w:r>"))
    less = today_of(pipeline.compute(made([complaint(1)], "")))
    ((_, _, theirs, _),) = lines_of(refreshed(parts.whole(), by=lambda: less), Did.KEPT, tag=glance)
    assert theirs.startswith(
        "the data gives it other columns, and no more a row that somebody comm"
    )


def test_a_cell_typed_over_outlives_other_columns() -> None:
    """The data takes columns from the table: what was typed stands under its own heading still."""
    content = edited(edits.cell(STAGES, 1, 1, "7"))
    result = refreshed(content, by=without_last_year)
    assert lines_of(result, Did.KEPT, tag=STAGES) == [("Stage 1, 2023/24", "4", "7", "4")]
    assert rows_in(result, STAGES)[:2] == [["Stage", "2023/24"], ["Stage 1", "7"]]
    assert stays(result, without_last_year())
    taken = refreshed(content, STAGES, by=without_last_year)
    assert lines_of(taken, Did.TAKEN, tag=STAGES) == [("Stage 1, 2023/24", "4", "7", "4")]
    assert rows_in(taken, STAGES)[1] == ["Stage 1", "4"]


def test_a_table_is_left_whole_where_a_cell_typed_over_has_no_column_any_more() -> None:
    """It is not lost, and the account says why; taking ours makes the table anew."""
    content = edited(edits.cell(STAGES, 1, 2, "7"))
    result = refreshed(content, by=without_last_year)
    ((part, _, theirs, _),) = lines_of(result, Did.KEPT, tag=STAGES)
    assert (part, theirs[:26]) == ("table", "cells of it were typed ove")
    assert rows_in(result, STAGES) == rows_of(table_of(Parts.of(content), STAGES))
    again = refreshed(result.content, by=without_last_year)
    assert again.content == result.content
    ((_, _, theirs, _),) = lines_of(again, Did.KEPT, tag=STAGES)
    assert theirs[:26] == "it was left as it stood, a"
    taken = refreshed(content, STAGES, by=without_last_year)
    assert len(rows_in(taken, STAGES)[0]) == 2


def test_columns_that_the_data_puts_in_another_order_take_what_was_typed_with_them() -> None:
    """The causes stand under the services, the largest first."""
    causes = "tables.root_causes_by_service"

    def rows(repairs: int, lettings: int) -> list[Row]:
        found = [complaint(n, root_cause="Staff" if n % 2 else "Delay") for n in range(1, 13)]
        return [
            *found[:repairs],
            *(found[n] | {"service": "Lettings"} for n in range(repairs, repairs + lettings)),
        ]

    built = rendered(pipeline.compute(made(rows(8, 4))))["report.docx"]
    parts = Parts.of(built)
    heading = rows_of(table_of(parts, causes))[0]
    edits.cell(causes, 1, heading.index("Lettings"), "7")(parts)
    today = today_of(pipeline.compute(made(rows(4, 8))))
    result = refreshed(parts.whole(), by=lambda: today)
    now, first = rows_in(result, causes)[:2]
    assert now.index("Lettings") < now.index("Repairs")
    assert heading.index("Lettings") > heading.index("Repairs")
    assert first[now.index("Lettings")] == "7"
    assert first[now.index("Repairs")] != "7"
    assert stays(result, today)


def test_a_column_of_another_name_does_not_get_what_was_typed_in_the_old_one() -> None:
    """One service went and another came in its place: the table is left whole."""
    causes = "tables.root_causes_by_service"

    def rows(service: str) -> list[Row]:
        found = [complaint(n, root_cause="Staff" if n % 2 else "Delay") for n in range(1, 13)]
        return [*found[:8], *(row | {"service": service} for row in found[8:])]

    parts = Parts.of(rendered(pipeline.compute(made(rows("Lettings"))))["report.docx"])
    edits.cell(causes, 1, rows_of(table_of(parts, causes))[0].index("Lettings"), "7")(parts)
    held = rows_of(table_of(parts, causes))
    gas, estates = (today_of(pipeline.compute(made(rows(s)))) for s in ("Gas", "Estates"))
    result = refreshed(parts.whole(), by=lambda: gas)
    for again in (result, refreshed(result.content, by=lambda: estates)):
        assert rows_in(again, causes) == held
        ((part, *_),) = lines_of(again, Did.KEPT, tag=causes)
        assert part == "table"
    assert stays(result, gas)
    taken = refreshed(result.content, causes, by=lambda: estates)
    assert "Estates" in rows_in(taken, causes)[0]


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
    assert lines_of(result, Did.KEPT) == [
        ("table", "", "cells in it were merged downwards; 5 of 9 figures are not today's", "")
    ]
    assert stays(result, more_lettings())
