"""What the Ombudsman decided: counted from a file, or typed from what it published."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import pytest
from tests.builders import failure_order, finding, ledger_of, records, settings
from tests.pages import shown, table, words
from tests.projects import complaints, hcreport, problems_of, project
from tests.projects import finding as finding_row

from hcreport.figures import catalogue, published
from hcreport.figures.algebra import Typed
from hcreport.problems import CannotRun
from hcreport.records import FINDINGS
from hcreport.tables import Absent, Table

if TYPE_CHECKING:
    from pathlib import Path

    from hcreport.figures.ledger import Ledger

# Eleven findings in seven cases, as a landlord report prints them.
CATEGORIES = {
    "Property condition": {"maladministration": 4, "redress": 1, "no_maladministration": 1},
    "Anti-social behaviour": {"service_failure": 2, "redress": 1},
    "Complaints handling": {"maladministration": 2},
}
TOTALS = {
    "determinations": 7,
    "orders": 15,
    "orders_complied": 14,
    "recommendations": 6,
    "compensation_ordered": "14350.50",
    "compensation_offered_before": 10550,
}
TYPED = """\
[ombudsman]
determinations = 7
orders = 1
orders_complied = 1
recommendations = 2
compensation_ordered = 14350.50
compensation_offered_before = 10550
failure_orders = 0
[ombudsman.findings]
maladministration = 6
outside_jurisdiction = 1
"""


def typed_ledger(**given: object) -> Ledger:
    """Work out the figures of a project without a file of findings."""
    return ledger_of(records(without=["findings"]), settings(ombudsman=given))


# --- Typed totals -----------------------------------------------------------------------------


def test_typed_totals_are_the_figures_values() -> None:
    """Each total, the rate with its base, and every breakdown of the findings."""
    ledger = typed_ledger(**TOTALS, categories=CATEGORIES)
    assert {
        name: ledger.at(f"ombudsman.{name}").in_full
        for name in ("determinations", "findings", "maladministration_rate", "orders")
    } == {
        "determinations": "7",
        "findings": "11",
        "maladministration_rate": "73% (8 of 11)",
        "orders": "15",
    }
    assert ledger.at("ombudsman.orders_complied_rate").in_full == "93% (14 of 15)"
    assert ledger.at("ombudsman.compensation_ordered").shown == "£14,350.50"
    assert ledger.at("ombudsman.compensation_offered_before").shown == "£10,550"
    by_type = {e.label: e.value for e in ledger.by("ombudsman.findings", "finding") if e.value}
    assert by_type == {
        "Maladministration": 6,
        "Service failure": 2,
        "Reasonable redress": 2,
        "No maladministration": 1,
    }
    rate = ledger.at("ombudsman.maladministration_rate", category="Property condition")
    assert (rate.value, rate.base) == (Fraction(2, 3), "4 of 6")
    crossed = ledger.at(
        "ombudsman.findings", category="Anti-social behaviour", finding="Service failure"
    )
    assert crossed.base == "2 of 3"


def test_typed_totals_are_what_the_same_rows_would_come_to() -> None:
    """Rows that say what was typed give every figure the same value, base and share."""
    rows = [
        finding(case=f"F{n % 3}", category=category, finding=code, recommendations=0)
        for category, held in CATEGORIES.items()
        for code, times in held.items()
        for n in range(times)
    ]
    rows[0] = finding(
        case="F0", category="Property condition", orders=15, orders_complied=14, recommendations=6
    )
    counted = ledger_of(records(*rows), settings())
    typed = typed_ledger(
        determinations=3, orders=15, orders_complied=14, recommendations=6, categories=CATEGORIES
    )
    for entry in typed.entries:
        if isinstance(entry.figure.measure, Typed):
            other = counted.at(entry.id, **dict(entry.group))
            assert (entry.value, entry.result.denominator) == (
                other.value,
                other.result.denominator,
            ), (entry.id, entry.group)


def test_a_typed_figure_says_so_and_an_untyped_one_has_no_value() -> None:
    """Label and definition tell where it comes from; what nobody typed stays without a value."""
    ledger = typed_ledger(determinations=7)
    assert ledger.at("ombudsman.determinations").figure.label == (
        "Cases the Housing Ombudsman determined (as published)"
    )
    assert "from what was published" in ledger.definitions["ombudsman.determinations"]
    assert ledger.at("ombudsman.findings").value is None


def test_what_was_offered_where_nothing_was_ordered_is_no_part_of_it(tmp_path: Path) -> None:
    """£600, with £200 offered, and £150; then redress of £300, with nothing ordered."""
    rows = [
        finding_row("A", compensation_ordered="600", compensation_offered_before=""),
        # A case's sums may stand on different rows of it.
        finding_row("A", "redress", compensation_ordered="", compensation_offered_before="200"),
        finding_row("B", compensation_ordered="150", compensation_offered_before=""),
        finding_row("C", "redress", compensation_ordered="", compensation_offered_before="300"),
    ]
    folder = project(tmp_path, complaints=complaints(1), findings=rows)
    said = "The Ombudsman ordered £750 in compensation, of which we had already offered £200."
    assert said in words(folder, "ombudsman")
    (told,) = [p for p in problems_of(folder) if p["code"] == "X134"]
    assert told["value"] == "C"


def test_records_win_and_a_difference_is_told() -> None:
    """Where a file has the rows they are counted; typed totals fill what it has no column for."""
    given = settings(
        ombudsman={"determinations": 2, "orders": 4, "findings": {"maladministration": 1}}
    )
    found = records(finding(case="F1"), finding(case="F1"), unmapped=["findings.orders"])
    ledger = ledger_of(found, given)
    assert ledger.at("ombudsman.determinations").value == 1
    assert ledger.at("ombudsman.orders").value == 4
    told = published.differences(ledger, catalogue.figures(given))
    assert [f"{p.place.heading}: {p.message}" for p in told] == [
        "ombudsman.determinations: 2 typed, and 1 counted from the records",
        "ombudsman.findings: 1 typed, and 2 counted from the records",
        "ombudsman.findings: 1 typed for Maladministration, and 2 counted from the records",
        "ombudsman.maladministration_rate: 1 of 1 typed, and 2 of 2 counted from the records",
    ]


def test_a_project_that_types_what_its_rows_say_has_no_problem(tmp_path: Path) -> None:
    """And one that does not is warned, by the rule's code."""
    given = "[ombudsman]\ndeterminations = {}\n"
    rows = {"complaints": complaints(2), "findings": [finding_row("A"), finding_row("B")]}
    assert problems_of(project(tmp_path / "same", given.format(2), **rows)) == []
    (told,) = problems_of(project(tmp_path / "other", given.format(3), **rows))
    assert (told["code"], told["heading"]) == ("X131", "ombudsman.determinations")


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"findings": {"maladminstration": 1}}, "there is no type of finding 'maladminstration'"),
        ({"findings": {"redress": 1}, "categories": CATEGORIES}, "not both"),
        ({"orders": 1, "orders_complied": 2}, "orders_complied is more than orders"),
        ({"orders": -1}, "it is at least 0"),
        ({"landlord_report": "last year"}, "last year"),
    ],
)
def test_impossible_totals_are_refused(given: dict[str, object], said: str) -> None:
    """The setting at fault is named."""
    with pytest.raises(CannotRun, match=said) as fault:
        settings(ombudsman=given)
    assert "ombudsman" in fault.value.message


