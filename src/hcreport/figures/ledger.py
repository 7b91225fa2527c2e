"""The ledger: every figure of a run, whole and by group. Every document only reads it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from math import ceil

from hcreport.figures.algebra import Figure, Unit
from hcreport.figures.evaluate import Result
from hcreport.figures.selection import Group
from hcreport.figures.shown import (
    NO_FIGURE,
    WITHHELD,
    change,
    change_in_brief,
    change_in_words,
    show,
)
from hcreport.problems import CannotRun, did_you_mean
from hcreport.records import NOT_RECORDED

# What the ids of figures over the period to date begin with.
TO_DATE = "to_date."


# The parts of an entry that disclosure control can take out. All that stands behind a value (its
# numerator and denominator) goes with it.
VALUE, WHOLE, SET_ASIDE, PREVIOUS = "value", "whole", "set_aside", "previous"


@dataclass(frozen=True)
class Entry:
    """One figure for one group (printed labels; empty for the whole), with last period's value.

    ``withheld`` names the parts that disclosure control has taken out.
    """

    figure: Figure
    group: Group
    result: Result
    previous: Fraction | None = None
    withheld: frozenset[str] = frozenset()

    @property
    def id(self) -> str:
        """The figure's id."""
        return self.figure.id

    @property
    def value(self) -> Fraction | None:
        """The exact value; None where there is none."""
        return self.result.value

    @property
    def suppressed(self) -> bool:
        """Whether the value is withheld."""
        return VALUE in self.withheld

    @property
    def occurs(self) -> bool:
        """Whether there is something to print: a value above nought, or one that is withheld."""
        return bool(self.value) or self.suppressed

    @property
    def count(self) -> int:
        """A count as a whole number, nought where there is no value: for grammar and sorting."""
        return int(self.result.value or 0)

    @property
    def shown(self) -> str:
        """The value as it is printed."""
        if self.suppressed:
            return WITHHELD
        return show(self.value, self.figure.unit, self.figure.decimals)

    @property
    def whole_shown(self) -> str:
        """The whole number that the value does not exceed, as it is printed: 13 for 12.5."""
        if self.suppressed or self.value is None:
            return self.shown
        return show(Fraction(ceil(self.value)), self.figure.unit)

    @property
    def previous_shown(self) -> str:
        """Last period's value as it is printed."""
        if PREVIOUS in self.withheld:
            return WITHHELD
        if self.previous is None:
            return NO_FIGURE
        return show(self.previous, self.figure.unit, self.figure.decimals)

    @property
    def change(self) -> Fraction | None:
        """How far the value moved: relative, or the difference for shares."""
        return change(self.value, self.previous, self.figure.unit)

    @property
    def change_shown(self) -> str:
        """The change as a phrase."""
        if self._is_change_withheld:
            return WITHHELD
        if self.change is None and self.previous == 0 and self.value is not None:
            return "an increase from none" if self.value else "no change"
        return change_in_words(self.change, self.figure.unit)

    @property
    def change_brief(self) -> str:
        """The change for a table."""
        return (
            WITHHELD if self._is_change_withheld else change_in_brief(self.change, self.figure.unit)
        )

    @property
    def share(self) -> Fraction | None:
        """Numerator over denominator, as for a count of a group in its whole."""
        over, under = self.result.numerator, self.result.denominator
        return Fraction(over, under) if over is not None and under else None

    @property
    def share_shown(self) -> str:
        """That share as it is printed."""
        return WITHHELD if self.share_is_withheld else show(self.share, Unit.SHARE)

    @property
    def share_is_withheld(self) -> bool:
        """Whether the value, or the whole it is a share of, is withheld."""
        return not self.withheld.isdisjoint({VALUE, WHOLE})

    @property
    def _is_change_withheld(self) -> bool:
        """Whether there would be a change to tell, were it not for what is withheld."""
        compared = self.previous is not None or PREVIOUS in self.withheld
        return compared and not self.withheld.isdisjoint({VALUE, PREVIOUS})

    @property
    def base(self) -> str:
        """The counts behind a share: "382 of 601"; none where either is not known."""
        over, under = self.result.numerator, self.result.denominator
        if self.share_is_withheld:
            return WITHHELD
        if over is None or under is None:
            return show(None, Unit.COUNT)
        return f"{over:,} of {under:,}"

    @property
    def in_full(self) -> str:
        """The value with the counts behind it: "64% (382 of 601)", "71 of 133", "9.5 over 600"."""
        over, under = self.result.numerator, self.result.denominator
        if under is None:
            return self.shown
        if self.figure.unit is Unit.COUNT:
            return f"{self.shown} of {under:,}"
        return f"{self.shown} over {under:,}" if over is None else f"{self.shown} ({self.base})"

    @property
    def label(self) -> str:
        """The last part of the group: the label of a row in a table."""
        return self.group[-1][1] if self.group else self.figure.label


