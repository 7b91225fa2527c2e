"""A proof as JSON, for other programs: every number, the exempt ones too."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from hcreport.proofread import telling

if TYPE_CHECKING:
    from hcreport.proofread.proof import Found, Proof

SCHEMA = "hcreport.proofread/1"


def lines(proof: Proof) -> Iterator[str]:
    """One JSON document."""
    content = {
        "schema": SCHEMA,
        "counts": {outcome.value: number for outcome, number in proof.counts.items()},
        "numbers": [_number(found) for found in proof.found],
    }
    yield json.dumps(content, ensure_ascii=False, indent=1)


def _number(found: Found) -> dict[str, Any]:
    fact = found.verdict.fact
    return {
        "text": found.text.strip(),
        "word": found.verdict.word or None,
        "outcome": found.outcome.value,
        "why": found.verdict.why,
        "should_be": found.verdict.should_be or None,
        "figure": fact.known.id if fact else None,
        "group": dict(fact.known.group) if fact else None,
        "headings": list(found.passage.headings),
        "where": found.passage.where.value,
        "sentence": telling.sentence(found),
    }
