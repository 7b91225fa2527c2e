"""The learning log: how far its actions have got, and the root causes that they answer."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from tests.builders import action, complaint, ledger_of, records, settings, terms_of
from tests.pages import shown, table, words
from tests.projects import action as row
from tests.projects import complaint as complaint_row
from tests.projects import problems_of, project, second

from hcreport.derive.actions import PROGRESS, cause, progress
from hcreport.tables import Absent, Table
from strategies import record_sets

if TYPE_CHECKING:
    from pathlib import Path

    from hcreport.records import Records

BEFORE, ON, AFTER = "2024-05-30", "2024-05-31", "2024-06-01"  # the data is as at 31 May 2024


# --- How far an action has got ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("status", "due_on", "completed_on", "expected"),
    [
        ("completed", BEFORE, None, "done"),
        ("completed", None, BEFORE, "done"),
        (None, None, BEFORE, "done"),
        (None, BEFORE, None, None),
        ("in_progress", BEFORE, None, "overdue"),
        ("not_started", BEFORE, None, "overdue"),
        ("in_progress", ON, None, "under_way"),
        ("in_progress", AFTER, None, "under_way"),
        ("not_started", AFTER, None, "not_started"),
        ("not_started", None, None, "not_started"),
    ],
)
def test_progress(
    status: str | None, due_on: str | None, completed_on: str | None, expected: str | None
) -> None:
    """An action is overdue from the day after its due date, unless it is done."""
    a = action(status=status, due_on=due_on, completed_on=completed_on)
    assert progress(a, terms_of()) == expected


@given(record_sets())
def test_the_steps_add_up_to_the_log(found: Records) -> None:
    """Done, overdue, under way, not started and no status are all there is, each once."""
    ledger = ledger_of(found, settings())
    steps = [e.value or 0 for e in ledger.by("learning.actions", "progress")]
    assert sum(steps) == len(found.actions)
    rate, done = ledger.at("learning.completed_rate"), ledger.at("learning.completed")
    assert (rate.result.numerator or 0) == (done.value or 0)
    causes = [e.value or 0 for e in ledger.by("learning.actions", "root_cause")]
    assert sum(causes) == len(found.actions)


def test_figures_by_hand() -> None:
    """Of five actions two are done and one is overdue; the one without a status is set aside."""
    ledger = ledger_of(
        records(
            action(status="completed", theme="Delay"),
            action(status="completed", theme="Staff"),
            action(status="in_progress", due_on=BEFORE, theme="Delay"),
            action(status="not_started", due_on=AFTER),
            action(),
            complaint(root_cause="Delay"),
        ),
        settings(),
    )
    assert ledger.at("learning.completed_rate").in_full == "50% (2 of 4)"
    assert ledger.at("learning.completed_rate").result.set_aside == 1
    assert ledger.at("learning.overdue").value == 1
    assert ledger.at("learning.overdue", root_cause="Delay").value == 1
    assert ledger.at("learning.completed_rate", theme="Delay").value == Fraction(1, 2)
    assert ledger.at("learning.actions", root_cause="not recorded").value == 3


def test_a_log_without_due_dates_says_nothing_of_overdue() -> None:
    """No column is not the same as none overdue."""
    found = records(action(status="in_progress"), unmapped=["actions.due_on"])
    assert ledger_of(found, settings()).at("learning.overdue").value is None


# --- Which root cause it answers --------------------------------------------------------------


def test_a_theme_is_matched_by_name_or_by_settings() -> None:
    """Capitals and spaces do not matter; settings tie what has another name."""
    tied = {"Promises": "work not done"}
    t = terms_of(
        complaint(root_cause="Work not done"),
        complaint(reference="2", root_cause="Staff"),
        learning={"themes": tied},
    )
    found = [cause(action(theme=theme), t) for theme in (" STAFF ", "promises", "Damp", None)]
    assert found == ["Staff", "Work not done", None, None]


def test_a_root_cause_out_of_scope_is_none() -> None:
    """An action cannot answer a cause that only another area's complaints have."""
    rows = [complaint(root_cause="Parking", service="Streets"), complaint(reference="2")]
    t = terms_of(*rows, scope={"where": {"service": ["Repairs"]}})
    assert cause(action(theme="Parking"), t) is None


def log(folder: Path, given: str = "") -> Path:
    """Make a project: three complaints of two causes, and five actions about three themes."""
    return project(
        folder,
        given,
        complaints=[
            complaint_row(1),
            complaint_row(2, outcome="not_upheld"),
            complaint_row(3, root_cause="Staff"),
        ],
        actions=[
            row(theme="Delay", due_on="", completed_on="2023-07-21"),
            row(theme="Delay", status="in_progress", due_on="2024-05-01"),
            row(theme="Staff", status="not_started", due_on="2024-07-31"),
            row(theme="Keeping in touch"),
            row(theme="", status=""),
        ],
    )


