"""Who the Housing Ombudsman is, and what it found."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from hcreport.sections.section import Section, opening

if TYPE_CHECKING:
    from hcreport.sections.section import Writer


def commentary(w: Writer) -> Iterator[str]:
    """Who it is; then cases decided, fault found, money ordered and orders carried out."""
    yield (
        "The Housing Ombudsman settles disputes between residents and landlords. It is free, and "
        "it does not belong to us. You can ask it for advice at any time. If you are still not "
        "happy after our second answer, you can ask it to decide."
    )
    yield " ".join(_found(w))


def _found(w: Writer) -> Iterator[str]:
    when = w.settings.ombudsman_period.when
    findings, rate = w.at("ombudsman.findings"), w.at("ombudsman.maladministration_rate")
    if findings.value is None:
        yield "We have no record to show of what it decided about us."
        return
    if not findings.value:
        yield f"It decided nothing about our complaints {when}."
        return
    cases = w.at("ombudsman.determinations")
    yield f"{opening(when)} it decided {w.count(cases, 'case')} about us."
    if rate.value is not None:
        points = f"{w.base(rate)} points that it looked into"
        yield f"It found fault with us on {points} ({w.show(rate)})."
    yield from _orders(w)


def _orders(w: Writer) -> Iterator[str]:
    ordered = w.at("ombudsman.compensation_ordered")
    offered = w.at("ombudsman.compensation_offered_before")
    if ordered.value:
        already = f", and we had already offered {w.show(offered)} of that" if offered.value else ""
        yield f"It told us to pay {w.show(ordered)} in compensation{already}."
    complied = w.at("ombudsman.orders_complied_rate")
    if complied.value is not None:
        yield f"We have carried out {w.base(complied)} orders that it made ({w.show(complied)})."


SECTION = Section("summary_ombudsman", "For residents: the Housing Ombudsman", commentary)
