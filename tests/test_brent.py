"""The backtest: the sample project gives every number that Brent's 2023/24 report published.

Where the report contradicts itself (research/domain.md, 7.2), the number that its own tables add
up to is the one held to here.
"""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from hcreport.pipeline import compute

if TYPE_CHECKING:
    from hcreport.figures.ledger import Ledger
    from hcreport.pipeline import Run

H, M = "Housing and Neighbourhoods", "Housing Management Property"
SERVICES = {"H": H, "M": M}


@pytest.fixture(scope="module")
def run() -> Run:
    """The sample project, computed once."""
    return compute(Path(__file__).parents[1] / "sample_data" / "brent-2023-24")


@pytest.fixture(scope="module")
def ledger(run: Run) -> Ledger:
    """Its figures."""
    return run.ledger


def parts(ledger: Ledger, figure: str, *keys: str, **within: str) -> dict[str, int]:
    """The counts of a breakdown by their label, noughts left out."""
    return {e.label: e.count for e in ledger.by(figure, *keys, **within) if e.count}


def test_the_sample_has_no_problems(run: Run) -> None:
    """Nothing in the sample stands in the way of a report, and every row is accounted for."""
    assert () == run.errors
    assert all(a.set_aside == 0 for a in run.intake.reconciliation)


# Figure, the whole, Housing and Neighbourhoods, Housing Management Property.
COUNTS = [
    ("stage1.received", 575, 128, 447),
    ("stage1.closed", 601, 133, 468),
    ("stage1.due", 606, 130, 476),
    ("stage1.on_time", 591, 118, 473),
    ("stage1.upheld", 291, 21, 270),
    ("stage1.partly_upheld", 91, 45, 46),
    ("stage1.decided", 601, 133, 468),
    ("stage1.withdrawn", 0, 0, 0),
    ("stage2.received", 119, 23, 96),
    ("stage2.closed", 124, 28, 96),
    ("stage2.due", 126, 28, 98),
    ("stage2.on_time", 121, 27, 94),
    ("stage2.upheld", 49, 4, 45),
    ("stage2.partly_upheld", 49, 10, 39),
    ("stage2.decided", 124, 28, 96),
    ("stage2.withdrawn", 0, 0, 0),
    ("stage2.open_at_start", 15, 9, 6),
    ("stage2.open_at_end", 10, 4, 6),
    ("escalation.requests", 134, 32, 102),
]


@pytest.mark.parametrize(("figure", "whole", "h", "m"), COUNTS, ids=[row[0] for row in COUNTS])
def test_published_counts(ledger: Ledger, figure: str, whole: int, h: int, m: int) -> None:
    """Each published count is met, whole and by service, with no service left unrecorded."""
    assert whole == ledger.at(figure).value
    assert (h, m) == (ledger.at(figure, service=H).value, ledger.at(figure, service=M).value)
    assert 0 == ledger.at(figure, service="not recorded").value


# Figure, service ("" for the whole), what is printed, and the counts behind it.
SHARES = [
    ("stage1.on_time_rate", "", "98%", "591 of 606"),
    ("stage1.on_time_rate", "H", "91%", "118 of 130"),
    ("stage1.on_time_rate", "M", "99%", "473 of 476"),
    ("stage1.uphold_rate", "", "64%", "382 of 601"),
    ("stage1.uphold_rate", "H", "50%", "66 of 133"),
    ("stage1.uphold_rate", "M", "68%", "316 of 468"),
    ("stage2.on_time_rate", "", "96%", "121 of 126"),
    ("stage2.on_time_rate", "H", "96%", "27 of 28"),
    ("stage2.on_time_rate", "M", "96%", "94 of 98"),
    ("stage2.uphold_rate", "", "79%", "98 of 124"),
    ("stage2.uphold_rate", "H", "50%", "14 of 28"),
    ("stage2.uphold_rate", "M", "88%", "84 of 96"),
    ("escalation.rate", "", "21%", "119 of 575"),
    ("escalation.rate", "H", "18%", "23 of 128"),
    ("escalation.rate", "M", "21%", "96 of 447"),
    ("ombudsman.maladministration_rate", "", "73%", "8 of 11"),
]


