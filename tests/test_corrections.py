"""``corrections.csv``: cells mended by the analyst; each line is applied or refused, never lost.

The export stays as it came; what a line changes is listed by ``check`` and told in the report.
"""

from __future__ import annotations

import csv
import io
import json
import tempfile
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from builders import day
from hcreport import pipeline
from hcreport.intake.corrections import HEADINGS
from hcreport.intake.load import Intake, load
from hcreport.intake.profile import Profile
from hcreport.problems import CannotRun
from hcreport.sections import method
from projects import award as award_row
from projects import complaint, contents, hcreport, project, second
from projects import finding as finding_row

if TYPE_CHECKING:
    from collections.abc import Mapping

LONG: dict[str, Any] = {
    "table": "complaints",
    "files": ["exports/cases*.csv"],
    "dates": ["%d/%m/%Y"],
    "headings": {
        "reference": "Ref",
        "stage": "Stage",
        "service": "Service",
        "received_on": "Received",
        "responded_on": "Answered",
        "outcome": "Outcome",
    },
}
CASES = """\
Ref,Stage,Service,Received,Answered,Outcome
0012,Stage 1,Repairs,03/04/2023,17 Apr,Upheld
0012,Stage 2,Repairs,03/06/2023,,
0013,Stage 1,Tenancy,05/04/2023,12/04/2023,Not upheld
"""
WIDE: dict[str, Any] = {
    "table": "complaints",
    "files": ["exports/cases.csv"],
    "shape": "wide",
    "headings": {"reference": "Ref", "service": "Service"},
    "stage1": {"received_on": "In 1", "responded_on": "Out 1"},
    "stage2": {"received_on": "In 2", "responded_on": "Out 2"},
}
WIDE_CASES = """\
Ref,Service,In 1,Out 1,In 2,Out 2
0012,Repairs,2023-04-03,2023-04-12,2023-05-03,
0013,Tenancy,2023-04-05,,,
"""
AWARDS: dict[str, Any] = {
    "table": "awards",
    "files": ["exports/awards.csv"],
    "headings": {"reference": "Ref", "stage": "Stage", "amount": "Amount"},
}
FINDINGS: dict[str, Any] = {
    "table": "findings",
    "files": ["exports/findings.csv"],
    "headings": {"case": "Case", "decided_on": "Decided", "finding": "Finding"},
}
# The line most tests begin with: an answer that nobody can read.
LATE = {
    "file": "cases.csv",
    "row": "2",
    "field": "responded_on",
    "old": "17 Apr",
    "new": "2023-04-17",
    "reason": "Mistyped",
    "by": "Complaints manager",
}


def line(**changes: str) -> dict[str, str]:
    """Say a correction: the unreadable answer, with these changes."""
    return LATE | changes


def by_reference(reference: str, **changes: str) -> dict[str, str]:
    """Say a correction that names its row by reference."""
    return line(file="", row="", reference=reference, **changes)


def written(*lines: Mapping[str, str], headings: tuple[str, ...] = HEADINGS, **how: str) -> str:
    """Write lines under the headings of the file."""
    text = io.StringIO()
    writer = csv.DictWriter(text, headings, restval="", extrasaction="ignore", **how)  # type: ignore[arg-type]
    writer.writeheader()
    writer.writerows(lines)
    return text.getvalue()


def corrected(
    folder: Path,
    *lines: Mapping[str, str],
    source: Mapping[str, Any] = LONG,
    **exports: str,
) -> Intake:
    """Read exports by a source, with these corrections beside them."""
    return read(folder, written(*lines), {"them": source}, **({"cases": CASES} | exports))


def read(
    folder: Path, lines: str | bytes, sources: Mapping[str, Mapping[str, Any]], **exports: str
) -> Intake:
    """Read exports by sources; ``lines`` is what corrections.csv holds."""
    (folder / "exports").mkdir(parents=True, exist_ok=True)
    for name, text in exports.items():
        (folder / "exports" / f"{name}.csv").write_text(text, encoding="utf-8")
    content = lines if isinstance(lines, bytes) else lines.encode()
    (folder / "corrections.csv").write_bytes(content)
    return load(folder, Profile.model_validate({"title": "Ours", "sources": sources}))


