"""From bytes to records: strict values, raw reading, places, value lists and profiles."""

# ruff: noqa: DTZ001  the expected value comes first; a spreadsheet's times have no zone

from __future__ import annotations

import codecs
import csv
import io
import os
import sys
import tempfile
from dataclasses import FrozenInstanceError, fields
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from builders import day
from hcreport.intake import load as intake
from hcreport.intake import profile as profiles
from hcreport.intake import rules
from hcreport.intake.normalise import Normalised, normalise
from hcreport.intake.profile import Profile, Source
from hcreport.intake.reading import read
from hcreport.intake.values import (
    Fault,
    date_of,
    folded,
    is_blank,
    number_of,
    opposed,
    pence_of,
    reference_of,
    text_of,
    tidy,
)
from hcreport.problems import CannotRun, Place, index
from hcreport.records import REQUIRED, TABLES, Complaint, FieldKind, Records, of_columns, specs
from strategies import record_sets

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from hcreport.problems import Rule

ISO = ("%Y-%m-%d",)
BRITISH = ("%d/%m/%Y",)
BLANKS = [None, "", " ", "\xa0", "\u200b", "\ufeff ", "\n\t"]


def fault(rule: Rule, read_cell: Callable[..., object], *given: object) -> str:
    """Read a cell that is at fault; the message."""
    with pytest.raises(Fault) as found:
        read_cell(*given)
    assert rule == found.value.rule
    return found.value.message


# --- Values: text -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "Upheld",
        "Upheld ",
        "Upheld\xa0",
        "\u200bUpheld",
        "Up\u00adheld",
        "Up\u2060held\ufeff",
        "Upheld\n",
        "Ｕｐｈｅｌｄ",
    ],
    ids=repr,
)
def test_text_is_tidied_before_it_is_compared(text: str) -> None:
    """Non-breaking and zero-width spaces, soft hyphens, wide letters: one word."""
    assert "Upheld" == tidy(text)
    assert "upheld" == folded(text.upper())


@pytest.mark.parametrize("mark", ["\u200e", "\u200f", "\u202a", "\u202c", "\u2066", "\u2069"])
def test_marks_of_writing_direction_say_nothing(mark: str) -> None:
    """Windows and Outlook put invisible direction marks around text that is copied."""
    assert "Upheld" == tidy(f"{mark}Upheld{mark}")
    assert is_blank(mark)


@pytest.mark.parametrize("between", ["\u200b", "\u00ad", "\x01", "\ufeff"])
def test_an_accent_joins_its_letter_whatever_stood_between(between: str) -> None:
    """Taking out an invisible character leaves the same word that never had one."""
    assert tidy("Caf\u00e9") == tidy(f"Cafe{between}\u0301")


@pytest.mark.parametrize(
    "text", ["\x01 Repairs", "Repairs \x02", "\x01\x02Rep\x03airs", "\ue000Repairs"]
)
def test_characters_that_cannot_be_printed_say_nothing(text: str) -> None:
    """Control and private-use characters go, and the spaces beside them with them."""
    assert "Repairs" == tidy(text)
    assert "East Repairs" == tidy(f"East {text}")


def test_tidying_joins_lines_and_keeps_words() -> None:
    """Doubled spaces and line breaks become one space; inner words and signs stay."""
    assert "Repairs & maintenance (East)" == tidy("  Repairs  &\r\nmaintenance\t(East) ")
    assert folded("STRASSE") == folded("straße")


@given(st.text(max_size=20))
def test_tidying_twice_changes_nothing_more(text: str) -> None:
    """Tidying and folding are settled after one pass."""
    assert tidy(text) == tidy(tidy(text))
    assert folded(text) == folded(folded(text))


@pytest.mark.parametrize("cell", BLANKS, ids=repr)
def test_a_blank_says_nothing_whatever_it_is_made_of(cell: str | None) -> None:
    """Every reading of a blank is None, never nought and never an empty text."""
    assert is_blank(cell)
    readings = (text_of, reference_of, pence_of, number_of, lambda c: date_of(c, ISO))
    assert [None] * 5 == [reading(cell) for reading in readings]


@pytest.mark.parametrize("cell", ["None", "N/A", "NA", "null", "nan", "-", 0, 0.0, False], ids=repr)
def test_words_for_nothing_are_words(cell: str | float) -> None:
    """What another reader takes for missing stands as it is written."""
    assert not is_blank(cell)
    assert text_of(cell) is not None


# --- Values: references -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cell", "reference"),
    [
        ("0012", "0012"),
        (' ="0012" ', "0012"),
        ("12", "12"),
        (12.0, "12"),
        (12, "12"),
        (" 00\u200b12\xa0", "0012"),
        ("HC/2023-0012", "HC/2023-0012"),
        ("1234567890123456", "1234567890123456"),
        (999_999_999_999_999.0, "999999999999999"),
    ],
    ids=repr,
)
def test_a_reference_is_text(cell: str | float, reference: str) -> None:
    """Leading zeros are kept, Excel's guard is taken off, and 12.0 is 12."""
    assert reference == reference_of(cell)


@pytest.mark.parametrize("cell", [1_234_567_890_123_456.0, 10**15, -(10.0**15)], ids=repr)
def test_a_number_beyond_fifteen_digits_is_no_reference(cell: float) -> None:
    """Excel has rounded it already, so two cases may share it."""
    assert "rounded" in fault(rules.NOT_A_REFERENCE, reference_of, cell)


@pytest.mark.parametrize("cell", ['=""', '=" "', '="\u200b"'])
def test_an_empty_guard_is_blank(cell: str) -> None:
    """An export that guards its references guards the blank ones too."""
    assert reference_of(cell) is None


def test_a_guarded_reference_is_tidied() -> None:
    """Spaces inside the guard are no part of the reference."""
    assert "0012" == reference_of('=" 0012"')


@pytest.mark.parametrize(
    "cell", ["1.23457E+15", "1.2E+11", date(2024, 4, 3), datetime(2024, 4, 3), 12.5, True], ids=repr
)
def test_a_reference_that_excel_has_rewritten_is_refused(cell: Any) -> None:
    """What was a case number and is now a date, a fraction or 1.23457E+15 is lost."""
    fault(rules.NOT_A_REFERENCE, reference_of, cell)


