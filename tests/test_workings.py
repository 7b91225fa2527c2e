"""The workings: what stands in the workbook, and a spreadsheet that truly calculates it.

LibreOffice keeps the results that cells carry unless there are none, so they are taken away first;
then every number that it arrives at is compared with the ledger.
"""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any, get_args

import numpy as np
import openpyxl
import pandas as pd
import pytest
from hypothesis import HealthCheck, Phase, given
from hypothesis import settings as effort
from openpyxl.utils.escape import unescape
from tests.projects import (
    action,
    award,
    complaint,
    finding,
    project,
    sample_files,
    sample_run,
    second,
    without,
)

from hcreport import pipeline
from hcreport.derive.frame import Frame, columns, frames
from hcreport.derive.terms import terms
from hcreport.figures import building, catalogue
from hcreport.figures.algebra import PENCE, FromSettings, Measure, Unit
from hcreport.figures.evaluate import Evaluator
from hcreport.figures.selection import Givens
from hcreport.problems import CannotRun
from hcreport.records import NOT_RECORDED, TABLES, FieldKind, specs
from hcreport.report.workings import book
from strategies import record_sets, settings_sets

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from openpyxl.worksheet.worksheet import Worksheet

    from hcreport.figures.ledger import Entry, Ledger
    from hcreport.pipeline import Run
    from hcreport.records import Records
    from hcreport.settings import Settings

# --- The workbook -----------------------------------------------------------------------------


def workings() -> bytes:
    """The sample's workbook."""
    return sample_files()["internal/workings.xlsx"]


@cache
def sample_book(*, results: bool = False) -> openpyxl.Workbook:
    """The sample's workbook as openpyxl reads it: its formulas, or the results they carry."""
    return openpyxl.load_workbook(io.BytesIO(workings()), data_only=results)


def figures(workbook: openpyxl.Workbook) -> Iterator[dict[str, Any]]:
    """The rows of Figures by heading."""
    headings, *rows = workbook["Figures"].iter_rows(values_only=True)
    return (dict(zip(map(str, headings), row, strict=True)) for row in rows)


def cells(sheet: Worksheet, heading: str) -> list[Any]:
    """A column of a sheet."""
    headings, *rows = sheet.iter_rows(values_only=True)
    place = headings.index(heading)
    return [row[place] for row in rows]


def test_the_sheets_stand_in_order() -> None:
    """Read me first, then the figures, the records, and what they stand on."""
    assert sample_book().sheetnames == [
        "Read me",
        "Figures",
        "Complaints",
        "Awards",
        "Findings",
        "Actions",
        "Provisions",
        "Codes",
        "Settings",
    ]
    for sheet in sample_book().worksheets[1:]:
        assert sheet.freeze_panes is not None, sheet.title
    for sheet in sample_book().worksheets[1:-1]:
        assert sheet.auto_filter.ref == sheet.dimensions, sheet.title


def test_every_kind_of_figure_has_formulas() -> None:
    """The sample has a figure of each kind there is, and all are by formula but a few."""
    run = sample_run()
    kinds = {type(entry.figure.measure) for entry in run.ledger.entries}
    assert kinds == set(get_args(Measure))
    rows = list(figures(sample_book(results=True)))
    odd = {row["id"] for row in rows if row["agrees"] == "not by formula"}
    assert odd == {
        "service_requests.received",
        "tsm.tp02",
        "tsm.tp09",
        "ombudsman.failure_orders",
    }
    assert {row["agrees"] for row in rows} == {True, "not by formula"}


def test_every_entry_of_the_ledger_is_a_row() -> None:
    """Whole and by group, in the ledger's order, with label and definition."""
    ledger = sample_run().ledger
    rows = list(figures(sample_book()))
    assert list(rows[0]) == [
        "id",
        "group",
        "label",
        "definition",
        "numerator",
        "denominator",
        "value",
        "reported",
        "agrees",
    ]
    assert [(r["id"], r["group"]) for r in rows] == [(e.id, in_words(e)) for e in ledger.entries]
    for row, entry in zip(rows, ledger.entries, strict=True):
        assert row["label"] == entry.figure.label
        assert row["definition"] == ledger.definitions[entry.id]