def met(found: Intake) -> list[str]:
    """The codes of the problems, in order."""
    return [problem.rule.code for problem in found.problems]


def held(found: Intake, *names: str) -> list[tuple[Any, ...]]:
    """These fields of every complaint, in order of reference and stage."""
    rows = sorted(found.records.complaints, key=lambda c: (c.reference, c.stage))
    return [tuple(getattr(row, name) for name in names) for row in rows]


# --- Applied ----------------------------------------------------------------------------------


def test_an_unreadable_date_is_mended(tmp_path: Path) -> None:
    """Without its line the date is a problem; with it, a day like any other."""
    assert ["D101"] == met(corrected(tmp_path))
    found = corrected(tmp_path, line())
    assert [] == met(found)
    assert [(day("2023-04-17"),), (None,), (day("2023-04-12"),)] == held(found, "responded_on")
    (applied,) = found.corrections
    assert "exports/cases.csv › row 2 › Answered" == str(applied.place)
    assert "Responded on" == applied.label


@pytest.mark.parametrize(
    "named",
    [
        {"file": "cases.csv", "row": "2"},
        {"file": "exports/cases.csv", "row": "2"},
        {"file": "exports/cases.csv", "row": "002"},
        {"reference": "0012", "stage": "stage1"},
        {"reference": '="0012"', "stage": "stage1"},
        {"reference": "0012", "stage": "stage1", "file": "cases.csv"},
        {"reference": "0012", "row": "2"},
        {"reference": "0012", "row": "2", "file": "cases.csv", "stage": "stage1"},
    ],
)
def test_a_cell_can_be_named_in_several_ways(tmp_path: Path, named: dict[str, str]) -> None:
    """By file and row, by reference and stage, or by all of them where all agree."""
    blank = {"file": "", "row": "", "reference": "", "stage": ""}
    found = corrected(tmp_path, line(**blank | named))
    assert ([], day("2023-04-17")) == (met(found), held(found, "responded_on")[0][0])


@pytest.mark.parametrize(
    ("named", "code"),
    [
        ({"row": "3"}, "C101"),
        ({"row": "2", "file": "other.csv"}, "C102"),
        ({"row": "2", "reference": "0013"}, "C102"),
        ({"row": "2", "stage": "stage2"}, "C102"),
        ({"field": "ward"}, "C102"),
        ({"field": "amount"}, "C102"),
        ({"row": "99"}, "C102"),
        ({"row": "", "reference": "12", "file": ""}, "C102"),
        ({"row": "", "reference": "0012", "stage": "stage2"}, "C101"),
        ({"row": "", "reference": "0012", "stage": "stage1", "file": "awards.csv"}, "C102"),
    ],
)
def test_a_line_that_fits_no_such_cell_is_refused(
    tmp_path: Path, named: dict[str, str], code: str
) -> None:
    """A wrong row, file, reference, stage or field: the line is named and nothing changes."""
    found = corrected(tmp_path, line(**named))
    assert ["D101", code] == met(found)
    assert () == found.corrections
    assert "corrections.csv › row 2" == str(found.problems[-1].place)


def test_a_row_that_moved_is_not_corrected_in_another_ones_place(tmp_path: Path) -> None:
    """Where a line gives row and reference, both must fit: last month's row 4 is another case."""
    change = line(row="4", reference="0012", field="outcome", old="Not upheld", new="Upheld")
    found = corrected(tmp_path, line(), change)
    assert ["C102"] == met(found)
    assert ("not_upheld",) == held(found, "outcome")[2]


@pytest.mark.parametrize(
    ("field", "old", "new", "value"),
    [
        ("service", " REPAIRS ", "Estates", "Estates"),
        ("service", "Repairs", "", None),
        ("outcome", "upheld", "Partly upheld", "partly_upheld"),
        ("outcome", "UPHELD", "partly_upheld", "partly_upheld"),
        ("received_on", "2023-04-03", "2023-04-04", day("2023-04-04")),
        ("received_on", "03/04/2023", "04/04/2023", day("2023-04-04")),
        ("responded_on", "17 Apr", "", None),
        ("reference", "0012", "0014", "0014"),
    ],
)
def test_the_old_value_can_be_spelt_as_anybody_would(
    tmp_path: Path, field: str, old: str, new: str, value: object
) -> None:
    """The same words or the same value; a day can always be written 2024-03-21."""
    change = line(field=field, old=old, new=new)
    lines = [change] if field == "responded_on" else [line(), change]
    found = corrected(tmp_path, *lines)
    assert [] == met(found)
    assert value in {row[0] for row in held(found, field)}


