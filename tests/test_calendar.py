"""Periods, bank holidays, working days, and the Code's limits in force by date."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import day
from hcreport.calendar.code import in_force_on, rule_sets
from hcreport.calendar.periods import Period, in_words, month_of, quarter_of
from hcreport.calendar.working_days import WorkingDays, bank_holidays

# The bank holidays of England and Wales that fall on a weekday (research/domain.md, section 3).
BANK_HOLIDAYS = {
    2022: "01-03 04-15 04-18 05-02 06-02 06-03 08-29 09-19 12-26 12-27",
    2023: "01-02 04-07 04-10 05-01 05-08 05-29 08-28 12-25 12-26",
    2024: "01-01 03-29 04-01 05-06 05-27 08-26 12-25 12-26",
    2025: "01-01 04-18 04-21 05-05 05-26 08-25 12-25 12-26",
    2026: "01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-28",
    2027: "01-01 03-26 03-29 05-03 05-31 08-30 12-27 12-28",
    2028: "01-03 04-14 04-17 05-01 05-29 08-28 12-25 12-26",
}
PINNED = np.array([f"{year}-{md}" for year, mds in BANK_HOLIDAYS.items() for md in mds.split()])
YEAR = Period.financial_year("2023/24")

# Days whose arithmetic stays inside the pinned years.
days = st.dates(date(2022, 1, 4), date(2027, 6, 30))
numbers = st.integers(1, 300)


# --- Periods ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "label", ["2023/24", "2023-24", "2023/2024", "2023-2024", " 2023 / 24 ", "2023 - 24"]
)
def test_a_financial_year_is_read_however_people_write_it(label: str) -> None:
    """Every usual spelling of a financial year names the same days, under one label."""
    found = Period.financial_year(label)
    assert (date(2023, 4, 1), date(2024, 3, 31), "2023/24") == (found.start, found.end, found.label)


def test_a_financial_year_can_cross_a_century() -> None:
    """1999/00 runs into the year 2000."""
    assert date(2000, 3, 31) == Period.financial_year("1999/00").end


@pytest.mark.parametrize(
    "label",
    ["", "2023", "23/24", "2023/25", "2023/23", "2024/23", "2023/4", "2023/024", "FY2023/24"],
)
def test_what_is_not_a_financial_year_is_refused(label: str) -> None:
    """A label whose years do not follow on is a fault that shows how to write one."""
    with pytest.raises(ValueError, match="2023/24"):
        Period.financial_year(label)


@pytest.mark.parametrize("label", ["2023/1924", "2023/2124"])
def test_a_financial_year_does_not_skip_a_century(label: str) -> None:
    """A second year written in full must be the year after the first."""
    with pytest.raises(ValueError, match="not a financial year"):
        Period.financial_year(label)


def test_a_period_that_ends_before_it_starts_is_refused() -> None:
    """Days the wrong way round are a fault, and one day is a period."""
    with pytest.raises(ValueError, match="before it starts"):
        Period.between(date(2023, 4, 2), date(2023, 4, 1))
    assert ("2023-04",) == Period.between(date(2023, 4, 1), date(2023, 4, 1)).months()


@pytest.mark.parametrize(
    ("start", "end", "label"),
    [
        ("2023-04-01", "2024-03-31", "2023/24"),
        ("2023-04-01", "2023-09-30", "1 April 2023 to 30 September 2023"),
        ("2023-01-01", "2023-12-31", "2023"),
        ("2023-01-01", "2023-12-30", "1 January 2023 to 30 December 2023"),
        ("2023-04-01", "2025-03-31", "1 April 2023 to 31 March 2025"),
    ],
)
def test_a_period_has_the_label_people_would_give_it(start: str, end: str, label: str) -> None:
    """A financial or calendar year by its name, any other period by its first and last day."""
    assert label == Period.between(day(start), day(end)).label


def test_a_period_holds_both_its_ends() -> None:
    """The first and the last day are in; the days beside them, and no day at all, are not."""
    inside = ["2023-04-01", "2023-10-15", "2024-03-31"]
    outside = ["2023-03-31", "2024-04-01"]
    assert [True] * 3 == [day(text) in YEAR for text in inside]
    assert [False] * 2 == [day(text) in YEAR for text in outside]
    assert None not in YEAR


def test_months_run_from_april_to_march() -> None:
    """A financial year has twelve months that sort as they read."""
    months = YEAR.months()
    assert (12, "2023-04", "2024-01", "2024-03") == (len(months), months[0], months[9], months[-1])
    assert sorted(months) == list(months)


def test_a_period_touches_the_months_of_its_ends() -> None:
    """A period from the last day of a month to the first of another touches both."""
    assert ("2024-01", "2024-02", "2024-03") == Period.between(
        day("2024-01-31"), day("2024-03-01")
    ).months()


@pytest.mark.parametrize(
    ("text", "quarter"),
    [
        ("2023-03-31", "2022/23 Q4"),
        ("2023-04-01", "2023/24 Q1"),
        ("2023-06-30", "2023/24 Q1"),
        ("2023-07-01", "2023/24 Q2"),
        ("2023-10-01", "2023/24 Q3"),
        ("2023-12-31", "2023/24 Q3"),
        ("2024-01-01", "2023/24 Q4"),
        ("1999-12-31", "1999/00 Q3"),
    ],
)
def test_quarters_are_those_of_the_financial_year(text: str, quarter: str) -> None:
    """January to March is the fourth quarter of the year that began the April before."""
    assert quarter == quarter_of(day(text))


def test_a_year_has_four_quarters() -> None:
    """Each quarter is named once, in order."""
    assert ("2023/24 Q1", "2023/24 Q2", "2023/24 Q3", "2023/24 Q4") == YEAR.quarters()


def test_the_year_before_has_the_same_days() -> None:
    """The year before 2023/24 is 2022/23, and 29 February has 28 February before it."""
    assert "2022/23" == YEAR.year_before().label
    february = Period.between(date(2024, 2, 1), date(2024, 2, 29)).year_before()
    assert (date(2023, 2, 1), date(2023, 2, 28)) == (february.start, february.end)


def test_the_year_before_leaves_no_day_out() -> None:
    """A year that ends with February is preceded by a year that ends the day before it starts."""
    rolling = Period.between(date(2024, 3, 1), date(2025, 2, 28))
    assert date(2024, 2, 29) == rolling.year_before().end


def test_days_and_periods_are_written_in_words() -> None:
    """A day has no leading zero, and a period names both its ends."""
    assert "1 April 2023" == in_words(date(2023, 4, 1))
    assert "1 April 2023 to 31 March 2024" == YEAR.long


@given(st.dates(date(2001, 1, 1), date(2090, 1, 1)), st.integers(0, 800))
def test_a_period_names_the_month_and_quarter_of_each_of_its_days(start: date, length: int) -> None:
    """No day of a period has a month or a quarter that the period does not list."""
    period = Period.between(start, start + timedelta(days=length))
    inside = [start + timedelta(days=n) for n in range(length + 1)]
    assert tuple(dict.fromkeys(map(month_of, inside))) == period.months()
    assert tuple(dict.fromkeys(map(quarter_of, inside))) == period.quarters()


# --- Bank holidays and working days -----------------------------------------------------------


@pytest.mark.parametrize("year", BANK_HOLIDAYS)
def test_bank_holidays_are_those_of_england_and_wales(year: int) -> None:
    """On weekdays the library's bank holidays are the published ones, substitutes included."""
    expected = [day(f"{year}-{md}") for md in BANK_HOLIDAYS[year].split()]
    assert expected == sorted(d for d in bank_holidays(year) if d.weekday() < 5)