def in_words(entry: Entry) -> str:
    """A group as the workbook has it."""
    return "; ".join(f"{key} = {value}" for key, value in entry.group) or "whole"


def test_numbers_are_live_formulas_that_carry_their_results() -> None:
    """A cell with a result has a formula, and what it carries is the exact result."""
    formulas, results = figures(sample_book()), figures(sample_book(results=True))
    for formula, result, entry in zip(formulas, results, sample_run().ledger.entries, strict=True):
        if result["agrees"] != "not by formula":
            assert is_formula(formula["value"]), entry
            assert is_formula(formula["agrees"]), entry
            given = isinstance(entry.figure.measure, FromSettings)
            assert given or result["numerator"] is None or is_formula(formula["numerator"])
            assert given or result["denominator"] is None or is_formula(formula["denominator"])
        assert differences(result, entry) == [], entry
        assert not is_formula(formula["reported"]), entry


def test_no_formula_is_longer_than_excel_takes() -> None:
    """Excel takes 8,192 characters; a figure's formulas stay far below that."""
    formulas = [cell for row in figures(sample_book()) for cell in row.values() if is_formula(cell)]
    assert max(len(str(getattr(cell, "text", cell))) for cell in formulas) < 1000


def is_formula(value: object) -> bool:
    """Whether a cell holds a formula, of the ordinary kind or of the array kind."""
    return str(getattr(value, "text", value)).startswith("=")


def differences(row: Mapping[str, Any], entry: Entry) -> list[str]:
    """Where a row of results differs from the ledger."""
    value = entry.value
    if value is not None and entry.figure.unit is Unit.GBP:
        value /= PENCE
    expected = {
        "numerator": entry.result.numerator,
        "denominator": entry.result.denominator,
        "value": None if value is None else float(value),
    }
    return [
        f"{name}: {row[name]} is not {wanted}"
        for name, wanted in expected.items()
        if not is_same(row[name], wanted)
    ]


def is_same(found: object, wanted: float | None) -> bool:
    """Whether two numbers are one but for the last bit; "no value" is none."""
    if wanted is None:
        return found in {None, "no value"}
    return isinstance(found, int | float) and found == pytest.approx(wanted, rel=1e-12, abs=1e-12)


def test_reported_is_the_number_that_the_report_prints() -> None:
    """As a number, and shown as the report shows it."""
    sheet = sample_book()["Figures"]
    for row, entry in zip(sheet.iter_rows(min_row=2), sample_run().ledger.entries, strict=True):
        assert as_shown(row[7].value, row[7].number_format) == entry.shown, entry


def as_shown(value: object, pattern: str) -> str:
    """A cell as a spreadsheet shows it, for the few patterns there are."""
    if not isinstance(value, int | float):
        return str(value)
    decimals = len(pattern.partition(".")[2].rstrip('%"'))
    sign, unit = ("£" if "£" in pattern else ""), ("%" if "%" in pattern else "")
    scaled = Decimal(str(value)) * (100 if pattern.endswith("0%") else 1)
    return f"{sign}{scaled:,.{decimals}f}{unit}"


def test_names_reach_over_every_record() -> None:
    """Each name a formula uses is defined, from the first record of its sheet to the last."""
    workbook = sample_book()
    names = {name: found.attr_text for name, found in workbook.defined_names.items()}
    used = {
        name
        for row in figures(workbook)
        for cell in row.values()
        if is_formula(cell)
        for name in re.findall(
            r"[a-z]+_\w+", re.sub('"[^"]*"', "", str(getattr(cell, "text", cell)))
        )
    }
    assert used <= set(names)
    assert len(used) > 50
    run = sample_run()
    for name, place in names.items():
        sheet, _, reach = place.partition("!")
        table = sheet.lower()
        if table in TABLES:
            last = len(run.worked.evaluators[""].frames[table]) + 1
            assert re.fullmatch(rf"\$([A-Z]+)\$2:\$\1\${last}", reach), name


def test_records_stand_as_they_were_read() -> None:
    """References stay text, dates are dates, money is in pounds and pence, blanks are blank."""
    for table, frame in sample_run().worked.evaluators[""].frames.items():
        if table == "failure_orders":  # the sample types their number: there is no such file
            assert not len(frame)
            continue
        sheet = sample_book()[table.capitalize()]
        assert sheet.max_row == len(frame) + 1
        for name, info in columns(table).items():
            if name not in frame.columns or info.label not in [c.value for c in sheet[1]]:
                continue
            for found, held in zip(cells(sheet, info.label), frame.table[name], strict=True):
                assert is_as_read(found, held, table, name), (table, name, found, held)


