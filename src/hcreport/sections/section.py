"""What a section is, and the writer that its sentences are made with."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from hcreport.calendar.code import RuleSet
from hcreport.calendar.periods import Period
from hcreport.charts import Chart
from hcreport.figures.algebra import Unit
from hcreport.figures.english import either
from hcreport.figures.ledger import Entry, Ledger
from hcreport.marks import Inline, Marks, Reference
from hcreport.records import NOT_RECORDED, STAGES, Action, Provision
from hcreport.settings import Settings
from hcreport.tables import Absent, Table


@dataclass(frozen=True)
class Logged:
    """A line of the learning log, how far it has got, and the root cause that it answers."""

    action: Action
    progress: str | None
    cause: str | None


@dataclass(frozen=True)
class Writer:
    """What sections write with: the ledger to read, and marks for each figure in a sentence.

    ``rule_sets`` are those that some complaint of the period falls under; ``files`` the exports
    by name with their rows; ``corrections`` the label of the field of each cell that was corrected
    in them; ``actions`` the learning log; ``provisions`` the self-assessment.
    """

    ledger: Ledger
    settings: Settings
    marks: Marks
    rule_sets: tuple[RuleSet, ...] = ()
    files: tuple[tuple[str, int], ...] = ()
    corrections: tuple[str, ...] = ()
    actions: tuple[Logged, ...] = ()
    provisions: tuple[Provision, ...] = ()

    @property
    def period(self) -> Period:
        """The report's period."""
        return self.settings.report_period

    @property
    def span(self) -> str:
        """What the period is called in a sentence: the year, the quarter, the period."""
        return self.period.kind

    @property
    def before(self) -> str:
        """The short name of the period it is compared with."""
        return self.settings.previous_period.label

    def at(self, figure: str, /, **by: str) -> Entry:
        """An entry of the ledger."""
        return self.ledger.at(figure, **by)

    def by(self, figure: str, /, *keys: str, **within: str) -> tuple[Entry, ...]:
        """A figure's entries for a breakdown; none where the exports do not support it."""
        return self.ledger.by(figure, *keys, **within)

    def held(self, stage: str) -> bool:
        """Whether the exports hold any complaint at a stage."""
        return bool(self.at(f"{stage}.in_exports").value)

    @property
    def stages(self) -> Mapping[str, str]:
        """The stages that the exports hold, with their names; both where they hold neither."""
        return {stage: label for stage, label in STAGES.items() if self.held(stage)} or STAGES

    def services(self, figure: str) -> tuple[Entry, ...]:
        """A figure by service, from most to least: a rate by the complaints that it is over.

        Left out are services that have no rows in it; one whose rate is nought stays, and so does
        one whose number is withheld, which tables print and sentences pass over (``told``).
        """
        held = [e for e in self.by(figure, "service") if _is_based(e)]
        return tuple(sorted(held, key=lambda e: (e.label == NOT_RECORDED, -_size(e))))

    # --- Figures in sentences ---

    def show(self, entry: Entry) -> str:
        """The value."""
        return self._mark(entry, "value")

    def previous(self, entry: Entry) -> str:
        """Last period's value."""
        return self._mark(entry, "previous")

    def change(self, entry: Entry) -> str:
        """The change as a phrase: "a decrease of 26%"."""
        return self._mark(entry, "change")

    def share(self, entry: Entry) -> str:
        """A count's share of its whole: "53%"."""
        return self._mark(entry, "share")

    def base(self, entry: Entry) -> str:
        """The counts behind a share: "382 of 601"."""
        return self._mark(entry, "base")

    def count(self, entry: Entry, noun: str = "complaint") -> str:
        """A count and its noun, which agree: "1 complaint", "2 complaints", "no complaints"."""
        if entry.value == 0:
            return f"no {noun}s"
        return f"{self.show(entry)} {noun if entry.value == 1 else f'{noun}s'}"

    def whole(self, entry: Entry) -> str:
        """The value as a whole number that it does not exceed: 12.5 days are within 13."""
        return self._mark(entry, "whole")

    def aside(self, entry: Entry, why: str) -> str:
        """A sentence on the rows set aside, to follow the figure's own; empty where there are none.

        ``why`` ends it: "have no outcome recorded".
        """
        number = entry.result.set_aside
        if not number:
            return ""
        verbs = why if number != 1 else why.replace("have ", "has ").replace("are ", "is ")
        shown = self._mark(entry, "set_aside")
        return f" A further {shown} {verbs} and {'is' if number == 1 else 'are'} set aside."

    def see(self, table: str) -> str:
        """Where to look, to follow a sentence's words: " (Table 3)"; nothing if it is not there."""
        return self.marks.put(Reference("tables", table, in_brackets=True))

    def _mark(self, entry: Entry, facet: str) -> str:
        text = FACETS[facet](entry)
        return self.marks.put(Inline(text, f"{tagged(entry)}|{facet}", entry.figure.label))


