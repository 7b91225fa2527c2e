"""Figures as Excel formulas, each worked by hand."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from hcreport.derive.frame import columns
from hcreport.figures.algebra import (
    Average,
    Cohort,
    Count,
    During,
    Figure,
    Given,
    Measure,
    Quotient,
    Rate,
    Share,
    Total,
    Unit,
    column_is,
)
from hcreport.figures.excel import Cells, Formulary, Formulas, Layout
from hcreport.records import NOT_RECORDED, TABLES

LAYOUT = Layout(
    columns={
        ("complaints", "stage"): Cells("stage"),
        ("complaints", "standing"): Cells("standing"),
        ("complaints", "outcome"): Cells("outcome"),
        ("complaints", "tenure"): Cells("tenure"),
        ("complaints", "decided"): Cells("decided"),
        ("complaints", "service"): Cells("service_code", {"*": "service 01", "none": "none"}),
        ("complaints", "received_on"): Cells("received"),
        ("complaints", "days_to_respond"): Cells("days"),
        ("complaints", "row"): Cells("row"),
        ("awards", "amount"): Cells("pence"),
        ("awards", "row"): Cells("award_row"),
        ("findings", "orders"): Cells("orders"),
        ("findings", "orders_complied"): Cells("complied"),
        ("findings", "decided_on"): Cells("decided_on"),
    },
    periods={"report": ("first", "last"), "ombudsman": ("their_first", "their_last")},
    months="months",
    homes={"Low cost rental": "rented", "Low cost home ownership": "owned"},
    is_recorded=lambda cohort: cohort.needs == (),
)
COMPLAINTS = Cohort("complaints", "complaints", (column_is("stage", "stage1"),))
RECEIVED = replace(COMPLAINTS, conditions=(*COMPLAINTS.conditions, During("received_on")))
COUNTED = column_is("standing", "accepted", "withdrawn")
UPHELD = column_is("outcome", "upheld", "partly_upheld")
TENANTS = column_is("tenure", "LCRA", "LCHO")
AWARDS = Cohort("awards", "awards", ())
FINDINGS = Cohort("findings", "findings", (During("decided_on", "ombudsman"),))
LACKING = replace(COMPLAINTS, needs=("kind",))
PERIOD = 'received,">="&first,received,"<="&last'


def written(measure: Measure, *group: tuple[str, str], unit: Unit = Unit.COUNT) -> Formulas:
    """A figure's formulas when its numerator stands in E5 and its denominator in F5."""
    figure = Figure("made.up", "Made up", unit, measure)
    return Formulary(LAYOUT).formulas(figure, group, "E5", "F5")


def test_a_count_is_a_countifs_and_its_part_is_over_the_whole() -> None:
    """A pair for each condition; a part's denominator is the count without its last key."""
    whole = written(Count(RECEIVED))
    assert whole.numerator == f'COUNTIFS(stage,"Stage 1",{PERIOD})'
    assert (whole.denominator, whole.value) == (None, "E5")
    part = written(Count(RECEIVED), ("service", "*"), ("outcome", "Upheld"))
    tested = f'stage,"Stage 1",{PERIOD},service_code,"service 01"'
    assert part.numerator == f'COUNTIFS({tested},outcome,"Upheld")'
    assert part.denominator == f"COUNTIFS({tested})"


def test_a_count_of_rows_that_do_not_say_is_no_count_of_nought() -> None:
    """Where there are rows and none is known there is no value."""
    measure = Count(
        COMPLAINTS, (column_is("decided", "yes"),), (column_is("decided", "yes", "no"),)
    )
    assert written(measure).numerator == (
        'IF(AND(SUM(COUNTIFS(stage,"Stage 1",decided,{"Yes","No"}))=0,'
        'COUNTIFS(stage,"Stage 1")>0),"no value",'
        'COUNTIFS(stage,"Stage 1",decided,"Yes"))'
    )


def test_several_values_go_across_then_down_and_are_then_added_up() -> None:
    """One array goes across, a second down so that each meets each; a third is added up."""
    one = Count(COMPLAINTS.where("", COUNTED))
    assert written(one).numerator == (
        'SUM(COUNTIFS(stage,"Stage 1",standing,{"Accepted","Withdrawn"}))'
    )
    two = Count(COMPLAINTS.where("", COUNTED, UPHELD))
    pairs = 'stage,"Stage 1",standing,{"Accepted","Withdrawn"},outcome,{"Upheld";"Partly upheld"}'
    assert written(two).numerator == f"SUM(COUNTIFS({pairs}))"
    three = Count(COMPLAINTS.where("", COUNTED, UPHELD, TENANTS))
    assert written(three).numerator == (
        f'SUM(COUNTIFS({pairs},tenure,"Low cost rental"))+'
        f'SUM(COUNTIFS({pairs},tenure,"Low cost home ownership"))'
    )


def test_tests_of_one_column_are_narrowed_where_they_overlap() -> None:
    """Accepted among accepted or withdrawn is accepted; what cannot be both stays two tests."""
    narrowed = Count(COMPLAINTS.where("", COUNTED, column_is("standing", "accepted")))
    assert written(narrowed).numerator == 'COUNTIFS(stage,"Stage 1",standing,"Accepted")'
    neither = Count(COMPLAINTS.where("", TENANTS))
    assert written(neither, ("tenure", "Leasehold")).numerator == (
        'SUM(COUNTIFS(stage,"Stage 1",tenure,{"Low cost rental","Low cost home ownership"},'
        'tenure,"Leasehold"))'
    )


