"""One figure explained: every word of it against a small project that can be counted by hand."""

from __future__ import annotations

import csv
import json
import re
from typing import TYPE_CHECKING

import pytest
from tests.projects import (
    SAMPLE,
    award,
    complaint,
    complaints,
    contents,
    hcreport,
    project,
    sample_files,
    sample_run,
)
from tests.word import Word, text_of

from hcreport import explain, pipeline, rulebook
from hcreport.figures.behind import Part
from hcreport.report.appearances import appearances
from hcreport.sections.section import tagged

if TYPE_CHECKING:
    from pathlib import Path

    from tests.projects import Ran


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Four complaints: two upheld and one not, about repairs and tenancy; one without outcome."""
    rows = [
        *complaints(2),
        complaint(3, outcome="not_upheld", service="Tenancy"),
        complaint(4, outcome=""),
    ]
    awards = [award(1, "100"), award(2, "250.50"), award(2, "70", status="declined")]
    folder = tmp_path_factory.mktemp("explain") / "small"
    return project(
        folder,
        '[previous.figures]\n"stage1.received" = 5\n',
        complaints=rows,
        awards=[{"status": "paid"} | row for row in awards],
    )


def told(folder: Path, *words: object) -> list[str]:
    """What explain prints, each line without its indent and with single spaces."""
    ran = hcreport("explain", words[0], folder, *words[1:])
    assert (ran.status, ran.err) == (0, "")
    return [" ".join(line.split()) for line in ran.out.splitlines()]


def must_be_refused(ran: Ran, *words: str) -> None:
    """Two lines, a message and a hint; exit status 2."""
    assert (ran.status, ran.out, len(ran.lines)) == (2, "", 2), ran
    for word in words:
        assert word in ran.err


# --- What is said -----------------------------------------------------------------------------


def test_a_share_with_its_base_and_what_is_set_aside(small: Path) -> None:
    """Two of three decided were upheld; the fourth complaint does not say."""
    lines = told(small, "stage1.uphold_rate")
    assert lines[0] == "stage1.uphold_rate: Stage 1 uphold rate"
    assert "Value 67% (2 of 3)" in lines
    assert "Set aside 1, because the records do not say" in lines
    assert "2022/23 not given" in lines
    assert "Records 2 in the numerator, 3 in the denominator, 1 set aside" in lines
    assert any(line.startswith("What it is The share of stage 1 complaints") for line in lines)
    assert any(line.startswith("Broken down by service;") for line in lines)


def test_a_count_with_last_years(small: Path) -> None:
    """Four were received, five the year before."""
    lines = told(small, "stage1.received")
    assert "Value 4" in lines
    assert "2022/23 5, a decrease of 20% since" in lines
    assert not any(line.startswith("Set aside") for line in lines)


def test_a_group(small: Path) -> None:
    """A group has its own value; its base is the whole."""
    lines = told(small, "stage1.received", "--by", "service=Tenancy")
    assert "For service Tenancy" in lines
    assert "Value 1 of 4" in lines
    assert not any(line.startswith("Broken down by") for line in lines)


def test_a_figure_to_date_is_compared_with_the_same_days_of_the_year_before(
    tmp_path: Path,
) -> None:
    """Its period before is not that of the report."""
    settings = "[to_date]\nstart = 2024-04-01\nend = 2024-05-31\n"
    folder = project(tmp_path, settings, complaints=[*complaints(2), complaint(3, "2024-04-09")])
    lines = told(folder, "to_date.stage1.received")
    assert "Value 1" in lines
    assert "1 April 2023 to 31 May 2023 not given" in lines
    assert not any(line.startswith("2022/23") for line in lines)


def test_a_figure_from_settings_has_no_records(small: Path) -> None:
    """A survey's result that nobody gave says so."""
    lines = told(small, "tsm.tp09", "--rows")
    assert "Value no value: nothing is recorded, or there is nothing to divide by" in lines
    assert "Records none: its number comes from settings" in lines


