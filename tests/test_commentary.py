"""The report's sentences turn with the data, and its charts and tables say what the ledger says.

Each case is a small project that differs from a plain year in one way. Whatever the data, every
sentence must be one, and no number may be printed that is not in the ledger.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pytest
from tests.pages import shown, words
from tests.pages import table as table_of
from tests.projects import (
    Row,
    action,
    award,
    complaint,
    complaints,
    finding,
    hcreport,
    previous,
    project,
    provisions,
    rendered,
    sample_run,
    second,
    without,
)

from hcreport import pipeline
from hcreport.calendar.periods import in_words
from hcreport.figures.algebra import Unit
from hcreport.figures.shown import in_pence
from hcreport.sections import SECTIONS
from hcreport.tables import NOTHING, Absent, Table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from hcreport.charts import Bar, Chart
    from hcreport.marks import Mark
    from hcreport.pipeline import Run

Case = dict[str, str | list[Row]]
SERVICES = ("Repairs", "Lettings", "Estates", "Heating", "Leasehold", "Income", "Voids")
SAMPLE = "the sample"
TENURE = "[homes]\nLCRA = 1000\nLCHO = 100\n"


def plain() -> Case:
    """Make a year with a little of everything."""
    rows = [
        *complaints(4),
        complaint(5, "2023-06-01", service="Lettings", outcome="partly_upheld", root_cause="Staff"),
        complaint(6, "2023-06-02", service="Lettings", outcome="not_upheld"),
        complaint(7, "2023-06-05", refusal_reason="Too old"),
        complaint(8, "2023-03-01"),
    ]
    return {
        "complaints": [*rows, second(rows[0]), second(rows[4], outcome="not_upheld")],
        "awards": [award(1), award(2, "50.50"), award(1, "70", stage="stage2")],
        "findings": [finding("A"), finding("B", "redress", orders="0", orders_complied="0")],
        "actions": [action(), action(theme="Repairs", status="in_progress")],
        "provisions": provisions(_9_8="2024-12-31"),
        "settings": previous(
            stage1__received=5, stage2__received=4, compensation__total__amount=100
        ),
    }


def but(**changes: str | list[Row] | None) -> Case:
    """Make the plain year with other tables or settings, or without a table."""
    return {name: held for name, held in (plain() | changes).items() if held is not None}


def rows() -> list[Row]:
    """Give the complaints of the plain year."""
    found = plain()["complaints"]
    assert isinstance(found, list)
    return found


def changed(**fields: str) -> list[Row]:
    """Give the complaints of the plain year, each changed."""
    return [row | fields for row in rows()]


def of_seven_services() -> list[Row]:
    """Give six complaints of each service, of which so many were upheld as its place says."""
    return [
        complaint(
            10 * place + n, service=name, outcome="upheld" if n < max(place, 1) else "not_upheld"
        )
        for place, name in enumerate(SERVICES)
        for n in range(6)
    ] + [complaint(99, service="Parking", outcome="not_upheld")]


CASES: dict[str, Callable[[], Case]] = {
    "a plain year": plain,
    "complaints rose": lambda: but(settings=previous(stage1__received=3)),
    "complaints fell": lambda: but(settings=previous(stage1__received=12)),
    "complaints did not change": lambda: but(settings=previous(stage1__received=6)),
    "complaints rose by less than one per cent": lambda: but(
        complaints=complaints(301), settings=previous(stage1__received=300)
    ),
    "none the year before": lambda: but(settings=previous(stage1__received=0)),
    "no previous year": lambda: but(settings=""),
    "no compensation the year before": lambda: but(
        settings=previous(compensation__total__amount=0)
    ),
    "two busiest months": lambda: but(
        complaints=[*complaints(2), *(complaint(n, "2023-08-01") for n in (3, 4))]
    ),
    "all months alike": lambda: but(
        complaints=[complaint(n, f"2023-{n:02}-03") for n in range(4, 13)]
    ),
    "two commonest causes": lambda: but(
        complaints=[*complaints(2), *(complaint(n, root_cause="Staff") for n in (3, 4))]
    ),
    "a cause that begins with an abbreviation": lambda: but(
        complaints=complaints(3, root_cause="HR or IT matter")
    ),
    "every provision met": lambda: but(provisions=provisions()),
    "two provisions not met, one without a date": lambda: but(
        provisions=provisions(_4_2="", _9_8="2024-12-31")
    ),
    "one complaint": lambda: {
        "complaints": [complaint(1)],
        "awards": [award(1)],
        "findings": [finding("A")],
        "actions": [action()],
    },
    "one refused, one escalated, one withdrawn": lambda: {
        "complaints": [
            complaint(1),
            complaint(2, refusal_reason="Too old"),
            second(complaint(1)),
            complaint(3) | {"withdrawn_on": "2023-05-04", "responded_on": "", "outcome": ""},
        ]
    },
    "a day and a half": lambda: but(
        complaints=[
            complaint(1, responded_on="2023-05-03"),
            complaint(2, responded_on="2023-05-04"),
        ]
    ),
    "no refusals": lambda: but(complaints=[r | {"refusal_reason": ""} for r in rows()]),
    "refusals not recorded": lambda: but(complaints=without(rows(), "refusal_reason")),
    "refusals without reasons": lambda: but(
        complaints=[
            row | {"closure": "refused" if row["reference"] == "0007" else ""}
            for row in without(rows(), "refusal_reason")
        ]
    ),
    "one refusal without its reason": lambda: but(
        complaints=[*changed(closure=""), complaint(20) | {"closure": "refused"}]
    ),
    "no compensation file": lambda: but(awards=None),
    "no compensation awarded": lambda: but(awards=[award(8, awarded_on="2023-03-09")]),
    "all compensation declined": lambda: but(awards=[award(1, status="declined")]),
    "compensation without reasons": lambda: but(awards=without([award(1), award(2)], "reason")),
    "two reasons for compensation": lambda: but(
        awards=[award(1), award(2), award(3, reason="Distress")]
    ),
    "three reasons for compensation": lambda: but(
        awards=[award(1), award(2, reason="Loss"), award(3, reason="Distress")]
    ),
    "compensation at stage 2 alone": lambda: but(awards=[award(1, stage="stage2")]),
    "no findings file": lambda: but(findings=None),
    "no findings in the year": lambda: but(findings=[finding("A", decided_on="2021-05-01")]),
    "findings outside jurisdiction alone": lambda: but(findings=[finding("A", "withdrawn")]),
    "findings without a category": lambda: but(
        findings=without([finding("A")], "category", "sub_category")
    ),
    "findings without orders": lambda: but(
        findings=without([finding("A")], "orders", "orders_complied", "compensation_ordered")
    ),
    "compensation ordered that was not offered": lambda: but(
        findings=[finding("A", compensation_offered_before="")]
    ),
    "no learning log": lambda: but(actions=None),
    "a learning log without statuses": lambda: but(actions=without([action()], "status")),
    "a learning log with a status missing": lambda: but(actions=[action(), action(status="")]),
    "a learning log of actions alone": lambda: but(actions=[{"action": "A call is logged"}]),
    "no services": lambda: but(complaints=without(rows(), "service")),
    "one service": lambda: but(complaints=changed(service="Repairs")),
    "some services blank": lambda: but(complaints=[*rows(), complaint(30, service="")]),
    "all services blank": lambda: but(complaints=changed(service="")),
    "seven services": lambda: but(
        complaints=[
            *(complaint(n, service=name) for n, name in enumerate(SERVICES, start=1)),
            *(second(complaint(n), service=name) for n, name in enumerate(SERVICES, start=1)),
        ]
    ),
    "a service that was never on time": lambda: but(
        complaints=[*complaints(3), complaint(4, service="Lettings", responded_on="2024-01-09")]
    ),
    "no root causes": lambda: but(complaints=without(rows(), "root_cause", "root_cause_detail")),
    "root causes all blank": lambda: but(complaints=changed(root_cause="", root_cause_detail="")),
    "root causes without details": lambda: but(complaints=without(rows(), "root_cause_detail")),
    "some root causes blank": lambda: but(complaints=[*rows(), complaint(30, root_cause="")]),
    "a service without root causes": lambda: but(
        complaints=[*complaints(3), complaint(4, service="Lettings", root_cause="")]
    ),
    "no closing dates": lambda: but(complaints=without(rows(), "closed_on")),
    "no outcomes": lambda: but(complaints=without(rows(), "outcome")),
    "nothing upheld": lambda: but(complaints=changed(outcome="not_upheld")),
    "no stage 2": lambda: but(complaints=complaints(3)),
    "stage 2 alone": lambda: but(complaints=[second(row) for row in complaints(2)]),
    "no reasons for escalation": lambda: but(complaints=without(rows(), "escalation_reason")),
    "two commonest reasons for escalation": lambda: but(
        complaints=[
            *complaints(2),
            second(complaint(1)),
            second(complaint(2), escalation_reason="No reply"),
        ]
    ),
    "a stage 2 that was open at the start": lambda: but(
        complaints=[*rows(), second(complaint(8), "2023-03-20", responded_on="2023-04-12")]
    ),
    "no acknowledgements": lambda: but(complaints=without(rows(), "acknowledged_on")),
    "nothing answered": lambda: but(
        complaints=without(changed(outcome=""), "responded_on", "closed_on")
    ),
    "nothing in the period": lambda: but(
        complaints=complaints(3, "2022-05-03"), awards=None, findings=None, actions=None
    ),
    "only what a row needs": lambda: {
        "complaints": [
            {"reference": str(n), "stage": "stage1", "received_on": "2023-05-02"} for n in (1, 2)
        ]
    },
    "service requests": lambda: but(
        complaints=[*changed(kind="complaint"), complaint(40) | {"kind": "service_request"}]
    ),
    "tenures and homes": lambda: but(
        complaints=[*changed(tenure="LCRA"), complaint(41) | {"tenure": "LCHO"}], settings=TENURE
    ),
    "tenures without stage 2": lambda: but(
        complaints=[row | {"tenure": "LCRA"} for row in complaints(3)], settings=TENURE
    ),
    "homes of one tenure": lambda: but(
        complaints=changed(tenure="LCRA"), settings="[homes]\nLCRA = 1000\n"
    ),
    "a survey": lambda: but(
        settings="[survey.tp09]\nsatisfied = 3\nanswers = 7\n[survey.tp12]\npercent = 80.5\n"
    ),
    "by the recorded target": lambda: but(
        complaints=changed(due_on="2023-08-01", in_target="yes"), settings='timeliness="recorded"\n'
    ),
    "a quarter": lambda: but(settings=""),
    "all of a stage upheld": lambda: but(complaints=complaints(4)),
    "some upheld and none in part": lambda: but(
        complaints=[*complaints(2), complaint(3, outcome="not_upheld")]
    ),
    "some in part and none in full": lambda: but(
        complaints=[
            complaint(1, outcome="partly_upheld"),
            *(complaint(n, outcome="not_upheld") for n in (2, 3)),
        ]
    ),
    "seven services with rates apart": lambda: but(complaints=of_seven_services()),
    "a service with another reason for escalation": lambda: but(
        complaints=[
            *complaints(3),
            *(second(complaint(n)) for n in (1, 2)),
            second(complaint(3), service="Lettings", escalation_reason="No reply"),
        ]
    ),
    "homes without tenures": lambda: but(settings=TENURE),
    "tenures without homes": lambda: but(complaints=changed(tenure="LCRA")),
    "some of a tenure cannot be judged": lambda: but(
        complaints=[
            *changed(tenure="LCRA"),
            complaint(42, tenure="LCRA", acknowledged_on="", responded_on="2023-05-18"),
        ],
        settings=TENURE,
    ),
    "every figure of last year supplied": lambda: but(
        settings=previous(
            stage1__received=5,
            stage2__received=4,
            escalation__rate=0.5,
            stage1__uphold_rate=0.5,
            stage2__uphold_rate=0.5,
            stage1__on_time_rate=0.5,
            stage2__on_time_rate=0.5,
            stage1__refused=2,
            compensation__total__amount=100,
            ombudsman__maladministration_rate=0.5,
        )
    ),
    "withdrawn without a date": lambda: but(
        complaints=[
            *changed(closure=""),
            complaint(43, responded_on="", closed_on="", outcome="", closure="withdrawn"),
        ]
    ),
}


@cache
def run_of(case: str) -> Run:
    """Compute a case once."""
    given = dict(CASES[case]())
    settings = str(given.pop("settings", ""))
    tables = {name: held for name, held in given.items() if isinstance(held, list)}
    with TemporaryDirectory() as folder:
        where = project(Path(folder), settings, **tables)
        if case == "a quarter":
            toml = where / "report.toml"
            text = toml.read_text("utf-8")
            quarter = text.replace('year = "2023/24"', "start = 2023-04-01\nend = 2023-06-30")
            toml.write_text(quarter, encoding="utf-8")
        run = pipeline.compute(where)
    # A year without any complaint is an error, and can be built as a draft.
    assert {problem.rule.code for problem in run.errors} <= {"X114"}, run.errors
    return run


def run_for(case: str) -> Run:
    """Give a case's run, or the sample's."""
    return sample_run() if case == SAMPLE else run_of(case)


@cache
def pieces(case: str) -> dict[str, list[list[str | Mark]]]:
    """Give each section's sentences, cut into plain words and marks."""
    w = pipeline.writer(run_for(case))
    return {s.id: [list(w.marks.split(text)) for text in s.commentary(w)] for s in SECTIONS}


