"""How to complain: the two stages, with the Code's limits."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from hcreport.calendar.code import in_force_on
from hcreport.sections.section import Section

if TYPE_CHECKING:
    from hcreport.sections.section import Writer


def commentary(w: Writer) -> Iterator[str]:
    """What happens when, by the edition of the Code in force on the day of the figures."""
    rules = in_force_on(w.settings.data_as_at)
    yield (
        f"First stage: tell us what is wrong. Within {rules.acknowledge_within} working days we "
        f"confirm that we have your complaint. We answer within {rules.stage1.respond_within} "
        "working days after that."
    )
    yield (
        "Second stage: if you are not happy with that answer, ask us to look again. Somebody else "
        f"does so. We confirm your request within {rules.acknowledge_within} working days, and "
        f"answer within {rules.stage2.respond_within} working days after that. If we need more "
        "time, we tell you why."
    )


SECTION = Section("summary_complaining", "For residents: how to complain", commentary)
