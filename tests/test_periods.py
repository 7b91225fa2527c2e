"""Other periods than the settings': a part of the year, a quarter, the year to date beside."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from tests.projects import complaint, hcreport, project, second

from hcreport import pipeline
from hcreport.settings import Asked

if TYPE_CHECKING:
    from pathlib import Path

    from hcreport.pipeline import Run

# Two in April 2023, one in July, one in April 2022; the second went on to stage 2 in May.
ROWS = [
    complaint(1, "2023-04-03"),
    complaint(2, "2023-04-20"),
    second(complaint(2, "2023-04-20"), "2023-05-22"),
    complaint(3, "2023-07-03"),
    complaint(4, "2022-04-04"),
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Make a project of two years' complaints."""
    return project(tmp_path, complaints=ROWS)


def over(folder: Path, **asked: object) -> Run:
    """Compute the project for the period asked for."""
    return pipeline.compute(folder, asked=Asked(**asked))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("asked", "label", "stage1", "stage2"),
    [
        ({}, "2023/24", 3, 1),
        ({"quarter": 1}, "2023/24 Q1", 2, 1),
        ({"quarter": 2}, "2023/24 Q2", 1, 0),
        ({"quarter": 3}, "2023/24 Q3", 0, 0),
        ({"to": "2023-04-19"}, "1 April 2023 to 19 April 2023", 1, 0),
        ({"year": "2022/23"}, "2022/23", 1, 0),
        ({"year": "2022/23", "quarter": 1}, "2022/23 Q1", 1, 0),
        ({"to": "2022-04-30"}, "1 April 2022 to 30 April 2022", 1, 0),
    ],
)
def test_every_figure_is_over_the_period_asked_for(
    folder: Path, asked: dict[str, object], label: str, stage1: int, stage2: int
) -> None:
    """A year, a quarter of it, or its part up to a day."""
    run = over(folder, **asked)
    assert label == run.settings.report_period.label
    counts = [run.ledger.at(f"{stage}.received").count for stage in ("stage1", "stage2")]
    assert [stage1, stage2] == counts


def test_a_quarter_has_the_year_to_date_beside_it(folder: Path) -> None:
    """The year up to the quarter's end, by the same ids; the first quarter is that already."""
    run = over(folder, quarter=2)
    assert (1, 3) == (
        run.ledger.at("stage1.received").count,
        run.ledger.at("to_date.stage1.received").count,
    )
    assert "to_date.stage1.received" not in over(folder, quarter=1).ledger
    assert "1 April 2023 to 30 September 2023" in run.ledger.definitions["to_date.stage1.received"]


def test_settings_can_name_a_period_to_date(tmp_path: Path) -> None:
    """The figures of both periods stand in the ledger, the file says which days they cover."""
    both = "[to_date]\nstart = 2024-04-01\nend = 2024-05-31\n"
    rows = [*ROWS, complaint(5, "2024-04-02"), complaint(6, "2024-05-30")]
    folder = project(tmp_path, both, complaints=rows)
    ran = hcreport("build", folder, "--draft")
    assert 0 == ran.status, ran.err
    found = json.loads((folder / "output" / "figures.json").read_text(encoding="utf-8"))
    assert {"start": "2024-04-01", "end": "2024-05-31"} == found["to_date"]
    values = {f["id"]: f["value"] for f in found["figures"] if not f["group"]}
    assert (3, 2) == (values["stage1.received"], values["to_date.stage1.received"])


def test_last_years_project_is_computed_over_the_same_days(tmp_path: Path) -> None:
    """The first quarter is compared with the first quarter, out of the same exports."""
    folder = project(tmp_path, '[previous]\nproject = "."\n', complaints=ROWS)
    whole, quarter = over(folder), over(folder, quarter=2)
    assert 1 == whole.ledger.at("stage1.received").previous
    assert 0 == quarter.ledger.at("stage1.received").previous
    assert 1 == over(folder, quarter=1).ledger.at("stage1.received").previous


def test_what_was_typed_of_last_year_is_no_comparison_for_a_part_of_it(tmp_path: Path) -> None:
    """A quarter against a whole year would be a fall of three quarters."""
    folder = project(tmp_path, '[previous.figures]\n"stage1.received" = 10\n', complaints=ROWS)
    assert 10 == over(folder).ledger.at("stage1.received").previous
    assert over(folder, quarter=1).ledger.at("stage1.received").previous is None


def test_a_part_has_a_folder_of_its_own_and_speaks_of_itself(folder: Path) -> None:
    """The year's report stays where it is, and a quarter is not called a year."""
    ran = hcreport("build", folder, "--quarter", "1", "--draft")
    assert 0 == ran.status, ran.err
    assert (folder / "output-2023-24-q1" / "report.docx").is_file()
    assert not (folder / "output").exists()


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--to", "2023-5-31"], "2023-5-31 is not a day."),
        (["--to", "2024-04-01", "--year", "2023/24"], "1 April 2024 does not lie in 2023/24."),
        (["--year", "2023"], "'2023' is not a financial year; write it as 2023/24."),
    ],
)
def test_a_period_that_is_none_is_two_lines(folder: Path, options: list[str], message: str) -> None:
    """The message names what was given; the hint how to write it."""
    ran = hcreport("check", folder, *options)
    assert (2, message) == (ran.status, ran.lines[0])
    assert "Write --year 2024/25, --to 2024-05-31 or --quarter 1." == ran.lines[1]