def sentences(case: str) -> list[str]:
    """Give every paragraph of commentary as it is printed."""
    return [
        "".join(piece if isinstance(piece, str) else getattr(piece, "text", "") for piece in cut)
        for section in pieces(case).values()
        for cut in section
    ]


def said(case: str) -> str:
    """Give all commentary of a case in one piece."""
    return "\n".join(sentences(case))


@cache
def tables(case: str) -> list[Table]:
    """Make every table that has data."""
    w = pipeline.writer(run_for(case))
    made = (make(w) for section in SECTIONS for make in section.tables.values())
    return [table for table in made if isinstance(table, Table)]


@cache
def charts(case: str) -> list[Chart]:
    """Make every chart that has data."""
    w = pipeline.writer(run_for(case))
    made = (make(w) for section in SECTIONS for make in section.charts.values())
    return [chart for chart in made if chart is not None]


def bars(chart: Chart) -> Iterator[Bar]:
    """Give everything a chart draws."""
    for panel in chart.panels:
        yield from panel.bars
        yield from chain.from_iterable(stack.parts for stack in panel.stacks)


@cache
def shown_numbers(case: str) -> frozenset[str]:
    """Give every number that the ledger prints, alone and with its share beside it."""
    found = {NOTHING}
    for entry in run_for(case).ledger.entries:
        found |= {entry.shown, entry.previous_shown, entry.share_shown, entry.base}
        if entry.figure.unit is Unit.GBP:
            found |= {in_pence(v) for v in (entry.value, entry.previous) if v is not None}
        found |= {entry.change_shown, entry.change_brief}
        found |= {f"{entry.shown} ({entry.share_shown})", f"{entry.shown} ({entry.base})"}
        counts = (entry.result.numerator, entry.result.denominator, entry.result.set_aside)
        found |= {f"{count:,}" for count in counts if count is not None}
    return frozenset(found)


