"""A Word file opened: its bytes and its parts, or why it cannot be used, in the asker's words."""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING

from hcreport.archive import UNREADABLE, TooMuch, members
from hcreport.problems import CannotRun

if TYPE_CHECKING:
    from pathlib import Path

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LOCKED = "EncryptedPackage".encode("utf-16-le")


class Why(Enum):
    """Why a file cannot be used."""

    UNREAD = auto()  # the system does not give it
    EMPTY = auto()
    LOCKED = auto()  # with a password
    OLD = auto()  # a .doc
    TOO_MUCH = auto()  # it unpacks to more than any honest file does
    DAMAGED = auto()
    NO_DOCUMENT = auto()


# What is said of a file, and what to do. A reason without words of its own is NO_DOCUMENT.
Words = Mapping[Why, tuple[str, str]]
_ALWAYS: Words = {
    Why.TOO_MUCH: (
        "{path} unpacks to {more} bytes, which no Word document does.",
        "Copy it again, or save it again in Word.",
    )
}


@dataclass(frozen=True)
class Opened:
    """A file's bytes, and its parts by name."""

    content: bytes
    parts: dict[str, bytes]


def opened(path: Path, words: Words, endings: tuple[str, ...] = ("",)) -> Opened:
    """Open a file; of its parts those whose names end so. Raises CannotRun where it cannot be."""
    try:
        content = path.read_bytes()
    except OSError as fault:
        raise refusal(path, Why.UNREAD, words, str(fault.strerror)) from None
    if not content:
        raise refusal(path, Why.EMPTY, words)
    if content.startswith(_OLE):
        raise refusal(path, Why.LOCKED if _LOCKED in content else Why.OLD, words)
    try:
        return Opened(content, members(content, endings))
    except TooMuch as fault:
        raise refusal(path, Why.TOO_MUCH, words, f"{fault.unpacked:,}") from None
    except (zlib.error, EOFError, NotImplementedError, RuntimeError):
        raise refusal(path, Why.DAMAGED, words) from None
    except UNREADABLE:
        raise refusal(path, Why.NO_DOCUMENT, words) from None


def refusal(path: Path, why: Why, words: Words, more: str = "") -> CannotRun:
    """What to raise for a file that cannot be used."""
    message, hint = words.get(why) or _ALWAYS.get(why) or words[Why.NO_DOCUMENT]
    return CannotRun(message.format(path=path, more=more), hint)