# --- Values: dates ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cell", "formats", "expected"),
    [
        ("2024-04-03", ISO, "2024-04-03"),
        (" 2024-04-03\xa0", ISO, "2024-04-03"),
        ("03/04/2024", BRITISH, "2024-04-03"),
        ("3 April 2024", ("%d %B %Y",), "2024-04-03"),
        ("2024-04-03T23:50:00", (*ISO, "%Y-%m-%dT%H:%M:%S"), "2024-04-03"),
        ("03/04/2024", ("%Y-%m-%d", "%d/%m/%Y", "%m/%d/%Y"), "2024-04-03"),  # the first that fits
        (date(2024, 4, 3), ISO, "2024-04-03"),
        (datetime(2024, 4, 3, 23, 30), ISO, "2024-04-03"),
        ("2000-01-01", ISO, "2000-01-01"),
        ("2099-12-31", ISO, "2099-12-31"),
        ("2024-02-29", ISO, "2024-02-29"),
    ],
    ids=repr,
)
def test_dates_that_are_sure(cell: Any, formats: Sequence[str], expected: str) -> None:
    """A true date, and text in a format that the profile names, less its time of day."""
    found = date_of(cell, formats)
    assert day(expected) == found
    assert date is type(found)


@pytest.mark.parametrize(
    "cell",
    [
        "03/04/2024",
        "2024-04-03T23:50:00",
        "2024-04-03 00:00:00",
        "2024-13-01",
        "2023-02-29",
        "2024-04",
        "April 2024",
        "29 September 2023 (amended at review)",
        "n/a",
        "45385",
        "2024-04-03 2024-04-04",
        45385,
        45385.0,
        0,
        True,
        time(9, 30),
        timedelta(days=3),
    ],
    ids=repr,
)
def test_dates_that_are_not_sure(cell: Any) -> None:
    """No other format, no bare number, no part of a date is ever guessed at."""
    fault(rules.NOT_A_DATE, date_of, cell, ISO)


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)))
def test_the_day_is_never_taken_for_the_month(expected: date) -> None:
    """Every British date is read as one, and an American one is read only where it is asked for."""
    assert expected == date_of(expected.strftime("%d/%m/%Y"), BRITISH)
    assert expected == date_of(expected.isoformat(), ISO)
    american = expected.strftime("%m/%d/%Y")
    if expected.day > 12:
        fault(rules.NOT_A_DATE, date_of, american, BRITISH)


@pytest.mark.parametrize(
    "cell",
    [
        "1899-12-30",
        "1900-01-01",
        "1753-01-01",
        "1999-12-31",
        "2100-01-01",
        "2199-04-03",
        "9999-12-31",
        date(1899, 12, 31),
        datetime(2199, 4, 3),
    ],
    ids=repr,
)
def test_placeholder_dates_are_impossible(cell: Any) -> None:
    """A date before 2000 or after 2099 is a system's word for nothing, and never counted."""
    assert "2000" in fault(rules.OUTLANDISH_DATE, date_of, cell, ISO)


@pytest.mark.parametrize(
    ("stamp", "expected"),
    [
        ("2025-03-31T23:30:00+0000", "2025-04-01"),  # half past midnight in London, a new year
        ("2024-12-31T23:30:00Z", "2024-12-31"),  # winter: London keeps UTC
        ("2025-04-01T00:30:00+0100", "2025-04-01"),
    ],
)
def test_a_moment_with_an_offset_is_a_day_in_london(stamp: str, expected: str) -> None:
    """A stamp in UTC is read as the day it was here, not there."""
    assert day(expected) == date_of(stamp, ("%Y-%m-%dT%H:%M:%S%z",))


@pytest.mark.parametrize(
    ("stamp", "placeholders", "rule"),
    [
        ("0001-01-01T00:00:00+0000", (date(1, 1, 1),), rules.PLACEHOLDER),
        ("0001-01-01T00:00:00+0000", (), rules.OUTLANDISH_DATE),
        ("9999-12-31T23:59:59-0500", (date(9999, 12, 31),), rules.PLACEHOLDER),
    ],
)
def test_the_first_and_the_last_moment_there_are(
    stamp: str, placeholders: tuple[date, ...], rule: Rule
) -> None:
    """A moment that has no day in London, because the calendar ends there, is a word for none."""
    fault(rule, date_of, stamp, ("%Y-%m-%dT%H:%M:%S%z",), placeholders)


# --- Values: money and numbers ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("cell", "pence"),
    [
        ("250", 25_000),
        ("£250", 25_000),
        ("£ 250", 25_000),
        (" £250\xa0", 25_000),
        ("250.5", 25_050),
        ("£1,250.00", 125_000),
        ("1250.05", 125_005),
        ("£1,250,000.99", 125_000_099),
        ("0", 0),
        ("0.01", 1),
        (250, 25_000),
        (250.5, 25_050),
        (0.29, 29),
        (1.1, 110),
        (0, 0),
    ],
    ids=repr,
)
def test_amounts_that_are_sure(cell: str | float, pence: int) -> None:
    """One amount, with its pounds sign and thousands or without, in exact pence."""
    found = pence_of(cell)
    assert pence == found
    assert int is type(found)


@pytest.mark.parametrize(
    "cell",
    [
        "£100 + £50",
        "£250 (distress) & £100 (time)",
        "£25 voucher",
        "(50.00)",
        "-50",
        "\u221220",
        "2,50",
        "03,04",
        "1,25,000",
        "12,50.00",
        "250.",
        ".50",
        "250.005",
        "1.000,00",
        "12e3",
        "€50",
        "$50",
        "50p",
        "GBP 50",
        "££50",
        "-",
        "N/A",
        "nil",
        "TBC",
        "None",
        "Â£50",
        0.005,
        250.123,
        float("nan"),
        float("inf"),
        True,
        False,
        date(2024, 4, 3),
    ],
    ids=repr,
)
def test_amounts_that_are_not_sure(cell: Any) -> None:
    """Two amounts, signs, words, continental commas, fractions of a penny: each is a fault."""
    fault(rules.NOT_MONEY, pence_of, cell)


@pytest.mark.parametrize("cell", [-50, -50.0, -0.01], ids=repr)
def test_a_negative_number_is_no_amount_either(cell: float) -> None:
    """-50 is refused as a number just as it is as text: an award is never taken back by a sign."""
    fault(rules.NOT_MONEY, pence_of, cell)


