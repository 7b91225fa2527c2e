"""What a derived column is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from hcreport.derive.terms import Terms


@dataclass(frozen=True)
class Derived:
    """A derived column: its name, what it says, its rule from a record to a value, its codes.

    ``says`` puts answers into a definition, after the complaints they are about: "answered on
    time". ``same_as`` names the column (``complaints.service``) whose values a linked one takes.
    """

    name: str
    label: str
    rule: Callable[[Any, Terms], Any]
    codes: Mapping[str, str] | None = None
    says: Mapping[str, str] | None = None
    same_as: str = ""