def test_a_figure_without_a_value_says_what_the_exports_lack(tmp_path: Path) -> None:
    """A stage that is in no export, or a column."""
    folder = project(tmp_path, complaints=complaints(2))
    none = "Value no value: no stage 2 complaint is in the exports"
    assert none in told(folder, "escalation.rate")
    assert none in told(folder, "escalation.cohort_rate")
    column = "Value no value: no export that was read has a column for tenure"
    assert column in told(folder, "tsm.ch01.stage1")


def test_the_records_behind_a_share(small: Path) -> None:
    """Each is listed once with the parts it plays and its place in the export."""
    lines = told(small, "stage1.uphold_rate", "--rows")
    file = "exports/complaints.csv"
    assert lines[-4:] == [
        f"0001 at stage 1: numerator, denominator ({file} › row 2)",
        f"0002 at stage 1: numerator, denominator ({file} › row 3)",
        f"0003 at stage 1: denominator ({file} › row 4)",
        f"0004 at stage 1: set aside ({file} › row 5)",
    ]


def test_the_records_behind_a_sum_show_what_they_add(small: Path) -> None:
    """An award is listed with its amount; a declined one is not there."""
    lines = told(small, "compensation.stage1.amount", "--rows")
    assert "Value £350.50" in lines
    assert lines[-2:] == [
        "award to 0001 at stage 1: numerator, Amount £100.00 (exports/awards.csv › row 2)",
        "award to 0002 at stage 1: numerator, Amount £250.50 (exports/awards.csv › row 3)",
    ]


def test_the_records_as_a_file(small: Path, tmp_path: Path) -> None:
    """--csv writes them to a new file, says that it holds references, and never over another."""
    path = tmp_path / "rows.csv"
    lines = told(small, "stage1.uphold_rate", "--csv", path)
    assert lines[-1] == f"Written to {path}: 4 records. It holds references."
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [(row["reference"], row["parts"], row["row"]) for row in rows] == [
        ("0001", "numerator, denominator", "2"),
        ("0002", "numerator, denominator", "3"),
        ("0003", "denominator", "4"),
        ("0004", "set aside", "5"),
    ]
    before = path.read_bytes()
    ran = hcreport("explain", "stage1.received", small, "--csv", path)
    assert (ran.status, len(ran.lines)) == (2, 2)
    assert "is there already" in ran.err
    assert path.read_bytes() == before


def test_explaining_writes_nothing_else(small: Path) -> None:
    """The project folder is left as it was."""
    before = contents(small)
    told(small, "stage1.received", "--rows")
    assert contents(small) == before


def test_the_records_of_the_sample_are_as_many_as_its_figures_count() -> None:
    """For every whole figure, the members that play a part are as many as the entry says."""
    run = sample_run()
    for name in ("stage1.uphold_rate", "stage2.on_time_rate", "escalation.rate"):
        entry = run.ledger.at(name)
        members = explain.members(run, entry)
        sizes = [sum(part in m.parts for m in members) for part in Part]
        result = entry.result
        assert sizes == [result.numerator, result.denominator, result.set_aside]


# --- Where the report prints it ---------------------------------------------------------------


def test_a_table_is_named_as_the_report_captions_it() -> None:
    """Each table and chart said to show a figure has that number and caption in the report."""
    word = Word.of(sample_files()["report.docx"])
    captions = {text_of(p).strip() for p in word.paragraphs()}
    places = appearances(SAMPLE, pipeline.writer(sample_run()))
    named = [
        found[1]
        for a in places
        if a.tags and (found := re.search(r"((?:Table|Figure) \d+, .+)$", a.where))
    ]
    assert len(named) > 15
    for name in named:
        kind, _, title = name.partition(", ")
        assert any(c.startswith(kind) and c.endswith(title) for c in captions), name