@pytest.mark.parametrize("digits", [10, 30, 400, 5000])
def test_an_endless_number_is_no_amount_and_no_count(digits: int) -> None:
    """A number of so many digits is a reference in the wrong column, or junk: never added up."""
    fault(rules.NOT_MONEY, pence_of, "9" * digits)
    fault(rules.NOT_A_NUMBER, number_of, "9" * digits)
    if digits < 309:
        fault(rules.NOT_MONEY, pence_of, float("9" * digits))
        fault(rules.NOT_A_NUMBER, number_of, float("9" * digits))


@pytest.mark.parametrize("cell", ["£250¹", "250²", "£1,250.0⁵"])
def test_a_footnote_mark_is_no_digit(cell: str) -> None:
    """£250 with a superscript 1 is not £2,501."""
    fault(rules.NOT_MONEY, pence_of, cell)


@given(st.integers(0, 10**9))
def test_every_amount_is_read_back(pence: int) -> None:
    """Whatever is written as pounds and pence, as text or as a number, gives its pence again."""
    assert pence == pence_of(f"£{pence // 100:,}.{pence % 100:02d}")
    assert pence == pence_of(pence / 100)


@pytest.mark.parametrize(
    ("cell", "number"), [("0", 0), ("3", 3), (3.0, 3), (3, 3), (" 12 ", 12)], ids=repr
)
def test_whole_numbers(cell: str | float, number: int) -> None:
    """A whole number of at least nought."""
    assert number == number_of(cell)


@pytest.mark.parametrize(
    "cell", ["three", "3.5", 3.5, "-1", -1, "1,000", True, "3 of 4", "3²"], ids=repr
)
def test_what_is_no_whole_number(cell: Any) -> None:
    """Anything else is a fault, a footnote mark included."""
    fault(rules.NOT_A_NUMBER, number_of, cell)


# --- Reading ----------------------------------------------------------------------------------


def written(folder: Path, content: str | bytes, name: str = "cases.csv") -> Path:
    """Write a file."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def workbook(path: Path, **sheets: Sequence[Any]) -> Path:
    """Write a workbook: sheet names to rows; None leaves a cell out."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with xlsxwriter.Workbook(str(path)) as book:
        as_day = book.add_format({"num_format": "dd/mm/yyyy"})
        as_text = book.add_format({"num_format": "@"})
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for r, row in enumerate(rows):
                for c, cell in enumerate(row):
                    if isinstance(cell, date):
                        sheet.write_datetime(r, c, cell, as_day)
                    elif isinstance(cell, str):
                        sheet.write_string(r, c, cell, as_text)
                    elif cell is not None:
                        sheet.write(r, c, cell)
    return path


def test_a_workbook_is_read_raw(tmp_path: Path) -> None:
    """Text stays text, dates stay dates, and rows keep the numbers that Excel shows."""
    rows = [[], ["Ref", " Received\xa0on "], ["0012", date(2023, 6, 5)], [], [13, "05/06/2023"]]
    sheet = read(workbook(tmp_path / "a.xlsx", Cases=rows), "exports/a.xlsx")
    assert ("exports/a.xlsx", "Cases") == (sheet.file, sheet.name)
    assert ("Ref", "Received on") == sheet.headings
    assert (3, ["0012", date(2023, 6, 5)]) == sheet.rows[0]
    assert (5, [13.0, "05/06/2023"]) == sheet.rows[1]
    assert 2 == sheet.kinds["blank"]


def test_the_kind_of_file_is_told_by_its_bytes(tmp_path: Path) -> None:
    """A workbook called .csv and a CSV called .xlsx are read as what they are."""
    book = workbook(tmp_path / "a.xlsx", Cases=[["Ref"], ["0012"]]).read_bytes()
    disguised = written(tmp_path, book, "b.csv")
    assert ((2, ["0012"]),) == read(disguised, "b.csv").rows
    text = written(tmp_path, "Ref\n0012\n", "c.xlsx")
    assert ((2, ["0012"]),) == read(text, "c.xlsx").rows


@pytest.mark.parametrize(
    "content",
    [
        codecs.BOM_UTF8 + "Ref,Outcome\n0012,Upheld – £5\n".encode(),
        "Ref,Outcome\n0012,Upheld – £5\n".encode(),
        "Ref,Outcome\r\n0012,Upheld – £5\r\n".encode("cp1252"),
        'Ref,"Outcome"\n"0012","Upheld – £5"'.encode(),
    ],
)
def test_csv_in_the_encodings_that_systems_write(tmp_path: Path, content: bytes) -> None:
    """UTF-8 with or without its mark, else Windows-1252; the pounds sign survives all."""
    sheet = read(written(tmp_path, content), "cases.csv")
    assert ("Ref", "Outcome") == sheet.headings
    assert ((2, ["0012", "Upheld – £5"]),) == sheet.rows


def test_csv_quotes_hold_commas_lines_and_quotes(tmp_path: Path) -> None:
    """A quoted cell may hold what would otherwise end it; its rows count as Excel's do."""
    text = 'Ref,What\n1,"Damp, mould\nand ""leaks"""\n2,Noise\n'
    rows = read(written(tmp_path, text), "cases.csv").rows
    assert ((2, ["1", 'Damp, mould\nand "leaks"']), (3, ["2", "Noise"])) == rows


def test_blank_csv_lines_are_counted_not_read(tmp_path: Path) -> None:
    """Empty lines and lines of commas are blank rows, and the rows after keep their numbers."""
    sheet = read(written(tmp_path, "Ref,What\n\n1,Damp\n,\n2,Noise\n"), "cases.csv")
    assert ([3, 5], 2) == ([number for number, _ in sheet.rows], sheet.kinds["blank"])


@pytest.mark.parametrize(
    ("content", "rule"),
    [
        (b"", rules.NO_RECORDS),
        (b"\n\n , \n", rules.NO_RECORDS),
        (b"Ref,What\n1,Damp, mould\n", rules.RAGGED),
        (b"Ref,What\n1\n", rules.RAGGED),
        (b"Ref,What\n1,Damp,\n", rules.RAGGED),
        (b'Ref,What\n1,"Damp\n2,Noise\n', rules.NOT_A_TABLE),
        (b'Ref,What\n1,"Damp"x\n', rules.NOT_A_TABLE),
        (b"Ref\x81\n1\n", rules.NOT_A_TABLE),
        (b"PK\x03\x04 and no more", rules.NOT_A_TABLE),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 and no more", rules.NOT_A_TABLE),
    ],
)
def test_files_that_cannot_be_read(tmp_path: Path, content: bytes, rule: Rule) -> None:
    """Empty, ragged, unpaired quotes, strange encodings, broken workbooks: never half a table."""
    fault(rule, read, written(tmp_path, content), "cases.csv")


