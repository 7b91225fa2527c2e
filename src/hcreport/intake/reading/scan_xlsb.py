"""How far the sheets of a binary workbook reach, told before they are laid out."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator

_ROW = 0
_CELLS = range(1, 12)
_SHEETS = "xl/worksheets/"
# A record begins with its number and its length, in bytes of seven bits with the lowest first.
_NUMBER_BYTES, _LENGTH_BYTES = 2, 4


def area(content: bytes) -> int:
    """The cells of the largest sheet, from its first row and column to its last."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = [name for name in archive.namelist() if name.lower().startswith(_SHEETS)]
        return max((_area_of(archive.read(name)) for name in parts), default=0)


def _area_of(part: bytes) -> int:
    height = width = 0
    for number, at in _records(part):
        if number == _ROW:
            height = max(height, 1 + int.from_bytes(part[at : at + 4], "little"))
        elif number in _CELLS:
            width = max(width, 1 + int.from_bytes(part[at : at + 4], "little"))
    return height * width


def _records(part: bytes) -> Iterator[tuple[int, int]]:
    """Each record's number, and where its content begins."""
    at = 0
    while at < len(part):
        number, at = _packed(part, at, _NUMBER_BYTES)
        length, at = _packed(part, at, _LENGTH_BYTES)
        yield number, at
        at += length


def _packed(part: bytes, at: int, most: int) -> tuple[int, int]:
    """A packed number, and where it ends."""
    number = 0
    for place, byte in enumerate(part[at : at + most]):
        number |= (byte & 0x7F) << (7 * place)
        if not byte & 0x80:
            return number, at + place + 1
    return number, at + most
