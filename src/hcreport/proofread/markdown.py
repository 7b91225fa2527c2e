"""A proof as a note in Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from hcreport.proofread import telling
from hcreport.proofread.claims import Outcome

if TYPE_CHECKING:
    from hcreport.proofread.proof import Proof


def lines(proof: Proof) -> Iterator[str]:
    """All of it: the shares first, then a table of what is wrong, then what is not recognised."""
    yield "# Numbers in the report"
    yield ""
    yield telling.shares(proof)
    wrong, unknown = proof.of(Outcome.WRONG), proof.of(Outcome.UNKNOWN)
    if wrong:
        yield from (
            "",
            "## Wrong",
            "",
            "| where | what it says | number | should be | why |",
            "|---|---|---|---|---|",
        )
    for f in wrong:
        cells = (
            telling.place(f),
            telling.sentence(f),
            f.verdict.word or f.text.strip(),
            f.verdict.should_be,
            f.verdict.why,
        )
        yield f"| {' | '.join(map(_escaped, cells))} |"
    if unknown:
        yield from ("", "## Not recognised", "")
    for f in unknown:
        said, place = _escaped(telling.sentence(f)), _escaped(telling.place(f))
        yield f"- {_escaped(f.text.strip())}: {said} ({place})"


def _escaped(text: str) -> str:
    """Text that Markdown takes for nothing else."""
    return re.sub(r"([\\`*_{}\[\]<>|#])", r"\\\1", text)