def test_totals_of_one_year_are_not_those_of_another() -> None:
    """Built for another period, a total is dropped, unless it is of a year that settings name."""
    s = settings(ombudsman={"orders": 3})
    assert s.over(s.previous_period).ombudsman.orders is None
    named = settings(ombudsman={"orders": 3, "period": "2022/23"})
    assert named.over(named.previous_period).ombudsman.orders == 3


# --- Words and tables -------------------------------------------------------------------------


def test_the_words_tell_cases_from_findings_and_say_what_was_typed(tmp_path: Path) -> None:
    """Orders, recommendations and money follow, each agreeing with its number."""
    folder = project(tmp_path, TYPED, complaints=complaints(2))
    told = words(folder, "ombudsman")
    for sentence in (
        "In 2023/24 the Housing Ombudsman decided 7 cases about us, with 7 findings.",
        "These totals are as the Ombudsman published them, not counted from our records.",
        "in 6 of 6 findings that were considered, a maladministration rate of 100%.",
        "The Ombudsman made 1 order and 2 recommendations.",
        "Of the orders made, 1 of 1 had been complied with (100%).",
        "ordered £14,350.50 in compensation, of which we had already offered £10,550.",
    ):
        assert sentence in told
    made = table(folder, "ombudsman_totals")
    assert ["Maladministration rate", "100% (6 of 6)"] in shown(made)
    assert isinstance(made, Table)
    assert made.note == "Source: Housing Ombudsman decisions, 2023/24, totals as published."
    by_type = shown(table(folder, "findings_by_type"))
    assert [row[0] for row in by_type] == [*FINDINGS.values(), "Total"]
    assert ["Outside jurisdiction", "1 (14%)"] in by_type
    assert isinstance(table(folder, "findings_by_category"), Absent)


