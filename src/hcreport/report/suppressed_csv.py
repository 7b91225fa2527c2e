"""``internal/suppressed.csv``: what disclosure control withheld, and why. Never to be published."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from hcreport.figures.ledger import SET_ASIDE, VALUE, WHOLE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from hcreport.figures.disclosure import Withheld
    from hcreport.figures.ledger import Entry

NAME = "internal/suppressed.csv"
HEADINGS = ("Figure", "Group", "Part", "Value", "Base", "Kind", "Why")
PARTS = {VALUE: "value", WHOLE: "the whole it is a share of", SET_ASIDE: "set aside"}


def files(log: Sequence[Withheld]) -> Mapping[str, bytes]:
    """The file by its name; none where nothing was withheld."""
    return {NAME: write(log)} if log else {}


def write(log: Sequence[Withheld]) -> bytes:
    """A line for each part of a figure that was withheld, in the ledger's order."""
    out = io.StringIO(newline="")
    lines = csv.writer(out, lineterminator="\r\n")
    lines.writerow(HEADINGS)
    for line in log:
        entry, guards = line.entry, line.guards
        exact = f"{entry.result.set_aside}" if line.part == SET_ASIDE else entry.shown
        base = "" if entry.result.denominator is None else entry.base
        kind = "primary" if guards is None else "complementary"
        why = "small" if guards is None else f"with it {_named(guards)} could be worked out"
        if line.is_outright:
            kind, why = "outright", "such figures of protected groups are not published at all"
        lines.writerow((entry.id, _group(entry), PARTS[line.part], exact, base, kind, why))
    return out.getvalue().encode("utf-8-sig")


def _group(entry: Entry) -> str:
    return "; ".join(f"{key}={label}" for key, label in entry.group)


def _named(entry: Entry) -> str:
    group = _group(entry)
    return f"{entry.id} ({group})" if group else entry.id