def said(rows: list[list[str]]) -> bool:
    """Whether any cell of the rows says anything."""
    return not all(is_blank(cell) for row in rows for cell in row)


cells = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=8)


@given(rows=st.lists(st.lists(cells, min_size=2, max_size=2), max_size=6).filter(said))
def test_whatever_is_written_as_csv_is_read_in_its_place(rows: list[list[str]]) -> None:
    """Commas, quotes, line breaks and any letters come back as they were, row by row."""
    text = io.StringIO(newline="")
    csv.writer(text).writerows([["A", "B"], *rows])
    with tempfile.TemporaryDirectory() as folder:
        sheet = read(written(Path(folder), text.getvalue()), "cases.csv")
    expected = [(n, row) for n, row in enumerate(rows, start=2) if said([row])]
    assert expected == [(n, list(row)) for n, row in sheet.rows]
    assert len(rows) - len(expected) == sheet.kinds["blank"]


def test_a_ragged_row_is_named(tmp_path: Path) -> None:
    """The message gives the row's number and both counts, and no word of the row."""
    sheet = read(written(tmp_path, "A,B\n1,2\n\n3,4,Mrs Smith\n"), "cases.csv")
    assert ((4, "it has 3 cells under 2 headings"),) == sheet.ragged
    assert [(2, ["1", "2"])] == [(number, list(row)) for number, row in sheet.rows]


def test_a_workbook_of_several_sheets_needs_a_name(tmp_path: Path) -> None:
    """Among several sheets none is guessed; a wrong name gets the near ones."""
    path = workbook(tmp_path / "a.xlsx", Cover=[["Hello"]], Cases=[["Ref"], ["1"]])
    assert "Cover, Cases" in fault(rules.NO_SHEET, read, path, "a.xlsx")
    assert "Did you mean Cases?" in fault(rules.NO_SHEET, read, path, "a.xlsx", "Case")
    assert ((2, ["1"]),) == read(path, "a.xlsx", "Cases").rows


def test_a_file_is_known_by_its_bytes(tmp_path: Path) -> None:
    """The same bytes have the same fingerprint, and one more letter another."""
    prints = [
        read(written(tmp_path, text, name), name).sha256
        for text, name in (("A\n1\n", "a.csv"), ("A\n1\n", "b.csv"), ("A\n12\n", "c.csv"))
    ]
    assert prints[0] == prints[1] != prints[2]


# --- Normalising ------------------------------------------------------------------------------

LONG: dict[str, Any] = {
    "table": "complaints",
    "files": ["*.csv"],
    "headings": {
        "reference": "Ref",
        "stage": "Stage",
        "received_on": "Received",
        "service": "Team",
        "outcome": "Outcome",
    },
    "values": {
        "stage": {"stage1": ["1", "Formal"], "stage2": ["2", "Review"]},
        "outcome": {
            "upheld": ["Justified"],
            "partly_upheld": ["In part"],
            "closure=refused": ["Rejected"],
            "closure=withdrawn": ["Withdrawn by customer"],
        },
    },
}
WIDE: dict[str, Any] = {
    "table": "complaints",
    "files": ["*.csv"],
    "shape": "wide",
    "headings": {"reference": "Ref", "service": "Team"},
    "stage1": {"received_on": "S1 in", "responded_on": "S1 out"},
    "stage2": {"received_on": "S2 in", "responded_on": "S2 out"},
}


def normalised(folder: Path, text: str, **source: Any) -> Normalised:
    """Read and normalise a CSV; ``source`` is LONG with these changes."""
    sheet = read(written(folder, text), "cases.csv")
    return normalise(sheet, Source.model_validate(LONG | source))


def cases(found: Normalised) -> list[Complaint]:
    """The complaints among the records."""
    return [record for record in found.records if isinstance(record, Complaint)]


def messages(found: Normalised) -> list[tuple[str, str, str]]:
    """Problems as code, place and value."""
    return [(p.rule.code, str(p.place), p.value) for p in found.problems]


def test_a_long_export_becomes_records_in_their_places(tmp_path: Path) -> None:
    """One row, one complaint; the profile's words and our own both count; places are Excel's."""
    found = normalised(
        tmp_path,
        "Ref,Stage,Received,Team,Outcome\n"
        "0012,Formal,2023-06-05,Repairs,Justified\n"
        "\n"
        "0012,STAGE 2,2023-07-03,Repairs,upheld\n"
        "0013,stage1,2023-07-04,,\n",
    )
    assert [] == found.problems
    assert [
        ("0012", "stage1", day("2023-06-05"), "Repairs", "upheld"),
        ("0012", "stage2", day("2023-07-03"), "Repairs", "upheld"),
        ("0013", "stage1", day("2023-07-04"), None, None),
    ] == [(c.reference, c.stage, c.received_on, c.service, c.outcome) for c in cases(found)]
    assert [Place("cases.csv", "", n) for n in (2, 4, 5)] == [c.place for c in cases(found)]


def test_a_wide_export_becomes_a_record_for_each_stage_reached(tmp_path: Path) -> None:
    """A row gives two complaints, one or none at stage 2, all at the row's own place."""
    sheet = read(
        written(
            tmp_path,
            "Ref,Team,S1 in,S1 out,S2 in,S2 out\n"
            "0012,Repairs,2023-06-05,2023-06-19,2023-07-03,\n"
            "0013,Tenancy,2023-06-06,,,\n"
            "0014,Tenancy,,,2023-06-07,\n",
        ),
        "cases.csv",
    )
    found = normalise(sheet, Source.model_validate(WIDE))
    assert [] == found.problems
    assert [
        ("0012", "stage1", day("2023-06-05"), "Repairs", 2),
        ("0013", "stage1", day("2023-06-06"), "Tenancy", 3),
        ("0012", "stage2", day("2023-07-03"), "Repairs", 2),
        ("0014", "stage2", day("2023-06-07"), "Tenancy", 4),
    ] == [(c.reference, c.stage, c.received_on, c.service, c.place.row) for c in cases(found)]


