"""What a build keeps of itself: exact figures, their declarations, and every record as CSV."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import settings as looking
from hypothesis import strategies as st
from tests.projects import hcreport, project, sample_files, sample_run

from builders import action, award, complaint, finding, ledger_of, records, settings
from hcreport import pipeline
from hcreport.derive.frame import frames
from hcreport.derive.terms import terms
from hcreport.figures import algebra, behind, building, catalogue, declared
from hcreport.figures.algebra import Unit
from hcreport.figures.behind import Part
from hcreport.figures.evaluate import Evaluator
from hcreport.figures.selection import Givens
from hcreport.records import TABLES, FieldKind, specs
from hcreport.report import records_csv, run_json
from strategies import record_sets, settings_sets

if TYPE_CHECKING:
    from pathlib import Path

    from hcreport.figures.ledger import Ledger
    from hcreport.records import Records
    from hcreport.settings import Settings


def evaluator_of(found: Records, s: Settings) -> Evaluator:
    """Put the records into frames, as the pipeline does."""
    period = s.report_period
    givens = Givens(period, s.ombudsman_period, s.homes.owned)
    return Evaluator(frames(found, terms(found, s, period)), found.mapped, givens)


def reread(evaluator: Evaluator) -> dict[str, pd.DataFrame]:
    """Write every table and read it again."""
    return {
        table: records_csv.read(records_csv.write(table, frame), records_csv.kinds(table, frame))[1]
        for table, frame in evaluator.frames.items()
    }


# --- Declarations -----------------------------------------------------------------------------

texts = st.text(max_size=6)
conditions = st.one_of(
    st.builds(algebra.Is, texts, st.lists(texts, max_size=3).map(tuple)),
    st.builds(algebra.During, texts, st.sampled_from(["report", "ombudsman"])),
)
some = st.lists(conditions, max_size=3).map(tuple)
cohorts = st.builds(
    algebra.Cohort,
    texts,
    texts,
    some,
    st.lists(texts, max_size=2).map(tuple),
    st.lists(st.tuples(texts, texts), max_size=2).map(tuple),
)
counts = st.builds(algebra.Count, cohorts, some, some)
measures = st.one_of(
    counts,
    st.builds(algebra.Share, cohorts, some, some),
    st.builds(algebra.Total, cohorts, texts),
    st.builds(algebra.Average, cohorts, texts, st.sampled_from(["median", "mean"])),
    st.builds(algebra.Quotient, cohorts, texts, texts),
    st.builds(algebra.Rate, counts, counts | st.sampled_from(["homes", "months"])),
    st.builds(algebra.Given, st.none() | st.integers(), st.none(), st.none() | st.decimals(0, 9)),
)
groups = st.lists(st.tuples(texts, texts), max_size=2).map(tuple)
numbers = st.lists(st.tuples(groups, st.integers()), max_size=3).map(tuple)
measures |= st.builds(algebra.Typed, numbers, numbers, st.booleans())
breakdowns = st.lists(st.lists(texts, min_size=1, max_size=2).map(tuple), max_size=3).map(tuple)
figures = st.builds(
    algebra.Figure,
    texts,
    texts,
    st.sampled_from(Unit),
    measures,
    breakdowns,
    st.integers(0, 3),
    texts,
    st.none() | st.builds(algebra.Instead, texts, measures),
)


@given(figures)
def test_a_declaration_comes_back_as_it_was(figure: algebra.Figure) -> None:
    """Through JSON text and back, any figure equals itself."""
    assert declared.figure(json.loads(json.dumps(declared.as_json(figure)))) == figure


def test_every_figure_of_the_catalogue_comes_back_as_it_was() -> None:
    """So does every figure there is, its unit still a unit."""
    for figure in catalogue.figures(sample_run().settings).values():
        back = declared.figure(json.loads(json.dumps(declared.as_json(figure))))
        assert back == figure
        assert isinstance(back.unit, Unit)


@pytest.mark.parametrize(
    "given",
    [None, 1, {}, [], {"is": "Figure"}, {"is": "Count"}, {"is": "Nothing"}, {"is": ["Figure"]}],
)
def test_what_declares_no_figure_is_refused(given: object) -> None:
    """JSON that is no declaration raises ValueError, whatever it is."""
    with pytest.raises(ValueError, match="no declaration"):
        declared.figure(given)


# --- Records as CSV ---------------------------------------------------------------------------


@looking(max_examples=20)  # a whole catalogue each
@given(record_sets(), settings_sets)
def test_the_tables_give_the_same_figures_when_read_again(found: Records, s: Settings) -> None:
    """Whoever reads the CSV files arrives at every figure of the run, whole and by group."""
    evaluator = evaluator_of(found, s)
    givens = Givens(s.report_period, s.ombudsman_period, s.homes.owned)
    again = Evaluator(reread(evaluator), found.mapped, givens)
    assert building.build(catalogue.figures(s), again, givens, {}) == ledger_of(found, s)


awkward = st.text(
    st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from("\t\r\n'\"=+-@,")
)


@given(st.lists(awkward.filter(bool), max_size=5), st.lists(st.integers(-(10**9), 10**9)))
def test_words_and_money_come_back_as_they_were(words: list[str], amounts: list[int]) -> None:
    """Line ends, quotation marks, signs of formulas and any amount survive the file."""
    rows = [
        *(award(reference=word, reason=word) for word in words),
        *(award(amount) for amount in amounts),
    ]
    found = records(*rows)
    frame = reread(evaluator_of(found, settings()))["awards"]
    assert [a.reference for a in found.awards] == list(frame.values("reference"))
    assert [a.amount for a in found.awards] == list(frame.values("amount"))


def test_no_cell_begins_as_a_formula_does() -> None:
    """A case number made to run in a spreadsheet is words there, and is read back as it was."""
    found = records(award(reference="=1+1"), award(reference="'x"), award(-50, reference="@a"))
    frame = evaluator_of(found, settings()).frames["awards"]
    written = records_csv.write("awards", frame)
    cells = list(csv.DictReader(io.StringIO(written.decode("utf-8-sig"), newline="")))
    assert [(row["reference"], row["amount"]) for row in cells] == [
        ("'=1+1", "100.00"),
        ("''x", "100.00"),
        ("'@a", "-0.50"),
    ]


def test_a_row_keeps_its_place_its_codes_and_its_dates() -> None:
    """A line of the file is the record, what was concluded about it, and where it stands."""
    row = complaint("2023-06-05", reference="0012", outcome="upheld", responded_on="2023-06-12")
    frame = evaluator_of(records(row), settings()).frames["complaints"]
    kinds = records_csv.kinds("complaints", frame)
    (line,), _ = records_csv.read(records_csv.write("complaints", frame), kinds)
    expected = {
        "file": "made.xlsx",
        "sheet": "complaints",
        "row": str(row.place.row),
        "reference": "0012",
        "outcome": "upheld",
        "received_on": "2023-06-05",
        "responded_on": "2023-06-12",
        "closed_on": "",
        "days_to_respond": "5",
        "timeliness": "on_time",
    }
    assert {name: line[name] for name in expected} == expected


def test_free_text_is_in_no_table() -> None:
    """A field of free text has no column, though the learning log prints it."""
    found = records(action(what_happened="words", owner_role="words"))
    for table, frame in evaluator_of(found, settings()).frames.items():
        named = records_csv.kinds(table, frame)
        free = {spec.name for spec in specs(table) if spec.kind is FieldKind.TEXT}
        assert free.isdisjoint(named)
        assert b"words" not in records_csv.write(table, frame)


# --- Rows behind figures ----------------------------------------------------------------------


@looking(max_examples=20)  # a whole catalogue each
@given(record_sets(), settings_sets)
def test_the_rows_behind_a_figure_are_those_it_counts(found: Records, s: Settings) -> None:
    """Numerator, denominator and set aside are as many rows, or add up to as much."""
    evaluator = evaluator_of(found, s)
    must_count_its_rows(evaluator, ledger_of(found, s))


def test_the_rows_behind_the_sample_are_those_it_counts() -> None:
    """So it is for each figure and group of the sample."""
    must_count_its_rows(sample_run().worked.evaluators[""], sample_run().ledger)


def must_count_its_rows(evaluator: Evaluator, ledger: Ledger) -> None:
    """Hold every entry against the rows said to be behind it."""
    for entry in ledger.entries:
        measure, result = entry.figure.measure, entry.result
        parts = {rows.part: rows for rows in behind.behind(evaluator, measure, entry.group)}
        if result.value is None and not parts:
            continue
        sizes = {part: int(rows.mask.sum()) for part, rows in parts.items()}
        if isinstance(measure, algebra.Total):
            rows = parts[Part.NUMERATOR]
            amounts = evaluator.frames[rows.table].table.loc[rows.mask, measure.column]
            assert result.value == sum(int(amount) for amount in amounts), entry
        elif isinstance(measure, algebra.Quotient):
            rows = parts[Part.NUMERATOR]
            frame = evaluator.frames[rows.table].table[rows.mask]
            sums = [int(frame[name].astype(float).sum()) for name in rows.columns]
            assert [result.numerator, result.denominator] == sums, entry
        elif not isinstance(measure, algebra.FromSettings):
            fixed = isinstance(measure, algebra.Rate) and isinstance(measure.under, str)
            assert sizes.get(Part.NUMERATOR, 0) == (result.numerator or 0), entry
            if not fixed:
                assert sizes.get(Part.DENOMINATOR, 0) == (result.denominator or 0), entry
        assert sizes.get(Part.SET_ASIDE, 0) == result.set_aside, entry


# --- The account ------------------------------------------------------------------------------


def account() -> dict[str, object]:
    """What the sample's build keeps of itself, as JSON has it."""
    kept = json.loads(json.dumps(pipeline.account(sample_run(), draft=False)))
    assert isinstance(kept, dict)
    return kept


