"""What a refresh did: every mark, where it stands, what it said and what it says now."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class Did(StrEnum):
    """What became of a mark."""

    UPDATED = "updated"
    TAKEN = "taken"  # changed by hand, and updated because that was asked for
    ADDED = "added"
    REMOVED = "removed"
    UNCHANGED = "unchanged"
    KEPT = "kept"  # changed by hand, and left
    MISSING = "missing"  # deleted by hand
    UNMARKED = "unmarked"  # its content control was taken off, and its words stand as typed text
    GONE = "gone"  # nothing of the kind is worked out any more
    NEW = "new"  # there was nothing to show, and the document has no place for what there is now


# What a person should look at: a document with one of these is not right by itself.
NEEDS_A_PERSON = frozenset({Did.KEPT, Did.UNMARKED, Did.GONE, Did.NEW})


@dataclass(frozen=True)
class Line:
    """One mark, or one cell, sentence or text alternative of it.

    ``tag`` is the mark; ``where`` the heading above it; ``part`` says which piece of a table or
    chart is meant. ``was`` is what was last written, ``theirs`` what stands there if somebody
    changed it, ``ours`` what the figures say today. ``beside`` is the sentence around it, where
    somebody edited that and the data calls for other words.
    """

    did: Did
    tag: str
    where: str = ""
    part: str = ""
    was: str = ""
    ours: str = ""
    theirs: str = ""
    beside: str = ""

    @property
    def needs_a_person(self) -> bool:
        """Whether the words that stand there are not what the figures say today."""
        return self.did is Did.NEW or (self.did in NEEDS_A_PERSON and self.theirs != self.ours)


def named(tag: str, part: str = "") -> str:
    """A mark, or a piece of it, as an account prints it and ``--take`` takes it."""
    name = tag.replace("||", "|").removesuffix("|value").replace("|", ", ")
    return f"{name}, {part}" if part else name


@dataclass(frozen=True)
class Sentence:
    """A sentence that somebody typed around a figure that moved, and why to read it again."""

    where: str
    text: str
    why: str


@dataclass
class Account:
    """Everything a refresh did.

    ``copies`` are the marks that stand in more places than they were written to, with how many,
    ``idle`` what was asked to be taken and gave up nothing, with why.
    """

    lines: list[Line] = field(default_factory=list)
    copies: dict[str, int] = field(default_factory=dict)
    sentences: list[Sentence] = field(default_factory=list)
    idle: dict[str, str] = field(default_factory=dict)

    def add(self, *lines: Line) -> None:
        """Note what became of a mark."""
        self.lines += lines

    def of(self, *did: Did) -> list[Line]:
        """The lines that something became of."""
        return [line for line in self.lines if line.did in did]

    @property
    def needs_a_person(self) -> bool:
        """Whether anything in the document should be looked at before it is published."""
        return bool(self.sentences) or any(line.needs_a_person for line in self.lines)