def test_a_stage_reached_without_its_receipt_is_a_problem(tmp_path: Path) -> None:
    """A stage 2 answer without a stage 2 receipt is reported at its cell, not dropped."""
    sheet = read(
        written(tmp_path, "Ref,Team,S1 in,S1 out,S2 in,S2 out\n12,T,2023-06-05,,,2023-07-03\n"),
        "cases.csv",
    )
    found = normalise(sheet, Source.model_validate(WIDE))
    assert [("D106", "cases.csv › row 2 › S2 in", "")] == messages(found)
    assert 1 == len(found.records)


def test_a_wide_row_that_reached_no_stage_is_a_problem(tmp_path: Path) -> None:
    """A case without any of its stages' columns is no complaint that can be counted; it is told."""
    sheet = read(
        written(tmp_path, "Ref,Team,S1 in,S1 out,S2 in,S2 out\n12,T,2023-06-05,,,\n13,T,,,,\n"),
        "cases.csv",
    )
    found = normalise(sheet, Source.model_validate(WIDE))
    assert [("D106", "cases.csv › row 3", "")] == messages(found)
    assert ["12"] == [c.reference for c in cases(found)]


def test_a_value_list_can_aim_at_another_field(tmp_path: Path) -> None:
    """An outcome column that says "Rejected" records a closure, and no outcome."""
    found = normalised(
        tmp_path,
        "Ref,Stage,Received,Team,Outcome\n"
        "1,1,2023-06-05,T,Rejected\n"
        "2,1,2023-06-05,T,withdrawn  BY customer\n",
    )
    assert [("refused", None), ("withdrawn", None)] == [
        (c.closure, c.outcome) for c in cases(found)
    ]


def test_a_field_that_a_value_list_aims_at_is_recorded(tmp_path: Path) -> None:
    """Refusals told by the outcome column are recorded: the field counts as mapped."""
    found = normalised(tmp_path, "Ref,Stage,Received,Team,Outcome\n1,1,2023-06-05,T,Rejected\n")
    assert {"complaints.closure", "complaints.outcome"} <= found.mapped


def test_an_unknown_value_is_reported_with_near_ones(tmp_path: Path) -> None:
    """A word that is in no list is a problem at its cell, and the row still counts."""
    found = normalised(tmp_path, "Ref,Stage,Received,Team,Outcome\n1,1,2023-06-05,T,Justifed\n")
    assert [("D104", "cases.csv › row 2 › Outcome", "Justifed")] == messages(found)
    assert "Did you mean justified?" in found.problems[0].message
    assert 1 == len(found.records)


def test_cells_that_cannot_be_read_are_reported_once_each(tmp_path: Path) -> None:
    """A wrong date in a needed cell gives one problem, not a second one for being absent."""
    found = normalised(
        tmp_path,
        "Ref,Stage,Received,Team,Outcome\n"
        "1,1,05/06/2023,T,\n"
        "2,1,,T,\n"
        ",1,2023-06-05,T,\n"
        "4,9,2023-06-05,T,\n",
    )
    assert [
        ("D101", "cases.csv › row 2 › Received", "05/06/2023"),
        ("D104", "cases.csv › row 5 › Stage", "9"),
        ("D106", "cases.csv › row 3 › Received", ""),
        ("D106", "cases.csv › row 4 › Ref", ""),
    ] == sorted(messages(found))
    assert [] == found.records


def test_a_missing_heading_is_reported_with_near_ones(tmp_path: Path) -> None:
    """Headings match exactly, once folded; a near one is named and never taken."""
    text = "REF,stage,Received date,Team,Outcome\n1,1,2023-06-05,T,\n"
    found = normalised(tmp_path, text)
    assert ("R103", "cases.csv", "") == messages(found)[0]
    assert "Did you mean Received date?" in found.problems[0].message
    assert "complaints.received_on" not in found.mapped
    assert {"complaints.reference", "complaints.stage"} <= found.mapped


def test_a_heading_that_stands_twice_is_reported(tmp_path: Path) -> None:
    """Of two columns with one heading neither is chosen; unmapped twins harm nobody."""
    found = normalised(
        tmp_path, "Ref,Stage,Received,Team,TEAM,X,X,Outcome\n1,1,2023-06-05,T,U,a,b,\n"
    )
    assert ["R104"] == [p.rule.code for p in found.problems]
    assert [None] == [c.service for c in cases(found)]


def test_the_first_heading_found_counts_and_false_means_none(tmp_path: Path) -> None:
    """A field may have several headings; one set to false is not looked for."""
    headings = LONG["headings"] | {"service": ["Service", "Team"], "outcome": False}
    text = "Ref,Stage,Received,Team,Outcome\n1,1,2023-06-05,Repairs,Nonsense\n"
    found = normalised(tmp_path, text, headings=headings)
    assert [] == found.problems
    assert [("Repairs", None)] == [(c.service, c.outcome) for c in cases(found)]


@pytest.mark.parametrize("said_so", ["not recorded", "Not recorded", " NOT  RECORDED"])
def test_a_systems_own_not_recorded_is_a_blank(tmp_path: Path, said_so: str) -> None:
    """What we print for a blank is one where an export says it, whatever the field."""
    text = f"Ref,Stage,Received,Team,Outcome\n1,1,2023-06-05,{said_so},{said_so}\n"
    found = normalised(tmp_path, text)
    assert [] == found.problems
    assert [(None, None)] == [(c.service, c.outcome) for c in cases(found)]


def test_a_category_may_have_a_value_list_of_its_own(tmp_path: Path) -> None:
    """Listed words are printed as their label, and the label itself counts."""
    values = LONG["values"] | {"service": {"Repairs": ["RM", "Resp. maint."]}}
    text = "Ref,Stage,Received,Team,Outcome\n1,1,2023-06-05,rm,\n2,1,2023-06-05,Repairs,\n"
    found = normalised(tmp_path, text, values=values)
    assert ["Repairs", "Repairs"] == [c.service for c in cases(found)]
    assert [] == found.problems


def test_columns_that_no_field_claims_are_never_loaded(tmp_path: Path) -> None:
    """A name, an address or a note reaches no record and no message."""
    secrets = ["Mrs Jane Doe", "1 High Street", "jane@example.org"]
    found = normalised(
        tmp_path,
        "Ref,Stage,Received,Team,Outcome,Complainant,Address,Note\n"
        f"1,1,2023-06-05,T,,{','.join(secrets)}\n"
        f"2,9,not a date,T,nonsense,{','.join(secrets)}\n",
    )
    everything = repr(found)
    assert [] == [secret for secret in secrets if secret in everything]
    assert 3 == len(found.problems)


