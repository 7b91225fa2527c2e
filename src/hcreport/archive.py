"""Zip files whose bytes depend on their contents alone: fixed times, fixed order."""

from __future__ import annotations

import io
import zipfile

# The earliest moment a zip can hold.
EPOCH = (1980, 1, 1, 0, 0, 0)


def settled(content: bytes) -> bytes:
    """The same archive with its members' times and order settled.

    The first member stays first: an office file begins with its list of content types.
    """
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        first, *rest = old.namelist()
        for name in (first, *sorted(rest)):
            info = zipfile.ZipInfo(name, EPOCH)
            packed = name.endswith(".png")  # a picture is compressed already
            info.compress_type = zipfile.ZIP_STORED if packed else zipfile.ZIP_DEFLATED
            info.external_attr = 0o600 << 16
            new.writestr(info, old.read(name))
    return out.getvalue()