@pytest.mark.parametrize(("figure", "service", "shown", "base"), SHARES)
def test_published_rates(ledger: Ledger, figure: str, service: str, shown: str, base: str) -> None:
    """Each published rate is met, and printed from the counts that the report gives for it."""
    by = {"service": SERVICES[service]} if service else {}
    found = ledger.at(figure, **by)
    assert (shown, base) == (found.shown, found.base)


@pytest.mark.parametrize(
    ("figure", "previous", "words"),
    [
        ("stage1.received", 780, "a decrease of 26%"),
        ("stage2.received", 118, "an increase of 1%"),
        ("compensation.total.amount", 7_621_000, "an increase of 26%"),
    ],
)
def test_published_changes(ledger: Ledger, figure: str, previous: int, words: str) -> None:
    """Each change from the year before is the published one."""
    found = ledger.at(figure)
    assert (previous, words) == (found.previous, found.change_shown)


def test_what_was_not_published_for_last_year_has_no_comparison(ledger: Ledger) -> None:
    """Only the figures that settings give for last year are compared."""
    assert "an unknown change" == ledger.at("stage1.closed").change_shown
    assert "an unknown change" == ledger.at("stage1.received", service=H).change_shown


def test_refusals(ledger: Ledger) -> None:
    """47 were refused at stage 1, 43 of them (91%) as investigated already, and 1 at stage 2."""
    assert (47, 1) == (ledger.at("stage1.refused").value, ledger.at("stage2.refused").value)
    assert [1, 1, 2, 43] == sorted(parts(ledger, "stage1.refused", "reason").values())
    already, *_ = (
        e for e in ledger.by("stage1.refused", "reason") if "Already investigated" in e.label
    )
    assert (43, "91%") == (already.value, already.share_shown)
    one = {e.label.split()[0]: e.count for e in ledger.by("stage1.refused", "reason")}
    assert {"Already": 43, "Legal": 2, "Not": 1, "Safeguarding": 1} == one


FAILURE, WORDS, POLICY = "Service failure", "Communication", "Policy or procedure"
CAUSES = [
    (FAILURE, 494, "82%", 71, 423),
    (WORDS, 91, "15%", 52, 39),
    (POLICY, 16, "3%", 10, 6),
]


@pytest.mark.parametrize(("cause", "count", "share", "h", "m"), CAUSES)
def test_root_causes(ledger: Ledger, cause: str, count: int, share: str, h: int, m: int) -> None:
    """The root causes of the 601 closed at stage 1, in all and by service."""
    whole = ledger.at("stage1.closed", root_cause=cause)
    assert (count, share) == (whole.value, whole.share_shown)
    by = [ledger.at("stage1.closed", service=s, root_cause=cause).value for s in (H, M)]
    assert [h, m] == by


@pytest.mark.parametrize(
    ("service", "cause", "word", "count"),
    [
        (H, FAILURE, "standard", 27),
        (H, FAILURE, "delay", 15),
        (M, FAILURE, "delay", 246),
        (M, WORDS, "updated", 13),
        (M, WORDS, "third-party", 8),
    ],
)
def test_details_of_root_causes(
    ledger: Ledger, service: str, cause: str, word: str, count: int
) -> None:
    """The largest details of each service's root causes."""
    found = parts(ledger, "stage1.closed", "root_cause_detail", service=service, root_cause=cause)
    assert [count] == [n for label, n in found.items() if word in label.lower()]


REASONS = {
    "Disagrees with the stage 1 decision": (20, 52),
    "Follow-up actions not carried out": (3, 18),
    "No or too little compensation": (2, 7),
    "Response did not address the issues in full": (7, 25),
}


def test_reasons_for_escalation(ledger: Ledger) -> None:
    """Why the 134 requests live in the year were made, by service."""
    for n, (service, shares) in enumerate(((H, "63%"), (M, "51%"))):
        found = parts(ledger, "escalation.requests", "reason", service=service)
        assert {reason: counts[n] for reason, counts in REASONS.items()} == found
        largest = ledger.at(
            "escalation.requests", service=service, reason="Disagrees with the stage 1 decision"
        )
        assert shares == largest.share_shown