def test_a_blank_cell_is_filled_in(tmp_path: Path) -> None:
    """A blank old value says that the cell is blank."""
    change = by_reference("0012", stage="stage2", field="outcome", old="", new="Upheld")
    found = corrected(tmp_path, line(), change)
    assert ([], "upheld") == (met(found), held(found, "outcome")[1][0])


@pytest.mark.parametrize("old", ["03/05/2023", "2023-05-03", "2023-05-03 00:00"])
def test_a_true_date_is_held_against_what_the_line_says(tmp_path: Path, old: str) -> None:
    """A workbook's day is the same day in text; a time that nobody can read is refused."""
    path = tmp_path / "exports" / "cases.xlsx"
    path.parent.mkdir(parents=True)
    with xlsxwriter.Workbook(str(path), {"default_date_format": "dd/mm/yyyy"}) as book:
        sheet = book.add_worksheet("Cases")
        sheet.write_row(0, 0, ["Ref", "Stage", "Received"])
        sheet.write_row(1, 0, ["0012", "Stage 1", date(2023, 5, 3)])
    source = LONG | {
        "files": ["exports/cases.xlsx"],
        "headings": {"reference": "Ref", "stage": "Stage", "received_on": "Received"},
    }
    change = by_reference("0012", field="received_on", old=old, new="2023-05-04")
    found = read(tmp_path, written(change), {"them": source})
    if old.endswith("00:00"):
        assert ["C101"] == met(found)
    else:
        assert ([], [(day("2023-05-04"),)]) == (met(found), held(found, "received_on"))


def test_a_corrected_day_says_nothing_of_the_others(tmp_path: Path) -> None:
    """Days 13 to 30 in text beside one corrected 5th are no sign of an American spreadsheet."""
    rows = "".join(f"{n},Stage 1,A,{n}/04/2023,,\n" for n in (13, 14, 15, 16))
    change = by_reference("13", field="received_on", old="13/04/2023", new="2023-04-05")
    found = corrected(
        tmp_path, change, cases="Ref,Stage,Service,Received,Answered,Outcome\n" + rows
    )
    assert ([], 1) == (met(found), len(found.corrections))


# --- The shapes -------------------------------------------------------------------------------


def wide(folder: Path, *lines: Mapping[str, str]) -> Intake:
    """Read the wide export with these corrections."""
    return corrected(folder, *lines, source=WIDE, cases=WIDE_CASES)


def test_the_stage_tells_the_columns_of_a_wide_row(tmp_path: Path) -> None:
    """One field stands there twice in a row; the line's stage says in which column."""
    change = by_reference("0012", stage="stage2", old="", new="2023-05-20")
    found = wide(tmp_path, change)
    assert [] == met(found)
    assert [(day("2023-04-12"),), (day("2023-05-20"),), (None,)] == held(found, "responded_on")
    unsure = wide(tmp_path, change | {"stage": "", "old": "2023-04-12"})
    assert ["C101"] == met(unsure)


def test_both_stages_of_a_wide_row_share_its_service(tmp_path: Path) -> None:
    """One cell, named by row, by reference or with a stage: both complaints are corrected."""
    for named in ({"file": "cases.csv", "row": "2"}, {"reference": "0012"}):
        for stage in ("", "stage1", "stage2"):
            blank = {"file": "", "row": "", "stage": stage}
            change = line(field="service", old="Repairs", new="Estates", **(blank | named))
            found = wide(tmp_path, change)
            assert [] == met(found)
            assert [("Estates",), ("Estates",), ("Tenancy",)] == held(found, "service")
            assert 1 == len(found.corrections)


