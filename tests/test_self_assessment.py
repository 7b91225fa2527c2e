"""The self-assessment: the form in Word and its torn rows, what it must hold, what is said of it.

The form's words are ours: none of the Ombudsman's wording and no landlord's.
"""

# ruff: noqa: D103  a test's name says what it tests

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import complaint, ledger_of, provision, records, settings, terms_of
from hcreport import checks
from hcreport.calendar.provisions import section_of, sections
from hcreport.intake import rules
from hcreport.intake.reading import form, open_file
from hcreport.intake.reading.kinds import Kind, kind_of
from hcreport.intake.values import Fault
from hcreport.marks import Marks
from hcreport.report import records_csv
from hcreport.sections import self_assessment
from hcreport.sections.section import Writer
from hcreport.tables import Absent, Table
from projects import copy_of_sample, hcreport, problems_of, sample_files, sample_run
from word import Word

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from hcreport.records import Provision

HEADINGS = ("Code provision", "Code requirement", "Comply: Yes / No", "Evidence", "Commentary")
WANTED = frozenset({"code provision", "comply: yes / no", "evidence"})
MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def cell(text: str, span: int = 1) -> str:
    """Make a cell; a bar parts its paragraphs."""
    said = "".join(f"<w:p><w:r><w:t>{escape(part)}</w:t></w:r></w:p>" for part in text.split("|"))
    return f'<w:tc><w:tcPr><w:gridSpan w:val="{span}"/></w:tcPr>{said}</w:tc>'


def table(*rows: Sequence[str]) -> str:
    """Make a table; a row of one text is a title from side to side of five columns."""
    lines = (
        cell(row[0], len(HEADINGS)) if len(row) == 1 else "".join(map(cell, row)) for row in rows
    )
    return "<w:tbl>" + "".join(f"<w:tr>{line}</w:tr>" for line in lines) + "</w:tbl>"


def document(*blocks: str) -> bytes:
    """Make a Word file of tables and what stands between them."""
    body = "<w:p/>".join(blocks)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(
            "word/document.xml",
            f'<w:document xmlns:w="{MAIN}"><w:body>{body}</w:body></w:document>',
        )
    return buffer.getvalue()


def read(*blocks: str) -> dict[str, list[object]]:
    """Read a form: each provision's cells by its number, and no row but theirs and headings."""
    rows = form.read(document(*blocks), WANTED).rows
    said = [list(row) for row in rows if any(row) and row[0] != HEADINGS[0]]
    found = {str(row[0]): row[1:] for row in said}
    assert len(found) == len(said)
    return found


def fault(*blocks: str) -> Fault:
    """Read a form that cannot be read."""
    with pytest.raises(Fault) as caught:
        form.read(document(*blocks), WANTED)
    return caught.value


def whole(number: str, comply: str = "Yes") -> tuple[str, ...]:
    """Make a row with every cell filled in."""
    return (number, f"Ask {number}.", comply, f"Seen in {number}.", f"Said of {number}.")


# --- The Code -----------------------------------------------------------------------------------


def test_the_code_has_72_provisions_in_nine_sections() -> None:
    counts = [len(s.provisions) for s in sections()]
    assert [5, 5, 7, 3, 15, 20, 4, 5, 8] == counts
    assert ("1.2", "9.8") == (next(iter(section_of())), list(section_of())[-1])
    for s in sections():
        first = 2 if s.number == "1" else 1
        assert [f"{s.number}.{n}" for n in range(first, first + len(s.provisions))] == [
            *s.provisions
        ]


# --- The form -----------------------------------------------------------------------------------


def test_a_word_file_is_told_by_its_bytes() -> None:
    assert Kind.FORM is kind_of(document(table(HEADINGS)))


def test_each_section_has_a_table_of_its_own() -> None:
    found = read(table(HEADINGS, whole("1.2")), table(HEADINGS, whole("2.1"), whole("2.2", "No")))
    assert ["1.2", "2.1", "2.2"] == [*found]
    assert ["Ask 2.2.", "No", "Seen in 2.2.", "Said of 2.2."] == found["2.2"]


