"""The account of a refresh as JSON, for other programs."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING

from hcreport.refresh.account import Account

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

SCHEMA = "hcreport.refresh/1"


def lines(account: Account) -> Iterator[str]:
    """The account; every mark has a line, those that did not change as well."""
    yield from _content(account, [])


def refused(errors: Iterable[Mapping[str, object]]) -> Iterator[str]:
    """An account of nothing, in the same form: the errors in the data have to be mended first."""
    yield from _content(Account(), list(errors))


def _content(account: Account, errors: Sequence[Mapping[str, object]]) -> Iterator[str]:
    content = {
        "schema": SCHEMA,
        "needs_a_person": account.needs_a_person or bool(errors),
        "errors": errors,
        "marks": [asdict(line) for line in account.lines],
        "copies": account.copies,
        "idle": account.idle,
        "sentences": [asdict(sentence) for sentence in account.sentences],
    }
    yield json.dumps(content, ensure_ascii=False, indent=1)