EVERY_CASE = pytest.mark.parametrize("case", [SAMPLE, *CASES])


# --- Whatever the data ------------------------------------------------------------------------

BAD_WORDS = {
    "a value of Python's": r"\bNone\b(?! was late)|\bnan\b|\bNaN\b|Fraction|Decimal",
    "a mark or a placeholder": r"[{}\ue000-\uf8ff]",
    "two spaces, or one at an end": r"  |^ | $",
    "a space before a sign": r" [,.;:)]|\( ",
    "signs that do not go together": r"\.\.|,,|:\.|,\.|: :|;\.|\(\)|: ?,",
    "a figure that is not there": r"no value|not given|no comparison|unknown change",
    "nothing where a list should be": r"\b(were|was|are|for|over|and|at|under) ?[.:,]",
    "one of many": r"(?<!of )(?<!stage )(?<![\d,.])1 "
    r"(complaints|cases|findings|actions|requests|answers)\b",
    "many of one": r"(?<!stage )(?<![\d,.])(?!1 )\d[\d,.]* "
    r"(stage \d )?(complaint|case|finding|action|working day)\b",
    "one that were": r"(?<!of )(?<!stage )(?<![\d,.])\b1 \w+( \w+)? were\b",
    "one that is called many": r"The others were [^()]+\([^()]*\)\.",
    "no part of speech": r"\b[Ff]or not recorded\b|\bconcerned not recorded\b",
}