@pytest.mark.parametrize(
    ("start", "number", "end"),
    [
        ("2023-06-05", 1, "2023-06-06"),
        ("2023-06-05", 5, "2023-06-12"),
        ("2023-06-05", 10, "2023-06-19"),
        # A weekend receipt counts from the Monday: Monday is day 1.
        ("2023-06-03", 1, "2023-06-05"),
        ("2023-06-04", 5, "2023-06-09"),
        ("2023-06-02", 1, "2023-06-05"),
        # Christmas 2023: 25, 26 December and 1 January are off.
        ("2023-12-22", 1, "2023-12-27"),
        ("2023-12-22", 5, "2024-01-03"),
        ("2023-12-25", 1, "2023-12-27"),
        # Easter 2024: Good Friday ends one financial year, Easter Monday begins the next.
        ("2024-03-28", 1, "2024-04-02"),
        ("2024-03-25", 5, "2024-04-03"),
        ("2024-03-26", 10, "2024-04-11"),
        # May 2023 had three bank holidays, the coronation among them.
        ("2023-04-28", 5, "2023-05-09"),
    ],
)
def test_working_days_by_hand(start: str, number: int, end: str) -> None:
    """The n-th working day after an event is found by hand on a calendar, and counts back to n."""
    calendar = WorkingDays()
    assert day(end) == calendar.after(day(start), number)
    assert number == calendar.between(day(start), day(end))


