"""Word file and PDF made together: the pages number the contents, the contents go on the pages."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from hcreport.report.pdf import office
from hcreport.report.pdf.settle import headings, settled
from hcreport.report.word import page_numbers

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True)
class Made:
    """A report in both its forms."""

    word: bytes
    pdf: bytes


def make(program: str, report: bytes) -> Made:
    """The report with page numbers in its contents, and its PDF.

    A report whose contents the pages cannot number keeps them without. Raises CannotRun when
    LibreOffice, which is ``program``, makes no PDF.
    """
    with tempfile.TemporaryDirectory(prefix="hcreport-", ignore_cleanup_errors=True) as folder:
        converter = office.Office(program, Path(folder))
        plain = converter.pdf_of(report)
        pages = pages_of(page_numbers.listed(report), headings(plain))
        if not pages:
            return Made(report, settled(plain))
        numbered = page_numbers.put(report, pages)
        pdf = converter.pdf_of(numbered)
        # Numbers that push their own headings on would be wrong: better none.
        if headings(pdf) != headings(plain):
            return Made(report, settled(plain))
        return Made(numbered, settled(pdf))


def pages_of(listed: Iterable[str], found: Iterable[tuple[str, int]]) -> tuple[int, ...]:
    """The page of each entry; nothing unless every entry is found, in order."""
    rest = iter(found)
    pages = [next((page for text, page in rest if text == entry), None) for entry in listed]
    whole = tuple(page for page in pages if page is not None)
    return whole if len(whole) == len(pages) else ()