@EVERY_CASE
def test_every_sentence_is_one(case: str) -> None:
    """Each begins with a capital or a number, ends with a full stop and says something."""
    for text in sentences(case):
        assert re.match(r"[A-Z0-9£]", text), text
        assert text.endswith("."), text
        assert len(text.split()) > 3, text
        assert text.count("(") == text.count(")"), text


@EVERY_CASE
def test_no_sentence_has_a_gap_or_a_slip(case: str) -> None:
    """No missing value, stray sign or disagreement of noun and number is ever printed."""
    slips = [
        (what, text)
        for text in sentences(case)
        for what, pattern in BAD_WORDS.items()
        if re.search(pattern, text)
    ]
    assert slips == []


@EVERY_CASE
def test_every_section_says_something(case: str) -> None:
    """No section is silent: what was not supplied is said; but a period nobody asked for is not."""
    silent = [section for section, said in pieces(case).items() if not said]
    assert silent == ([] if run_for(case).settings.to_date else ["to_date"])


@EVERY_CASE
def test_every_number_in_a_sentence_comes_from_the_ledger(case: str) -> None:
    """Numbers outside marks are the names of years, stages and rules, never figures."""
    run = run_for(case)
    plain_numbers = re.compile(r"[\d,]*\d")
    known = {"0", "1", "2", "01", "02", "8", "99", "101", "1,000", "2022", "2024"}
    # The Code's limits in working days, and the numbers of the survey's measures.
    known |= {"5", "10", "20", "01", "02", "09", "12"}
    labels = {label for e in run.ledger.entries for _, label in e.group}
    s = run.settings
    periods = (s.report_period, s.previous_period, s.ombudsman_period)
    facts = [
        *labels,
        *(f"{period.label} {period.long} {' '.join(period.months())}" for period in periods),
        *(f"{a.file} {a.cases:,}" for a in run.intake.reconciliation),
        in_words(s.data_as_at),
        *(in_words(day) for day in s.deadlines.model_dump().values() if day),
    ]
    allowed = known | set(plain_numbers.findall(" ".join(facts)))
    for cut in chain.from_iterable(pieces(case).values()):
        words = "".join(piece for piece in cut if isinstance(piece, str))
        assert set(plain_numbers.findall(words)) <= allowed, words


