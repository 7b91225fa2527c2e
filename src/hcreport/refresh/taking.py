"""What ``--take`` names: the changes by hand that are given up, each as an account calls it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from hcreport.problems import CannotRun, did_you_mean
from hcreport.refresh.account import Did, Line, named

ALL = "all"
# What becomes of what is given up; the data may give a row or a table no more.
_GIVEN_UP = frozenset({Did.TAKEN, Did.REMOVED, Did.ADDED})
# What an account calls a piece that cannot be taken by itself: with it goes the whole mark.
_WHOLE = ("table", "sentence")


@dataclass(frozen=True)
class Take:
    """The changes to give up: a whole mark's, those of all its groups, or a piece of a table."""

    ids: frozenset[str] = frozenset()

    def takes(self, tag: str, part: str = "") -> bool:
        """Whether a mark is taken, or a piece of it."""
        return not self.ids.isdisjoint((ALL, *_names(tag), *([named(tag, part)] if part else [])))

    def idle(self, lines: Collection[Line], there: Collection[str]) -> dict[str, str]:
        """The ids that gave up nothing, each with why; ``there`` are the marks that there are."""
        done = [line for line in lines if line.did in _GIVEN_UP]
        return {
            wanted: _why(wanted, lines, there)
            for wanted in sorted(self.ids - {ALL})
            if not any(Take(frozenset([wanted])).takes(line.tag, line.part) for line in done)
        }

    def refuse_unknown(self, tags: Collection[str], there: Mapping[str, Collection[str]]) -> None:
        """Raise CannotRun for an id that no mark has, or none that is still there.

        ``tags`` are the marks that the document was written with; ``there`` those that it holds,
        with the pieces that can be taken by themselves.
        """
        left = {ALL, *(name for tag in there for name in _names(tag))}
        left |= {named(tag, part) for tag, parts in there.items() for part in parts}
        known = left | {name for tag in tags for name in _names(tag)}
        for wanted in self.ids:
            if wanted not in known:
                hint = did_you_mean(wanted, known) or "Run without --take to see the ids."
                raise CannotRun(f"--take {wanted}: there is no such mark in the report.", hint)
            if wanted not in left:
                raise CannotRun(
                    f"--take {wanted}: it, or its content control, was deleted from the report.",
                    "A build has it: hcreport build.",
                )


def _why(wanted: str, lines: Collection[Line], there: Collection[str]) -> str:
    """Why there was nothing to give up."""
    of = [line for line in lines if wanted in _names(line.tag)]
    if any(line.did is Did.UNMARKED for line in of) and wanted not in there:
        return (
            "its content control was taken off, and what stands there is yours to keep up to date"
        )
    if any(line.did is Did.MISSING for line in of) and wanted not in there:
        return "it was deleted from the report; a build has it"
    return "nothing of it was changed by hand, or it says what ours says"


def _names(tag: str) -> tuple[str, ...]:
    """What a mark can be called: all of its tag, as an account prints it, its figure alone."""
    return tag, tag.partition("|")[0], named(tag), *(named(tag, piece) for piece in _WHOLE)
