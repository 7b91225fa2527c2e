"""Zip files: read within bounds, and written so that their bytes depend on their contents alone."""

from __future__ import annotations

import io
import zipfile
import zlib
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

# The earliest moment a zip can hold.
EPOCH = (1980, 1, 1, 0, 0, 0)
# A workbook must say when it was made. The clock would make every copy differ, so it says this.
MADE = datetime(2000, 1, 1)  # noqa: DTZ001  (the file format has no time zone)

# An export of a million rows unpacks to some hundreds of megabytes; a bomb to far more.
MOST_UNPACKED = 1_500_000_000
MOST_TIMES = 400

# What reading a zip raises that is damaged, packed in some other way, or no zip at all.
UNREADABLE = (
    *(zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError),
    *(KeyError, OSError, ValueError),
)


class TooMuch(ValueError):  # noqa: N818  (it names the state, and reads so where it is caught)
    """An archive unpacks to more than any honest file does: to how many bytes."""

    def __init__(self, unpacked: int) -> None:
        super().__init__(unpacked)
        self.unpacked = unpacked


def refuse_too_much(archive: zipfile.ZipFile, packed: int) -> None:
    """Raise TooMuch for an archive of so many bytes that had better not be unpacked."""
    unpacked = sum(member.file_size for member in archive.infolist())
    if unpacked > MOST_UNPACKED or unpacked > MOST_TIMES * packed:
        raise TooMuch(unpacked)


def members(content: bytes, endings: tuple[str, ...] = ("",)) -> dict[str, bytes]:
    """An archive's members by name, of those whose names end so. Raises one of UNREADABLE."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        refuse_too_much(archive, len(content))
        return {name: archive.read(name) for name in archive.namelist() if name.endswith(endings)}


def settled(
    content: bytes,
    instead: Mapping[str, bytes] | None = None,
    only: Collection[str] | None = None,
) -> bytes:
    """The same archive with its members' times and order settled.

    The first member stays first: an office file begins with its list of content types. ``instead``
    has new contents for some members, and new members; ``only`` those that stay.
    """
    changed = instead or {}
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        first, *rest = old.namelist()
        for name in (first, *sorted({*rest, *changed} - {first})):
            if only is not None and name not in only:
                continue
            info = zipfile.ZipInfo(name, EPOCH)
            packed = name.endswith(".png")  # a picture is compressed already
            info.compress_type = zipfile.ZIP_STORED if packed else zipfile.ZIP_DEFLATED
            info.external_attr = 0o600 << 16
            new.writestr(info, changed[name] if name in changed else old.read(name))
    return out.getvalue()


def packed(parts: Mapping[str, bytes]) -> bytes:
    """An archive of parts in the order they are given, its times settled."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in parts.items():
            info = zipfile.ZipInfo(name, EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o600 << 16
            archive.writestr(info, content)
    return out.getvalue()