def test_what_was_not_supplied_is_named(tmp_path: Path) -> None:
    """A landlord that gives cases alone is told what is missing, in sentence and in note."""
    folder = project(tmp_path, "[ombudsman]\ndeterminations = 1\n", complaints=complaints(2))
    assert words(folder, "ombudsman") == (
        "In 2023/24 the Housing Ombudsman decided 1 case about us. How many findings it made was "
        "not supplied.\n"
        "These totals are as the Ombudsman published them, not counted from our records."
    )
    made = table(folder, "ombudsman_totals")
    assert isinstance(made, Table)
    assert "Not supplied: findings in them, maladministration rate, orders," in made.note


def test_a_table_says_which_of_its_figures_were_typed(tmp_path: Path) -> None:
    """Beside counted ones a typed figure is named; what nobody gave is named too."""
    rows = {"complaints": complaints(1), "findings": [finding_row("A", recommendations="0")]}
    given = "[ombudsman]\nfailure_orders = 1\n"
    mixed = table(project(tmp_path / "mixed", given, **rows), "ombudsman_totals")
    assert isinstance(mixed, Table)
    assert mixed.note == (
        "Source: Housing Ombudsman decisions, 2023/24; as published: complaint handling failure "
        "orders."
    )
    counted = table(project(tmp_path / "counted", **rows), "ombudsman_totals")
    assert isinstance(counted, Table)
    assert counted.note == (
        "Source: Housing Ombudsman decisions, 2023/24. Not supplied: complaint handling failure "
        "orders."
    )


def test_without_decisions_the_words_say_so_once(tmp_path: Path) -> None:
    """Failure orders alone make no table: they have a place of their own."""
    given = "[ombudsman]\nfailure_orders = 1\n"
    folder = project(tmp_path, given, complaints=complaints(1))
    assert table(folder, "ombudsman_totals") == Absent(
        not_supplied="the Housing Ombudsman's decisions"
    )
    assert words(folder, "ombudsman") == (
        "No record of the Housing Ombudsman's decisions was supplied."
    )


def test_many_types_of_finding_become_a_rate(tmp_path: Path) -> None:
    """Eight columns do not fit a page: beside many types each category has its rate."""
    rows = [finding_row(str(n), code) for n, code in enumerate(FINDINGS)]
    folder = project(tmp_path, complaints=complaints(2), findings=rows)
    assert shown(table(folder, "findings_by_category")) == [
        ["Property condition", "8 (100%)", "50% (3 of 6)"],
        ["Total", "8", "50% (3 of 6)"],
    ]


@pytest.mark.parametrize("types", [["redress"], list(FINDINGS)])
def test_a_long_tail_is_gathered_and_its_sum_kept(tmp_path: Path, types: list[str]) -> None:
    """Twelve categories stand by themselves; the others share a row, and the total holds."""
    rows = [
        finding_row(f"{n}-{m}-{code}", code, category=f"Matter {n:02}")
        for n in range(20)
        for m in range(20 - n)
        for code in types
    ]
    folder = project(tmp_path, complaints=complaints(2), findings=rows)
    made = table(folder, "findings_by_category")
    assert isinstance(made, Table)
    *parts, tail, total = made.rows
    assert len(parts) == 12
    assert tail[0].text == "All others (8 categories)"
    count = 2 if len(types) == 1 else 1
    assert sum(row[count].value or 0 for row in made.rows[:-1]) == total[count].value
    if len(types) > 1:
        assert tail[2].text == "50% (108 of 216)"


def test_thirty_thousand_findings_keep_the_tables_small(tmp_path: Path) -> None:
    """Hundreds of categories and matters: no table grows with them, and every total holds."""
    codes, size = list(FINDINGS), 30_000
    rows = [
        finding_row(
            f"{n // 3}",
            codes[n % len(codes)],
            category=f"Category {n % 97:02}",
            sub_category=f"Matter {n % 401:03}",
            recommendations=str(n % 2),
        )
        for n in range(size)
    ]
    folder = project(tmp_path, complaints=complaints(1), findings=rows)
    told = words(folder, "ombudsman")
    assert "decided 10,000 cases about us, with 30,000 findings." in told
    assert "The Ombudsman made 30,000 orders and 15,000 recommendations." in told
    assert "Most often they concerned matter 000 (75)" in told
    assert max(map(len, told.splitlines())) < 300
    for name in ("ombudsman_totals", "findings_by_type", "findings_by_category"):
        made = table(folder, name)
        assert isinstance(made, Table)
        assert len(made.rows) <= 14, name
    *parts, total = (cells[1].value or 0 for cells in made.rows)
    assert sum(parts) == total == size


def test_their_report_has_a_year(tmp_path: Path) -> None:
    """The year of the Ombudsman's own report is stated, whether it is ours, another, or none."""
    for number, (given, said) in enumerate(
        {
            "": "Not supplied: the year of the Ombudsman's latest report on our performance.",
            'landlord_report = "none"': "The Ombudsman has written no report on our performance.",
            'landlord_report = "2023/24"': "for 2023/24, the year of the decisions above.",
            'landlord_report = "2022/23"': "for 2022/23. The decisions above are those of 2023/24",
        }.items()
    ):
        typed = f"[ombudsman]\ndeterminations = 1\n{given}\n"
        folder = project(tmp_path / str(number), typed, complaints=complaints(1))
        assert said in words(folder, "ombudsman_report")


