"""A stub for every text that the template asks for.

A stub holds a comment only, which is never printed: until somebody writes the text, the report
says that it was not supplied.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from hcreport.report.template_files import find_template
from hcreport.report.template_texts import texts_of

# What belongs into the texts that reports usually have, and into any other.
_ABOUT: Mapping[str, str] = {
    "foreword": "What the year's complaints say, in the words of whoever introduces the report.",
    "self_assessment": "Which provisions of the Code are met, and where to find the assessment.",
    "non_compliance": "What the Ombudsman found not to comply with the Code, and what was done.",
    "service_improvements": "What was changed because of complaints, and what it led to.",
    "ombudsman_report": "What the Ombudsman's annual report says about this landlord.",
    "ombudsman_publications": "What else the Ombudsman published about this landlord's work.",
    "governing_body_response": "The governing body's answer to this report (Code 8.2).",
    "how_to_complain": "Every way in which residents can complain: web page, telephone, address.",
    "how_to_reach_the_ombudsman": "How to reach the Housing Ombudsman: web page, telephone.",
    "leader_comments": "The comments of whoever answers for housing, as they gave them.",
}
_STUB = """\
<!--
{about}

Write the text below this comment. Until then the report says that it was not supplied.
Allowed are paragraphs, ## headings, lists, [links](https://…), **bold** and *italic*. Write
figures as placeholders, never as numbers: {{{{ stage1.received }}}}. Name no resident and no
member of staff.
-->
"""


def stubs(template: str) -> dict[str, str]:
    """A stub for each text that a bundled template names, by the text's name."""
    return {
        name: _STUB.format(about=_about(name)) for name in texts_of(find_template(Path(), template))
    }


def _about(name: str) -> str:
    known = _ABOUT.get(name)
    return known or f"What the report is to say about: {name.replace('_', ' ')}."