def test_a_share_is_its_hits_over_its_known_rows() -> None:
    """The value divides the two cells beside it, and has none over nought."""
    made = written(Share(COMPLAINTS, (UPHELD,), (column_is("decided", "yes"),)), unit=Unit.SHARE)
    assert made.denominator == 'COUNTIFS(stage,"Stage 1",decided,"Yes")'
    assert made.numerator == (
        'SUM(COUNTIFS(stage,"Stage 1",decided,"Yes",outcome,{"Upheld","Partly upheld"}))'
    )
    assert made.value == 'IF(F5=0,"no value",E5/F5)'


def test_money_is_added_up_in_pence() -> None:
    """A total is a SUMIFS, in pounds; a table without tests is counted by its rows."""
    assert written(Total(AWARDS, "amount"), unit=Unit.GBP).value == (
        'SUMIFS(pence,award_row,"<>")/100'
    )
    assert written(Count(AWARDS)).numerator == 'COUNTIFS(award_row,"<>")'


def test_averages_set_blanks_aside() -> None:
    """A mean is a sum over a count; a median is an array formula, with a count as its base."""
    mean = written(Average(COMPLAINTS, "days_to_respond", "mean"), unit=Unit.DAYS)
    tested = 'stage,"Stage 1",days,"<>"'
    assert (mean.numerator, mean.denominator) == (None, f"COUNTIFS({tested})")
    assert mean.value == f'IF(F5=0,"no value",SUMIFS(days,{tested})/F5)'
    median = written(
        Average(RECEIVED.where("", COUNTED), "days_to_respond", "median"), unit=Unit.DAYS
    )
    assert median.is_array
    assert median.value == (
        'IF(F5=0,"no value",MEDIAN(IF((stage="Stage 1")*(received>=first)*(received<=last)*'
        '((standing="Accepted")+(standing="Withdrawn"))*ISNUMBER(days),days)))'
    )
    money = written(Average(AWARDS, "amount", "median"), unit=Unit.GBP)
    assert money.value == (
        'IF(F5=0,"no value",MEDIAN(IF(ISNUMBER(award_row)*ISNUMBER(pence),pence))/100)'
    )


def test_a_quotient_adds_up_the_rows_that_say_both() -> None:
    """Orders complied with over orders, where both are recorded."""
    made = written(Quotient(FINDINGS, "orders_complied", "orders"), unit=Unit.SHARE)
    tested = 'decided_on,">="&their_first,decided_on,"<="&their_last,complied,"<>",orders,"<>"'
    assert made.numerator == f"SUMIFS(complied,{tested})"
    assert made.denominator == f"SUMIFS(orders,{tested})"
    assert made.value == 'IF(F5=0,"no value",E5/F5)'


def test_a_rate_is_over_a_count_the_months_or_the_homes() -> None:
    """It has no value where either number is missing, as are the homes of a leaseholder."""
    received = 'COUNTIFS(stage,"Stage 1")'
    rate = written(Rate(Count(COMPLAINTS), "months"), unit=Unit.PER_MONTH)
    assert (rate.numerator, rate.denominator) == (received, "months")
    assert rate.value == 'IF(AND(COUNT(E5,F5)=2,F5<>0),E5/F5,"no value")'
    homes = Rate(Count(COMPLAINTS), "homes", 1000)
    assert written(homes, unit=Unit.PER_1000).denominator == "rented+owned"
    assert "E5/F5*1000" in (written(homes, unit=Unit.PER_1000).value or "")
    tenant, leaseholder = (("tenure", t) for t in ("Low cost rental", "Leasehold"))
    assert written(homes, tenant, unit=Unit.PER_1000).denominator == "rented"
    assert written(homes, leaseholder, unit=Unit.PER_1000).denominator is None
    over = Rate(Count(COMPLAINTS), Count(LACKING))
    assert written(over, unit=Unit.SHARE).numerator == received
    assert written(over, unit=Unit.SHARE).denominator is None


def test_what_is_given_or_not_recorded_is_not_by_formula() -> None:
    """Answers that settings give are divided; a given percentage has nothing to calculate."""
    assert written(Given(364, 708), unit=Unit.SCORE).value == 'IF(F5=0,"no value",E5/F5*100)'
    for measure in (Given(percent=Decimal(55)), Given(), Count(LACKING)):
        made = written(measure)
        assert (made.numerator, made.denominator, made.value) == (None, None, None)


def test_a_quotation_mark_in_a_value_is_doubled() -> None:
    """Should one ever be tested, the formula stays a formula."""
    assert written(Count(COMPLAINTS), ("outcome", 'A "b"')).numerator == (
        'COUNTIFS(stage,"Stage 1",outcome,"A ""b""")'
    )


def test_no_word_of_our_own_can_be_misread() -> None:
    """Formulas test printed codes as they stand: none is like a number, a pattern or another."""
    for table in TABLES:
        for name, info in columns(table).items():
            labels = [*info.codes.values(), NOT_RECORDED]
            assert len({label.casefold() for label in labels}) == len(labels), (table, name)
            for label in labels:
                assert re.fullmatch(r"(\d\. )?[A-Z][A-Za-z0-9, -]*|not recorded", label), (
                    table,
                    name,
                    label,
                )