def test_the_account_holds_every_figure_exactly() -> None:
    """Each entry of the ledger is there with its exact value and its counts, the small ones too."""
    entries = account()["ledger"]
    assert isinstance(entries, list)
    for given_entry, entry in zip(entries, sample_run().ledger.entries, strict=True):
        assert (given_entry["id"], given_entry["group"]) == (entry.id, dict(entry.group))
        assert run_json.value_of(given_entry["value"], entry.figure.unit) == entry.value
        assert run_json.value_of(given_entry["previous"], entry.figure.unit) == entry.previous
        assert given_entry["shown"] == entry.shown
        result = entry.result
        assert (
            given_entry["numerator"], given_entry["denominator"], given_entry["set_aside"]
        ) == (result.numerator, result.denominator, result.set_aside)  # fmt: skip


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (None, Unit.COUNT, None),
        (Fraction(575), Unit.COUNT, "575"),
        (Fraction(382, 601), Unit.SHARE, "382/601"),
        (Fraction(9602400), Unit.GBP, "96024.00"),
        (Fraction(-5), Unit.GBP, "-0.05"),
        (Fraction(15001, 2), Unit.GBP, "15001/200"),
    ],
)
def test_exact_values(value: Fraction | None, unit: Unit, text: str | None) -> None:
    """A value is written without rounding and read back the same."""
    assert run_json.exact(value, unit) == text
    assert run_json.value_of(text, unit) == value


