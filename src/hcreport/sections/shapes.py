"""Shapes that several sections share: a figure crossed with services, as table and as chart."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from hcreport.charts import Bar, Chart, Kind, Panel
from hcreport.figures.algebra import Unit
from hcreport.figures.shown import WITHHELD, show
from hcreport.records import NOT_RECORDED
from hcreport.sections.section import for_service, listed, opening, published, ranked, told
from hcreport.tables import NOTHING, Absent, Cell, Table, number, with_base, with_share, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from hcreport.figures.ledger import Entry
    from hcreport.sections.section import Writer

# More columns than this do not fit a portrait page: services then become rows of their own.
MOST_COLUMNS = 4
ALL = "All services"
# More services than this are told by the lowest and the highest; the table has them all.
MOST_IN_A_SENTENCE = 3
# A rate over fewer complaints than this is none to set beside others.
WORTH_A_RATE = 5
# Rows that a breakdown by a landlord's own words has before the rest are gathered in one.
MOST_ROWS = 12
_COUNTS = ("numerator", "denominator")


def bar(entry: Entry, label: str = "", *, muted: bool = False) -> Bar:
    """A bar for a figure's value."""
    return Bar(label or entry.label, entry.value, entry.shown, muted)


def bar_with_share(entry: Entry) -> Bar:
    """A bar for a count, labelled with its share too: "71 (53%)"."""
    return Bar(entry.label, entry.value, with_share(entry).text)


def each_service(w: Writer, figure: str) -> list[tuple[str, dict[str, str]]]:
    """The groups that sentences go through: how each opens, and the part of the figure it is about.

    Every service, then all of them, unless there is only one.
    """
    services = w.services(figure)
    groups = [(opening(for_service(s)), {"service": s.label}) for s in told(services)]
    return groups if len(services) == 1 else [*groups, ("Across all services", {})]


def across_services(w: Writer, figure: str, of: str) -> str:
    """The end of a sentence on a rate by service: each one, or where they are many, the range.

    ``of`` says what the base is made of: "complaints decided". Empty where there are not two to
    compare.
    """
    services = sorted(told(w.services(figure)), key=lambda e: -(e.value or 0))
    if len({e.shown for e in services}) < 2:  # noqa: PLR2004  (it takes two to compare)
        return ""
    if len(services) <= MOST_IN_A_SENTENCE:
        each = listed(f"{w.show(e)} {for_service(e)} ({w.base(e)})" for e in services)
        return f"was {each}"
    based = [e for e in services if (e.result.denominator or 0) >= WORTH_A_RATE]
    values = [e.value or 0 for e in based]
    if len({e.shown for e in based}) < 2:  # noqa: PLR2004  (the same)
        return ""
    ends = (_at_end(w, based, value) for value in (min(values), max(values)))
    among = f", among those with at least {WORTH_A_RATE} {of}" if len(based) < len(services) else ""
    return f"ranged from {' to '.join(ends)}{published(w.services(figure))}{among}"


def _at_end(w: Writer, services: Sequence[Entry], value: Fraction | int) -> str:
    """A lowest or highest rate, and whose it is; of several services as many as can be named."""
    those = [e for e in services if (e.value or 0) == value]
    first = those[0]
    if len(those) == 1:
        return f"{w.show(first)} {for_service(first)} ({w.base(first)})"
    names = f" {' and '.join(map(for_service, those))}"
    return f"{w.show(first)}{names if len(those) < MOST_IN_A_SENTENCE else ' for several'}"


def recorded(w: Writer, figure: str, key: str, within: dict[str, str]) -> list[Entry]:
    """A figure by a key, from most to least, without what is blank, nought or withheld."""
    entries = ranked(w.by(figure, key, **within))
    return [e for e in entries if e.label != NOT_RECORDED and e.value]


def gathered(entries: Iterable[Entry], many: str) -> list[tuple[str, list[Entry]]]:
    """The rows of a breakdown, from most to least: what each is called, and its entries.

    A long tail shares a row, "All others (14 categories)"; what is not recorded stands last.
    """
    found = ranked(entries)
    named = [e for e in found if e.label != NOT_RECORDED]
    most = MOST_ROWS if len(named) > MOST_ROWS + 1 else len(named)
    rows = [(e.label, [e]) for e in named[:most]]
    if tail := named[most:]:
        rows.append((f"All others ({len(tail)} {many})", tail))
    return [*rows, *((e.label, [e]) for e in found if e.label == NOT_RECORDED)]


def together(entries: Sequence[Entry], *, shared: bool = False) -> Cell:
    """Counts of one breakdown added up, with their share of it if ``shared``.

    The sum is withheld if one of them is. Where all are published a reader can add them up.
    """
    if len(entries) == 1 or all(e.value is None and not e.suppressed for e in entries):
        return with_share(entries[0]) if shared else number(entries[0])
    if any(e.suppressed or (shared and e.share_is_withheld) for e in entries):
        return Cell(WITHHELD, unit=Unit.COUNT, withheld=True)
    value = sum((e.value or Fraction(0) for e in entries), Fraction(0))
    shown, whole = show(value, Unit.COUNT), entries[0].result.denominator
    if not shared or not whole:
        return Cell(shown, value, Unit.COUNT)
    share = value / whole
    return Cell(f"{shown} ({show(share, Unit.SHARE)})", value, Unit.COUNT, share=share)