# --- Whole folders ----------------------------------------------------------------------------


def project(folder: Path, profile: str, **exports: str) -> intake.Intake:
    """Read a folder with this profile and these exports."""
    written(folder, profile, "profile.toml")
    for name, text in exports.items():
        written(folder, text, f"exports/{name}.csv")
    return intake.load(folder, profiles.load(folder))


TWO_FILES = """
title = "Two files"
[sources.complaints]
table = "complaints"
files = ["exports/complaints*.csv"]
stage = "stage1"
headings = {reference = "Ref", received_on = "Received", service = "Team"}
[sources.awards]
table = "awards"
files = ["exports/awards.csv"]
headings = {reference = "Ref", amount = "Amount"}
"""


def test_every_row_of_every_file_is_accounted_for(tmp_path: Path) -> None:
    """Rows read = headings + blank + those that gave records or could not be used, file by file."""
    found = project(
        tmp_path,
        TWO_FILES,
        complaints_a="Ref,Received,Team\n1,2023-06-05,Repairs\n\n2,nonsense,Repairs\n",
        complaints_b="Ref,Received,Team\n3,2023-06-05,Repairs\n",
        awards="Ref,Amount\n1,£50\n2,TBC\n",
    )
    accounts = [
        (a.file, a.cases, a.kinds["blank"], a.records, a.set_aside) for a in found.reconciliation
    ]
    assert [
        ("exports/complaints_a.csv", 2, 1, 1, 1),
        ("exports/complaints_b.csv", 1, 0, 1, 0),
        ("exports/awards.csv", 2, 0, 1, 1),
    ] == accounts
    assert [4, 2, 3] == [sum(a.kinds.values()) for a in found.reconciliation]
    assert ["1", "3"] == [c.reference for c in found.records.complaints]
    assert [5_000] == [a.amount for a in found.records.awards]
    assert frozenset({"complaints", "awards"}) == found.records.tables
    assert found.records.has("complaints", "service")
    assert not found.records.has("complaints", "outcome")
    assert not found.records.has("findings")
    assert [2, 1, 2] == [i.rows for i in found.records.inputs]


def test_a_category_is_printed_as_it_is_most_often_written(tmp_path: Path) -> None:
    """Spellings that differ in capitals and spaces only are one value; ties go by the alphabet."""
    teams = ["repairs", "Repairs", "Repairs ", "ESTATES", "Estates", "R\u200bepairs"]
    rows = "".join(f"{n},2023-06-05,{team}\n" for n, team in enumerate(teams))
    found = project(
        tmp_path,
        TWO_FILES,
        complaints_a=f"Ref,Received,Team\n{rows}",
        complaints_b="Ref,Received,Team\n9,2023-06-05,REPAIRS\n",
        awards="Ref,Amount\n1,£50\n",
    )
    expected = ["Repairs"] * 3 + ["ESTATES"] * 2 + ["Repairs"] * 2
    assert expected == [c.service for c in found.records.complaints]


@given(record_sets())
def test_records_made_of_columns_are_those_made_of_rows(found: Records) -> None:
    """Each field is filled, and what is made is as frozen as any record."""
    for table, kind in TABLES.items():
        rows = list(getattr(found, table))
        names = [field.name for field in fields(kind)]
        made = of_columns(table, {name: [getattr(row, name) for row in rows] for name in names})
        assert rows == made
        assert list(map(hash, rows)) == list(map(hash, made))
        for record in made:
            with pytest.raises(FrozenInstanceError):
                record.place = Place("elsewhere")  # type: ignore[misc]


def test_both_stages_of_a_wide_export_spell_a_category_alike(tmp_path: Path) -> None:
    """A team that is one value at stage 1 is the same value at stage 2."""
    profile = """
    title = "Wide"
    [sources.complaints]
    table = "complaints"
    files = ["exports/a.csv"]
    shape = "wide"
    headings = {reference = "Ref", service = "Team"}
    stage1 = {received_on = "In 1"}
    stage2 = {received_on = "In 2"}
    """
    rows = "1,Repairs,2023-06-05,\n2,Repairs,2023-06-05,\n3,Repairs,2023-06-05,\n"
    rows += "4,REPAIRS,2023-06-05,2023-07-03\n"
    found = project(tmp_path, profile, a=f"Ref,Team,In 1,In 2\n{rows}")
    assert ["Repairs"] * 5 == [c.service for c in found.records.complaints]


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no such names")
def test_a_files_name_can_be_no_text(tmp_path: Path) -> None:
    """A name in an old encoding is printed as far as it can be, wherever it is."""
    rows = "Ref,Received,Team\n1,nonsense,Repairs\n"
    path = Path(os.fsdecode(os.fsencode(tmp_path / "exports") + b"/complaints_caf\xe9.csv"))
    written(tmp_path, "Ref,Amount\n1,£50\n", "exports/awards.csv")
    path.write_text(rows)
    found = project(tmp_path, TWO_FILES)
    assert ["exports/complaints_caf\ufffd.csv", "exports/awards.csv"] == [
        i.file for i in found.records.inputs
    ]
    assert "exports/complaints_caf\ufffd.csv › row 2 › Received" == str(found.problems[0].place)


def test_missing_files_are_reported_and_the_rest_is_read(tmp_path: Path) -> None:
    """Without complaints nothing can run; any other table that is missing is a warning."""
    with pytest.raises(CannotRun) as stopped:
        project(tmp_path, TWO_FILES, awards="Ref,Amount\n1,£50\n")
    assert "awards.csv" in stopped.value.message
    complaints = "Ref,Stage,Received\n1,Stage 1,2023-06-05\n"
    found = project(tmp_path / "other", TWO_FILES, complaints=complaints)
    assert ["R108"] == [p.rule.code for p in found.problems if p.severity == "warning"]


def test_an_export_without_rows_is_a_problem(tmp_path: Path) -> None:
    """Headings alone are an export that ran for the wrong dates, not a year without complaints."""
    found = project(
        tmp_path, TWO_FILES, complaints_a="Ref,Received,Team\n", awards="Ref,Amount\n1,£50\n"
    )
    assert ["R107"] == [p.rule.code for p in found.problems]