@pytest.mark.parametrize(
    ("start", "end", "number"),
    [
        ("2023-06-05", "2023-06-05", 0),
        ("2023-06-02", "2023-06-04", 0),  # a Friday to the Sunday after it
        ("2023-06-03", "2023-06-05", 1),
        ("2023-12-22", "2024-01-02", 4),
        ("2024-03-28", "2024-04-01", 0),
        ("2023-06-12", "2023-06-05", -5),
    ],
)
def test_working_days_between_by_hand(start: str, end: str, number: int) -> None:
    """The event is day 0, days off count for nothing, and backwards is negative."""
    assert number == WorkingDays().between(day(start), day(end))


@given(days, numbers)
def test_after_then_between_gives_the_number_back(start: date, number: int) -> None:
    """Counting to the n-th working day after a day gives n, and it is a working day."""
    calendar = WorkingDays()
    end = calendar.after(start, number)
    assert number == calendar.between(start, end)
    assert number - 1 == calendar.between(start, end - timedelta(days=1))


@given(days, days, numbers)
def test_a_later_event_never_has_an_earlier_deadline(one: date, other: date, number: int) -> None:
    """Deadlines follow the order of their events, and more days never end sooner."""
    calendar = WorkingDays()
    first, last = sorted((one, other))
    assert calendar.after(first, number) <= calendar.after(last, number)
    assert calendar.after(first, number) < calendar.after(first, number + 1)


@given(days, days, days)
def test_between_adds_up_and_turns_round(a: date, b: date, c: date) -> None:
    """Counting there and back gives nought, and a stop on the way changes nothing."""
    calendar = WorkingDays()
    assert -calendar.between(b, a) == calendar.between(a, b)
    assert calendar.between(a, b) + calendar.between(b, c) == calendar.between(a, c)


@given(days, numbers)
def test_after_agrees_with_numpy(start: date, number: int) -> None:
    """An independent implementation with the pinned holidays finds the same day."""
    expected = np.busday_offset(
        np.datetime64(start), number, roll="backward", holidays=PINNED.astype("datetime64[D]")
    )
    assert expected.astype(date) == WorkingDays().after(start, number)


@given(days, st.integers(0, 500))
def test_between_agrees_with_numpy(start: date, length: int) -> None:
    """An independent implementation counts as many, once its half-open days are moved by one."""
    end = min(start + timedelta(days=length), date(2028, 12, 30))
    day_after = np.timedelta64(1, "D")
    expected = np.busday_count(
        np.datetime64(start) + day_after,
        np.datetime64(end) + day_after,
        holidays=PINNED.astype("datetime64[D]"),
    )
    assert int(expected) == WorkingDays().between(start, end)