def is_as_read(found: object, held: Any, table: str, name: str) -> bool:
    """Whether a cell holds what the frame does, in words for codes."""
    if pd.isna(held):
        return found in {None, NOT_RECORDED}
    if isinstance(held, str):
        return found == columns(table)[name].codes.get(held, held)
    if isinstance(found, datetime):
        return found == held
    is_money = {s.name: s.kind for s in specs(table)}.get(name) is FieldKind.MONEY
    return found == (held / PENCE if is_money else held)


def test_free_text_stays_out() -> None:
    """No field of words about a case is there, and nothing that a person wrote in one."""
    run = sample_run()
    words = {
        getattr(record, spec.name)
        for record in run.intake.records.actions
        for spec in specs("actions")
        if spec.kind is FieldKind.TEXT
    } - {None}
    assert words
    held = {c.value for sheet in sample_book() for row in sheet.iter_rows() for c in row}
    assert not words & held


def test_the_same_run_makes_the_same_bytes() -> None:
    """Nothing in the workbook depends on the clock or on what was made before."""
    run = sample_run()
    assert book.write(run.ledger, run.worked.evaluators[""], run.settings) == workings()


def test_more_records_than_a_sheet_holds_are_refused() -> None:
    """Two lines say so, before anything is written."""
    run = sample_run()
    held = run.worked.evaluators[""]
    actions = held.frames["actions"].table.iloc[np.zeros(book.MOST + 1, dtype=int)]
    frames = {**held.frames, "actions": Frame.of(actions.reset_index(drop=True))}
    evaluator = Evaluator(frames, held.mapped, held.givens)
    with pytest.raises(CannotRun, match="1,048,576 actions"):
        book.write(run.ledger, evaluator, run.settings)


# --- Calculated again -------------------------------------------------------------------------


@dataclass(frozen=True)
class Case:
    """A workbook, and the ledger that it has to arrive at."""

    name: str
    content: bytes
    ledger: Ledger


def case(name: str, run: Run) -> Case:
    """The workbook of a run."""
    return Case(name, book.write(run.ledger, run.worked.evaluators[""], run.settings), run.ledger)


def stripped(content: bytes) -> bytes:
    """A workbook whose formulas carry no results."""
    return changed(content, r"(</f>)<v>[^<]*</v>", r"\1")


def changed(content: bytes, pattern: str, replacement: str, count: int = 0) -> bytes:
    """A workbook with something else in its sheets; it must have been there."""
    out = io.BytesIO()
    found = 0
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            text = old.read(name)
            if name.startswith("xl/worksheets/sheet"):
                made, n = re.subn(pattern, replacement, text.decode(), count=count)
                text, found = made.encode(), found + n
            new.writestr(name, text)
    assert found
    return out.getvalue()


def calculated(folder: Path, cases: list[Case]) -> dict[str, openpyxl.Workbook]:
    """What LibreOffice makes of workbooks whose results were taken away."""
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("no soffice: LibreOffice is not installed")
    for one in cases:
        (folder / f"{one.name}.xlsx").write_bytes(stripped(one.content))
    subprocess.run(
        [
            office,
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            "--headless",
            "--convert-to",
            "xlsx:Calc MS Excel 2007 XML",
            "--outdir",
            str(folder / "calculated"),
            *(str(folder / f"{one.name}.xlsx") for one in cases),
        ],
        capture_output=True,
        check=True,
        timeout=300,
    )
    return {
        one.name: openpyxl.load_workbook(folder / "calculated" / f"{one.name}.xlsx", data_only=True)
        for one in cases
    }


def faults(workbook: openpyxl.Workbook, ledger: Ledger) -> list[tuple[str, str, list[str]]]:
    """Every figure whose calculated numbers differ from the ledger, or that says it disagrees."""
    rows = list(figures(workbook))
    assert len(rows) == len(ledger.entries)
    found = []
    for row, entry in zip(rows, ledger.entries, strict=True):
        wrong = differences(row, entry)
        if row["agrees"] not in {True, "not by formula"}:
            wrong.append(f"agrees: {row['agrees']}")
        if wrong:
            found.append((entry.id, in_words(entry), wrong))
    return found


