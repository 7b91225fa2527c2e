"""Numbers read as people mean them: by month and quarter, by what went before, by arithmetic."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import docx
import pytest
from tests.projects import SAMPLE
from tests.test_proofread import HILLINGDON, proof

from hcreport.proofread.claims import Outcome

if TYPE_CHECKING:
    from pathlib import Path

# What stands there, and which of its numbers are wrong.
SAID = [
    (SAMPLE, "From January to March 197 stage 1 complaints were received.", []),
    (SAMPLE, "From January to March 179 stage 1 complaints were received.", ["179"]),
    (SAMPLE, "October was unlike any other: 127 first complaints in the third quarter.", []),
    (HILLINGDON, "In April 2024 we received 41 complaints and in May 45.", []),
    (HILLINGDON, "We logged 22 reviews at stage 2 in the year.", ["22"]),
    (HILLINGDON, "We decided 98 complaints at stage 1. Of these, 47 were upheld.", ["47"]),
    (HILLINGDON, "We decided 98 complaints at stage 1. Of these, 35 were upheld.", []),
    (SAMPLE, "Twenty-one complaints for every hundred at stage 1 were received at stage 2.", []),
    (SAMPLE, "At stage 1, 64 out of 100 complaints were upheld or partly upheld.", []),
    (
        SAMPLE,
        "At stage 1, 54 out of 100 complaints were upheld or partly upheld.",
        ["54 out of 100"],
    ),
    (SAMPLE, "A hundred and nineteen complaints were received at stage 2.", []),
    (SAMPLE, "Another 12 were received.", []),
    (SAMPLE, "By phone we received 105 stage 1 complaints.", []),
    (SAMPLE, "By phone we received 150 stage 1 complaints.", ["150"]),
]


@pytest.mark.parametrize(("project", "said", "wrong"), SAID)
def test_what_is_right_and_what_is_wrong(
    project: Path, said: str, wrong: list[str], tmp_path: Path
) -> None:
    """A number is wrong only where every reading of its words says so."""
    document, out = docx.Document(), io.BytesIO()
    document.add_paragraph(said)
    document.save(out)
    found = proof(tmp_path, out.getvalue(), project)
    assert [f.text.strip() for f in found.of(Outcome.WRONG)] == wrong
