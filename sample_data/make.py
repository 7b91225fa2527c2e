"""Write the sample projects' data files, or check that the committed ones are what this code makes.

    python sample_data/make.py            write them
    python sample_data/make.py --check    exit 1, with a line for each file that differs

A sample project is a folder beside this file and a package that makes its files, listed in
``PROJECTS``. The numbers come from fixed seeds and no clock is read, so the same versions of Python
and of the libraries give the same files. What is published and what is invented is said in the
docstring of each project's package (``_brent_2023_24/__init__.py``). Only data is made here: the
settings and the text of a project are written by hand.
"""

import argparse
import io
import sys
import zipfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import _brent_2023_24
import _exports
import _hillingdon_2023_24

HERE = Path(__file__).parent

Files = Mapping[str, bytes]
"""The files of a project: path inside its folder, and content."""

PROJECTS: Mapping[str, Callable[[], Files]] = {
    "brent-2023-24": _brent_2023_24.files,
    "hillingdon-2023-24": _hillingdon_2023_24.files,
    **_exports.PROJECTS,
}


def main(arguments: list[str] | None = None) -> int:
    """Run the command line; return the exit status."""
    parser = argparse.ArgumentParser(description="Make the sample projects' data files.")
    parser.add_argument("--check", action="store_true", help="compare only, write nothing")
    check = parser.parse_args(arguments).check
    made = {HERE / name / path: content for name, path, content in _all_files()}
    if not check:
        for target, content in made.items():
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
            print(f"wrote {target.relative_to(HERE)}")
        return 0
    faults = [fault for target, content in made.items() for fault in _differences(target, content)]
    for fault in faults:
        print(fault, file=sys.stderr)
    if faults:
        print("Run `python sample_data/make.py` and look at the change.", file=sys.stderr)
    else:
        print(f"{len(made)} files are as the generator makes them.")
    return 1 if faults else 0


def _all_files() -> Iterator[tuple[str, str, bytes]]:
    for name, make in PROJECTS.items():
        for path, content in make().items():
            yield name, path, content


def _differences(target: Path, content: bytes) -> Iterator[str]:
    """Say how the file on disk differs from what it should hold."""
    name = target.relative_to(HERE)
    if not target.is_file():
        yield f"{name}: missing"
        return
    committed = target.read_bytes()
    if committed == content:
        return
    theirs, ours = _parts(committed), _parts(content)
    for part in sorted(theirs.keys() | ours.keys()):
        if theirs.get(part) != ours.get(part):
            yield f"{name}: {part} differs" if part else f"{name}: differs"


def _parts(content: bytes) -> dict[str, bytes]:
    """Take a workbook apart, so that another build of zlib does not look like other data."""
    if not zipfile.is_zipfile(io.BytesIO(content)):
        return {"": content}
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


if __name__ == "__main__":
    sys.exit(main())
