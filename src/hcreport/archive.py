"""Zip files whose bytes depend on their contents alone: fixed times, fixed order."""

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

# What reading a zip raises that is damaged, packed in some other way, or no zip at all.
UNREADABLE = (
    *(zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError),
    *(KeyError, OSError, ValueError),
)


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
