"""What can be worked out of a published ``figures.json`` by adding and subtracting.

This is the reader's side, and shares nothing with the program's own reckoning: it knows of no rows,
only of printed numbers, and of the sums that the definitions say must hold between them.
"""

from __future__ import annotations

import json
from collections import defaultdict
from fractions import Fraction
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

STAGES = ("stage1", "stage2")
OUTCOMES = {"upheld": "Upheld", "partly_upheld": "Partly upheld", "not_upheld": "Not upheld"}
# Its two counts are no rows of one cohort, or it has none.
WITHOUT_COUNTS = ("tsm.tp", "to_date.", "ombudsman.orders_complied", "compensation.total.median")


class Number(NamedTuple):
    """A printed part of a figure: its count ``n``, base ``d``, set aside ``a``, or sum ``s``."""

    part: str
    figure: str
    group: tuple[tuple[str, str], ...]


Sum = dict[Number, int]
Group = tuple[tuple[str, str], ...]
Figures = dict[tuple[str, Group], dict[str, Any]]


def grouped(group: Mapping[str, str]) -> Group:
    """A group whatever the order of its keys."""
    return tuple(sorted(group.items()))


def figures(content: str) -> Figures:
    """The figures of a file by id and group."""
    return {(f["id"], grouped(f["group"])): f for f in json.loads(content)["figures"]}


def parts(figure: Mapping[str, Any]) -> Iterator[tuple[Number, Any]]:
    """Every number that a figure prints, None where it is kept back."""
    name, group = figure["id"], grouped(figure["group"])
    if name.startswith(WITHOUT_COUNTS):
        return
    hidden = figure["value"] is None
    if figure["unit"] == "gbp" or name.endswith("mean_days"):
        yield Number("s", name, group), figure["value"]
    if figure["unit"] == "count":
        yield Number("n", name, group), figure["value"]
        if figure["group"]:
            whole = dict(list(figure["group"].items())[:-1])
            yield Number("n", name, grouped(whole)), figure["denominator"]
    elif figure["unit"] != "gbp":
        yield Number("n", name, group), None if hidden else figure["numerator"]
        yield Number("d", name, group), None if hidden else figure["denominator"]
    yield Number("a", name, group), figure["set_aside"]


def sums(found: Figures) -> Iterator[Sum]:
    """Every sum that comes to nought: parts of a whole, and figures that make up others."""
    groups: dict[str, list[dict[str, str]]] = defaultdict(list)
    for figure in found.values():
        groups[figure["id"]].append(figure["group"])
    for name, held in groups.items():
        for group in held:
            for key in group:
                rest = {k: v for k, v in group.items() if k != key}
                if rest in held and not name.startswith(WITHOUT_COUNTS):
                    alike = [g for g in held if set(g) == set(group) and rest.items() <= g.items()]
                    for part in "ndas":
                        parted = {Number(part, name, grouped(g)): 1 for g in alike}
                        yield parted | {Number(part, name, grouped(rest)): -1}
    for made in made_of():
        for group in {group for _, group in found}:
            yield {
                Number(one.part, one.figure, grouped(dict(one.group) | dict(group))): times
                for one, times in made.items()
            }


def n(figure: str, part: str = "n", **group: str) -> Number:
    """A number of a figure, for its whole or a part of it."""
    return Number(part, figure, grouped(group))


def made_of() -> Iterator[Sum]:
    """What the definitions say of figures of the same group, by the Code's clock and bases."""
    for s in STAGES:
        three = dict.fromkeys((n(f"{s}.{o}") for o in OUTCOMES), -1)
        yield {n(f"{s}.decided"): 1, **three}
        yield {n(f"{s}.uphold_rate", "d"): 1, **three}
        yield {n(f"{s}.uphold_rate"): 1, n(f"{s}.upheld"): -1, n(f"{s}.partly_upheld"): -1}
        for code, label in OUTCOMES.items():
            yield {n(f"{s}.decided", outcome=label): 1, n(f"{s}.{code}"): -1}
        yield {n(f"{s}.on_time_rate"): 1, n(f"{s}.on_time"): -1}
        both = {n(f"{s}.on_time"): -1, n(f"{s}.with_extension"): -1}
        yield {n(f"{s}.on_time_with_extension_rate"): 1, **both}
        for rate in ("on_time_rate", "on_time_with_extension_rate"):
            yield {n(f"{s}.{rate}", "d"): 1, **both, n(f"{s}.late"): -1}
            yield {n(f"{s}.due"): 1, n(f"{s}.{rate}", "d"): -1, n(f"{s}.{rate}", "a"): -1}
        acknowledged = f"{s}.acknowledged_in_time_rate"
        yield {n(f"{s}.received"): 1, n(acknowledged, "d"): -1, n(acknowledged, "a"): -1}
        for days in ("mean_days", "median_days"):
            yield {n(f"{s}.responded"): 1, n(f"{s}.{days}", "d"): -1, n(f"{s}.{days}", "a"): -1}
        yield {n(f"{s}.responded"): 1, n(f"{s}.decided"): -1, n(f"{s}.uphold_rate", "a"): -1}
        label = s.replace("stage", "Stage ")
        yield {n("all_stages.received", stage=label): 1, n(f"{s}.received"): -1}
        yield {n(f"tsm.ch02.{s}", "d"): 1, n(f"tsm.ch02.{s}", "a"): 1, n(f"tsm.ch01.{s}"): -1}
    for one in ("received", "upheld", "partly_upheld"):
        yield {n(f"all_stages.{one}"): 1, **dict.fromkeys((n(f"{s}.{one}") for s in STAGES), -1)}
    yield {n("escalation.rate"): 1, n("stage2.received"): -1}
    yield {n("escalation.rate", "d"): 1, n("stage1.received"): -1}
    yield {n("escalation.cohort_rate", "d"): 1, n("stage1.responded"): -1}
    for part, what in (("n", "cases"), ("s", "amount")):
        stages = dict.fromkeys((n(f"compensation.{s}.{what}", part) for s in STAGES), -1)
        yield {n(f"compensation.total.{what}", part): 1, **stages}


