"""The output folder: written beside and moved into place, and never over what a person made.

``output/internal/run.json`` keeps a run's own account, and beside it the fingerprint of every file
the build wrote. A file whose fingerprint has changed since was edited by somebody, and is left
alone unless they say otherwise.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
from collections.abc import Iterable, Mapping
from enum import Enum, auto
from itertools import chain, count
from pathlib import Path
from typing import Any

from hcreport.problems import CannotRun

RUN = "internal/run.json"
_CLOSE = "Close the files that are open in Word or Excel, and check the folder's permissions."


def fingerprint(content: bytes) -> str:
    """What tells one file's contents from another's."""
    return hashlib.sha256(content).hexdigest()


def _held(path: Path) -> str:
    """The fingerprint of a file that stands there. Raises CannotRun where it cannot be read."""
    try:
        return fingerprint(path.read_bytes())
    except OSError as fault:
        raise CannotRun(f"{path} cannot be read: {fault.strerror}.", _CLOSE) from None


def refuse_place(output: Path, given: Iterable[Path]) -> None:
    """Raise CannotRun where no build may be put: a file, or a folder of what a report is made of.

    ``given`` are the files that the project reads.
    """
    if output.is_file():
        raise CannotRun(f"{output} is a file.", "Give --output a folder to write into.")
    held = next((path for path in given if path.resolve().parent == output.resolve()), None)
    if held is not None:
        raise CannotRun(
            f"{output} holds {held.name}, which reports are made from.",
            "Give --output a folder of its own.",
        )


def refuse_to_overwrite(output: Path, names: Mapping[str, bytes], *, overwrite: bool) -> None:
    """Raise CannotRun when a file of this build stands there and is, or may be, somebody's work."""
    if overwrite:
        return
    ours = _written(output)
    for name, content in names.items():
        path = output / name
        if path.is_file() and name != RUN:
            held = _held(path)
            if held != fingerprint(content) and held not in ours.get(name, ()):
                raise CannotRun(
                    f"{path} was changed since it was built, or was not made by a build.",
                    "Keep it under another name, or add --overwrite to replace it.",
                )


def put(output: Path, files: Mapping[str, bytes], run: Mapping[str, Any]) -> None:
    """Write every file, all or nothing as far as a file system lets one.

    All are written to a folder beside the output first; only when the last is safe are they moved
    into place, one by one. Files of the last build that this one does not make are taken away if
    nobody has changed them. Raises CannotRun when the folder cannot be written to.
    """
    for name in files:
        _refuse_if_taken(output, output / name)
    before = _written(output)
    outputs = {name: fingerprint(content) for name, content in sorted(files.items())}
    record = {**run, "outputs": outputs}
    # Until the last file is in place the old ones are ours too, should a move fail half-way.
    between = record | {"before": {name: list(held) for name, held in before.items()}}
    everything = {RUN: _as_bytes(between), **files}
    beside: Path | None = None
    try:
        output.mkdir(parents=True, exist_ok=True)
        beside = Path(tempfile.mkdtemp(prefix=".hcreport-", dir=output.parent))
        for name, content in everything.items():
            path = beside / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        for name in everything:
            target = output / name
            target.parent.mkdir(parents=True, exist_ok=True)
            (beside / name).replace(target)
        _take_away_stale(output, files, before)
        (beside / RUN).write_bytes(_as_bytes(record))
        (beside / RUN).replace(output / RUN)
    except OSError as fault:
        raise _cannot_write(output, fault) from None
    finally:
        if beside is not None:
            shutil.rmtree(beside, ignore_errors=True)


def add(output: Path, name: str, content: bytes) -> bool:
    """Put one file beside those of a build; False where it was left, being somebody's work.

    Raises CannotRun when the folder cannot be written to, or the file that stands there be read.
    """
    path, ours = output / name, _written(output).get(name, frozenset())
    held = _held(path) if path.is_file() else None
    if held is not None and held not in {*ours, fingerprint(content)}:
        return False
    _refuse_if_taken(output, path)
    try:
        record = json.loads((output / RUN).read_text(encoding="utf-8"))
        record["outputs"] = {**record["outputs"], name: fingerprint(content)}
    except (OSError, ValueError, KeyError, TypeError):  # no build yet, or a damaged record
        record = {"outputs": {name: fingerprint(content)}}
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        for target, text in ((path, content), (output / RUN, _as_bytes(record))):
            _replace(target, text)
    except OSError as fault:
        raise _cannot_write(output, fault) from None
    return True


