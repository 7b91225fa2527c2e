"""Complaints by category: per stage, with shares, and a long tail that keeps its sum."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st
from tests.builders import complaint, ledger_of, records, settings
from tests.pages import shown, table, words
from tests.projects import SAMPLE, complaints, project, second
from tests.projects import complaint as row

from hcreport.marks import Marks
from hcreport.sections import categories
from hcreport.sections.section import Writer
from hcreport.tables import Absent, Table

if TYPE_CHECKING:
    from pathlib import Path

NAME = "complaints_by_category"


def test_categories_at_each_stage(tmp_path: Path) -> None:
    """Most complaints first, each with its share of the stage, and blanks last."""
    first = [
        row(1, category="Damp"),
        row(2, category="Damp"),
        row(3, category="Noise"),
        row(4, category=""),
    ]
    folder = project(tmp_path, complaints=[*first, second(first[2], category="Noise")])
    assert shown(table(folder, NAME)) == [
        ["Damp", "2 (50%)", "0 (0%)"],
        ["Noise", "1 (25%)", "1 (100%)"],
        ["Not recorded", "1 (25%)", "0 (0%)"],
        ["Total", "4", "1"],
    ]
    assert words(folder, "categories").splitlines() == [
        "The stage 1 complaints received were most often about damp (2, 50%) and noise (1, 25%).",
        "1 stage 1 complaint was given no category.",
        "The stage 2 complaints received were about noise (1, 100%).",
    ]


def test_no_categories_are_said_to_be_none(tmp_path: Path) -> None:
    """Without a column, or with blanks alone, there is a sentence and no table."""
    bare = project(tmp_path / "bare", complaints=complaints(2))
    blank = project(tmp_path / "blank", complaints=complaints(2, category=""))
    for folder in (bare, blank):
        assert words(folder, "categories") == (
            "No categories are recorded for the complaints received in the year."
        )
        assert table(folder, NAME) == Absent()


@given(st.lists(st.integers(0, 40), min_size=1, max_size=200))
def test_no_complaint_is_lost_in_the_tail(drawn: list[int]) -> None:
    """However many categories there are, the rows are few and add up to all complaints."""
    rows = [complaint(reference=f"{n}", category=f"C{c:02}") for n, c in enumerate(drawn)]
    s = settings()
    made = categories.table(Writer(ledger_of(records(*rows), s), s, Marks()))
    assert isinstance(made, Table)
    assert len(made.rows) <= 14
    for column in (1, 2):
        *parts, total = (cells[column].value or 0 for cells in made.rows)
        assert sum(parts) == total
    tails = [cells[0].text for cells in made.rows if cells[0].text.startswith("All others")]
    hidden = len(set(drawn)) - 12
    assert tails == ([f"All others ({hidden} categories)"] if hidden > 1 else [])


def test_the_order_of_rows_does_not_matter() -> None:
    """The same complaints in another order make the same table."""
    rows = [complaint(reference=f"{n}", category=f"C{n % 20}") for n in range(55)]
    s = settings()
    made = [
        categories.table(Writer(ledger_of(records(*order), s), s, Marks()))
        for order in (rows, rows[::-1])
    ]
    assert made[0] == made[1]


def test_the_sample_has_every_category() -> None:
    """The sample's complaints received add up to what it publishes: 575 and 119."""
    cells = shown(table(SAMPLE, NAME))
    assert len(cells) == 9
    assert cells[-1] == ["Total", "575", "119"]