@EVERY_CASE
def test_tables_hold_what_the_ledger_shows(case: str) -> None:
    """Each number cell is printed as the ledger prints it, and no cell is empty."""
    made = tables(case)
    assert len({table.id for table in made}) == len(made)
    for table in made:
        assert table.rows, table.id
        assert all(cell.text.strip() for row in table.rows for cell in row), table.id
        assert len(set(table.headings)) == len(table.headings), table.id
        numbers = {cell.text for row in table.rows for cell in row if cell.is_number}
        assert numbers - {NOTHING} <= shown_numbers(case), table.id
        assert not [t for t in (table.title, table.note) if re.search(r"  |None|\.\.", t)]
        assert not table.note or table.note.endswith("."), table.id


@EVERY_CASE
def test_totals_are_what_their_columns_add_up_to(case: str) -> None:
    """Where a table of counts has a total, it is the sum of the column above it."""
    for table in tables(case):
        if not table.has_total or table.id == "reconciliation":
            continue
        *parts, total = table.rows
        for column, cell in enumerate(total):
            if cell.unit is not None and cell.unit.value in {"count", "gbp"}:
                values = [row[column].value for row in parts]
                assert sum(v for v in values if v is not None) == cell.value, table.id


@EVERY_CASE
def test_charts_say_every_number_they_show(case: str) -> None:
    """Each chart's text alternative holds every number and label it shows, as the ledger does."""
    for chart in charts(case):
        assert chart.alt.endswith("."), chart.id
        assert chart.title in chart.alt, chart.id
        assert list(bars(chart)), chart.id
        for bar in bars(chart):
            assert f"{bar.label} {bar.shown}" in chart.alt, chart.id
            assert bar.shown in shown_numbers(case), chart.id
        assert not re.search(r"  |None|nan\b|\.\.|: ;", chart.alt), chart.id


@pytest.mark.parametrize(
    "case", ["one complaint", "only what a row needs", "nothing in the period", "seven services"]
)
def test_the_whole_report_can_be_made_of_it(case: str) -> None:
    """The odd years can be drawn and written too: every file of a build comes out."""
    files = rendered(run_of(case))
    assert {"report.docx", "annex.xlsx", "figures.json"} <= set(files)


# --- How the words turn -----------------------------------------------------------------------


