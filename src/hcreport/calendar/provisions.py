"""The provisions of the Code that a self-assessment answers, by section, from provisions.toml."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True)
class CodeSection:
    """A section of the Code: its title, and what each provision asks, in words of our own."""

    number: str
    title: str
    provisions: Mapping[str, str]

    @property
    def label(self) -> str:
        """The section as it is printed: ``1. Definition of a complaint``."""
        return f"{self.number}. {self.title}"


@cache
def sections() -> tuple[CodeSection, ...]:
    """Every section with provisions to answer, in the Code's order."""
    path = files("hcreport.calendar") / "provisions.toml"
    given = tomllib.loads(path.read_text(encoding="utf-8"))["sections"]
    return tuple(CodeSection(number, **section) for number, section in given.items())


@cache
def section_of() -> Mapping[str, CodeSection]:
    """The section that each provision stands in, in the Code's order."""
    return {name: section for section in sections() for name in section.provisions}