def pooled(entries: Sequence[Entry]) -> Cell:
    """One rate for several groups: their counts added up, then divided. Never a mean of rates."""
    if len(entries) == 1:
        return with_base(entries[0])
    if any(e.suppressed for e in entries):
        return Cell(WITHHELD, unit=Unit.SHARE, withheld=True)
    over, under = (sum(getattr(e.result, p) or 0 for e in entries) for p in _COUNTS)
    if not under:
        return Cell(NOTHING, unit=Unit.SHARE)
    rate = Fraction(over, under)
    return Cell(f"{show(rate, Unit.SHARE)} ({over:,} of {under:,})", rate, Unit.SHARE)


def crossed_table(
    w: Writer, name: str, title: str, figure: str, key: str, *, heading: str
) -> Table | Absent:
    """A count by a key, with a column for each service and one for all, shares beside counts."""
    rows = ranked(w.by(figure, key))
    if not any(entry.occurs for entry in rows):
        return Absent()
    services = w.services(figure)
    if not services:
        return _plain(w, name, title, figure, rows, heading)
    only = services[0].label if len(services) == 1 else ""
    if len(services) > MOST_COLUMNS:
        return _by_service_first(w, name, title, figure, key, heading)
    if len(services) == 1:
        services = ()  # the one column would be that of all over again
    cells = [
        (
            words(entry.label),
            *(with_share(w.at(figure, service=s.label, **{key: entry.label})) for s in services),
            with_share(entry),
        )
        for entry in rows
    ]
    cells.append((words("Total"), *(number(s) for s in services), number(w.at(figure))))
    headings = (heading, *(s.label for s in services), only or ALL)
    note = "Each share is of the total at the foot of its column."
    return Table(name, title, headings, tuple(cells), has_total=True, note=note)


def _plain(
    w: Writer, name: str, title: str, figure: str, rows: Sequence[Entry], heading: str
) -> Table:
    cells: list[tuple[Cell, ...]] = [(words(e.label), with_share(e)) for e in rows]
    cells.append((words("Total"), number(w.at(figure))))
    return Table(name, title, (heading, "Number"), tuple(cells), has_total=True)


def _by_service_first(
    w: Writer, name: str, title: str, figure: str, key: str, heading: str
) -> Table:
    cells: list[tuple[Cell, ...]] = [
        (words(service.label), words(entry.label), with_share(entry))
        for service in w.services(figure)
        for entry in ranked(w.by(figure, key, service=service.label))
        if entry.occurs
    ]
    cells.append((words("Total"), words(ALL), number(w.at(figure))))
    note = "Each share is of the service's own total."
    headings = ("Service", heading, "Number")
    return Table(name, title, headings, tuple(cells), has_total=True, note=note)


def crossed_chart(w: Writer, name: str, title: str, figure: str, key: str) -> Chart | None:
    """A count by a key, a panel for each service; one panel where no service is recorded."""
    rows = ranked(w.by(figure, key))
    if not any(entry.occurs for entry in rows):
        return None
    order = [entry.label for entry in rows]
    services = w.services(figure)
    if services:
        panels = tuple(
            Panel(s.label, tuple(_in_order(w.by(figure, key, service=s.label), order)))
            for s in services
        )
    else:
        panels = (Panel("", tuple(map(bar_with_share, rows))),)
    return Chart(name, Kind.BARS, title, panels, describe("Bar chart", title, panels))


def _in_order(entries: Sequence[Entry], order: Sequence[str]) -> list[Bar]:
    held = {entry.label: entry for entry in entries}
    return [bar_with_share(held[label]) for label in order if label in held]


def describe(what: str, title: str, panels: Sequence[Panel]) -> str:
    """Alternative text: the kind of chart, what it is of, and every number it shows.

    Each sentence says all of what its numbers are about, as nobody hears a list inside a list.
    """
    said = [sentence for panel in panels for sentence in _sentences(panel)]
    return f"{what}. {title}. {' '.join(said)}"


def _sentences(panel: Panel) -> Iterator[str]:
    """A panel's bars in one sentence, and each of its stacks in one of its own."""
    if panel.bars:
        named = f"{panel.title}: " if panel.title else ""
        yield f"{named}{'; '.join(f'{bar.label} {bar.shown}' for bar in panel.bars)}."
    for stack in panel.stacks:
        named = f"{panel.title}, {stack.label}" if panel.title else stack.label
        yield f"{named}: {listed(f'{part.label} {part.shown}' for part in stack.parts)}."