def test_causes_stand_beside_the_actions_against_them(tmp_path: Path) -> None:
    """Complaints and uphold rate beside actions; what matches nothing has a row and a note."""
    made = table(log(tmp_path), "actions_by_cause")
    assert isinstance(made, Table)
    assert made.headings == (
        *("Root cause", "Complaints closed", "Uphold rate"),
        *("Actions", "Done", "Overdue"),
    )
    assert shown(made) == [
        ["Delay", "2 (67%)", "50% (1 of 2)", "2", "1", "1"],
        ["Staff", "1 (33%)", "100% (1 of 1)", "1", "0", "0"],
        ["No root cause, or none that matches", "0 (0%)", "none", "2", "1", "0"],
        ["Total", "3", "67% (2 of 3)", "5", "2", "1"],
    ]
    assert made.note.endswith("No root cause goes by the name of Keeping in touch.")


def test_a_cause_of_stage_2_alone_has_its_row(tmp_path: Path) -> None:
    """No complaint of it was closed at stage 1, but its action is not lost."""
    first = complaint_row(1)
    folder = project(
        tmp_path,
        complaints=[first, second(first, root_cause="Staff")],
        actions=[row(theme="Delay"), row(theme="Staff")],
    )
    assert shown(table(folder, "actions_by_cause")) == [
        ["Delay", "1 (100%)", "100% (1 of 1)", "1", "1"],
        ["Staff", "0 (0%)", "none", "1", "1"],
        ["Total", "1", "100% (1 of 1)", "2", "2"],
    ]


def test_settings_tie_a_theme_to_a_cause(tmp_path: Path) -> None:
    """Then it stands in that cause's row; a slip on either side is a warning."""
    tied = log(tmp_path / "1", '[learning.themes]\n"Keeping in touch" = "Staff"\n')
    assert shown(table(tied, "actions_by_cause"))[1][3:] == ["2", "1", "0"]
    assert problems_of(tied) == []
    slipped = log(tmp_path / "2", '[learning.themes]\n"Keeping in tuch" = "Stafff"\n')
    assert [(p["code"], p["value"]) for p in problems_of(slipped)] == [
        ("X132", "Keeping in tuch"),
        ("X132", "Stafff"),
    ]


def test_the_log_by_theme(tmp_path: Path) -> None:
    """Each step has a column if it occurs, and each theme the share that is done."""
    made = table(log(tmp_path), "actions_by_theme")
    assert isinstance(made, Table)
    assert made.headings == (
        *("Theme", "Done", "Not started", "Overdue", "No status"),
        *("Actions", "Share done"),
    )
    assert shown(made) == [
        ["Delay", "1", "0", "1", "0", "2", "50% (1 of 2)"],
        ["Keeping in touch", "1", "0", "0", "0", "1", "100% (1 of 1)"],
        ["Staff", "0", "1", "0", "0", "1", "0% (0 of 1)"],
        ["Not recorded", "0", "0", "0", "1", "1", "none"],
        ["Total", "2", "1", "1", "1", "5", "50% (2 of 4)"],
    ]


def test_the_log_tells_each_actions_days(tmp_path: Path) -> None:
    """When it was done, is due, or has been overdue since."""
    assert [cells[3] for cells in shown(table(log(tmp_path), "actions"))] == [
        "Completed 21 July 2023",
        "In progress, overdue since 1 May 2024",
        "Not started, due 31 July 2024",
        "Completed",
        "Not recorded",
    ]


def test_the_words(tmp_path: Path) -> None:
    """Counts, the share with its base, what is overdue, and what is done about the first cause."""
    told = words(log(tmp_path), "learning")
    for sentence in (
        "recorded in our learning log: 2 done, 1 not started and 1 overdue.",
        "Of the actions, 2 of 4 are done (50%). A further 1 has no status and is set aside.",
        "On 31 May 2024, 1 action was past the due date.",
        "Against the most common root cause, delay, the log has 2 actions, of which 1 is done.",
        "2 actions have themes that no root cause of a complaint goes by.",
    ):
        assert sentence in told


def test_many_themes_and_causes_are_gathered(tmp_path: Path) -> None:
    """A long tail shares a row, and every column still adds up to its total."""
    names = [f"Cause {n:02}" for n in range(20)]
    folder = project(
        tmp_path,
        complaints=[complaint_row(n + 1, root_cause=name) for n, name in enumerate(names)],
        actions=[row(theme=name) for name in names],
    )
    for name, what in (("actions_by_theme", "themes"), ("actions_by_cause", "root causes")):
        made = table(folder, name)
        assert isinstance(made, Table)
        assert made.rows[12][0].text == f"All others (8 {what})"
        for column, cell in enumerate(made.rows[-1]):
            if cell.unit is not None and cell.unit.value == "count":
                assert sum(r[column].value or 0 for r in made.rows[:-1]) == cell.value


def test_without_a_log_or_causes_there_is_no_such_table(tmp_path: Path) -> None:
    """The commentary says that there is none."""
    bare = project(tmp_path, complaints=[complaint_row(1)])
    assert words(bare, "learning") == "No learning log was supplied."
    for name in ("actions", "actions_by_theme", "actions_by_cause"):
        assert isinstance(table(bare, name), Absent)


def test_every_step_has_its_words() -> None:
    """What a definition says of each."""
    ledger = ledger_of(records(action()), settings())
    assert ledger.definitions["learning.overdue"] == (
        "The number of actions in the learning log that are overdue."
    )
    assert len(PROGRESS) == 4
