"""What follows from the number of a provision: the section of the Code it stands in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hcreport.calendar.provisions import section_of, sections
from hcreport.derive.column import Derived

if TYPE_CHECKING:
    from hcreport.derive.terms import Terms
    from hcreport.records import Provision


def section(p: Provision, _: Terms) -> str | None:
    """The number of the section; None for what is no provision of the Code."""
    found = section_of().get(p.provision)
    return found.number if found else None


COLUMNS = (Derived("section", "Section", section, {s.number: s.label for s in sections()}),)