def tenures(found: Figures) -> Iterator[Sum]:
    """The rates per home are over two tenures, whose complaints are those received from them."""
    for s in STAGES:
        for label in ("Low cost rental", "Low cost home ownership"):
            if (f"tsm.ch01.{s}", (("tenure", label),)) in found:
                yield {n(f"tsm.ch01.{s}", tenure=label): 1, n(f"{s}.received", tenure=label): -1}


def given_away(content: str, exact: str, threshold: int) -> list[str]:
    """What is kept back in one file, by the numbers of the other, and follows all the same."""
    published, whole = figures(content), figures(exact)
    told = {
        number: Fraction(value)
        for figure in published.values()
        for number, value in parts(figure)
        if value is not None
    }
    held = {number: value for f in whole.values() for number, value in parts(f)}
    # What a sum names and nobody counts is no number at all.
    made_up = [m for m in (*sums(whole), *tenures(whole)) if all(number in held for number in m)]
    known = told.keys() | _noughts(told, made_up)
    rows = _reduced(
        {number: Fraction(times) for number, times in made.items() if number not in known}
        for made in made_up
    )
    return [
        str(number)
        for form, number in _kept_back(published, whole, threshold)
        if not _left({k: Fraction(v) for k, v in form.items() if k not in known}, rows)
    ]


def _noughts(told: Mapping[Number, Fraction], made_up: list[Sum]) -> set[Number]:
    """The numbers not told that must be nought, since none is less: the parts of a printed nought.

    A part that must be nought has parts too, and so on down.
    """
    known = {number for number, value in told.items() if not value}
    added = [m for m in made_up if not any(_is_mean(number) for number in m)]
    while found := {
        number
        for made in added
        if (left := {number: times for number, times in made.items() if number not in known})
        and not left.keys() & told.keys()
        and (min(left.values()) > 0 or max(left.values()) < 0)
        for number in left
    }:
        known |= found
    return known - told.keys()


def _is_mean(number: Number) -> bool:
    """Whether a number stands for a sum that is printed only as the mean of it."""
    return number.part == "s" and number.figure.endswith("mean_days")


def _kept_back(published: Figures, exact: Figures, threshold: int) -> Iterator[tuple[Sum, Number]]:
    for at, figure in exact.items():
        if figure["value"] is None:
            continue
        seen, held = dict(parts(published[at])), dict(parts(figure))
        over, under, aside, total = (Number(part, *at) for part in "ndas")
        if published[at]["value"] is None:
            small = [k for k in (over, under) if 0 < (held.get(k) or 0) < threshold]
            counted = [over] if figure["unit"] == "count" else []
            summed = [total] if figure["unit"] == "gbp" and total in held else []
            yield from (({number: 1}, number) for number in (*small, *counted, *summed))
            if figure["unit"] == "share" and over in held and under in held:
                left = (held[under] or 0) - (held[over] or 0)
                if 0 < left < threshold and "escalation.rate" not in at:
                    yield {under: 1, over: -1}, under
        if seen.get(aside) is None and 0 < (held.get(aside) or 0) < threshold:
            yield {aside: 1}, aside


Row = dict[Number, Fraction]


def _reduced(rows: Iterator[Row]) -> dict[Number, Row]:
    """Equations in echelon form, by the unknown that each one is solved for."""
    found: dict[Number, Row] = {}
    for row in rows:
        left = _left(row, found)
        if left:
            pivot = min(left)
            found[pivot] = {number: times / left[pivot] for number, times in left.items()}
    return found


def _left(row: Row, rows: Mapping[Number, Row]) -> Row:
    """What is left of a row when equations are taken from it as often as they go."""
    left = {number: times for number, times in row.items() if times}
    while pivots := left.keys() & rows.keys():
        pivot = min(pivots)
        times = left[pivot]
        for number, value in rows[pivot].items():
            left[number] = left.get(number, Fraction(0)) - times * value
        left = {number: value for number, value in left.items() if value}
    return left