@pytest.mark.parametrize(("service", "fell"), [(H, 5), (M, 21)])
def test_stage_1_balances(ledger: Ledger, service: str, fell: int) -> None:
    """Fewer were open at the end than at the start, by as many as the report's tables imply."""
    start = ledger.at("stage1.open_at_start", service=service).count
    assert fell == start - ledger.at("stage1.open_at_end", service=service).count


@pytest.mark.parametrize("stage", ["stage1", "stage2"])
@pytest.mark.parametrize("service", ["", "H", "M"])
def test_balances_close(ledger: Ledger, stage: str, service: str) -> None:
    """Open at start + received = closed + withdrawn + open at end, in all and by service."""
    by = {"service": SERVICES[service]} if service else {}
    start, received, closed, withdrawn, end = (
        ledger.at(f"{stage}.{name}", **by).count
        for name in ("open_at_start", "received", "closed", "ended_withdrawn", "open_at_end")
    )
    assert start + received == closed + withdrawn + end


@pytest.mark.parametrize(
    ("name", "cases", "shown"),
    [("stage1", 154, "£41,865"), ("stage2", 104, "£54,159"), ("total", 258, "£96,024")],
)
def test_compensation(ledger: Ledger, name: str, cases: int, shown: str) -> None:
    """Cases and amounts at each stage and in all, the parts adding up to the pound."""
    amount = ledger.at(f"compensation.{name}.amount")
    assert cases == ledger.at(f"compensation.{name}.cases").value
    assert shown == amount.shown
    for key in ("service", "reason"):
        by = ledger.by(f"compensation.{name}.amount", key)
        assert amount.value == sum(entry.count for entry in by)


@pytest.mark.parametrize(
    ("reason", "cases", "share"),
    [
        ("Delay or failure to provide a service", 190, "74%"),
        ("Time and trouble", 37, "14%"),
        ("Reimbursement of costs", 14, "5%"),
    ],
)
def test_reasons_for_compensation(ledger: Ledger, reason: str, cases: int, share: str) -> None:
    """What the 258 awards were for, each case counted once."""
    found = ledger.at("compensation.total.cases", reason=reason)
    assert (cases, share) == (found.value, found.share_shown)


def test_ombudsman_findings(ledger: Ledger) -> None:
    """Eleven findings by category and outcome, for the Ombudsman's year 2022/23."""
    assert 11 == ledger.at("ombudsman.findings").value
    found = {
        category.label: parts(ledger, "ombudsman.findings", "finding", category=category.label)
        for category in ledger.by("ombudsman.findings", "category")
    }
    tables = sorted(found.items(), key=lambda item: -sum(item[1].values()))
    assert [
        {"Maladministration": 4, "Reasonable redress": 1, "No maladministration": 1},
        {"Service failure": 2, "Reasonable redress": 1},
        {"Maladministration": 2},
    ] == [table for _, table in tables]
    names = [name.lower() for name, _ in tables]
    words = ("property condition", "anti-social", "complaint")
    assert all(word in name for word, name in zip(words, names, strict=True))


def test_ombudsman_orders_and_compensation(ledger: Ledger) -> None:
    """Every order was complied with; £14,350 was ordered, of which £10,550 had been offered."""
    assert "100%" == ledger.at("ombudsman.orders_complied_rate").shown
    assert "£14,350" == ledger.at("ombudsman.compensation_ordered").shown
    assert "£10,550" == ledger.at("ombudsman.compensation_offered_before").shown


@pytest.mark.parametrize(
    ("measure", "shown", "base"),
    [
        ("tsm.tp01", "51.4%", "364 of 708"),
        ("tsm.tp02", "55.1%", "no value"),
        ("tsm.tp09", "17.4%", "no value"),
    ],
)
def test_satisfaction(ledger: Ledger, measure: str, shown: str, base: str) -> None:
    """The survey's measures, with the answers behind them where the report gives them."""
    assert (shown, base) == (ledger.at(measure).shown, ledger.at(measure).base)


def test_no_rate_is_a_mean_of_rates(ledger: Ledger) -> None:
    """64% is 382 of 601; the mean of the services' two rates, 59%, appears nowhere."""
    rates = [ledger.at("stage1.uphold_rate", service=s).value or Fraction(0) for s in (H, M)]
    assert 59 == round(sum(rates) / 2 * 100)
    assert Fraction(382, 601) == ledger.at("stage1.uphold_rate").value