def refuse_document(target: Path) -> None:
    """Raise CannotRun where no document may be put: in place of a folder, or in what is none."""
    if target.is_dir():
        raise CannotRun(
            f"{target} is a folder.", f"Give --output a file in it, as {target / 'report.docx'}."
        )
    above = next((path for path in target.parents if path.is_file()), None)
    if above is not None:
        raise CannotRun(f"{above} is a file, and no folder to write into.", "Name another.")


class Place(Enum):
    """What stands where a document is to be written."""

    FREE = auto()
    SAME = auto()  # the very document, byte for byte
    SOURCE = auto()  # the one that it was made from
    TAKEN = auto()  # another file, which may be somebody's work


def place_of(source: Path, target: Path, content: bytes) -> Place:
    """What stands where a document made from another is to be written.

    Raises CannotRun where it cannot be read.
    """
    if not target.exists():
        return Place.FREE
    if target.is_file() and _held(target) == fingerprint(content):
        return Place.SAME
    return Place.SOURCE if target.samefile(source) else Place.TAKEN


def replace_document(source: Path, target: Path, content: bytes, *, overwrite: bool) -> Path | None:
    """Write a document made from another; where it takes its place, keep that and say where.

    Raises CannotRun when another file stands there and may be somebody's work, or when the folder
    cannot be written to.
    """
    backup = None
    place = place_of(source, target, content)
    if place is Place.SAME:
        return None
    if place is Place.TAKEN and not overwrite:
        raise CannotRun(
            f"{target} is there already.",
            "Keep it under another name, name another with --output, or add --overwrite.",
        )
    try:
        if place is Place.SOURCE:
            backup = _free(source.with_stem(f"{source.stem}.before-refresh"))
            _replace(backup, source.read_bytes())
        refuse_document(target)
        target.parent.mkdir(parents=True, exist_ok=True)
        _replace(target, content)
    except OSError as fault:
        raise _cannot_write(target, fault) from None
    return backup


def _free(path: Path) -> Path:
    """A name that no file has: this one, or with the first number that is free."""
    names = (path.with_stem(f"{path.stem}-{n}") for n in count(2))
    return next(name for name in chain([path], names) if not name.exists())


def _replace(target: Path, content: bytes) -> None:
    """Write a file beside its place, then move it there: it is whole, or as it was."""
    beside = target.with_name(f".{target.name}.new")
    try:
        beside.write_bytes(content)
        beside.replace(target)
    finally:
        beside.unlink(missing_ok=True)


def _cannot_write(output: Path, fault: OSError) -> CannotRun:
    return CannotRun(f"{output} cannot be written: {fault.strerror}.", _CLOSE)


def _as_bytes(record: Mapping[str, Any]) -> bytes:
    """The record as JSON with a line for each item of its parts: small, and good to compare."""
    parts = (f"{_json(name)}: {_lines(part)}" for name, part in record.items())
    return ("{\n" + ",\n".join(parts) + "\n}\n").encode()


def _lines(part: object) -> str:
    if isinstance(part, dict) and part:
        items = (f" {_json(name)}: {_json(value)}" for name, value in part.items())
        return "{\n" + ",\n".join(items) + "\n}"
    if isinstance(part, list) and part:
        return "[\n" + ",\n".join(f" {_json(item)}" for item in part) + "\n]"
    return _json(part)


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _refuse_if_taken(output: Path, target: Path) -> None:
    """Find out before the first file is moved that one could not be."""
    above = [p for p in target.parents if p == output or output in p.parents]
    taken = target if target.is_dir() else next((p for p in above if p.is_file()), None)
    if taken is not None:
        what = "folder" if taken.is_dir() else "file"
        raise CannotRun(
            f"{taken} is a {what}, and a build needs its name.", "Move it away and build again."
        )


def _take_away_stale(
    output: Path, files: Mapping[str, bytes], before: Mapping[str, frozenset[str]]
) -> None:
    """Remove what the last build made, this one does not, and nobody has changed."""
    for name, held in before.items():
        path = output / name
        if name not in files and path.is_file() and fingerprint(path.read_bytes()) in held:
            path.unlink()


def _written(output: Path) -> dict[str, frozenset[str]]:
    """The fingerprints a build has given each file; nothing where there is no record of one."""
    try:
        record = json.loads((output / RUN).read_text(encoding="utf-8"))
        held = {name: {content} for name, content in record["outputs"].items()}
        for name, contents in record.get("before", {}).items():
            held.setdefault(name, set()).update(contents)
        return {name: frozenset(contents) for name, contents in held.items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}