def test_a_correction_can_make_and_unmake_a_stage(tmp_path: Path) -> None:
    """A stage that the row says nothing of begins with its receipt, and ends with its last cell."""
    more = by_reference("0013", stage="stage2", field="received_on", old="", new="2023-06-01")
    less = by_reference("0012", stage="stage2", field="received_on", old="2023-05-03", new="")
    found = wide(tmp_path, more, less)
    assert [] == met(found)
    assert [("0012", "stage1"), ("0013", "stage1"), ("0013", "stage2")] == held(
        found, "reference", "stage"
    )


def test_a_line_without_a_stage_says_nothing_of_one_never_reached(tmp_path: Path) -> None:
    """Where a case has one stage, a line need not name it."""
    found = wide(tmp_path, by_reference("0013", old="", new="2023-04-20"))
    assert ([], (day("2023-04-20"),)) == (met(found), held(found, "responded_on")[2])


def test_awards_and_findings_are_corrected(tmp_path: Path) -> None:
    """An amount as it is spoken of, and a finding by the Ombudsman's own case number."""
    found = read(
        tmp_path,
        written(
            by_reference("0012", field="amount", old="£1,250", new="£125.00"),
            by_reference("F1", field="finding", old="Servce failure", new="Service failure"),
        ),
        {"cases": LONG, "awards": AWARDS, "findings": FINDINGS},
        cases=CASES.replace("17 Apr", "17/04/2023"),
        awards="Ref,Stage,Amount\n0012,Stage 1,1250.00\n",
        findings="Case,Decided,Finding\nF1,2023-09-01,Servce failure\n",
    )
    assert [] == met(found)
    assert [12_500] == [a.amount for a in found.records.awards]
    assert ["service_failure"] == [f.finding for f in found.records.findings]


def test_an_award_beside_its_complaint_can_be_added_and_taken_away(tmp_path: Path) -> None:
    """Whether a row holds an award is judged after its correction."""
    beside = AWARDS | {"files": ["exports/cases.csv"], "only_with": "amount"}
    found = read(
        tmp_path,
        written(
            by_reference("1", field="amount", old="50", new=""),
            by_reference("2", field="amount", old="", new="75"),
        ),
        {"awards": beside},
        cases="Ref,Stage,Amount\n1,Stage 1,50\n2,Stage 1,\n",
    )
    assert ([], [("2", 7_500)]) == (
        met(found),
        [(a.reference, a.amount) for a in found.records.awards],
    )


def test_a_row_left_out_by_mistake_is_brought_in(tmp_path: Path) -> None:
    """A complaint that was filed as a compliment becomes one."""
    cases = "Ref,Stage,Service,Received,Answered,Outcome\n1,Compliment,A,03/04/2023,,\n"
    source = LONG | {"leave_out": {"stage": ["Compliment"]}}
    change = line(field="stage", old="Compliment", new="Stage 1")
    assert [] == held(corrected(tmp_path, source=source, cases=cases), "reference")
    found = corrected(tmp_path, change, source=source, cases=cases)
    assert ([], [("1", "stage1")]) == (met(found), held(found, "reference", "stage"))


@pytest.mark.parametrize(
    "named",
    [
        {"file": "cases.csv", "row": "4"},
        {"file": "cases.csv", "row": "4", "stage": "stage1"},
        {"file": "", "row": "", "reference": "0013"},
        {"file": "", "row": "", "reference": "0013", "stage": "stage1"},
    ],
)
def test_a_reference_and_a_stage_are_named_by_what_they_were(
    tmp_path: Path, named: dict[str, str]
) -> None:
    """A line that corrects what others go by is found by what the export says."""
    lines = (
        line(),
        line(field="stage", old="Stage 1", new="stage2", **named),
    )
    found = corrected(tmp_path, *lines)
    assert ([], ("0013", "stage2")) == (met(found), held(found, "reference", "stage")[2])
    found = corrected(tmp_path, line(), line(field="reference", old="0013", new="0014", **named))
    assert ([], ("0014", "stage1")) == (met(found), held(found, "reference", "stage")[2])


def test_later_lines_go_by_a_corrected_reference(tmp_path: Path) -> None:
    """Once a case number is right, it is the number by which its other cells are named."""
    found = corrected(
        tmp_path,
        line(),
        line(row="4", field="reference", old="0013", new="0014"),
        by_reference("0014", field="outcome", old="Not upheld", new="Upheld"),
    )
    assert ([], ("0014", "upheld")) == (met(found), held(found, "reference", "outcome")[2])