TURNS = {
    "complaints rose": "We received 6 stage 1 complaints in 2023/24, an increase of 100% on the 3 "
    "received in 2022/23.",
    "complaints fell": "We received 6 stage 1 complaints in 2023/24, a decrease of 50% on the 12 "
    "received in 2022/23.",
    "complaints did not change": "We received 6 stage 1 complaints in 2023/24, no change on the 6 "
    "received in 2022/23.",
    "complaints rose by less than one per cent": "an increase of less than 1% on the 300 received",
    "no previous year": "We received 6 stage 1 complaints in 2023/24. There is no figure for "
    "2022/23 to compare with.",
    "a plain year": "The busiest month was May 2023, with 4 stage 1 complaints.",
    "two commonest causes": "the most common root causes were delay and staff, with 2 of 4 "
    "complaints closed at stage 1 each (50%).",
    "a cause that begins with an abbreviation": "The only root cause recorded was HR or IT "
    "matter, for 3 complaints closed.",
    "one complaint": "We received 1 stage 1 complaint in 2023/24.",
    "one refused, one escalated, one withdrawn": "1 complaint was refused at stage 1, with the "
    "reason “Too old”.",
    "a day and a half": "took no longer than 1.5 working days at stage 1",
    "no refusals": "No complaints were refused at stage 1.\nNo complaints were refused at stage 2.",
    "refusals not recorded": "The exports do not record refusals at stage 1.",
    "no compensation file": "No record of the compensation awarded was supplied.",
    "no compensation awarded": "No compensation was awarded in the year.",
    "all compensation declined": "No compensation was awarded in the year.",
    "compensation at stage 2 alone": "All of it was awarded at stage 2.",
    "no findings file": "No record of the Housing Ombudsman's decisions was supplied.",
    "no findings in the year": "The Housing Ombudsman made no findings about our complaints in",
    "compensation ordered that was not offered": "The Ombudsman ordered £300 in compensation.",
    "no learning log": "No learning log was supplied.",
    "no root causes": "No root causes are recorded for the stage 1 complaints closed in the year.",
    "root causes all blank": "No root causes are recorded for the stage 1 complaints closed in",
    "no outcomes": "The outcomes of stage 1 complaints are not recorded.\n"
    "The outcomes of stage 2 complaints are not recorded.",
    "two commonest reasons for escalation": "The most common reasons for going to stage 2 were "
    "“No reply” and “Work not done” (1 of 2 each, 50%).",
    "a stage 2 that was open at the start": "3 stage 2 complaints were live at some time in the "
    "year: 1 open at its start and 2 received in it.",
    "service requests": "We also recorded 1 service request.",
    "tenures and homes": "tenants made 6.4 stage 1 complaints (CH01)",
    "a survey": "42.9% expressed satisfaction with the landlord's approach to handling complaints "
    "(TP09, 3 of 7 answers).",
    "all of a stage upheld": "At stage 1, all 4 complaints decided were upheld.",
    "some upheld and none in part": "At stage 1, 2 of 3 complaints decided were upheld, and none "
    "in part: an uphold rate of 67%.",
    "some in part and none in full": "At stage 1, 1 of 3 complaints decided was partly upheld, and "
    "none in full: an uphold rate of 33%.",
    "nothing upheld": "At stage 1, none of the 6 complaints decided was upheld, in full or in "
    "part.",
    "seven services with rates apart": "By service, the uphold rate at stage 1 ranged from 17% "
    "for Lettings and for Repairs to 100% for Voids (6 of 6), among those with at least 5 "
    "complaints decided.",
    "a service with another reason for escalation": "Another reason came first in some services: "
    "“No reply” for Lettings (1 of 1).",
    "homes without tenures": "The measure CH01 cannot be given: the tenure of each complaint was "
    "not supplied.",
    "tenures without homes": "The measure CH01 cannot be given: the number of homes owned at the "
    "end of the year was not supplied.",
    "some of a tenure cannot be judged": "Set aside: 1 whose dates leave it open.",
    "withdrawn without a date": "For 1 stage 1 complaint that was withdrawn or otherwise closed, "
    "the records give no day on which it ended.",
    "a quarter": "We received 6 stage 1 complaints in 2023/24 Q1.",
}


@pytest.mark.parametrize("case", TURNS)
def test_the_words_turn_with_the_data(case: str) -> None:
    """Rose, fell, unchanged, one, none, a tie, not supplied: each has its own words."""
    assert TURNS[case] in said(case)


def test_nought_the_year_before_is_a_figure() -> None:
    """Where last year's figure is nought there is no percentage, but there is a figure."""
    assert "There is no figure for 2022/23" not in "\n".join(
        text for text in sentences("none the year before") if "stage 1 complaints" in text
    )
    assert "There is no figure for 2022/23" not in "\n".join(
        text for text in sentences("no compensation the year before") if "in compensation" in text
    )