ODD = (
    "*",
    "?",
    "~*",
    "=1+1",
    "+1",
    "-1",
    "@A1",
    "0012",
    "12",
    "12.0",
    "1E3",
    ">5",
    "<>",
    "<",
    "=",
    '"',
    "'",
    "TRUE",
    "2023-04",
    "1/4",
    "service 01",
    "none",
    "Not Recorded",
    "#N/A",
    "{1}",
    "_x0041_",
    "Tŷ & <i>",
    "N" * 300,
    "L" * 33_000,
)


def odd_project(folder: Path) -> Run:
    """A project whose landlord uses words that fool a spreadsheet, each once, twice or thrice."""
    rows = []
    words = [word for n, word in enumerate(ODD) for _ in range(n % 3 + 1)]
    for number, word in enumerate(words, start=1):
        field = ("channel", "ward", "contractor")[ODD.index(word) % 3]
        row = complaint(number, f"2023-{number % 9 + 4:02}-05") | {
            "service": ODD[number % 4],
            "category": ODD[number % 3],
            "channel": "",
            "ward": "",
            "contractor": "",
            "tenure": ("LCRA", "leasehold", "")[number % 3],
            "outcome": ("upheld", "not_upheld", "")[number % 3],
            field: word,
        }
        rows.append(row | ({"responded_on": "", "closed_on": ""} if number % 11 == 0 else {}))
        if number % 4 == 0:
            rows.append(second(row, escalation_reason=word))
    awards = [award(n, f"{n}.{n:02}", reason=ODD[n % 9]) for n in range(1, 40)]
    findings = [
        finding(f"F{n}", category=ODD[n % 5], orders="" if n % 3 else "2") for n in range(8)
    ]
    actions = [action(theme=word, status=("completed", "")[n % 2]) for n, word in enumerate(ODD)]
    settings = "[homes]\nLCRA = 1200\n[survey.tp01]\nsatisfied = 2\nanswers = 3\n"
    return pipeline.compute(
        project(
            folder, settings, complaints=rows, awards=awards, findings=findings, actions=actions
        )
    )


def bare_project(folder: Path) -> Run:
    """A project with nothing but complaints, and few columns of those."""
    rows = [complaint(n) for n in range(1, 4)]
    return pipeline.compute(
        project(folder, complaints=without(rows, "service", "root_cause", "closed_on"))
    )


def drawn() -> list[Case]:
    """Workbooks of records that hypothesis draws."""
    found: list[Case] = []

    @given(record_sets(), settings_sets)
    @effort(
        max_examples=4,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
        deadline=None,
        derandomize=True,
    )
    def draw(records: Records, settings: Settings) -> None:
        period = settings.report_period
        judged = terms(records, settings, period)
        givens = Givens(period, settings.ombudsman_period, settings.homes.owned)
        evaluator = Evaluator(frames(records, judged), records.mapped, givens)
        ledger = building.build(catalogue.figures(settings), evaluator, givens, {})
        content = book.write(ledger, evaluator, settings)
        found.append(Case(f"drawn-{len(found)}", content, ledger))

    draw()
    return found


WRONG_RESULT = 987_654


def planted(sample: Case) -> Case:
    """The sample with a wrong result in its first cell and a wrong formula in another."""
    first = r'(<row r="2">.*?</f>)<v>\d+</v>'
    wrong = changed(sample.content, first, rf"\g<1><v>{WRONG_RESULT}</v>", count=1)
    carried = next(figures(openpyxl.load_workbook(io.BytesIO(wrong), data_only=True)))
    assert carried["numerator"] == WRONG_RESULT
    rate = next(
        n for n, e in enumerate(sample.ledger.entries, start=2) if e.id.endswith("uphold_rate")
    )
    condition = rf'(<row r="{rate}">.*?)outcome,{{"Upheld","Partly upheld"}}'
    return Case(
        "planted", changed(wrong, condition, r'\1outcome,{"Upheld"}', count=1), sample.ledger
    )