@dataclass(frozen=True)
class Ledger:
    """Every entry of a run, findable by figure and group."""

    entries: tuple[Entry, ...]
    definitions: Mapping[str, str]
    _found: dict[tuple[str, frozenset[tuple[str, str]]], Entry] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for entry in self.entries:
            self._found[entry.id, frozenset(entry.group)] = entry

    def __contains__(self, figure: str) -> bool:
        return figure in self.definitions

    def at(self, figure: str, /, **by: str) -> Entry:
        """The entry of a figure, for the whole or for a group given by printed labels.

        Raises CannotRun for an unknown figure, breakdown or label, with the nearest there are.
        """
        entry = self._found.get((figure, frozenset(by.items())))
        if entry is None:
            raise self._unknown(figure, by)
        return entry

    def by(self, figure: str, /, *keys: str, **within: str) -> tuple[Entry, ...]:
        """A figure's entries for one breakdown, in the order to print, "not recorded" last.

        ``within`` fixes the leading keys. A "not recorded" of nought is left out.
        """
        wanted = (*within, *keys)
        return tuple(
            entry
            for entry in self.entries
            if entry.id == figure
            and tuple(key for key, _ in entry.group) == wanted
            and all((key, value) in entry.group for key, value in within.items())
            and not (
                entry.label == NOT_RECORDED and not entry.result.numerator and not entry.occurs
            )
        )

    def has(self, figure: str, *keys: str) -> bool:
        """Whether a figure was broken down by these keys."""
        return any(e.id == figure and tuple(k for k, _ in e.group) == keys for e in self.entries)

    def _unknown(self, figure: str, by: Mapping[str, str]) -> CannotRun:
        if figure not in self.definitions:
            near = did_you_mean(figure, self.definitions)
            return CannotRun(f"There is no figure {figure}.", near or "See docs/figures.md.")
        held = [e for e in self.entries if e.id == figure]
        groups = [e.group for e in held]
        keyed = [dict(group) for group in groups if {key for key, _ in group} == set(by)]
        if not keyed:
            if any(set(keys) == set(by) for e in held for keys in e.figure.by):
                return _none_read(figure, by)
            kinds = sorted({" and ".join(key for key, _ in group) for group in groups if group})
            return CannotRun(
                f"{figure} is not broken down by {' and '.join(by)}.",
                f"It is broken down by {'; '.join(kinds)}." if kinds else "It has no breakdown.",
            )
        for key, value in by.items():
            known = sorted({group[key] for group in keyed})
            if known == [NOT_RECORDED]:
                return _none_read(figure, [key])
            if value not in known:
                near = did_you_mean(value, known) or f"There are {', '.join(known)}."
                return CannotRun(f"{figure}: there is no {key} {value!r}.", near)
        raise AssertionError(f"{figure} lacks the group {by}")


def _none_read(figure: str, keys: Iterable[str]) -> CannotRun:
    """For a breakdown that there is, of which the exports say nothing."""
    return CannotRun(
        f"{figure} cannot be told by {' and '.join(keys)}: nothing read gives one.",
        "hcreport check says what could not be read; is there a column for it?",
    )