def test_a_service_that_was_never_on_time_is_shown() -> None:
    """The worst service is not left out because its share is nought."""
    case = "a service that was never on time"
    (table,) = [t for t in tables(case) if t.id == "timeliness_by_service"]
    (chart,) = [c for c in charts(case) if c.id == "timeliness_by_service"]
    assert "0% for Lettings (0 of 1)" in said(case)
    assert "Stage 1: Lettings" in [row[0].text for row in table.rows]
    assert "Lettings 0% (0 of 1)" in chart.alt


def test_a_file_of_one_row_has_one_row() -> None:
    """The note on the records agrees with a file that holds a single row."""
    assert "(1 row)" in said("one complaint")
    assert "(1 rows)" not in said("one complaint")


def test_tied_months_have_no_busiest() -> None:
    """Where months tie, none of them is called the busiest."""
    for case in ("two busiest months", "all months alike"):
        assert "The busiest month was" not in said(case)


def test_a_stage_without_complaints_is_not_called_unrecorded() -> None:
    """Where no complaint reached stage 2, the exports are not blamed for saying nothing of it."""
    assert "The exports do not say which stage 2" not in said("no stage 2")


def test_a_tied_cause_is_never_called_the_most_common() -> None:
    """Of two causes that tie, the front page names neither as the first."""
    headlines = pieces("two commonest causes")["headlines"]
    words = [piece for cut in headlines for piece in cut if isinstance(piece, str)]
    assert "root cause" not in "".join(words)


def test_many_services_stand_in_rows() -> None:
    """Seven services do not fit a page as columns: they become rows, and none is lost."""
    for made in tables("seven services"):
        assert len(made.headings) <= 6, made.id
    (causes,) = [t for t in tables("seven services") if t.id == "root_causes_by_service"]
    assert {row[0].text for row in causes.rows} == {*SERVICES, "Total"}


def test_a_blank_service_is_counted_and_named() -> None:
    """A complaint whose service the export does not say is shown as not recorded, last."""
    (table,) = [t for t in tables("some services blank") if t.id == "received_by_service"]
    assert [row[0].text for row in table.rows[-2:]] == ["Not recorded", "Total"]


def test_a_field_without_a_column_gives_no_breakdown() -> None:
    """Where no export has services there is no table of them, rather than one of blanks."""
    made = {table.id for table in tables("no services")}
    assert "received_by_service" not in made
    assert "root_causes_by_service" in made


def test_the_front_page_shows_both_years() -> None:
    """The first table sets each main figure beside last year's, exactly as the ledger has them."""
    (table,) = [t for t in tables(SAMPLE) if t.id == "at_a_glance"]
    assert table.headings == ("Measure", "2023/24", "2022/23")
    shown = {row[0].text: (row[1].text, row[2].text) for row in table.rows}
    assert shown["Stage 1 complaints received"] == ("575", "780")
    assert shown["Stage 1 uphold rate (382 of 601)"] == ("64%", "not given")
    assert shown["Compensation awarded"] == ("£96,024", "£76,210")


def test_the_summary_of_a_bare_build_is_readable(tmp_path: Path) -> None:
    """A build without compensation or decisions says "no value" beside them, and ends with 0."""
    folder = project(tmp_path, complaints=[without([complaint(1)], "outcome")[0]])
    ran = hcreport("build", folder)
    assert ran.status == 0
    assert re.search(r"Compensation awarded +no value\n", ran.out)


def test_what_is_not_given_is_explained_only_where_it_occurs() -> None:
    """The front page's note on missing figures goes once all of last year's are supplied."""
    notes = {
        case: next(t.note for t in tables(case) if t.id == "at_a_glance")
        for case in ("a plain year", "every figure of last year supplied")
    }
    assert notes["a plain year"] == "“Not given”: no figure for 2022/23 was supplied."
    assert notes["every figure of last year supplied"] == ""


def test_services_are_gathered_in_a_sentence_for_each_stage() -> None:
    """However many the services, outcomes and timeliness take one sentence of them at a stage."""
    for section in ("outcomes", "timeliness"):
        texts = [
            "".join(p for p in cut if isinstance(p, str))
            for cut in pieces("seven services with rates apart")[section]
        ]
        assert sum("service" in text for text in texts) <= 2, section


# --- A stage of which little or nothing is held ------------------------------------------------


