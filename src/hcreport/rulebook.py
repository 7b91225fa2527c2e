"""Every rule that a problem can fall under, by code: what ``explain D104`` looks in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hcreport import checks, look
from hcreport.figures import identities, own, published
from hcreport.intake import rules as intake_rules
from hcreport.problems import CannotRun, did_you_mean, index
from hcreport.report import template_check, template_texts, text_check
from hcreport.settings import SETTINGS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from hcreport.problems import Rule


def rules() -> Mapping[str, Rule]:
    """All rules by code. Raises ValueError when two share one."""
    checked = (intake_rules, checks, identities, own, published)
    told = (text_check, template_check, template_texts, look)
    return index(rule for part in (*checked, *told) for rule in part.RULES)


def refuse_unknown(codes: Iterable[str]) -> None:
    """Raises CannotRun when settings give a severity to a problem that there is not."""
    known = rules()
    for code in codes:
        if code not in known:
            hint = did_you_mean(code, known) or "docs/problems.md lists every code."
            raise CannotRun(f"{SETTINGS}: problems.{code}: there is no such problem.", hint)