def test_the_account_says_how_the_run_was_made() -> None:
    """Settings, editions of the Code, inputs, period and version stand beside the figures."""
    kept = account()
    s = sample_run().settings
    assert kept["schema"] == "hcreport.run/3"
    assert kept["draft"] is False
    assert kept["period"] == {"start": "2023-04-01", "end": "2024-03-31", "label": "2023/24"}
    assert type(s).model_validate(revived(kept["settings"])) == s
    assert [rules["in_force_from"] for rules in kept["rule_sets"]] == ["2022-04-01"]
    assert [i["file"] for i in kept["inputs"]] == [
        i.file for i in sample_run().intake.records.inputs
    ]


def revived(given: object) -> object:
    """Settings from JSON, their days as days again and their numbers as numbers."""
    if isinstance(given, dict):
        return {key: revived(value) for key, value in given.items()}
    if isinstance(given, str):
        try:
            return date.fromisoformat(given)
        except ValueError:
            return Decimal(given) if given.replace(".", "").isdigit() else given
    return given


def test_a_build_keeps_a_table_of_each_kind(tmp_path: Path) -> None:
    """The tables lie beside run.json, those without a row too, and hold no byte of chance."""
    names = {f"internal/{table}.csv" for table in TABLES}
    assert names <= set(sample_files())
    rows = [{"reference": "1", "stage": "stage1", "received_on": "2023-05-02"}]
    folder = project(tmp_path / "small", complaints=rows)
    assert hcreport("build", folder).status == 0
    kept = json.loads((folder / "output" / "internal" / "run.json").read_text(encoding="utf-8"))
    for table, columns in kept["tables"].items():
        content = (folder / "output" / "internal" / f"{table}.csv").read_bytes()
        lines, _ = records_csv.read(content, columns)
        assert len(lines) == (1 if table == "complaints" else 0)


def test_findings_are_kept_with_their_money() -> None:
    """What the Ombudsman ordered is kept in pounds; a blank stays blank, never nought."""
    found = records(finding(compensation_ordered=12345), finding(case="F2", orders=2))
    frame = evaluator_of(found, settings()).frames["findings"]
    content = records_csv.write("findings", frame).decode("utf-8-sig")
    cells = list(csv.DictReader(io.StringIO(content, newline="")))
    assert [row["compensation_ordered"] for row in cells] == ["123.45", ""]
    assert [row["orders"] for row in cells] == ["", "2"]