def test_headings_again_after_a_page_break_are_headings() -> None:
    found = read(table(HEADINGS, whole("1.2"), HEADINGS, ("", "More.", "", "", ""), whole("1.3")))
    assert "Ask 1.2. More." == found["1.2"][0]
    assert ["1.2", "1.3"] == [*found]


def test_a_row_without_a_number_belongs_to_the_one_above() -> None:
    rows = (("1.2", "Ask", "Yes", "Seen", ""), ("", "the rest.", "", "", "A word"), whole("1.3"))
    assert ["Ask the rest.", "Yes", "Seen", "A word"] == read(table(HEADINGS, *rows))["1.2"]


def test_a_number_printed_again_on_the_next_page_is_one_provision() -> None:
    rows = (("1.2", "Ask", "Yes", "Seen", ""), ("1.2", "the rest.", "", "", "A word"))
    assert ["Ask the rest.", "Yes", "Seen", "A word"] == read(table(HEADINGS, *rows))["1.2"]


def test_two_answers_in_two_parts_are_not_made_one() -> None:
    rows = (("1.2", "Ask", "Yes", "", ""), ("1.2", "the rest.", "No", "", ""))
    assert "Yes No" == read(table(HEADINGS, *rows))["1.2"][1]


def test_a_number_in_the_middle_of_its_row_takes_the_lines_above() -> None:
    """A row that was cut into lines has its number beside the middle one."""
    rows = (
        whole("6.19"),
        ("", "The answer is final and brings in all", "", "Sheet", "Everyone"),
        ("6.20", "whose part is needed", "Yes", "", "is asked"),
        ("", "to give it.", "", "three", "first."),
    )
    found = read(table(HEADINGS, *rows))
    whole_text = "The answer is final and brings in all whose part is needed to give it."
    assert [whole_text, "Yes", "Sheet three", "Everyone is asked first."] == found["6.20"]
    assert list(whole("6.19"))[1:] == found["6.19"]


def test_a_table_without_headings_goes_on_with_the_one_before() -> None:
    found = read(
        table(HEADINGS, ("1.5", "Ask", "Yes", "", "")),
        table(("", "the rest.", "", "", "")),
        table(whole("1.6")),
    )
    assert ["Ask the rest.", "Yes", None, None] == found["1.5"]
    assert list(whole("1.6"))[1:] == found["1.6"]


def test_titles_between_the_rows_are_no_answers() -> None:
    rows = (("Section 6",), HEADINGS, ("Stage 1",), whole("6.1"), ("Stage 2",), whole("6.10"))
    assert ["6.1", "6.10"] == [*read(table(*rows))]


def test_paragraphs_of_a_cell_are_parted() -> None:
    assert (
        "First. Second." == read(table(HEADINGS, ("1.2", "First.|Second.", "", "", "")))["1.2"][0]
    )


def test_a_prompt_and_a_deleted_word_are_no_answer() -> None:
    prompt = (
        "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>"
        "<w:r><w:t>Choose an item.</w:t></w:r></w:sdtContent></w:sdt>"
        "<w:del><w:r><w:delText>No</w:delText></w:r></w:del>"
        "<w:moveFrom><w:r><w:t>No</w:t></w:r></w:moveFrom>"
    )
    made = table(HEADINGS, ("1.2", "Ask", "HERE", "", ""))
    assert read(made.replace("<w:r><w:t>HERE</w:t></w:r>", prompt))["1.2"][1] is None


def test_a_chosen_answer_in_a_content_control_counts() -> None:
    chosen = "<w:sdt><w:sdtContent><w:r><w:t>Yes</w:t></w:r></w:sdtContent></w:sdt>"
    made = table(HEADINGS, ("1.2", "Ask", "HERE", "", ""))
    assert "Yes" == read(made.replace("<w:r><w:t>HERE</w:t></w:r>", chosen))["1.2"][1]