def test_each_stage_has_its_balance_or_its_own_reason(tmp_path: Path) -> None:
    """Of stage 1 there are complaints from before the year, of stage 2 none: one is drawn up."""
    old = complaint(90, "2023-03-20", responded_on="2023-04-12", closed_on="2023-04-12")
    rows = [*complaints(3), old, second(complaint(1))]
    made = table_of(project(tmp_path, complaints=rows), "reconciliation")
    assert isinstance(made, Table)
    assert made.headings == ("Complaints", "Stage 1")
    assert [row[1] for row in shown(made)] == ["1", "3", "4", "0", "0"]
    assert made.note == (
        "There is no balance for stage 2: the exports hold no stage 2 complaints received before "
        "the year, so how many were open at its start is not known."
    )


def test_where_no_stage_has_a_balance_each_says_why(tmp_path: Path) -> None:
    """The exports begin with the year, and hold nothing of stage 2."""
    made = table_of(project(tmp_path, complaints=complaints(3)), "reconciliation")
    assert isinstance(made, Absent)
    assert made.reason == (
        "There is no balance for stage 1: the exports hold no stage 1 complaints received before "
        "the year, so how many were open at its start is not known. There is no balance for "
        "stage 2: the exports hold no stage 2 complaints."
    )


def test_a_stage_that_no_export_holds_is_never_called_nought(tmp_path: Path) -> None:
    """Sentences say that it is not in the exports, and tables leave it out."""
    rows = [*complaints(2), complaint(3, service="Lettings")]
    folder = project(tmp_path, complaints=rows)
    assert "No stage 2 complaints are in the exports." in words(folder, "volumes")
    assert words(folder, "escalation") == (
        "No stage 2 complaints are in the exports, so how many went on to it is not known."
    )
    for name in ("at_a_glance", "received_by_stage", "received_by_service", "received_by_month"):
        made = table_of(folder, name)
        assert isinstance(made, Table)
        said = " ".join([*made.headings, *(row[0].text for row in made.rows), made.note])
        assert not re.search(r"Stage 2\b", said), name
        assert "scalation" not in said, name


def test_services_stand_in_the_order_of_the_number_that_is_shown(tmp_path: Path) -> None:
    """From most to least at stage 1, though another has more at both stages together."""
    first = [complaint(n, service=s) for n, s in enumerate("AABBBC")]
    rows = [*first, *(second(first[n], service="A") for n in (0, 1, 2))]
    folder = project(tmp_path, complaints=rows)
    assert "3 for B (50%), 2 for A (33%) and 1 for C (17%)" in words(folder, "volumes")
    assert [row[0] for row in shown(table_of(folder, "received_by_service"))] == [*"BAC", "Total"]


def test_one_complaint_makes_no_busiest_month(tmp_path: Path) -> None:
    """And no service requests are none, in a word."""
    folder = project(tmp_path, complaints=[complaint(1, kind="complaint")])
    said = words(folder, "volumes")
    assert "busiest" not in said
    assert "We recorded no service requests." in said


def test_sums_in_a_column_have_their_pence_together(tmp_path: Path) -> None:
    """One sum with pence gives them to the column; another column keeps whole pounds."""
    given = [award(1, "100.50"), award(2, "40"), award(3, "60", stage="stage2")]
    rows = [*complaints(3), second(complaint(3))]
    made = table_of(project(tmp_path, complaints=rows, awards=given), "compensation_by_stage")
    sums = [cell for row in shown(made) for cell in row if "£" in cell]
    assert "£140.50" in sums
    assert all(text.count(".") == 1 for text in sums), sums


def test_what_is_not_recorded_begins_with_a_capital_in_tables_and_charts(tmp_path: Path) -> None:
    """As the labels around it do; figures keep the word that they are asked for by."""
    rows = [*complaints(2), complaint(3, service="")]
    folder = project(tmp_path, complaints=rows)
    assert [row[0] for row in shown(table_of(folder, "received_by_service"))] == [
        "Repairs",
        "Not recorded",
        "Total",
    ]
    w = pipeline.writer(pipeline.compute(folder))
    (make,) = [s.charts["received_by_service"] for s in SECTIONS if s.id == "volumes"]
    chart = make(w)
    assert chart is not None
    assert [bar.label for bar in chart.panels[0].bars] == ["Repairs", "Not recorded"]
    assert "Not recorded 1 (33%)" in chart.alt
