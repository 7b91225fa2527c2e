"""Which bundled profile an export fits: a case system's own, or the plain one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from hcreport.intake.columns import wanted
from hcreport.intake.profile import Profile, Source, bundled, bundled_profile, plain, spellings
from hcreport.intake.proposing.headings import (
    Matching,
    match_plain,
    match_system,
    named_by,
    stage_in,
    with_stages,
)
from hcreport.intake.reading import Sheet, Wanted
from hcreport.intake.values import folded
from hcreport.records import REQUIRED

PLAIN = "plain"
# A system's sources that a sheet has the headings of, by name.
Fit = dict[str, Matching]


@dataclass(frozen=True)
class System:
    """A case system's profile, by its name."""

    name: str
    profile: Profile


@cache
def systems() -> tuple[System, ...]:
    """Every bundled profile of a case system."""
    return tuple(System(name, bundled_profile(name)) for name in bundled() if name != PLAIN)


@cache
def wanted_of_all() -> Wanted:
    """The headings of every bundled profile, and the plain ones with a stage in them too."""
    named = [wanted(s) for system in systems() for s in system.profile.sources.values()]
    sources = plain().sources.values()
    aliases = {alias for s in sources for names in named_by(s).values() for alias in names}
    own = [names for s in sources for side in (s.stage1, s.stage2) for names in side.values()]
    aliases |= {folded(heading) for names in own for heading in spellings(names)}
    ordinary = [wanted(source) for source in sources]
    return Wanted(
        headings=frozenset(with_stages(iter(aliases))).union(*(w.headings for w in named)),
        keys=frozenset().union(*(w.keys for w in (*named, *ordinary))),
        once=frozenset().union(*(w.once for w in (*named, *ordinary))),
    )


def is_whole(source: Source, found: Matching) -> bool:
    """Whether the headings give what every row needs, but for the stage, which a name can give."""
    return all(n in found.fields or n == "stage" for n in REQUIRED[source.table])


def fitting(system: System, sheet: Sheet) -> Fit:
    """The sources of a system that a sheet has the needed headings of: the best of each table."""
    found: Fit = {}
    best: dict[tuple[str, bool], tuple[int, str]] = {}
    for name, source in system.profile.sources.items():
        match = match_system(sheet.headings, source)
        key = (source.table, source.shape == "child")
        if is_usable(source, match) and len(match.columns) > best.get(key, (0, ""))[0]:
            found.pop(best.get(key, (0, ""))[1], None)
            best[key] = (len(match.columns), name)
            found[name] = match
    if ("complaints", False) in best and ("complaints", True) in best:
        # A sheet that lists complaints needs no filling in from itself.
        found.pop(best["complaints", True][1])
    return found


def is_usable(source: Source, found: Matching) -> bool:
    """Whether a sheet gives what a source's rows need; a child's need a reference and more."""
    if source.shape == "child":
        return "reference" in found.fields and len(found.columns) > 1 + ("stage" in found.fields)
    return is_whole(source, found)


def system_of(sheets: Sequence[Sheet]) -> System | None:
    """The system whose profile has more of the headings than plain English has, if any."""

    def gain(system: System) -> int:
        return sum(max(0, _known(system, sheet) - _known_plainly(sheet)) for sheet in sheets)

    best = max(systems(), key=gain, default=None)
    return best if best is not None and gain(best) > 0 else None


def _known(system: System, sheet: Sheet) -> int:
    """How many headings the best source of a system has; one more where they tell the stage."""
    telling = {(None, "parent"), (None, "stage")}
    return max(
        (
            len(found.columns) + (found.is_wide or bool(telling & found.columns.keys()))
            for found in fitting(system, sheet).values()
        ),
        default=0,
    )


def _known_plainly(sheet: Sheet) -> int:
    """How many headings are plain English; one more where they, or a name, tell the stage."""
    named = bool(stage_in(sheet.name) or stage_in(sheet.file))
    matched = [match_plain(sheet.headings, source) for source in plain().sources.values()]
    return max(
        len(found.columns) + (found.is_wide or named or "stage" in found.fields)
        for found in matched
    )
