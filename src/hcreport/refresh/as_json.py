"""The account of a refresh as JSON, for other programs."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hcreport.refresh.account import Account

SCHEMA = "hcreport.refresh/1"


def lines(account: Account) -> Iterator[str]:
    """The account; every mark has a line, those that did not change as well."""
    content = {
        "schema": SCHEMA,
        "needs_a_person": account.needs_a_person,
        "marks": [asdict(line) for line in account.lines],
        "copies": account.copies,
        "sentences": [asdict(sentence) for sentence in account.sentences],
    }
    yield json.dumps(content, ensure_ascii=False, indent=1)