def test_what_only_sorts_a_table_is_not_shown_in_it() -> None:
    """Services stand in the order of complaints received; that shows no figure of theirs."""
    places = appearances(SAMPLE, pipeline.writer(sample_run()))
    (outcomes,) = [a for a in places if re.search("Table .*Outcomes at each stage", a.where)]
    assert "stage1.uphold_rate" in outcomes.tags
    assert not [tag for tag in outcomes.tags if tag.startswith("all_stages.received")]


def test_every_value_of_a_sentence_is_found() -> None:
    """A figure that a person's own text prints is found there by the file's name."""
    places = appearances(SAMPLE, pipeline.writer(sample_run()))
    own = [a for a in places if "text/foreword.md" in a.where]
    assert own
    assert any(tagged(sample_run().ledger.at("stage1.received")) in a.tags for a in own)


def test_a_figure_that_is_nowhere_says_so() -> None:
    """What the report does not print is in figures.json alone."""
    lines = told(SAMPLE, "stage1.mean_days")
    assert "In the report nowhere; figures.json has it" in lines
    ids = {f["id"] for f in json.loads(sample_files()["figures.json"])["figures"]}
    assert "stage1.mean_days" in ids


def test_the_summary_is_told_apart_from_the_report() -> None:
    """Where the summary for residents shows a figure is a line of its own, if it does."""
    lines = told(SAMPLE, "stage1.median_days")
    at = next(n for n, line in enumerate(lines) if line.startswith("In the summary"))
    assert "How quickly we answered" in lines[at]
    assert not any("In the summary" in line for line in told(SAMPLE, "stage1.mean_days"))


def test_a_text_is_not_said_to_show_what_it_does_not() -> None:
    """The summary's big numbers stand in no text by themselves."""
    places = appearances(SAMPLE, pipeline.writer(sample_run()))
    (stock,) = [a for a in places if "text/stock.md" in a.where]
    assert stock.tags == frozenset()


# --- Problems ---------------------------------------------------------------------------------


def test_every_rule_can_be_explained() -> None:
    """By its code, in capitals or not: what it is called and what to do."""
    for code, rule in rulebook.rules().items():
        ran = hcreport("explain", code.lower())
        assert ran.status == 0
        assert ran.out.splitlines()[0] == f"{code}: {rule.title}"
        assert f"What to do: {rule.advice}" in ran.out


# --- What is not there ------------------------------------------------------------------------


def test_unknown_names_are_answered_with_near_ones(small: Path) -> None:
    """A figure, a field, a value or a code that there is not: two lines, and the nearest."""
    must_be_refused(hcreport("explain", "stage1.uphold_rat", small), "stage1.uphold_rate")
    must_be_refused(
        hcreport("explain", "stage1.received", small, "--by", "service=Repair"),
        "there is no service 'Repair'",
        "Did you mean Repairs?",
    )
    must_be_refused(
        hcreport("explain", "stage1.received", small, "--by", "servic=Repairs"),
        "not broken down by servic",
        "service",
    )
    for name in ("figure", "self"):  # what our own code calls its parameters is no field either
        must_be_refused(
            hcreport("explain", "stage1.received", small, "--by", f"{name}=Repairs"),
            f"not broken down by {name}",
        )
    must_be_refused(hcreport("explain", "stage1.received", small, "--by", "Repairs"), "--by")
    must_be_refused(hcreport("explain", "D999"), "There is no problem D999", "D")
    must_be_refused(hcreport("explain", "stage1.received", small / "nowhere"), "no folder")


def test_a_plain_count_says_that_its_rows_are_counted(tmp_path: Path) -> None:
    """No numerator where there is nothing else to tell it from."""
    folder = project(tmp_path, complaints=complaints(2))
    out = hcreport("explain", "stage1.received", folder, "--rows").out
    assert "0001 at stage 1: counted (" in out
    assert ": numerator" not in out