def test_a_file_that_cannot_be_read_is_one_problem(tmp_path: Path) -> None:
    """A damaged file is reported by name, and the other files are read."""
    found = project(
        tmp_path,
        TWO_FILES,
        complaints_a="Ref,Received,Team\n1,2\n",
        complaints_b="Ref,Received,Team\n3,2023-06-05,Repairs\n",
        awards="Ref,Amount\n1,£50\n",
    )
    assert [("R106", "exports/complaints_a.csv › row 2")] == [
        (p.rule.code, str(p.place)) for p in found.problems
    ]
    assert 1 == len(found.records.complaints)


ONE_SHEET = """
title = "A workbook"
[sources.complaints]
table = "complaints"
files = ["exports/*.xlsx"]
stage = "stage1"
headings = {reference = "Ref", received_on = "Received", responded_on = "Answered"}
"""


def _book_with_formula(path: Path, formula: str, value: str | int) -> None:
    path.parent.mkdir(parents=True)
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("Cases")
        sheet.write_row(0, 0, ["Ref", "Received", "Answered"])
        sheet.write_row(1, 0, ["0012", "2023-06-05"])
        sheet.write_formula(1, 2, formula, None, value)


def test_an_error_cell_is_not_a_blank(tmp_path: Path) -> None:
    """#N/A in a mapped column is a problem at its cell: as a blank it would be a late answer."""
    _book_with_formula(tmp_path / "exports" / "a.xlsx", "=NA()", "#N/A")
    found = project(tmp_path, ONE_SHEET)
    assert ["exports/a.xlsx › Cases › row 2 › Answered"] == [str(p.place) for p in found.problems]


def test_the_place_of_a_record_is_the_row_that_excel_shows(tmp_path: Path) -> None:
    """Blank rows above and between the rows of a workbook do not move their numbers."""
    rows: list[list[Any]] = [[], ["Ref", "Received", "Answered"]]
    rows += [["0012", date(2023, 6, 5), None], [], ["0013", datetime(2023, 6, 6, 23, 50), "never"]]
    workbook(tmp_path / "exports" / "a.xlsx", Cases=rows)
    found = project(tmp_path, ONE_SHEET)
    assert ["exports/a.xlsx › Cases › row 3", "exports/a.xlsx › Cases › row 5"] == [
        str(c.place) for c in found.records.complaints
    ]
    assert ["exports/a.xlsx › Cases › row 5 › Answered"] == [str(p.place) for p in found.problems]
    assert [day("2023-06-05"), day("2023-06-06")] == [
        c.received_on for c in found.records.complaints
    ]


# --- Profiles ---------------------------------------------------------------------------------


def profile_of(folder: Path, text: str) -> Profile:
    """Load a profile."""
    written(folder, text, "profile.toml")
    return profiles.load(folder)


def test_a_profile_extends_a_bundled_one(tmp_path: Path) -> None:
    """What it names wins, key by key; what it leaves out stays as bundled."""
    found = profile_of(
        tmp_path,
        """
        extends = "icasework"
        [sources.complaints]
        sheet = "Cases"
        [sources.complaints.headings]
        service = "Our team"
        ward = "Ward"
        channel = false
        [sources.complaints.values.outcome]
        upheld = ["Justified"]
        """,
    )
    source = found.sources["complaints"]
    assert "Civica iCasework (wide report)" == found.title
    assert ("Cases", "wide") == (source.sheet, source.shape)
    assert {
        "reference": ("CaseDetails.CaseId", "Case ID", "Case reference"),
        "channel": False,
        "service": "Our team",
        "ward": "Ward",
    } == source.headings
    assert {"upheld", "partly_upheld", "closure=refused", "closure=withdrawn"} == set(
        source.values["outcome"]
    )


def test_a_list_in_a_profile_replaces_the_one_below_it(tmp_path: Path) -> None:
    """Files, dates and words are replaced as a whole, never mixed."""
    found = profile_of(
        tmp_path,
        'extends = "icasework"\n[sources.complaints]\nfiles = ["a.xlsx"]\ndates = ["%d/%m/%Y"]\n',
    )
    source = found.sources["complaints"]
    assert (("a.xlsx",), ("%d/%m/%Y",)) == (source.files, source.dates)


def test_every_bundled_profile_is_whole() -> None:
    """Each bundled profile can be used as it is."""
    assert "icasework" in profiles.bundled()
    for name in profiles.bundled():
        Profile.model_validate(profiles._bundled(name, Path(name)))


BASE = '[sources.c]\ntable = "complaints"\nfiles = ["a.csv"]\n'


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        ('extends = "icaswork"', "no profile 'icaswork'", "icasework"),
        (f'title = "T"\n{BASE}headings = {{servce = "Team"}}', "no field 'servce'", "again"),
        (f'title = "T"\n{BASE}headings = {{servce = "Team"}}', "service", ""),
        (f'title = "T"\n{BASE}values = {{outcome = {{maybe = ["?"]}}}}', "'maybe'", ""),
        (
            f'title = "T"\n{BASE}values = {{outcome = {{"closure=refusd" = ["R"]}}}}',
            "'refusd' is not a closure",
            "",
        ),
        (
            f'title = "T"\n{BASE}values = {{outcome = {{"closed=refused" = ["R"]}}}}',
            "'closed' takes no list of values",
            "",
        ),
        (f'title = "T"\n{BASE}shape = "wide"', "stage1 or stage2", ""),
        (f'title = "T"\n{BASE}dates = ["%d/%m/%Y", "%m/%d/%Y"]', "would be a guess", ""),
        (f'title = "T"\n{BASE}dates = ["%m-%d-%Y", "%d-%m-%Y"]', "would be a guess", ""),
        (f'title = "T"\n{BASE}dates = ["%d.%m.%y", "%Y-%m-%d", "%m.%d.%y"]', "a guess", ""),
        (f'title = "T"\n{BASE}formats = {{closed_on = ["%y %d %m", "%y %m %d"]}}', "a guess", ""),
        (f'title = "T"\n{BASE}dates = ["%m/%Y"]', "'%m/%Y' is no format of a whole day", ""),
        (f'title = "T"\n{BASE}dates = ["%Y-%m-%dT%H:%M:%SZ"]', "write %z for the Z", ""),
        (f'title = "T"\n{BASE}dates = ["%d %B"]', "no format of a whole day", ""),
        (f'title = "T"\n{BASE}dates = ["%d %d"]', "no format of a whole day", ""),
        (f'title = "T"\n{BASE}dates = ["dd/mm/yyyy"]', "no format of a whole day", ""),
        (f'title = "T"\n{BASE}sheets = "Cases"', "no such setting", ""),
        (f'title = "T"\n{BASE}stage = "stage3"', "stage", ""),
        (BASE, "title", ""),
        ('title = "T', "TOML", ""),
    ],
)
def test_faults_of_a_profile_are_named(tmp_path: Path, text: str, message: str, hint: str) -> None:
    """An unknown profile, field, code or key stops the run with its name and a near one."""
    with pytest.raises(CannotRun) as found:
        profile_of(tmp_path, text)
    assert message in found.value.message
    assert hint in found.value.hint


