"""What ``--take`` names: the changes by hand that are given up, each as an account calls it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from hcreport.problems import CannotRun, did_you_mean
from hcreport.refresh.account import named

ALL = "all"
# What an account calls a piece that cannot be taken by itself: with it goes the whole mark.
_WHOLE = ("table", "sentence")


@dataclass(frozen=True)
class Take:
    """The changes to give up: a whole mark's, those of all its groups, or a piece of a table."""

    ids: frozenset[str] = frozenset()

    def takes(self, tag: str, part: str = "") -> bool:
        """Whether a mark is taken, or a piece of it."""
        return not self.ids.isdisjoint((ALL, *_names(tag), *([named(tag, part)] if part else [])))

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


def _names(tag: str) -> tuple[str, ...]:
    """What a mark can be called: all of its tag, as an account prints it, its figure alone."""
    return tag, tag.partition("|")[0], named(tag), *(named(tag, piece) for piece in _WHOLE)
