"""Two builds compared: exactly the figures that moved, and exactly the records that moved them."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.projects import (
    award,
    complaint,
    complaints,
    contents,
    copy_of_sample,
    finding,
    hcreport,
    kept,
    project,
    sample_run,
    second,
)

from hcreport import pipeline
from hcreport.diff.matching import pairs
from hcreport.report import figures_json

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from tests.projects import Ran, Row

    from hcreport.pipeline import Run

REFERENCE = "CaseDetails.CaseId"


def built(folder: Path, settings: str = "", **tables: Sequence[Row]) -> Path:
    """Make a project of these rows and keep its build."""
    return kept(pipeline.compute(project(folder, settings, **tables)), folder / "output")


def diff(old: Path, new: Path) -> dict[str, Any]:
    """Compare two folders as other programs do."""
    ran = hcreport("diff", old, new, "--json")
    found = json.loads(ran.out)
    assert isinstance(found, dict)
    assert (ran.status, ran.err) == (int(found["differ"]), "")
    return found


def figure(found: dict[str, Any], name: str, **group: str) -> dict[str, Any]:
    """One figure of a difference."""
    (one,) = [f for f in found["figures"] if (f["id"], f["group"]) == (name, group)]
    assert isinstance(one, dict)
    return one


def moved(one: dict[str, Any]) -> dict[str, tuple[list[str], list[str]]]:
    """The records that moved a figure, and the parts each played before and plays now."""
    return {record["name"]: (record["was"], record["now"]) for record in one["records"]}


# --- Three cells of the sample ----------------------------------------------------------------


@pytest.fixture(scope="module")
def corrected(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, Run, dict[str, str]]:
    """The sample before and after three cells of its export were corrected."""
    folder = tmp_path_factory.mktemp("corrected")
    old = kept(sample_run(), folder / "old")
    again = copy_of_sample(folder)
    path = again / "exports" / "complaints-2023-24.xlsx"
    book = openpyxl.load_workbook(path)
    sheet = book["Cases"]
    at = {str(cell.value): n for n, cell in enumerate(sheet[1], start=1)}
    cells = {
        "CaseStageStage1.Outcome": (300, "Upheld"),
        "CaseStageStage1.DateCompleted": (399, "2023-11-09"),
        "CaseStageStage1.DateClosed": (401, "2024-04-20"),
    }
    touched = {}
    for heading, (row, value) in cells.items():
        assert sheet.cell(row, at[heading]).value != value
        sheet.cell(row, at[heading], value)
        touched[heading] = f"{sheet.cell(row, at[REFERENCE]).value} at stage 1"
    book.save(path)
    run = pipeline.compute(again)
    assert not run.errors
    return old, kept(run, folder / "new"), run, touched


def published(run: Run) -> dict[tuple[str, str], tuple[object, ...]]:
    """The figures of a run as figures.json gives them: nothing here shares code with diff."""
    text = figures_json.write(run.ledger, run.settings, run.intake.records.inputs)
    names = ("value", "numerator", "denominator", "set_aside", "previous")
    return {
        (f["id"], json.dumps(f["group"])): tuple(f[name] for name in names)
        for f in json.loads(text)["figures"]
    }


def test_three_corrected_cells_name_exactly_three_complaints(
    corrected: tuple[Path, Path, Run, dict[str, str]],
) -> None:
    """The records that changed are the three whose cells were corrected, field by field."""
    old, new, _, touched = corrected
    found = diff(old, new)
    fields = {record["name"]: list(record["fields"]) for record in found["records"]}
    assert fields == {
        touched["CaseStageStage1.Outcome"]: ["outcome"],
        touched["CaseStageStage1.DateCompleted"]: ["responded_on"],
        touched["CaseStageStage1.DateClosed"]: ["closed_on"],
    }
    assert {record["change"] for record in found["records"]} == {"changed"}


def test_three_corrected_cells_name_exactly_the_figures_they_move(
    corrected: tuple[Path, Path, Run, dict[str, str]],
) -> None:
    """The figures listed are those whose published numbers differ; each names who moved it."""
    old, new, run, touched = corrected
    found = diff(old, new)
    before, after = published(sample_run()), published(run)
    differ = {key for key in before | after if before.get(key) != after.get(key)}
    listed = [(f["id"], json.dumps(f["group"])) for f in found["figures"]]
    assert len(listed) == len(set(listed))
    assert set(listed) == differ
    # One complaint fewer is upheld and one more: those counts stay what they were.
    assert {f["id"] for f in found["figures"] if not f["group"]} == {
        "stage1.closed",
        "stage1.decided",
        "stage1.not_upheld",
        "stage1.uphold_rate",
        "stage1.open_at_end",
        "stage1.mean_days",
        "tsm.ch02.stage1",
    }
    for one in found["figures"]:
        assert set(moved(one)) <= set(touched.values())
        assert moved(one), one["id"]
    assert moved(figure(found, "stage1.uphold_rate")) == {
        touched["CaseStageStage1.Outcome"]: (["denominator"], ["numerator", "denominator"]),
        touched["CaseStageStage1.DateClosed"]: (["numerator", "denominator"], []),
    }
    # From 18 October to the 31st are 9 working days, and 7 more to 9 November.
    (days,) = figure(found, "stage1.mean_days")["records"]
    assert days["values"] == {"days_to_respond": {"old": "9", "new": "16"}}


def test_the_text_of_three_corrected_cells(
    corrected: tuple[Path, Path, Run, dict[str, str]],
) -> None:
    """A person reads the figure before and now, and under it the complaint."""
    old, new, _, touched = corrected
    ran = hcreport("diff", old, new)
    text = [line.strip() for line in ran.out.splitlines()]
    assert ran.status == 1
    assert "Figures that changed (10)" in text
    at = text.index("stage1.uphold_rate: Stage 1 uphold rate")
    assert text[at + 1] == "64% (382 of 601) → 64% (382 of 600)"
    assert f"into the numerator: {touched['CaseStageStage1.Outcome']}" in text
    assert "Records (3 changed)" in text
    assert "Outcome Not upheld → Upheld" in text


def test_a_note_for_a_committee_names_no_reference(
    corrected: tuple[Path, Path, Run, dict[str, str]],
) -> None:
    """The Markdown says what moved and why, and nothing that leads to a case."""
    old, new, run, touched = corrected
    ran = hcreport("diff", old, new, "--markdown")
    assert ran.status == 1
    assert "| Stage 1 complaints closed | 601 | 600 | 1 complaint out of the count |" in ran.out
    assert "- 3 complaints corrected (" in ran.out
    for name in touched.values():
        assert name.partition(" ")[0] not in ran.out
    assert not [c for c in run.intake.records.complaints if c.reference in ran.out]


def test_a_note_for_a_committee_tells_nothing_that_is_withheld(tmp_path: Path) -> None:
    """What disclosure control keeps out of the report is not told of in a note about it either."""
    settings = (
        '[disclosure]\nfields = ["service"]\n'
        '[figures.tenancy]\ncount = "stage1.received"\nwhere = { service = "Tenancy" }\n'
    )
    one, two = [*complaints(9), complaint(10, service="Tenancy")], complaint(11, service="Tenancy")
    old = built(tmp_path / "old", settings, complaints=one)
    new = built(tmp_path / "new", settings, complaints=[*one, two])
    told = hcreport("diff", old, new, "--markdown").out
    assert "| Stage 1 complaints received | 10 | 11 |" in told
    assert "where service is" not in told
    assert "1 figure is not told, as disclosure control withholds it" in told
    # Whoever has the case system is told everything.
    assert "own.tenancy" in hcreport("diff", old, new).out


# --- Small projects ---------------------------------------------------------------------------


def test_a_decision_taken_back_leaves_the_numerator_alone(tmp_path: Path) -> None:
    """Of three upheld, one becomes not upheld: 3 of 3, then 2 of 3, by that complaint."""
    rows = complaints(3)
    old = built(tmp_path / "old", complaints=rows)
    new = built(tmp_path / "new", complaints=[*rows[:2], rows[2] | {"outcome": "not_upheld"}])
    rate = figure(diff(old, new), "stage1.uphold_rate")
    assert (rate["old"]["value"], rate["new"]["value"]) == ("1", "2/3")
    assert moved(rate) == {"0003 at stage 1": (["numerator", "denominator"], ["denominator"])}


def test_a_change_of_service_moves_the_groups_and_not_the_whole(tmp_path: Path) -> None:
    """One of two complaints changes service: the count stays 2, and its parts name the mover."""
    rows = complaints(2)
    old = built(tmp_path / "old", complaints=rows)
    new = built(tmp_path / "new", complaints=[rows[0], rows[1] | {"service": "Tenancy"}])
    found = diff(old, new)
    assert not [f for f in found["figures"] if not f["group"]]
    repairs = figure(found, "stage1.received", service="Repairs")
    tenancy = figure(found, "stage1.received", service="Tenancy")
    assert (repairs["old"]["value"], repairs["new"]["value"]) == ("2", "1")
    assert (tenancy["old"], tenancy["new"]["value"]) == (None, "1")
    who = "0002 at stage 1"
    assert moved(repairs) == {who: (["numerator", "denominator"], ["denominator"])}
    assert set(moved(tenancy)) >= {who}
    text = hcreport("diff", old, new).out
    assert "by service: Repairs 2 of 2 → 1 of 2; Tenancy not there → 1 of 2" in text
    assert f"between groups: {who}" in text


def test_money_names_the_award_and_what_it_was(tmp_path: Path) -> None:
    """An amount corrected moves the sum by the award whose amount it is, and by no other."""
    rows = complaints(1)
    awards = [award(1, "100"), award(1, "250.50"), award(1, "100")]
    old = built(tmp_path / "old", complaints=rows, awards=awards)
    new = built(tmp_path / "new", complaints=rows, awards=[awards[0], awards[2], award(1, "300")])
    found = diff(old, new)
    total = figure(found, "compensation.stage1.amount")
    assert (total["old"]["value"], total["new"]["value"]) == ("450.50", "500.00")
    (record,) = total["records"]
    assert record["values"] == {"amount": {"old": "250.50", "new": "300.00"}}
    assert [r["change"] for r in found["records"] if r["fields"]] == ["changed"]
    text = hcreport("diff", old, new).out
    assert "changed: award to 0001 at stage 1 (Amount £250.50 → £300.00)" in text


def test_records_added_and_removed(tmp_path: Path) -> None:
    """A complaint that is new comes into its figures, one that is gone leaves them."""
    old = built(tmp_path / "old", complaints=complaints(2))
    rows = [complaint(1), complaint(3), second(complaint(1))]
    new = built(tmp_path / "new", complaints=rows)
    found = diff(old, new)
    assert {(r["name"], r["change"]) for r in found["records"]} == {
        ("0001 at stage 1", "judged"),  # it went on to stage 2, which its own fields do not say
        ("0002 at stage 1", "removed"),
        ("0003 at stage 1", "added"),
        ("0001 at stage 2", "added"),
    }
    both = figure(found, "all_stages.received")
    assert moved(both) == {
        "0002 at stage 1": (["numerator"], []),
        "0003 at stage 1": ([], ["numerator"]),
        "0001 at stage 2": ([], ["numerator"]),
    }
    assert "Records (2 added, 1 removed, 1 judged anew)" in hcreport("diff", old, new).out


def test_a_setting_moves_figures_without_any_record(tmp_path: Path) -> None:
    """Where the basis changes, the setting is named, and the complaints that it moves."""
    rows = [complaint(1), complaint(2, closed_on="2024-04-20")]
    old = built(tmp_path / "old", complaints=rows)
    new = built(tmp_path / "new", '[basis]\noutcomes = "closed"\n', complaints=rows)
    found = diff(old, new)
    basis = {"name": "basis.outcomes", "old": "responded", "new": "closed"}
    assert basis in found["made_with"]
    assert moved(figure(found, "stage1.decided")) == {"0002 at stage 1": (["numerator"], [])}
    assert not [r for r in found["records"] if r["fields"]]
    text = hcreport("diff", old, new).out
    assert "basis.outcomes: responded → closed" in text
    assert "definition of stage1.decided: changed" in text


def test_a_number_of_the_settings_moves_its_figure(tmp_path: Path) -> None:
    """A survey's result is no record's doing, and the text says so."""
    rows = complaints(1)
    old = built(tmp_path / "old", "[survey.tp09]\npercent = 17.4\n", complaints=rows)
    new = built(tmp_path / "new", "[survey.tp09]\npercent = 18.0\n", complaints=rows)
    assert figure(diff(old, new), "tsm.tp09")["records"] == []
    text = hcreport("diff", old, new).out
    assert "17.4% → 18.0%\n      by what the builds were made with, not by a record" in text
    assert "survey.tp09.percent: 17.4 → 18.0" in text
    assert "Not by a record" in hcreport("diff", old, new, "--markdown").out


def test_the_order_of_rows_is_no_difference(tmp_path: Path) -> None:
    """The same rows in another order are another file, and nothing else."""
    rows = [*complaints(3), second(complaint(2))]
    awards = [award(1, "100"), award(1, "100"), award(2, "50")]
    findings = [finding("F1"), finding("F1", "redress"), finding("F2")]
    old = built(tmp_path / "old", complaints=rows, awards=awards, findings=findings)
    new = built(
        tmp_path / "new", complaints=rows[::-1], awards=awards[::-1], findings=findings[::-1]
    )
    found = diff(old, new)
    assert (found["figures"], found["made_with"]) == ([], [])
    # Which of two equal awards stands for its case is told by its place, and is nobody's matter.
    assert found["records"] == []
    assert len(found["inputs"]) == 3


# --- Laws -------------------------------------------------------------------------------------


def test_a_build_does_not_differ_from_itself(tmp_path: Path) -> None:
    """Nothing differs, in any form, and the command ends with 0."""
    old = kept(sample_run(), tmp_path / "old")
    found = diff(old, old)
    assert {found[part] == [] for part in ("figures", "records", "made_with", "inputs")} == {True}
    assert hcreport("diff", old, old).out == "Nothing differs.\n"
    assert hcreport("diff", old, shutil.copytree(old, tmp_path / "new")).status == 0
    assert "Nothing differs." in hcreport("diff", old, old, "--markdown").out


def test_the_other_way_round_is_the_mirror_image(
    corrected: tuple[Path, Path, Run, dict[str, str]], tmp_path: Path
) -> None:
    """What was added is removed, what came in leaves, and every old value is the new one."""
    rows = [complaint(1), complaint(2), second(complaint(1))]
    first = built(
        tmp_path / "first", complaints=rows, awards=[award(1, "100"), award(1, "70"), award(2)]
    )
    other = [complaint(1, outcome="not_upheld"), complaint(3), second(complaint(1))]
    last = built(tmp_path / "last", complaints=other, awards=[award(1, "90"), award(1, "75")])
    for old, new in ((first, last), (corrected[0], corrected[1])):
        there, back = diff(old, new), mirrored(diff(new, old))
        for part in ("figures", "records", "made_with", "inputs"):
            assert in_any_order(there[part]) == in_any_order(back[part]), part


def mirrored(found: Any) -> Any:
    """Swap before and now, added and removed; a record that is in both is told from either side."""
    if isinstance(found, list):
        return [mirrored(item) for item in found]
    if not isinstance(found, dict):
        return {"added": "removed", "removed": "added"}.get(found, found)
    swapped = {"old": "new", "new": "old", "was": "now", "now": "was"}
    return {swapped.get(key, key): mirrored(value) for key, value in found.items()}


def in_any_order(found: Any) -> Any:
    """A list as a set of texts, without the places, which each build has of its own."""
    if isinstance(found, dict):
        return {k: in_any_order(v) for k, v in sorted(found.items()) if k not in {"place", "name"}}
    if isinstance(found, list):
        return sorted(json.dumps(in_any_order(item)) for item in found)
    return found


rows_of_awards = st.lists(
    st.fixed_dictionaries(
        {
            "file": st.just("a.csv"),
            "sheet": st.just(""),
            "row": st.integers(2, 9).map(str),
            "reference": st.sampled_from(["1", "2"]),
            "amount": st.sampled_from(["1.00", "2.00"]),
            "reason": st.sampled_from(["", "Delay", "Damage"]),
            "stands_for_case": st.sampled_from(["yes", "no"]),
        }
    ),
    max_size=6,
)


@given(rows_of_awards, rows_of_awards)
def test_every_record_is_matched_once(old: list[Row], new: list[Row]) -> None:
    """Each row of either side is in one pair; equal ones find each other; it works both ways."""
    found = pairs("awards", old, new)
    assert sorted(n for n, _ in found if n is not None) == list(range(len(old)))
    assert sorted(m for _, m in found if m is not None) == list(range(len(new)))

    def content(row: Row) -> tuple[str, ...]:
        return row["reference"], row["amount"], row["reason"]

    def sides(some: list[Row], pairs: list[tuple[int | None, int | None]], side: int) -> list[Any]:
        return [None if p[side] is None else content(some[p[side]]) for p in pairs]  # type: ignore[index]  # fmt: skip

    alike = sum(a == b for a, b in zip(sides(old, found, 0), sides(new, found, 1), strict=True))
    held = [content(row) for row in new]
    common = 0
    for row in old:
        if content(row) in held:
            held.remove(content(row))
            common += 1
    assert alike == common
    back = pairs("awards", new, old)
    there = sorted(map(str, zip(sides(old, found, 0), sides(new, found, 1), strict=True)))
    assert there == sorted(map(str, zip(sides(old, back, 1), sides(new, back, 0), strict=True)))


# --- At the end of a build --------------------------------------------------------------------


def test_a_build_says_what_moved_since_the_last(tmp_path: Path) -> None:
    """The first build has nothing to say of it; the same again, that nothing moved; then what."""
    folder = project(tmp_path / "small", complaints=complaints(2))
    assert "last build" not in hcreport("build", folder).out
    assert "\nNo figure has moved since the last build here.\n" in hcreport("build", folder).out
    project(folder, complaints=complaints(3))
    told = hcreport("build", folder).out
    assert "  stage1.received  2 → 3\n" in told
    assert "and 16 more" in told
    assert told.index("Next: open") < told.index("Since the last build here 21 figures moved, and ")


@pytest.mark.parametrize("record", ["{", "[]", '{"schema": "hcreport.run/1"}'])
def test_a_build_says_nothing_of_a_last_one_it_cannot_read(tmp_path: Path, record: str) -> None:
    """A record that is damaged, or of another version, does not stand in a build's way."""
    folder = project(tmp_path / "small", complaints=complaints(2))
    (folder / "output" / "internal").mkdir(parents=True)
    (folder / "output" / "internal" / "run.json").write_text(record, encoding="utf-8")
    ran = hcreport("build", folder)
    assert (ran.status, ran.err) == (0, "")
    assert "last build" not in ran.out


