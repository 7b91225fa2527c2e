"""Which complaints a check is about."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from hcreport.derive.terms import Terms, standing

if TYPE_CHECKING:
    from hcreport.records import Complaint, Records


def in_scope(records: Records, terms: Terms) -> Iterator[Complaint]:
    """The complaints the report is about: a mistake in another area's row is not ours."""
    if not terms.scope:
        return iter(records.complaints)
    return (c for c in records.complaints if standing(c, terms.scope) != "out_of_scope")
