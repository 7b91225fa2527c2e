"""What a person who opens an export sees otherwise than the program does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hcreport.intake import rules
from hcreport.intake.columns import wanted
from hcreport.intake.reading.kinds import Kind
from hcreport.intake.values import folded
from hcreport.problems import Place, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hcreport.intake.profile import Source
    from hcreport.intake.reading import Sheet


def unseen(sheet: Sheet, source: Source) -> Iterator[Problem]:
    """Hidden rows, columns and sheets, and kinds of file that hide them from the program too."""
    if sheet.how in {Kind.OLD.value, Kind.BINARY.value}:
        yield Problem(rules.OLD_KIND, Place(sheet.file, sheet.name), f"it is a {sheet.how}")
    for heading in sheet.hidden_headings:
        if folded(heading) in wanted(source).headings:
            place = Place(sheet.file, sheet.name, heading=heading)
            yield Problem(rules.HIDDEN_COLUMN, place, "somebody has hidden this column")
    if unread := [name for name in sheet.hidden_sheets if name != sheet.name]:
        message = f"hidden and not read: {', '.join(unread)}"
        yield Problem(rules.HIDDEN_SHEET, Place(sheet.file), message)
    if sheet.hidden and not source.read_hidden:
        first, number = sheet.hidden[0], len(sheet.hidden)
        how = "a filter hides" if sheet.filtered else "somebody has hidden"
        rows = "this row" if number == 1 else f"this row and {number - 1} more"
        place = Place(sheet.file, sheet.name, first)
        yield Problem(rules.HIDDEN_ROWS, place, f"{how} {rows}")
