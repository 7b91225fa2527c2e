"""What the Code asks a report to hold, and the placeholders that put each of it in.

Named by provision and a short paraphrase. The template of a report is held to this list, and to no
other; that of a summary for residents is not.
"""

from __future__ import annotations

from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection


@dataclass(frozen=True)
class CodeBlock:
    """One thing the Code asks for. Any of the placeholders serves it; ``*`` stands for any ending.

    The first one is what a template without it is told to take.
    """

    provision: str
    asks: str
    served_by: tuple[str, ...]

    def is_served(self, names: Collection[str]) -> bool:
        """Whether one of the placeholders named serves it."""
        return any(fnmatchcase(name, pattern) for name in names for pattern in self.served_by)


CODE_BLOCKS = (
    CodeBlock(
        "8.1(a)",
        "the self-assessment against the Code",
        ("text.self_assessment", "commentary.self_assessment*", "tables.self_assessment*"),
    ),
    CodeBlock(
        "8.1(b)",
        "how complaints were handled, in numbers",
        ("tables.at_a_glance", "tables.outcomes_by_service", "tables.timeliness_by_service"),
    ),
    CodeBlock(
        "8.1(b)",
        "how complaints were handled, in words",
        ("commentary.headlines", "commentary.outcomes", "commentary.timeliness"),
    ),
    CodeBlock(
        "8.1(b)",
        "the kinds of complaint that were not accepted",
        ("commentary.refusals", "tables.refusals_by_reason"),
    ),
    CodeBlock("8.1(c)", "findings of non-compliance with the Code", ("text.non_compliance",)),
    CodeBlock(
        "8.1(d)",
        "improvements made because of complaints",
        ("text.service_improvements", "commentary.learning", "tables.actions*"),
    ),
    CodeBlock("8.1(e)", "the Ombudsman's report on the landlord", ("text.ombudsman_report",)),
    CodeBlock("8.1(f)", "what else the Ombudsman published", ("text.ombudsman_publications",)),
    CodeBlock("8.2", "the response of the governing body", ("text.governing_body_response",)),
    CodeBlock(
        "9.7(a)",
        "how many complaints, of what kinds",
        ("tables.received_by_service", "commentary.volumes", "tables.complaints_by_category"),
    ),
    CodeBlock(
        "9.7(a)", "how they were decided", ("commentary.outcomes", "tables.outcomes_by_service")
    ),
    CodeBlock(
        "9.7(b)", "issues and trends", ("commentary.causes", "tables.root_causes_by_service")
    ),
    CodeBlock(
        "9.7(c)",
        "the Ombudsman's decisions, and orders carried out",
        ("commentary.ombudsman", "tables.findings_by_category", "tables.ombudsman_totals"),
    ),
)


def is_summary(names: Collection[str]) -> bool:
    """Whether a template with these placeholders is a summary for residents and not a report.

    It has parts of the summary, and a place for nothing that the Code asks for.
    """
    served = any(block.is_served(names) for block in CODE_BLOCKS)
    return not served and any(".summary_" in name for name in names)


def left_out(names: Collection[str]) -> tuple[CodeBlock, ...]:
    """What a template with these placeholders, such as ``tables.actions``, leaves out."""
    return tuple(block for block in CODE_BLOCKS if not block.is_served(names))
