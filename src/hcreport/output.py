"""The output folder: written beside and moved into place, and never over what a person made.

``output/internal/run.json`` keeps the fingerprint of every file a build wrote. A file whose
fingerprint has changed since was edited by somebody, and is left alone unless they say otherwise.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from hcreport.problems import CannotRun

RUN = "internal/run.json"
SCHEMA = "hcreport.run/1"


def fingerprint(content: bytes) -> str:
    """What tells one file's contents from another's."""
    return hashlib.sha256(content).hexdigest()


def refuse_to_overwrite(output: Path, names: Mapping[str, bytes], *, overwrite: bool) -> None:
    """Raise CannotRun when a file of this build stands there and is somebody's work."""
    if overwrite:
        return
    written = _written(output)
    for name, content in names.items():
        path = output / name
        if path.is_file() and name != RUN:
            held = fingerprint(path.read_bytes())
            if held not in {written.get(name), fingerprint(content)}:
                raise CannotRun(
                    f"{path} was changed since it was built, or was not made by a build.",
                    "Keep it under another name, or add --overwrite to replace it.",
                )


def put(output: Path, files: Mapping[str, bytes], run: Mapping[str, Any]) -> None:
    """Write every file, all or nothing as far as a file system lets one.

    All are written to a folder beside the output first; only when the last is safe are they moved
    into place, one by one. Files of the last build that this one does not make are taken away if
    nobody has changed them.
    """
    stale = {
        name: held
        for name, held in _written(output).items()
        if name not in files and (output / name).is_file()
    }
    record = {
        "schema": SCHEMA,
        **run,
        "outputs": {name: fingerprint(content) for name, content in sorted(files.items())},
    }
    # The record goes first: should a move fail, what has been moved is known to be ours.
    everything = {RUN: (json.dumps(record, ensure_ascii=False, indent=1) + "\n").encode(), **files}
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
    except OSError as fault:
        raise CannotRun(
            f"{output} cannot be written: {fault.strerror}.",
            "Close the files that are open in Word or Excel, and check the folder's permissions.",
        ) from None
    finally:
        if beside is not None:
            shutil.rmtree(beside, ignore_errors=True)
    for name, held in stale.items():
        if fingerprint((output / name).read_bytes()) == held:
            (output / name).unlink()


def _written(output: Path) -> dict[str, str]:
    """What the last build wrote, by name; nothing where there is no record of one."""
    path = output / RUN
    try:
        record = json.loads(path.read_text(encoding="utf-8"))
        return dict(record["outputs"])
    except (OSError, ValueError, KeyError, TypeError):
        return {}
