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
    """A report in both its forms.

    ``unnumbered`` tells that it has contents and their page numbers could not be known.
    """

    word: bytes
    pdf: bytes
    unnumbered: bool = False


def make(program: str, report: bytes) -> Made:
    """The report with page numbers in its contents, and its PDF.

    A report whose contents the pages cannot number keeps them without. Raises CannotRun when
    LibreOffice, which is ``program``, makes no PDF.
    """
    with tempfile.TemporaryDirectory(prefix="hcreport-", ignore_cleanup_errors=True) as folder:
        converter = office.Office(program, Path(folder))
        plain, listed = converter.pdf_of(report), page_numbers.listed(report)
        pages = pages_of(listed, headings(plain))
        if pages and page_numbers.count_from_one(report):
            numbered = page_numbers.put(report, pages)
            pdf = converter.pdf_of(numbered)
            # Numbers that push their own headings on would be wrong: better none.
            if headings(pdf) == headings(plain):
                return Made(numbered, settled(pdf))
        return Made(report, settled(plain), unnumbered=bool(listed))


def pages_of(listed: Iterable[str], found: Iterable[tuple[str, int]]) -> tuple[int, ...]:
    """The page of each entry; nothing unless every entry is found, in order."""
    rest = iter(found)
    pages = [next((page for text, page in rest if text == entry), None) for entry in listed]
    whole = tuple(page for page in pages if page is not None)
    return whole if len(whole) == len(pages) else ()