def test_other_tables_of_the_document_are_left_alone() -> None:
    found = read(
        table(("Owner", "Version"), ("Team", "2")),
        table(HEADINGS, whole("1.2")),
        table(("Date", "Change"), ("May", "None")),
    )
    assert ["1.2"] == [*found]


@pytest.mark.parametrize(
    ("blocks", "rule", "said"),
    [
        ((), rules.NOT_A_TABLE, "without a self-assessment"),
        ((table(("Date", "Change")),), rules.NOT_A_TABLE, "without a self-assessment"),
        ((table(HEADINGS),), rules.NOT_A_TABLE, "without a self-assessment"),
        (
            (table(HEADINGS, whole("1.2")), table((*HEADINGS[:4], "Notes"), whole("2.1"))),
            rules.BROKEN_FORM,
            "after provision 1.2 has other headings",
        ),
        (
            (
                table(HEADINGS, whole("6.9")),
                table(("and how to", "", "")),
                table(HEADINGS, whole("6.10")),
            ),
            rules.BROKEN_FORM,
            "after provision 6.9 has no headings",
        ),
        (
            (table(HEADINGS, ("", "Lost.", "", "", ""), whole("1.2")),),
            rules.BROKEN_FORM,
            "a row has no provision number",
        ),
    ],
)
def test_what_cannot_be_placed_is_a_fault(blocks: tuple[str, ...], rule: object, said: str) -> None:
    found = fault(*blocks)
    assert rule == found.rule
    assert said in found.message


@given(st.lists(st.integers(1, 3), min_size=1, max_size=12), st.integers(0), st.booleans())
def test_however_rows_are_torn_each_provision_comes_out_whole(
    parts: list[int], cut: int, is_headed: bool
) -> None:
    """Each row in up to three parts, over two tables, the second with headings or without."""
    said = ["One", "two", "three"]
    rows = [
        ("" if part else number, *4 * [" ".join(said[part::count])])
        for number, count in zip(section_of(), parts, strict=False)
        for part in range(count)
    ]
    at = cut % len(rows)
    found = read(table(HEADINGS, *rows[:at]), table(*[HEADINGS] * is_headed, *rows[at:]))
    assert list(section_of())[: len(parts)] == [*found]
    for cells in found.values():
        assert all(sorted(said) == sorted(str(text).split()) for text in cells)


# --- What it must hold --------------------------------------------------------------------------


def found_in(*rows: Provision) -> list[tuple[str, str]]:
    """Give the codes and values of what is wrong with a self-assessment."""
    held = records(complaint(), *rows)
    met = checks.run(held, terms_of(complaint()))
    codes = {rule.code for rule in checks.provisions.RULES}
    return sorted((p.rule.code, p.value) for p in met if p.rule.code in codes)


def every(**changed: str | None) -> list[Provision]:
    """Answer every provision with yes, save those that are said: ``_7_4=None``."""
    answers = {name.strip("_").replace("_", "."): said for name, said in changed.items()}
    return [provision(name, answers.get(name, "yes")) for name in section_of()]


def test_a_whole_self_assessment_has_no_problems() -> None:
    assert [] == found_in(*every())


def test_no_self_assessment_is_no_problem_of_its_records() -> None:
    assert [] == found_in()


def test_a_provision_left_blank_is_named_with_its_place() -> None:
    rows = every(_7_4=None)
    assert [("X127", "7.4")] == found_in(*rows)
    blank = next(p for p in checks.run(records(*rows), terms_of()) if p.rule.code == "X127")
    assert next(p.place for p in rows if p.provision == "7.4") == blank.place


def test_a_missing_provision_is_named() -> None:
    assert [("X126", "5.10")] == found_in(*(p for p in every() if p.provision != "5.10"))


