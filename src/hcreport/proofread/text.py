"""A proof as lines for a terminal: what is wrong by place, then what nobody could recognise."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from hcreport.proofread import telling
from hcreport.proofread.claims import Outcome

if TYPE_CHECKING:
    from hcreport.proofread.proof import Proof


def lines(proof: Proof) -> Iterator[str]:
    """All of it; the shares come last, where a terminal shows them."""
    wrong, unknown = proof.of(Outcome.WRONG), proof.of(Outcome.UNKNOWN)
    if wrong:
        yield f"Wrong ({len(wrong):,})"
    for place, sentences in telling.by_place(wrong):
        yield f"  {place}"
        for sentence, found in sentences:
            yield f"    {sentence}"
            yield from (f"      {telling.fault(f)}" for f in found)
    if unknown:
        yield f"Not recognised ({len(unknown):,}): look at these yourself"
    for place, sentences in telling.by_place(unknown):
        yield f"  {place}"
        for sentence, found in sentences:
            yield f"    {', '.join(f.text.strip() for f in found)} in: {sentence}"
    if not wrong:
        yield "Nothing is wrong."
    yield telling.shares(proof)