# --- What cannot be compared ------------------------------------------------------------------


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An output folder without faults."""
    return built(tmp_path_factory.mktemp("good") / "project", complaints=complaints(1))


def must_be_refused(ran: Ran, *words: str) -> None:
    """Two lines, a message and a hint; exit status 2."""
    assert (ran.status, ran.out, len(ran.lines)) == (2, "", 2), ran
    for word in words:
        assert word in ran.err


def test_what_is_no_output_folder_is_refused(good: Path, tmp_path: Path) -> None:
    """A folder that is not there, or that no build wrote, is named with what to give instead."""
    must_be_refused(hcreport("diff", good, tmp_path / "nowhere"), "There is no folder", "nowhere")
    must_be_refused(hcreport("diff", tmp_path, good), "holds no internal/run.json")
    must_be_refused(hcreport("diff", good, good.parent), "is a project folder", str(good))


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("run.json", "{", "cannot be read"),
        ("run.json", "[]", "cannot be read"),
        ("run.json", '{"schema": "hcreport.run/1"}', "another version"),
        ("run.json", '{"schema": "hcreport.run/3"}', "not as hcreport wrote it"),
        ("complaints.csv", None, "cannot be read"),
        ("complaints.csv", "reference;stage\n", "not as hcreport wrote it"),
        ("complaints.csv", '"', "not as hcreport wrote it"),
        ("awards.csv", "", "not as hcreport wrote it"),
    ],
)
def test_a_damaged_folder_is_refused(
    good: Path, tmp_path: Path, name: str, content: str | None, words: str
) -> None:
    """What somebody changed, or another version wrote, stops the comparison in two lines."""
    folder = shutil.copytree(good, tmp_path / "damaged")
    path = folder / "internal" / name
    path.unlink()
    if content is not None:
        path.write_text(content, encoding="utf-8")
    must_be_refused(hcreport("diff", good, folder), words, name)


def test_two_forms_at_once_are_refused(good: Path) -> None:
    """--json and --markdown together make no sense."""
    must_be_refused(hcreport("diff", good, good, "--json", "--markdown"), "at once")


def test_a_comparison_writes_nothing(good: Path) -> None:
    """Both folders are left as they were."""
    before = contents(good)
    hcreport("diff", good, good)
    assert contents(good) == before


def test_a_build_says_what_moved_where_only_parts_did(tmp_path: Path) -> None:
    """A complaint that changes its service leaves the total and moves both parts."""
    folder = project(tmp_path / "small", complaints=complaints(2))
    hcreport("build", folder)
    project(folder, complaints=[*complaints(1), complaint(2, service="Lettings")])
    told = hcreport("build", folder).out
    assert "Since the last build here no figure moved as a whole, but " in told
    assert "  stage1.received (Repairs)  2 of 2 → 1 of 2\n" in told