def test_formats_that_leave_no_doubt_stand_side_by_side(tmp_path: Path) -> None:
    """Day and month are told apart by the marks between, by the length, or by the name."""
    dates = ["%d/%m/%Y", "%d/%m/%y", "%m-%d-%Y", "%d %B %Y", "%Y-%m-%dT%H:%M:%S%z", "serial"]
    found = profile_of(tmp_path, f'title = "T"\n{BASE}dates = {dates}')
    assert tuple(dates) == found.sources["c"].dates


def test_a_folder_without_a_profile_cannot_be_understood(tmp_path: Path) -> None:
    """A missing profile names the bundled ones that could be extended."""
    with pytest.raises(CannotRun) as found:
        profiles.load(tmp_path)
    assert "icasework" in found.value.hint


# --- The declarations -------------------------------------------------------------------------


@pytest.mark.parametrize("table", TABLES)
def test_every_field_is_declared_once_with_a_label(table: str) -> None:
    """A record's fields are its place and its specs, each with its own printed label."""
    declared = [spec.name for spec in specs(table)]
    assert ["place", *declared] == [f.name for f in fields(TABLES[table])]
    labels = [spec.label for spec in specs(table)]
    assert len(labels) == len(set(labels))
    assert set(REQUIRED[table]) <= set(declared)


@pytest.mark.parametrize("table", TABLES)
def test_codes_belong_to_code_fields_and_print_apart(table: str) -> None:
    """Exactly the fields of kind code have codes, and no two codes share a label."""
    for spec in specs(table):
        assert (spec.kind is FieldKind.CODE) == bool(spec.codes), spec.name
        labels = [folded(label) for label in spec.codes.values()]
        assert len(labels) == len(set(labels)), spec.name


def test_free_text_is_kept_for_what_the_landlord_says_of_itself() -> None:
    """No table about residents has a field of free text."""
    tables = {table for table in TABLES for s in specs(table) if s.kind is FieldKind.TEXT}
    assert {"actions", "provisions"} == tables


def test_every_rule_of_reading_has_its_own_code_and_advice() -> None:
    """Codes are unique, R for files, D for values, C for corrections; each says what to do."""
    found = index(rules.RULES)
    assert len(rules.RULES) == len(found)
    assert {"R", "D", "C"} == {code[0] for code in found}
    assert all(rule.title and rule.advice.endswith(".") for rule in rules.RULES)


# --- Awards of the last stage -----------------------------------------------------------------

ONE_COLUMN = """
title = "One column of money for both stages"
[sources.complaints]
table = "complaints"
files = ["exports/complaints.csv"]
shape = "wide"
[sources.complaints.headings]
reference = "Ref"
[sources.complaints.stage1]
received_on = "First"
[sources.complaints.stage2]
received_on = "Second"
[sources.awards]
table = "awards"
files = ["exports/complaints.csv"]
only_with = "amount"
stage = "last"
[sources.awards.headings]
reference = "Ref"
amount = "Compensation"
awarded_on = "Paid"
"""
BOTH_STAGES = """\
Ref,First,Second,Compensation,Paid
1,2023-05-02,2023-07-03,100,2023-08-01
2,2023-05-02,,50,2023-08-01
3,2023-05-02,,,
"""


def test_an_award_can_belong_to_the_last_stage_its_case_reached(tmp_path: Path) -> None:
    """One column of compensation beside two stages is no dead end: the profile says whose it is."""
    found = project(tmp_path, ONE_COLUMN, complaints=BOTH_STAGES)
    assert [("1", "stage2"), ("2", "stage1")] == [
        (a.reference, a.stage) for a in found.records.awards
    ]
    assert () == found.problems
    fixed = project(
        tmp_path / "first", ONE_COLUMN.replace("last", "stage1"), complaints=BOTH_STAGES
    )
    assert {"stage1"} == {a.stage for a in fixed.records.awards}


def test_only_awards_belong_to_the_last_stage(tmp_path: Path) -> None:
    """A complaint is at a stage of its own."""
    wrong = ONE_COLUMN.replace('shape = "wide"', 'stage = "last"').replace("stage1]", "values]")
    with pytest.raises(CannotRun):
        project(tmp_path, wrong, complaints=BOTH_STAGES)


@pytest.mark.parametrize(
    ("one", "other", "contrary"),
    [
        ("upheld", "not upheld", True),
        ("resolved", "unresolved", True),
        ("satisfied", "dissatisfied", True),
        ("no fault", "fault", True),
        ("uphelt", "upheld", False),
        ("not uphelt", "not upheld", False),
        ("partly upheld", "upheld", False),
    ],
)
def test_contraries_are_told(one: str, other: str, contrary: bool) -> None:
    """A slip of the keyboard is no contrary; a negation is, in a word or at the head of one."""
    assert opposed(one, other) is contrary
    assert opposed(other, one) is contrary


def test_no_contrary_is_ever_suggested(tmp_path: Path) -> None:
    """Where only "Not upheld" is like a value, nothing is suggested."""
    profile = ONE_COLUMN.replace(
        "[sources.awards]",
        """[sources.complaints.values.outcome]
not_upheld = ["Not justified"]
[sources.awards]""",
    ).replace('received_on = "First"', 'received_on = "First"\noutcome = "Result"')
    text = BOTH_STAGES.replace("First", "Result,First").replace(
        ",2023-05-02", ",Justified,2023-05-02"
    )
    found = project(tmp_path, profile, complaints=text)
    (told,) = {p.message for p in found.problems if p.rule.code == "D104"}
    assert "Did you mean" not in told