@given(st.lists(st.tuples(days, numbers), min_size=2, max_size=6))
def test_a_calendar_answers_alike_whatever_it_was_asked_before(
    questions: list[tuple[date, int]],
) -> None:
    """Growing to other years never moves a day."""
    used = WorkingDays()
    assert [WorkingDays().after(*q) for q in questions] == [used.after(*q) for q in questions]


# --- The Code ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("received", "name"),
    [
        ("2019-01-01", "Complaint Handling Code 2022"),
        ("2022-04-01", "Complaint Handling Code 2022"),
        ("2024-03-31", "Complaint Handling Code 2022"),
        ("2024-04-01", "Complaint Handling Code 2024"),
        ("2030-01-01", "Complaint Handling Code 2024"),
    ],
)
def test_the_code_in_force_on_a_day(received: str, name: str) -> None:
    """The statutory Code applies from 1 April 2024, the one before it to everything older."""
    assert name == in_force_on(day(received)).name


def test_the_limits_of_both_codes() -> None:
    """Acknowledge in 5, respond in 10 or 20; the 2024 Code lets stage 2 extend by 20, not 10."""
    limits = [
        (
            rules.acknowledge_within,
            rules.limits("stage1").respond_within,
            rules.limits("stage1").extension_at_most,
            rules.limits("stage2").respond_within,
            rules.limits("stage2").extension_at_most,
        )
        for rules in rule_sets()
    ]
    assert [(5, 10, 10, 20, 10), (5, 10, 10, 20, 20)] == limits


def test_every_rule_set_says_where_it_comes_from() -> None:
    """A rule set names its source, because every report prints it."""
    assert all(rules.source.startswith("Housing Ombudsman") for rules in rule_sets())


# --- Parts of a year --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("start", "end", "label", "kind"),
    [
        ("2023-04-01", "2024-03-31", "2023/24", "year"),
        ("2023-01-01", "2023-12-31", "2023", "year"),
        ("2023-07-01", "2024-06-30", "1 July 2023 to 30 June 2024", "year"),
        ("2023-04-01", "2023-06-30", "2023/24 Q1", "quarter"),
        ("2024-01-01", "2024-03-31", "2023/24 Q4", "quarter"),
        ("2023-05-01", "2023-07-31", "1 May 2023 to 31 July 2023", "period"),
        ("2024-04-01", "2024-05-31", "1 April 2024 to 31 May 2024", "period"),
    ],
)
def test_a_period_is_called_what_people_call_it(
    start: str, end: str, label: str, kind: str
) -> None:
    """A year and a quarter have names; any other period is its days."""
    period = Period.between(day(start), day(end))
    assert (label, kind) == (period.label, period.kind)


@pytest.mark.parametrize("number", [1, 2, 3, 4])
def test_the_quarters_of_a_year_are_its_parts(number: int) -> None:
    """Four quarters, one after another, from the year's first day to its last."""
    year = Period.financial_year("2023/24")
    quarter = year.quarter(number)
    assert f"2023/24 Q{number}" == quarter.label
    assert year.start == year.quarter(1).start
    assert year.end == year.quarter(4).end
    if number < 4:
        assert quarter.end + timedelta(days=1) == year.quarter(number + 1).start


def test_a_part_of_a_year_ends_inside_it() -> None:
    """A day outside the year, and a fifth quarter, are refused in words."""
    year = Period.financial_year("2023/24")
    assert (year.start, day("2023-05-31")) == (
        year.up_to(day("2023-05-31")).start,
        year.up_to(day("2023-05-31")).end,
    )
    with pytest.raises(ValueError, match="1 April 2024 does not lie in 2023/24"):
        year.up_to(day("2024-04-01"))
    with pytest.raises(ValueError, match="2023/24 has no quarter 5"):
        year.quarter(5)
    with pytest.raises(ValueError, match="has no quarter 1"):
        year.quarter(1).quarter(1)
