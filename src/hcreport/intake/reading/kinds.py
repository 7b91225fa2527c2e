"""What kind of file some bytes are. The extension is never asked: exports often lie about it."""

from __future__ import annotations

import io
import re
import zipfile
from enum import Enum

from hcreport.archive import TooMuch, refuse_too_much
from hcreport.intake import rules
from hcreport.intake.values import Fault

_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_STRICT = b"purl.oclc.org/ooxml"
_SPREADSHEETML = b"urn:schemas-microsoft-com:office:spreadsheet"
_HTML = re.compile(rb"<\s*(html|table|!doctype\s+html|head|body|meta|style)\b", re.IGNORECASE)
LOCKED = "it is protected by a password; save a copy without one"
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_MIME = re.compile(rb"^MIME-Version:", re.IGNORECASE | re.MULTILINE)
_HEAD = 4096


class Kind(Enum):
    """A kind of file that can be read."""

    WORKBOOK = "Excel workbook"  # .xlsx, .xlsm
    BINARY = "binary workbook"  # .xlsb
    OLD = "Excel 97 workbook"  # .xls
    OPEN_DOCUMENT = "OpenDocument spreadsheet"
    FORM = "Word form"  # .docx
    TEXT = "text"
    HTML = "web page"
    XML_2003 = "XML spreadsheet 2003"


def kind_of(content: bytes) -> Kind:
    """Tell the kind of file. Raises Fault, in plain words, for what is no table at all."""
    if not content.strip():
        raise Fault(rules.NO_RECORDS, "it is empty")
    if content.startswith(_ZIP):
        return _packed(content)
    if content.startswith(_OLE):
        return _compound(content)
    head = content[:_HEAD].lstrip(b"\xef\xbb\xbf \t\r\n")
    if _MIME.search(head):
        raise Fault(rules.NOT_A_TABLE, "it is a web archive; save it as an Excel workbook")
    if head.startswith(b"%PDF"):
        raise Fault(rules.NOT_A_TABLE, "it is a PDF; export the records as Excel or CSV")
    if head.startswith(b"<"):
        if _SPREADSHEETML in content[:_HEAD]:
            return Kind.XML_2003
        if _HTML.match(head) or _HTML.search(head):
            return Kind.HTML
        raise Fault(rules.NOT_A_TABLE, "it is XML of a kind that holds no table")
    if b"\0" in content and not content.startswith(_UTF16):
        raise Fault(rules.NOT_A_TABLE, "it is neither a workbook nor text")
    return Kind.TEXT


def _packed(content: bytes) -> Kind:
    try:
        kind, trouble = _inside(content)
    except TooMuch as fault:
        message = f"it unpacks to {fault.unpacked:,} bytes, which no export does"
        raise Fault(rules.NOT_A_TABLE, message) from fault
    except Exception as fault:
        raise Fault(
            rules.NOT_A_TABLE, "it is cut short or damaged; export it or copy it again"
        ) from fault
    if kind is None:
        raise Fault(rules.NOT_A_TABLE, trouble)
    return kind


def _inside(content: bytes) -> tuple[Kind | None, str]:
    """The kind of file that a zip holds; or None, and why it is no table."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        refuse_too_much(archive, len(content))
        names = set(archive.namelist())
        if "xl/workbook.bin" in names:
            return Kind.BINARY, ""
        if "xl/workbook.xml" in names:
            if _STRICT in archive.read("xl/workbook.xml")[:_HEAD]:
                return None, "it was saved as a Strict Open XML workbook; save it as Excel Workbook"
            return Kind.WORKBOOK, ""
        if "mimetype" in names and b"spreadsheet" in archive.read("mimetype"):
            locked = b"encryption-data" in archive.read("META-INF/manifest.xml")
            return (None, LOCKED) if locked else (Kind.OPEN_DOCUMENT, "")
        is_word = "word/document.xml" in names
        return (Kind.FORM, "") if is_word else (None, "it is a zip file and no workbook")


def _compound(content: bytes) -> Kind:
    import msoffcrypto  # noqa: PLC0415  (only old workbooks and locked ones need these two)
    import olefile  # noqa: PLC0415

    try:
        locked = msoffcrypto.OfficeFile(io.BytesIO(content)).is_encrypted()
        olefile.OleFileIO(content, raise_defects=olefile.DEFECT_INCORRECT).close()
    except Exception as fault:
        raise Fault(
            rules.NOT_A_TABLE, "it is cut short or damaged; export it or copy it again"
        ) from fault
    if locked:
        raise Fault(rules.NOT_A_TABLE, LOCKED)
    return Kind.OLD
