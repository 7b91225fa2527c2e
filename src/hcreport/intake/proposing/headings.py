"""Which field each heading is, and at which stage: exact ones only.

In a wide layout a heading names its stage ("S1 Outcome", "Outcome (Stage 2)"). One that names none
is put at a stage only where it can belong to no other.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from hcreport.intake.profile import Headings, Source, spellings
from hcreport.intake.values import folded, tidy
from hcreport.records import STAGES

# A field at a stage in a wide layout, or at none.
Match = tuple[str | None, str]
# What is true of a case at both its stages; all else belongs to one of them.
OF_THE_CASE = frozenset(
    {"reference", "kind", "service", "category", "subcategory", "root_cause", "root_cause_detail"}
    | {"tenure", "channel", "ward", "contractor"}
)
# What ends a case, at whichever stage it was: unmarked, it is not known to be the first.
_LAST = frozenset({"closed_on", "withdrawn_on", "refusal_reason"})
# What happens once before any escalation.
_FIRST = frozenset({"received_on", "acknowledged_on"})
_STAGE = re.compile(r"\b(?:stage|stg|s)\s*[-_]?\s*(one|two|1|2)\b", re.IGNORECASE)
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_UNITS = re.compile(r"\(\s*(?:dd/?mm/?yy(?:yy)?|£|y/n)\s*\)|£", re.IGNORECASE)
_NUMBER = {"one": "stage1", "1": "stage1", "two": "stage2", "2": "stage2"}
_WRITTEN = (
    ("stage 1", "stage 2"),
    ("stage1", "stage2"),
    ("stage one", "stage two"),
    ("s1", "s2"),
)
# Fewer headings that name a stage do not make a sheet wide where a column gives the stage.
_TELLING = 2


@dataclass
class Matching:
    """Fields with their headings, as the file writes them; and why some headings were left.

    ``spare`` gives, by field, further headings that are exact as well; ``unplaced`` a heading of a
    wide layout that does not say its stage; ``twice`` those that stand there more than once.
    """

    columns: dict[Match, str] = field(default_factory=dict)
    spare: dict[str, tuple[str, ...]] = field(default_factory=dict)
    unplaced: dict[str, str] = field(default_factory=dict)
    twice: tuple[str, ...] = ()

    @property
    def is_wide(self) -> bool:
        """Whether the stages stand side by side."""
        return any(side for side, _ in self.columns)

    @property
    def fields(self) -> frozenset[str]:
        """The fields that have a heading, at whatever stage."""
        return frozenset(name for _, name in self.columns)


def with_stages(aliases: Iterator[str]) -> Iterator[str]:
    """Headings (folded) with every stage they could name, to find two rows of them by."""
    for alias in aliases:
        yield from (
            alias,
            f"{alias}?",
            f"{alias}:",
            f"{alias}.",
            alias.replace(" ", "_"),
            alias.replace(" ", ""),
        )
        for stage in (stage for pair in _WRITTEN for stage in pair):
            yield from (f"{stage} {alias}", f"{alias} {stage}", f"{alias} ({stage})")


def named_by(source: Source) -> dict[str, tuple[str, ...]]:
    """Every heading a source knows for a field, plain, the first to count before the rest."""
    return {name: tuple(map(plainly, spellings(given))) for name, given in source.headings.items()}


def plainly(heading: str) -> str:
    """A heading as it is compared: date_received, DateReceived and "Date received:" are one."""
    spaced = _CAMEL.sub(" ", tidy(heading)).replace("_", " ")
    return folded(_UNITS.sub("", spaced).strip(" :*?.#"))


def stage_in(name: str) -> str | None:
    """The stage that a file's or a sheet's name gives: stage1-2023.csv, "S2 complaints"."""
    spaced = re.sub(r"[_.-]", " ", name)
    found = {_NUMBER[m[1].lower()] for m in _STAGE.finditer(spaced)}
    return found.pop() if len(found) == 1 else None


def match_system(headings: Sequence[str], source: Source) -> Matching:
    """The columns of a system's export: exactly the headings that its profile names."""
    single, twice = _once(headings)
    found = Matching(twice=twice)
    sides: list[tuple[str | None, Mapping[str, Headings]]] = [(None, source.headings)]
    if source.shape == "wide":
        sides += [("stage1", source.stage1), ("stage2", source.stage2)]
    for side, given in sides:
        for name, names in given.items():
            hits = [single[h] for h in map(folded, spellings(names)) if h in single]
            if hits:
                found.columns[side, name] = hits[0]
    return found


