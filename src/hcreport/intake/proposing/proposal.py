"""What a proposal is: sheets understood as one source, as far as they are sure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from hcreport.intake.profile import Source
from hcreport.intake.proposing.dates import Dates
from hcreport.intake.proposing.doubts import Doubts
from hcreport.intake.proposing.headings import Match
from hcreport.intake.proposing.systems import System
from hcreport.intake.proposing.words import Words
from hcreport.intake.reading import Sheet


@dataclass(frozen=True)
class Proposal:
    """Sheets with the same headings, understood as far as they are sure.

    ``columns`` are the accepted headings by stage and field; ``lacking`` the fields of ``base``,
    the system's source of that ``name``, that have no heading here. ``doubts`` gives the fields
    without a sure heading; ``ignored`` the headings that nothing claims; ``spare`` further exact
    ones, by field. ``missing`` are the fields that every row needs and no heading gives.
    ``is_beside`` tells awards that stand beside complaints; ``money`` are headings that may be
    about such awards, where none is sure to be.
    """

    table: str
    sheets: tuple[Sheet, ...]
    shape: str
    stage: str | None
    columns: Mapping[Match, str]
    dates: Dates
    words: Words
    doubts: Doubts
    ignored: tuple[str, ...]
    spare: Mapping[str, tuple[str, ...]]
    missing: tuple[Match, ...]
    twice: tuple[str, ...] = ()
    name: str | None = None
    base: Source | None = None
    lacking: tuple[Match, ...] = ()
    is_beside: bool = False
    money: tuple[str, ...] = ()

    @property
    def files(self) -> tuple[str, ...]:
        """The files the sheets stand in, each once."""
        return tuple(dict.fromkeys(sheet.file for sheet in self.sheets))

    @property
    def names(self) -> tuple[str, ...]:
        """The sheets' names, each once; none where the file names no sheets."""
        is_book = not self.sheets[0].how.startswith("web page")
        return tuple(dict.fromkeys(s.name for s in self.sheets if s.name and is_book))


@dataclass(frozen=True)
class Passed:
    """A sheet that is no source, and why."""

    file: str
    sheet: str
    why: str


@dataclass(frozen=True)
class Understood:
    """Everything that was understood: the system, if it is one, and the sources."""

    system: System | None
    proposals: tuple[Proposal, ...]
    passed: tuple[Passed, ...]