@pytest.fixture(scope="module")
def cases(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Case]:
    """Everything that is calculated again."""
    folder = tmp_path_factory.mktemp("projects")
    sample = case("sample", sample_run())
    odd, bare = (
        case("odd", odd_project(folder / "odd")),
        case("bare", bare_project(folder / "bare")),
    )
    return {one.name: one for one in (sample, planted(sample), odd, bare, *drawn())}


@pytest.fixture(scope="module")
def results(
    cases: dict[str, Case], tmp_path_factory: pytest.TempPathFactory
) -> dict[str, openpyxl.Workbook]:
    """What LibreOffice arrives at by itself."""
    return calculated(tmp_path_factory.mktemp("calculated"), list(cases.values()))


def test_libreoffice_agrees_on_every_figure_of_the_sample(
    cases: dict[str, Case], results: dict[str, openpyxl.Workbook]
) -> None:
    """Whole and by group: numerator, denominator and value."""
    assert len(cases["sample"].ledger.entries) > 2000
    assert faults(results["sample"], cases["sample"].ledger) == []
    told = dict(results["sample"]["Read me"].iter_rows(values_only=True))
    by_formula = len(cases["sample"].ledger.entries) - 4
    assert told["Figures that agree"] == by_formula
    assert (told["Figures that do not"], told["Not by formula"]) == (0, 4)


def test_a_planted_result_vanishes_and_a_planted_formula_is_caught(
    cases: dict[str, Case], results: dict[str, openpyxl.Workbook]
) -> None:
    """So the comparison sees what was calculated, and sees a formula that is wrong."""
    rows = list(figures(results["planted"]))
    assert rows[0]["numerator"] == cases["planted"].ledger.entries[0].value
    (wrong,) = faults(results["planted"], cases["planted"].ledger)
    assert wrong[:2] == ("stage1.uphold_rate", "whole")
    assert [said.partition(":")[0] for said in wrong[2]] == ["numerator", "value", "agrees"]
    told = dict(results["planted"]["Read me"].iter_rows(values_only=True))
    assert told["Figures that do not"] == 1


@pytest.mark.parametrize("name", ["odd", "bare"])
def test_libreoffice_agrees_on_small_projects(
    name: str, cases: dict[str, Case], results: dict[str, openpyxl.Workbook]
) -> None:
    """With words that fool a spreadsheet, and without awards, findings or half the columns."""
    assert faults(results[name], cases[name].ledger) == []


def test_libreoffice_agrees_whatever_the_records(
    cases: dict[str, Case], results: dict[str, openpyxl.Workbook]
) -> None:
    """On every basis, with blanks, gaps and contradictions anywhere."""
    drawn = [name for name in cases if name.startswith("drawn")]
    assert len(drawn) == 4
    for name in drawn:
        assert faults(results[name], cases[name].ledger) == [], name


def test_odd_words_stay_text_and_are_never_tested(cases: dict[str, Case]) -> None:
    """A landlord's words stand in cells of text alone; no formula holds one."""
    workbook = openpyxl.load_workbook(io.BytesIO(cases["odd"].content))
    held = {
        unescape(str(word))
        for heading in ("Channel", "Ward", "Contractor")
        for word in cells(workbook["Complaints"], heading)
    }
    told = {word for word in ODD if word not in {"Not Recorded", "L" * 33_000}}
    assert told <= held
    assert "L" * 32_767 in held
    for title in ("Complaints", "Awards", "Findings", "Actions", "Codes"):
        kinds = {c.data_type for row in workbook[title].iter_rows() for c in row}
        assert "f" not in kinds, title
    quoted = {
        word
        for row in figures(workbook)
        for cell in row.values()
        if is_formula(cell)
        for word in re.findall(r'"([^"]*)"', str(getattr(cell, "text", cell)))
    }
    plain = r"[A-Z][A-Za-z0-9 ]*|not recorded|no value|none|[a-z_]+ \d+|<>|>=|<="
    assert [word for word in quoted if not re.fullmatch(plain, word)] == []


def test_a_bare_project_has_only_the_sheets_it_can_fill(cases: dict[str, Case]) -> None:
    """No awards, no findings, no actions: no sheets of them."""
    workbook = openpyxl.load_workbook(io.BytesIO(cases["bare"].content))
    assert workbook.sheetnames == ["Read me", "Figures", "Complaints", "Codes", "Settings"]