def match_plain(headings: Sequence[str], source: Source, *, least: int = _TELLING) -> Matching:
    """The columns of a sheet whose headings are ordinary English, long or wide.

    It is wide where ``least`` headings name a stage, or one that names the second.
    """
    single, twice = _once(headings)
    known = {alias: name for name, names in named_by(source).items() for alias in names}
    rank = {alias: n for names in named_by(source).values() for n, alias in enumerate(names)}
    common: dict[str, list[str]] = {}
    sides: dict[str, dict[str, list[str]]] = {stage: {} for stage in STAGES}
    own = _own_words(source)
    for heading in sorted(single.values(), key=lambda h: rank.get(plainly(h), 0)):
        side, rest = without_stage(heading)
        name = own.get((side, plainly(rest))) or known.get(plainly(rest))
        if plainly(heading) in known:
            common.setdefault(known[plainly(heading)], []).append(heading)
        elif side and name and name != "stage":
            sides[side].setdefault(name, []).append(heading)
    marked = sum(map(len, sides.values()))
    is_wide = marked >= (_TELLING if "stage" in common else 1) and (
        len(sides["stage1"]) >= least or bool(sides["stage2"])
    )
    if is_wide:
        _by_own_words(single.values(), source, sides)
    found = Matching(twice=twice)
    for side, held in [(None, common), *(sides.items() if is_wide else ())]:
        for name, hits in held.items():
            found.columns[side, name] = hits[0]
            if hits[1:]:
                found.spare[name] = (*found.spare.get(name, ()), *hits[1:])
    if is_wide:
        _place(found)
    return found


def without_stage(heading: str) -> tuple[str | None, str]:
    """The stage a heading names, and the heading without it: "S1 Outcome", "Outcome (Stage 2)"."""
    spaced = _CAMEL.sub(" ", heading).replace("_", " ")
    marked = _STAGE.search(spaced)
    if marked is None:
        return None, heading
    rest = spaced[: marked.start()] + " " + spaced[marked.end() :]
    return _NUMBER[marked[1].lower()], tidy(re.sub(r"[()\[\]:–—-]", " ", rest))


def _once(headings: Sequence[str]) -> tuple[dict[str, str], tuple[str, ...]]:
    """Headings by how they compare, and those that stand there twice, which nobody can tell."""
    written = Counter(folded(h) for h in headings if h)
    single = {folded(h): h for h in headings if h and written[folded(h)] == 1}
    return single, tuple(dict.fromkeys(h for h in headings if h and written[folded(h)] > 1))


def _own_words(source: Source) -> dict[tuple[str | None, str], str]:
    """Headings that mean a field at one stage only: "Stage 2 Requested"."""
    return {
        (at[0], plainly(at[1])): name
        for given in (source.stage1, source.stage2)
        for name, names in given.items()
        for at in map(without_stage, spellings(names))
        if at[0]
    }


def _by_own_words(
    headings: Iterable[str], source: Source, sides: dict[str, dict[str, list[str]]]
) -> None:
    """Add headings that mean one stage without naming it: "Date Escalated" begins the second."""
    written = {plainly(heading): heading for heading in headings}
    for side, given in (("stage1", source.stage1), ("stage2", source.stage2)):
        for name, names in given.items():
            hits = [written[p] for p in map(plainly, spellings(names)) if p in written]
            if hits and name not in sides[side]:
                sides[side][name] = hits


def _place(found: Matching) -> None:
    """Give each event that names no stage the one it must belong to, or none."""
    of_first = {name for side, name in found.columns if side == "stage1"}
    of_second = {name for side, name in found.columns if side == "stage2"}
    for name in [name for side, name in found.columns if side is None and name not in OF_THE_CASE]:
        heading = found.columns.pop((None, name))
        # A reason for escalation is told when the second stage begins.
        side = "stage2" if name == "escalation_reason" else "stage1"
        must_be_first = name in of_second or name in _FIRST or not (of_first or name in _LAST)
        if name in (of_second if side == "stage2" else of_first):
            found.spare[name] = (*found.spare.get(name, ()), heading)
        elif name != "stage" and (side == "stage2" or must_be_first):
            found.columns[side, name] = heading
        else:
            found.unplaced[name] = heading