def test_a_number_that_excel_shortened_is_told() -> None:
    """5.10 typed as a number is 5.1: one stands there twice and the other not at all."""
    rows = [p for p in every() if p.provision != "5.10"]
    assert [("X126", "5.10"), ("X128", "5.1")] == found_in(*rows, provision("5.1"))


def test_what_the_code_does_not_have_is_told() -> None:
    assert [("X129", "1.1")] == found_in(*every(), provision("1.1"))


def test_a_no_wants_a_date() -> None:
    rows = [p for p in every() if p.provision != "9.8"]
    assert [("X130", "9.8")] == found_in(*rows, provision("9.8", "no"))
    assert [] == found_in(*rows, provision("9.8", "no", promised_on="2024-12-31"))


@given(st.permutations(range(72)))
def test_the_order_of_rows_does_not_matter(order: list[int]) -> None:
    rows = every(_7_4=None, _9_8="no")
    assert found_in(*rows) == found_in(*(rows[n] for n in order))


# --- What is said of it -------------------------------------------------------------------------


def written(*rows: Provision, without: Sequence[str] = ()) -> Writer:
    """Give the writer of a report with these provisions."""
    s = settings()
    held = records(complaint(), *rows, without=without)
    return Writer(ledger_of(held, s), s, Marks(), provisions=held.provisions)


def said(w: Writer) -> list[str]:
    """Give the commentary as it is printed."""
    return [w.marks.plain(line) for line in self_assessment.commentary(w)]


def rows_of(found: Table | Absent) -> list[list[str]]:
    """Give the texts of a table."""
    assert isinstance(found, Table)
    return [[c.text for c in row] for row in found.rows]


def test_nothing_supplied_is_said_to_be_missing() -> None:
    w = written(without=["provisions"])
    assert ["No self-assessment against the Code was supplied."] == said(w)
    assert Absent() == self_assessment.summary(w)
    missing = self_assessment.appendix(w)
    assert isinstance(missing, Absent)
    assert missing.reason.startswith("Not supplied")


def test_all_met() -> None:
    w = written(*every())
    assert [
        "We assessed ourselves against 72 provisions of the Code and comply with every one."
    ] == (said(w))
    assert {"Compliant"} == {row[-1] for row in rows_of(self_assessment.summary(w))}


def test_what_is_not_met_is_named_with_its_date() -> None:
    rows = [p for p in every(_4_2="no") if p.provision != "9.8"]
    w = written(*rows, provision("9.8", "no", promised_on="2024-12-31"))
    first, one, other = said(w)
    assert first.endswith("comply with 70 of 72, or 97%.")
    assert "provision 4.2" in one
    assert one.endswith("; no date is promised.")
    assert other.endswith("; we have promised to do so by 31 December 2024.")
    summary = {row[0][:1]: row[1:] for row in rows_of(self_assessment.summary(w))}
    assert ["3", "2", "1 area not compliant; no date promised"] == summary["4"]
    assert ["8", "7", "1 area not compliant; promised by 31 December 2024"] == summary["9"]
    both = "2 areas not compliant; promised by 31 December 2024 and 1 without a date"
    assert ["72", "70", both] == summary["T"]


def test_what_is_not_answered_is_set_aside() -> None:
    """A landlord who makes X127 a warning still reads that something is open."""
    w = written(*every(_7_4=None))
    assert ["A further 1 has no answer and is set aside."] == [
        said(w)[0].partition("answered. ")[2]
    ]
    assert "Not answered in full" in rows_of(self_assessment.summary(w))[6]


def test_the_sections_add_up() -> None:
    w = written(*every(_1_2="no", _6_20="no", _7_4=None))
    for name in ("provisions", "compliant", "not_compliant"):
        parts = w.by(f"self_assessment.{name}", "section")
        assert 9 == len(parts)
        assert sum(e.value or 0 for e in parts) == w.at(f"self_assessment.{name}").value


