"""How the cells of the workings look."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from hcreport.figures.algebra import Unit
from hcreport.report.workings.records_sheets import Kind, Origin

if TYPE_CHECKING:
    from collections.abc import Mapping

_FONT = {"font_name": "Arial", "font_size": 10, "valign": "top"}
_GREY = "#595959"
_PATTERNS: Mapping[Kind, str] = {
    Kind.DATE: "d mmm yyyy",
    Kind.NUMBER: "0",
    Kind.POUNDS: "£#,##0.00",
}
_SHADES: Mapping[Origin, str] = {
    Origin.RECORDED: "#DDE5EC",
    Origin.DERIVED: "#DFEBD9",
    Origin.COUNTED: "#E7E6E6",
}


class Styles:
    """The formats of one workbook, each made once."""

    def __init__(self, workbook: Any) -> None:
        self._workbook = workbook
        self.number = cache(self._number)
        self.title = self._made(bold=True, font_size=14)
        self.prose = self._made(text_wrap=True)
        self.headings = {origin: self._heading(_SHADES[origin]) for origin in Origin}
        self.heading = self.headings[Origin.RECORDED]
        self.right = self._heading(_SHADES[Origin.RECORDED], align="right")
        self.text = self._made()
        self.answer = self._made(align="right")
        self.left = self._made(align="left")
        self.bold = self._made(bold=True)
        self.wrong = workbook.add_format({"bg_color": "#C00000", "font_color": "#FFFFFF"})
        self.code = self._made(font_color=_GREY)
        self.columns = {kind: self._column(kind) for kind in Kind}

    def _heading(self, shade: str, **wanted: object) -> Any:
        return self._made(bold=True, bg_color=shade, bottom=1, text_wrap=True, **wanted)

    def _made(self, **wanted: object) -> Any:
        return self._workbook.add_format(_FONT | wanted)

    def _column(self, kind: Kind) -> Any:
        if kind is Kind.CODE:
            return self.code
        pattern = _PATTERNS.get(kind)
        return self._made(num_format=pattern, align="right") if pattern else self.text

    def _number(self, pattern: str) -> Any:
        return self._made(num_format=pattern, align="right")


def pattern(unit: Unit, decimals: int) -> str:
    """How a spreadsheet shows so many decimals of a unit; money and shares have their signs."""
    point = "." + "0" * decimals if decimals else ""
    match unit:
        case Unit.SHARE:
            return f"0{point}%"
        case Unit.GBP:
            return f"£#,##0{point}"
        case Unit.SCORE:
            return f'0{point}"%"'
        case _:
            return f"#,##0{point}"