def test_a_case_with_a_parent_is_named_by_its_own_number(tmp_path: Path) -> None:
    """Where no column gives the stage, the stage its parent tells is the line's."""
    source = LONG | {
        "headings": {"reference": "Case", "parent": "Parent", "received_on": "Received"}
    }
    change = by_reference(
        "20", stage="stage2", field="received_on", old="01/06/2023", new="2023-06-02"
    )
    found = corrected(
        tmp_path,
        change,
        source=source,
        cases="Case,Parent,Received\n10,,01/04/2023\n20,10,01/06/2023\n",
    )
    assert ([], ("10", "stage2", day("2023-06-02"))) == (
        met(found),
        held(found, "reference", "stage", "received_on")[1],
    )


def test_a_child_table_is_corrected(tmp_path: Path) -> None:
    """An extension in a table of its own, by its own field."""
    child = {
        "table": "complaints",
        "shape": "child",
        "files": ["exports/extensions.csv"],
        "headings": {"reference": "Case", "stage": "Stage", "extended_to": "To"},
    }
    found = read(
        tmp_path,
        written(line(), by_reference("0012", field="extended_to", old="soon", new="2023-05-01")),
        {"cases": LONG, "extensions": child},
        cases=CASES,
        extensions="Case,Stage,To\n0012,Stage 1,soon\n",
    )
    assert ([], (day("2023-05-01"),)) == (met(found), held(found, "extended_to")[0])


def test_a_field_that_one_file_of_two_has_is_corrected_there(tmp_path: Path) -> None:
    """The other file's row of the same number is another matter."""
    second_file = LONG | {
        "files": ["exports/more.csv"],
        "headings": {"reference": "Ref", "stage": "Stage", "received_on": "Received", "ward": "W"},
    }
    found = read(
        tmp_path,
        written(line(), line(file="", row="2", reference="0020", field="ward", old="X", new="Y")),
        {"cases": LONG, "more": second_file},
        cases=CASES,
        more="Ref,Stage,Received,W\n0020,Stage 1,03/04/2023,X\n",
    )
    assert ([], ("Y",)) == (met(found), held(found, "ward")[3])


def test_the_same_cell_read_by_two_sources_is_one_cell(tmp_path: Path) -> None:
    """A stage that serves the complaint and the award beside it is corrected for both."""
    source = LONG | {"headings": {"reference": "Ref", "stage": "Stage", "received_on": "Received"}}
    beside = AWARDS | {"files": ["exports/cases.csv"]}
    found = read(
        tmp_path,
        written(line(field="stage", old="S1", new="Stage 1")),
        {"cases": source, "awards": beside},
        cases="Ref,Stage,Received,Amount\n1,S1,03/04/2023,50\n",
    )
    assert ([], ["stage1"]) == (met(found), [a.stage for a in found.records.awards])
    assert 1 == len(found.corrections)


# --- Refused ----------------------------------------------------------------------------------


def test_an_old_value_that_no_longer_holds_is_refused(tmp_path: Path) -> None:
    """The case system has been mended meanwhile: the line says so, and changes nothing."""
    found = corrected(tmp_path, line(), cases=CASES.replace("17 Apr", "18/04/2023"))
    assert ["C101"] == met(found)
    message = "the line says '17 Apr'; exports/cases.csv › row 2 › Answered holds another value"
    assert message == found.problems[0].message
    assert (day("2023-04-18"),) == held(found, "responded_on")[0]
    # The value that the export holds is not repeated: a line can point at any column.
    assert "18/04" not in found.problems[0].message


def test_a_line_that_fits_several_cells_is_refused(tmp_path: Path) -> None:
    """Two stages, two cells with the same old value: nobody can say which was meant."""
    change = by_reference("0012", field="service", old="Repairs", new="Estates")
    found = corrected(tmp_path, line(), change)
    assert ["C103"] == met(found)
    assert "reference 0012 service fits 2 cells" in found.problems[0].message
    assert 3 == len(found.corrections)  # every cell that was changed is listed


