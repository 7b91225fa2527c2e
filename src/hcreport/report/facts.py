"""The plain facts that a template or a text can name: what settings say, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hcreport.calendar.periods import in_words
from hcreport.sections import summary
from hcreport.sections.section import opening

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hcreport.sections.section import Writer

# What complaints are judged by where none of the period falls under an edition of its own.
CODE = "Complaint Handling Code"
# What is printed for a fact that nobody gave.
NOT_GIVEN = "Not supplied"


def facts(w: Writer) -> dict[str, Mapping[str, str]]:
    """What settings say, by first word and name; what they leave open is empty."""
    s = w.settings
    return {
        "landlord": {
            "name": s.landlord.name,
            "short_name": s.landlord.called,
            "governing_body": s.landlord.governing_body,
            "governing_body_heading": opening(s.landlord.governing_body),
            "member_responsible": s.landlord.member_responsible,
        },
        "period": {"label": w.period.label, "long": w.period.long},
        "previous": {"label": s.previous_period.label, "long": s.previous_period.long},
        "ombudsman_period": {
            "label": s.ombudsman_period.label,
            "long": s.ombudsman_period.long,
        },
        "report": {
            "title": s.title,
            "subtitle": w.period.long,
            "cover_date": in_words(s.cover_date) if s.cover_date else "",
            "data_as_at": in_words(s.data_as_at),
            "rule_set": _rule_set(w),
        },
        "summary": summary.Facts(w),
    }


def _rule_set(w: Writer) -> str:
    """What answers are judged by; the Code as such where no complaint falls under an edition."""
    if w.settings.timeliness == "recorded":
        return "the target dates that our case system records"
    return f"the {' and the '.join(rules.name for rules in w.rule_sets) or CODE}"