def test_their_report_is_not_set_beside_decisions_that_are_not_there(tmp_path: Path) -> None:
    """Only its year is said where no decisions stand above."""
    given = '[ombudsman]\nlandlord_report = "2023/24"\n'
    assert words(project(tmp_path, given, complaints=complaints(1)), "ombudsman_report") == (
        "The Ombudsman's latest report on our performance is for 2023/24."
    )


def test_explain_says_that_a_total_was_typed(tmp_path: Path) -> None:
    """The definition and the records behind it tell the same."""
    folder = project(tmp_path, TYPED, complaints=complaints(2))
    told = hcreport("explain", "ombudsman.orders_complied_rate", folder).out
    assert "Orders complied with (as published)" in told
    assert "none: its number comes from settings" in told


# --- Complaint handling failure orders --------------------------------------------------------


def test_failure_orders_are_counted_in_the_ombudsmans_year() -> None:
    """By reason and by whether they were complied with; an order of another year is none of it."""
    rows = [
        failure_order(reason="not_progressed", complied="yes"),
        failure_order(reason="not_progressed", complied="no"),
        failure_order("2024-03-31", reason="no_evidence"),
        failure_order("2024-04-01", reason="no_evidence"),
    ]
    ledger = ledger_of(records(*rows), settings())
    assert ledger.at("ombudsman.failure_orders").value == 3
    parts = {e.label: e.value for e in ledger.by("ombudsman.failure_orders", "reason")}
    assert parts == {
        "Complaint not progressed": 2,
        "Evidence not supplied": 1,
        "Code not complied with": 0,
    }
    assert ledger.at("ombudsman.failure_orders", complied="Yes").value == 1


def failure_row(reason: str = "not_progressed", complied: str = "yes") -> dict[str, str]:
    """Make a row of a file of failure orders."""
    return {"issued_on": "2023-06-05", "reason": reason, "complied": complied}


def test_one_failure_order_and_two(tmp_path: Path) -> None:
    """The words agree with the number, and the table adds up."""
    one = project(tmp_path / "1", complaints=complaints(1), failure_orders=[failure_row()])
    assert words(one, "failure_orders") == (
        "The Ombudsman issued 1 complaint handling failure order against us in 2023/24, for: "
        "complaint not progressed (1).\nOf these, 1 was complied with."
    )
    rows = [failure_row(), failure_row("not_the_code", "no")]
    two = project(tmp_path / "2", complaints=complaints(1), failure_orders=rows)
    assert "issued 2 complaint handling failure orders" in words(two, "failure_orders")
    assert shown(table(two, "failure_orders")) == [
        ["Complaint not progressed", "1", "1"],
        ["Code not complied with", "1", "0"],
        ["Total", "2", "1"],
    ]


def test_no_failure_orders_and_none_supplied_are_two_things(tmp_path: Path) -> None:
    """A typed nought says that there were none; without it the report says that nobody said."""
    none = project(tmp_path / "none", "[ombudsman]\nfailure_orders = 0\n", complaints=complaints(1))
    assert words(none, "failure_orders") == (
        "The Ombudsman issued no complaint handling failure orders against us in 2023/24."
    )
    assert table(none, "failure_orders") == Absent()
    silent = project(tmp_path / "silent", complaints=complaints(1))
    assert words(silent, "failure_orders") == (
        "No record of complaint handling failure orders was supplied for 2023/24."
    )
    assert table(silent, "failure_orders") == Absent(
        not_supplied="complaint handling failure orders"
    )
    assert "complaint handling failure orders" in hcreport("build", silent).out


def test_withheld_reasons_of_failure_orders_keep_their_rows(tmp_path: Path) -> None:
    """The two small reasons are printed as withheld, so the column still adds up to its total."""
    reasons = ["not_progressed"] * 10 + ["no_evidence", "not_the_code"]
    orders = [{"reason": r, "issued_on": "2023-09-01", "complied": "yes"} for r in reasons]
    rule = '[disclosure]\nthreshold = 5\nfields = ["reason"]\n'
    folder = project(tmp_path, rule, complaints=complaints(3), failure_orders=orders)
    assert shown(table(folder, "failure_orders")) == [
        ["Complaint not progressed", "10", "10"],
        ["Evidence not supplied", "[c]", "[c]"],
        ["Code not complied with", "[c]", "[c]"],
        ["Total", "12", "12"],
    ]
    said = words(folder, "failure_orders")
    assert "The reasons of those published were: complaint not progressed (10)." in said