def test_what_was_changed_before_a_line_was_refused_is_listed(tmp_path: Path) -> None:
    """A line that fits two cells and is right about one has changed that one, and says so."""
    change = by_reference("0012", field="outcome", old="Upheld", new="Not upheld")
    found = corrected(tmp_path, line(), change)
    assert ["C101"] == met(found)
    assert ["responded_on", "outcome"] == [a.correction.field for a in found.corrections]


def test_two_lines_for_one_cell_follow_each_other(tmp_path: Path) -> None:
    """The second must know what the first has made of the cell."""
    again = line(old="2023-04-17", new="2023-04-18")
    found = corrected(tmp_path, line(), again)
    assert ([], 2) == (met(found), len(found.corrections))
    assert (day("2023-04-18"),) == held(found, "responded_on")[0]
    stubborn = corrected(tmp_path, line(), line(new="2023-04-19"))
    assert ["C101"] == met(stubborn)
    assert (day("2023-04-17"),) == held(stubborn, "responded_on")[0]


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"field": ""}, "it gives no field"),
        ({"reason": " "}, "it gives no reason"),
        ({"by": ""}, "it gives no by"),
        ({"field": "recieved_on"}, "there is no field 'recieved_on'. Did you mean received_on"),
        ({"field": "place"}, "there is no field 'place'"),
        ({"row": "two"}, "the row is 'two', and not the number of a row"),
        ({"row": "-2"}, "the row is '-2'"),
        ({"row": "2.5"}, "the row is '2.5'"),
        ({"row": "0"}, "the row is '0'"),
        ({"row": "9" * 5000}, "the row is '999"),
        ({"stage": "stage3"}, "it can be stage1 or stage2"),
        ({"row": ""}, "it names no cell"),
        ({"file": ""}, "it names no cell"),
        ({"file": "", "row": ""}, "it names no cell"),
        ({"reference": "1.2E+11"}, "turned it into a power of ten"),
    ],
)
def test_a_line_that_cannot_be_used_says_why(
    tmp_path: Path, changes: dict[str, str], message: str
) -> None:
    """Each kind of fault in a sentence of its own, at its row."""
    found = corrected(tmp_path, line(), line(**changes))
    assert ["C104"] == met(found)
    assert message in found.problems[0].message
    assert 200 > len(found.problems[0].message)
    assert "corrections.csv › row 3" == str(found.problems[0].place)


@pytest.mark.parametrize("lacking", ["field", "old", "new", "reason", "by"])
def test_a_column_that_is_lacking_stops_the_run(tmp_path: Path, lacking: str) -> None:
    """Two lines: which column, and which there should be."""
    headings = tuple(name for name in HEADINGS if name != lacking)
    with pytest.raises(CannotRun, match=f"has no column {lacking}") as stopped:
        read(tmp_path, written(line(), headings=headings), {"them": LONG}, cases=CASES)
    assert "file, row, reference" in stopped.value.hint


def test_a_column_that_stands_there_twice_stops_the_run(tmp_path: Path) -> None:
    """Of two reasons or rows neither is chosen."""
    text = "file,row,field,old,new,reason,by,row\ncases.csv,2,service,A,B,r,b,3\n"
    with pytest.raises(CannotRun, match="has the column row twice"):
        read(tmp_path, text, {"them": LONG}, cases=CASES)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("file,row,field,old,new,reason,by\na.csv,2,service,A,B,Wrong, and late,me\n", "row 2"),
        (b"%PDF-1.7", "PDF"),
        (b"\xff\xfe\x00", "UTF-16"),
        (b"a\x00b", "neither"),
        (b"PK\x03\x04", "damaged"),
        ('file,row,field,old,new,reason,by\na.csv,2,service,"A,B,r,me\n', "quotation mark"),
        ("a.csv,2,,,service,A,B,because,me\n", "no column field or reason or by"),
    ],
)
def test_a_file_that_is_no_table_stops_the_run(
    tmp_path: Path, content: str | bytes, words: str
) -> None:
    """An unquoted comma is named by its row; what cannot be read is named for what it is."""
    with pytest.raises(CannotRun, match=words) as stopped:
        read(tmp_path, content, {"them": LONG}, cases=CASES)
    assert stopped.value.message.startswith("corrections.csv")