def test_the_appendix_stands_in_order_and_has_no_empty_cell() -> None:
    rows = [*reversed(every()), provision("9.9", "no", evidence="Minutes")]
    found = rows_of(self_assessment.appendix(written(*rows)))
    assert [*section_of(), "9.9"] == [row[0] for row in found]
    assert all(text for row in found for text in row)
    assert ["9.9", "None given", "No", "Minutes", "No date promised."] == found[-1]


def test_the_form_s_own_wording_is_printed_where_it_is_given() -> None:
    found = rows_of(
        self_assessment.appendix(
            written(provision("1.2", requirement="So they say."), *every()[1:])
        )
    )
    assert "So they say." == found[0][1]
    assert section_of()["1.3"].provisions["1.3"] == found[1][1]


# --- The whole way ------------------------------------------------------------------------------


def test_the_sample_prints_its_form() -> None:
    tables = [t for t in Word.of(sample_files()["report.docx"]).lines() if t.startswith("9.8 | ")]
    assert 1 == len(tables)
    assert "To be met by 31 December 2024." in tables[0]


def test_free_text_is_in_no_file_of_records() -> None:
    w = sample_run().intake.records.provisions
    assert all(p.evidence for p in w)
    frame = sample_run().worked.evaluators[""].frames["provisions"]
    assert not {"evidence", "commentary", "requirement"} & {*records_csv.kinds("provisions", frame)}


def test_a_blank_answer_in_the_form_stops_the_build(tmp_path: Path) -> None:
    folder = copy_of_sample(tmp_path)
    path = folder / "self-assessment.docx"
    held = {i.filename: zipfile.ZipFile(path).read(i) for i in zipfile.ZipFile(path).infolist()}
    text = held["word/document.xml"].decode()
    before, _, after = text.partition(">7.4</w:t>")
    held["word/document.xml"] = (before + ">7.4</w:t>" + after.replace(">Yes<", "><", 1)).encode()
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in held.items():
            archive.writestr(name, content)
    assert ["X127"] == [p["code"] for p in problems_of(folder) if p["severity"] == "error"]
    assert 1 == hcreport("build", folder).status


@pytest.mark.parametrize("answer", ["Partially", "Yes - with help", "165"])
def test_what_is_neither_yes_nor_no_is_for_a_person_to_decide(answer: str, tmp_path: Path) -> None:
    folder = copy_of_sample(tmp_path)
    rows = [whole(name, answer if name == "7.4" else "Yes") for name in section_of()]
    headings = (
        "Code provision",
        "Asks",
        "Comply: Yes / No",
        "Evidence",
        "Commentary / explanation",
    )
    (folder / "self-assessment.docx").write_bytes(document(table(headings, *rows)))
    profile = folder / "profile.toml"
    profile.write_text(profile.read_text().replace('promised_on = "To be met by"\n', ""))
    (problem,) = [p for p in problems_of(folder) if p["severity"] == "error"]
    assert ("D104", answer) == (problem["code"], problem["value"])
    assert open_file(folder / "self-assessment.docx").names == (None,)


def test_a_spreadsheet_is_read_the_same(tmp_path: Path) -> None:
    folder = copy_of_sample(tmp_path)
    (folder / "self-assessment.docx").unlink()
    lines = [f"{name},{'No' if name == '9.8' else 'Yes'},Minutes,," for name in section_of()]
    head = "Code provision,Comply: Yes / No,Evidence,Commentary / explanation,To be met by"
    text = "\n".join([head, *lines]).replace("9.8,No,Minutes,,", "9.8,No,Minutes,,31 December 2024")
    (folder / "self-assessment.csv").write_text(text)
    assert [] == [p for p in problems_of(folder) if p["severity"] == "error"]


def test_what_was_not_supplied_is_said_in_the_report_and_by_build(tmp_path: Path) -> None:
    folder = copy_of_sample(tmp_path)
    (folder / "self-assessment.docx").unlink()
    assert "the self-assessment" in hcreport("build", folder).out
    report = Word.of((folder / "output" / "report.docx").read_bytes())
    assert ["Not supplied: self-assessment against the Code."] == report.texts("NotSupplied")