# What a mark says of an entry, by the last word of its tag.
FACETS: Mapping[str, Callable[[Entry], str]] = {
    "value": lambda entry: entry.shown,
    "previous": lambda entry: entry.previous_shown,
    "change": lambda entry: entry.change_shown,
    "share": lambda entry: entry.share_shown,
    "base": lambda entry: entry.base,
    "whole": lambda entry: entry.whole_shown,
    "set_aside": lambda entry: f"{entry.result.set_aside:,}",
}


def tagged(entry: Entry) -> str:
    """How a mark names an entry, before the facet: ``stage1.received|service=Repairs``."""
    group = ";".join(f"{key}={value}" for key, value in entry.group)
    return f"{entry.id}|{group}" if group else entry.id


Commentary = Callable[[Writer], Iterator[str]]
MakeTable = Callable[[Writer], Table | Absent]
MakeChart = Callable[[Writer], Chart | None]


@dataclass(frozen=True)
class Section:
    """A part of the report: its commentary, its tables and its charts, each made on demand.

    A table without data is Absent and a chart None; the commentary says so.
    """

    id: str
    title: str
    commentary: Commentary
    tables: Mapping[str, MakeTable] = field(default_factory=dict)
    charts: Mapping[str, MakeChart] = field(default_factory=dict)


# --- Grammar ---


def _is_based(entry: Entry) -> bool:
    """Whether there is anything behind an entry: rows, or a base for a rate."""
    if entry.suppressed or entry.value is None:
        return entry.suppressed
    if entry.figure.unit in {Unit.COUNT, Unit.GBP}:
        return bool(entry.value)
    return bool(entry.result.denominator)


def _size(entry: Entry) -> Fraction | int:
    """What an entry is ranked by: its value, or the rows that its rate is over."""
    if entry.figure.unit in {Unit.COUNT, Unit.GBP}:
        return entry.value or 0
    return entry.result.denominator or 0


def was(entry: Entry) -> str:
    """The verb that agrees with a count."""
    return "was" if entry.value == 1 else "were"


def listed(items: Iterable[str]) -> str:
    """Items in prose: "a, b and c"."""
    *most, last = list(items) or [""]
    return f"{', '.join(most)} and {last}" if most else last


def for_service(entry: Entry) -> str:
    """Which complaints a figure by service is about: "for Repairs"."""
    return "where no service is recorded" if entry.label == NOT_RECORDED else f"for {entry.label}"


def in_scope(w: Writer) -> str:
    """Which complaints the report is about, where settings narrow it: whose service is “Voids”."""
    parts = [
        f"{name.replace('_', ' ')} is {either(map(quoted, words))}"
        for name, words in w.settings.scope.where.items()
    ]
    return f"complaints whose {' and whose '.join(parts)}"


def opening(words: str) -> str:
    """Words at the head of a sentence."""
    return words[0].upper() + words[1:]


def quoted(label: str) -> str:
    """A landlord's own words inside a sentence, as they stand."""
    return f"“{label}”"


def lower(label: str) -> str:
    """A label inside a sentence: its first letter small, unless it begins an abbreviation."""
    is_word = len(label) > 1 and label[1].islower()
    return label[0].lower() + label[1:] if is_word else label


def told(entries: Iterable[Entry]) -> list[Entry]:
    """Entries that a sentence may speak of: those that are not withheld."""
    return [e for e in entries if not e.suppressed]


def published(entries: Iterable[Entry]) -> str:
    """What a sentence that compares entries adds where it cannot speak of them all."""
    return " of those published" if any(e.suppressed for e in entries) else ""


def ranked(entries: Iterable[Entry]) -> list[Entry]:
    """Entries from most to least, equal ones by label, "not recorded" last."""
    return sorted(
        entries, key=lambda e: (e.label == NOT_RECORDED, -(e.value or 0), e.label.casefold())
    )


def highest(entries: Sequence[Entry]) -> list[Entry]:
    """The entries that share the highest value; none where nothing is above nought."""
    known = [e for e in entries if e.value is not None and e.label != NOT_RECORDED]
    top = max((e.value or 0 for e in known), default=0)
    return [e for e in known if top and e.value == top]


def is_only(entries: Iterable[Entry]) -> bool:
    """Whether just one of the entries occurs, blanks apart: there is nothing to compare it with."""
    return sum(e.occurs for e in entries if e.label != NOT_RECORDED) == 1


def month_name(month: str) -> str:
    """A month as a sentence has it: ``2023-04`` is April 2023."""
    return f"{date.fromisoformat(f'{month}-01'):%B %Y}"


def month_short(month: str) -> str:
    """A month as a chart has it: ``2023-04`` is Apr 2023."""
    return f"{date.fromisoformat(f'{month}-01'):%b %Y}"