def as_workbook(*lines: Mapping[str, Any]) -> bytes:
    """Write lines as a workbook, which somebody has called .csv."""
    made = io.BytesIO()
    with xlsxwriter.Workbook(
        made, {"in_memory": True, "default_date_format": "yyyy-mm-dd"}
    ) as book:
        sheet = book.add_worksheet("Corrections")
        sheet.write_row(0, 0, HEADINGS)
        for number, given in enumerate(lines, start=1):
            sheet.write_row(number, 0, [given.get(name, "") for name in HEADINGS])
    return made.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        written(LATE),
        written(LATE, delimiter=";"),
        written(LATE, delimiter="\t"),
        "sep=;\n" + written(LATE, delimiter=";"),
        written(LATE).encode("utf-8-sig"),
        written(LATE).encode("utf-16"),
        written(LATE | {"reason": "Café’s clock"}).encode("cp1252"),
        written(LATE, headings=tuple(reversed(HEADINGS))),
        written(LATE).replace("file,row", " File ,ROW"),
        "Corrections of April\n\n" + written(LATE),
        as_workbook(LATE),
        as_workbook({**LATE, "row": 2, "new": date(2023, 4, 17)}),
    ],
    ids=[
        "plain",
        "semicolon",
        "tab",
        "sep",
        "bom",
        "utf-16",
        "windows",
        "order",
        "headings",
        "title",
        "workbook",
        "typed",
    ],
)
def test_lines_are_read_however_they_were_saved(tmp_path: Path, content: str | bytes) -> None:
    """Every kind of text, and a workbook with a true number and a true date in it."""
    found = read(tmp_path, content, {"them": LONG}, cases=CASES)
    assert ([], (day("2023-04-17"),)) == (met(found), held(found, "responded_on")[0])


def test_a_number_in_a_workbook_is_the_amount_it_is(tmp_path: Path) -> None:
    """A true nought is no blank."""
    change = {**LATE, "file": "awards.csv", "row": 2, "field": "amount", "old": 0, "new": 12.5}
    awards = "Ref,Stage,Amount\n0012,Stage 1,£0.00\n"
    found = read(tmp_path, as_workbook(change), {"awards": AWARDS}, awards=awards)
    assert ([], [1250]) == (met(found), [a.amount for a in found.records.awards])


@pytest.mark.parametrize("content", ["", "\n", ",".join(HEADINGS) + "\n", ",".join(HEADINGS)])
def test_a_file_without_lines_corrects_nothing(tmp_path: Path, content: str) -> None:
    """Headings alone are a file that waits for its first line."""
    assert ["D101"] == met(read(tmp_path, content, {"them": LONG}, cases=CASES))


def test_a_line_that_reads_like_a_total_is_a_line(tmp_path: Path) -> None:
    """A file can be called Total cases; its line is not passed over for a sum."""
    change = line(file="Total cases.csv")
    found = read(
        tmp_path,
        written(change),
        {"them": LONG | {"files": ["exports/*.csv"]}},
        **{"Total cases": CASES},
    )
    assert ([], 1) == (met(found), len(found.corrections))


