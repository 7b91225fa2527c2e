"""The self-assessment against the Code as the Ombudsman's form has it, a table for each section."""

from collections.abc import Mapping, Sequence

from _word_form import word_form

Answers = Mapping[str, tuple[str, str]]
"""By provision of the Code, in its order: what shows that it is met, and what there is to add."""

HEADINGS = (
    "Code provision",
    "Comply: Yes / No",
    "Evidence",
    "Commentary / explanation",
    "To be met by",
)
# By the number that the provisions of a section begin with.
_SECTIONS = {
    "1": "Definition of a complaint",
    "2": "Exclusions",
    "3": "Accessibility and awareness",
    "4": "Complaint handling staff",
    "5": "The complaint handling process",
    "6": "Complaint stages",
    "7": "Putting things right",
    "8": "Self-assessment, reporting and compliance",
    "9": "Scrutiny and oversight",
}


def form(answers: Answers, not_met: Mapping[str, str]) -> bytes:
    """Make the form as a Word file; ``not_met`` has the day by which the rest will be met."""
    tables: dict[str, list[Sequence[str]]] = {}
    for provision, (evidence, commentary) in answers.items():
        section = provision.split(".")[0]
        day = not_met.get(provision, "")
        row = (provision, "No" if day else "Yes", evidence, commentary, day)
        tables.setdefault(f"Section {section}: {_SECTIONS[section]}", []).append(row)
    return word_form("Self-assessment form", HEADINGS, tables)
