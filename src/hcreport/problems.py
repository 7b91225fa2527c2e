"""Findings in the user's data, and the one exception that stops a run.

A problem is a value: stages return problems beside their result and never raise them, so
that one run shows everything there is to mend. :class:`CannotRun` is for what leaves nothing
to go on with: a missing file, settings that make no sense, an unknown name.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from difflib import get_close_matches
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping


class Severity(StrEnum):
    """How much a problem matters: errors stop a build, warnings and notes do not."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True)
class Rule:
    """What a kind of problem means; ``code`` is what a person quotes (``D104``).

    Codes beginning with R come from reading files, D from values, C from corrections, X from checks
    across records, T from people's texts and templates and L from how the report is to look.
    """

    code: str
    severity: Severity
    title: str
    advice: str


@dataclass(frozen=True, order=True)
class Place:
    """Where something stands in the user's own file. ``row`` counts from 1, as Excel does."""

    file: str
    sheet: str = ""
    row: int = 0
    heading: str = ""

    def __str__(self) -> str:
        """The place as it is printed: ``stage1.xlsx › Cases › row 14 › Date closed``."""
        parts = [self.file, self.sheet, f"row {self.row}" if self.row else "", self.heading]
        return " › ".join(part for part in parts if part)

    def at(self, heading: str) -> Place:
        """The same row, narrowed to one heading."""
        return replace(self, heading=heading)


@dataclass(frozen=True)
class Problem:
    """One finding: the rule, the place, the value met, and a sentence about this very case."""

    rule: Rule
    place: Place
    message: str
    value: str = ""

    @property
    def severity(self) -> Severity:
        """The severity of the rule."""
        return self.rule.severity


class CannotRun(Exception):  # noqa: N818  (it names the state, and reads so where it is caught)
    """The run cannot go on. Printed as two lines, the message and the hint; exit status 2."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


def errors(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """The problems that stop a build."""
    return tuple(p for p in problems if p.severity is Severity.ERROR)


def weighed(problems: Iterable[Problem], severities: Mapping[str, Severity]) -> Iterator[Problem]:
    """The problems with the severities that somebody gave their rules, by code."""
    for problem in problems:
        severity = severities.get(problem.rule.code, problem.rule.severity)
        yield replace(problem, rule=replace(problem.rule, severity=severity))


def index(rules: Iterable[Rule]) -> Mapping[str, Rule]:
    """Rules by code. Raises ValueError when two rules share a code."""
    found: dict[str, Rule] = {}
    for rule in rules:
        if rule.code in found:
            raise ValueError(f"two rules share the code {rule.code}")
        found[rule.code] = rule
    return found


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A sentence with the nearest known names, or an empty one where none is near."""
    near = get_close_matches(word, list(dict.fromkeys(known)), n=3, cutoff=0.6)
    return f"Did you mean {' or '.join(near)}?" if near else ""