# --- What is told of them ---------------------------------------------------------------------


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A small project with three corrections, of two kinds."""
    rows = [complaint(n, outcome="not_upheld") for n in range(1, 5)]
    folder = project(
        tmp_path / "small",
        complaints=[*rows, second(rows[0])],
        awards=[award_row(1)],
        findings=[finding_row("F1")],
    )
    lines = [
        by_reference(f"000{n}", stage="stage1", field="outcome", old="not_upheld", new="upheld")
        for n in (1, 2)
    ]
    lines += [by_reference("0001", field="amount", old="100", new="£250", reason="Two cheques.")]
    (folder / "corrections.csv").write_text(written(*lines), encoding="utf-8")
    return folder


def test_check_lists_what_was_corrected(small: Path) -> None:
    """Each cell with its old and new value, who decided and why; and the same as JSON."""
    ran = hcreport("check", small)
    assert 0 == ran.status
    assert "3 corrections applied" in ran.out
    assert (
        "  exports/complaints.csv › row 2 › outcome: 'not_upheld' to 'upheld' "
        "(Complaints manager: Mistyped)" in ran.out
    )
    told = json.loads(hcreport("check", small, "--json").out)["corrections"]
    assert [("outcome", 2), ("outcome", 3), ("amount", 2)] == [(t["field"], t["row"]) for t in told]
    assert {"file", "sheet", "row", "heading", "field", "old", "new", "reason", "by"} == set(
        told[0]
    )


def test_the_report_counts_them_by_field(small: Path) -> None:
    """The data note says how many cells, and of which fields; why is free text, and stays in."""
    w = pipeline.writer(pipeline.compute(small))
    said = [sentence for sentence in method.commentary(w) if "corrected" in sentence]
    expected = "3 cells of them were corrected before anything was counted (amount, 1; outcome, 2)."
    assert [expected] == said


def test_figures_follow_the_corrections(small: Path) -> None:
    """Two upheld and £250; without the file none upheld and £100."""

    def values() -> tuple[object, object]:
        ledger = pipeline.compute(small).ledger
        return ledger.at("stage1.upheld").value, ledger.at("compensation.total.amount").value

    assert (2, 25_000) == values()
    (small / "corrections.csv").unlink()
    assert (0, 10_000) == values()


def test_the_exports_stay_as_they_came(small: Path) -> None:
    """Neither check nor build changes a byte of an export or of the corrections."""
    before = contents(small)
    assert 0 == hcreport("check", small).status
    assert 0 == hcreport("build", small).status
    after = contents(small)
    assert before == {name: after[name] for name in before}


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"old": "upheld"}, "C101"),
        ({"reference": "9999"}, "C102"),
        ({"stage": "", "field": "service", "old": "Repairs"}, "C103"),
        ({"field": "outcom"}, "C104"),
    ],
)
def test_a_refused_line_stops_the_build(small: Path, change: dict[str, str], code: str) -> None:
    """A correction that did not take is an error, at its row of corrections.csv."""
    first = by_reference("0001", stage="stage1", field="outcome", old="not_upheld", new="upheld")
    (small / "corrections.csv").write_text(written(first | change), encoding="utf-8")
    ran = hcreport("build", small)
    assert 1 == ran.status
    assert f"ERROR {code} " in ran.out
    assert "corrections.csv › row 2" in ran.out
    assert not (small / "output").exists()


def test_a_column_that_is_lacking_is_told_in_two_lines(small: Path) -> None:
    """On the command line: the message, and what columns there should be."""
    (small / "corrections.csv").write_text("reference,old,new\n1,a,b\n", encoding="utf-8")
    ran = hcreport("check", small)
    assert (2, 2) == (ran.status, len(ran.lines))
    assert "has no column field or reason or by" in ran.lines[0]


ODD = st.text(st.characters(exclude_categories=["Cs"]), max_size=10) | st.sampled_from(
    ["", "0012", "0013", "2", "stage1", "cases.csv", "outcome", "received_on", "Upheld", "="]
)
LINES = st.lists(st.fixed_dictionaries(dict.fromkeys(HEADINGS, ODD)), max_size=4)
SOUND = st.fixed_dictionaries(
    {
        "file": st.sampled_from(["", "cases.csv"]),
        "row": st.sampled_from(["", "2", "3", "9"]),
        "reference": st.sampled_from(["", "0012", "0013"]),
        "stage": st.sampled_from(["", "stage1", "stage2"]),
        "field": st.sampled_from(["reference", "stage", "service", "received_on", "outcome"]),
        "old": ODD | st.sampled_from(["Repairs", "03/04/2023", "Stage 1"]),
        "new": ODD,
        "reason": st.just("r"),
        "by": st.just("me"),
    }
)


@given(LINES | st.lists(SOUND, max_size=4), st.sampled_from([",", ";"]))
def test_any_line_is_applied_or_refused(lines: list[dict[str, str]], between: str) -> None:
    """Whatever its cells hold, a line of several has changed a cell or has a problem."""
    with tempfile.TemporaryDirectory() as folder:
        try:
            found = read(
                Path(folder), written(*lines, delimiter=between), {"them": LONG}, cases=CASES
            )
        except CannotRun:
            return
    told = {p.place.row for p in found.problems if p.place.file == "corrections.csv"}
    done = {a.correction.place.row for a in found.corrections}
    if all(given["field"].isascii() and given["field"].isprintable() for given in lines):
        assert told | done >= {n for n, given in enumerate(lines, 2) if given["field"].strip()}
