"""Every bundled profile: its page of facts, its place in the documents, and its sample export.

What a sample's figures must be is read from its ``expected.toml``, which the generator writes from
its own quotas: nothing of ``hcreport`` has counted them.
"""

from __future__ import annotations

import re
import tomllib
import zipfile
from collections import Counter
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from tests.projects import ROOT, TOKEN, hcreport, rendered
from tests.test_privacy import must_not_leak, must_not_tell

from hcreport import pipeline
from hcreport.intake import profile as profiles

if TYPE_CHECKING:
    from hcreport.pipeline import Run

SAMPLES = ROOT / "sample_data" / "exports"
NAMES = profiles.bundled()
# What a page of facts says, in this order.
FACTS = ("System", "Shape", "Evidence", "Guess", "Traps", "Add")
PENCE = 100
each_profile = pytest.mark.parametrize("name", NAMES)


@cache
def run_of(name: str) -> Run:
    """Compute a profile's sample once for all tests."""
    return pipeline.compute(SAMPLES / name)


def expected(name: str) -> dict[str, Any]:
    """What the generator says of a sample."""
    return tomllib.loads((SAMPLES / name / "expected.toml").read_text(encoding="utf-8"))


def source_of(name: str) -> str:
    """A bundled profile as it is written."""
    return (Path(profiles.__file__).parent / "profiles" / f"{name}.toml").read_text("utf-8")


def test_there_is_a_profile_for_each_system() -> None:
    """The systems that the project promises, and the hand-kept spreadsheet."""
    promised = {"icasework", "goss", "jadu", "dynamics", "salesforce", "civica-cx", "plain"}
    assert promised == set(NAMES)


@each_profile
def test_a_profile_stands_on_its_own(name: str, tmp_path: Path) -> None:
    """A project can use it with one line."""
    (tmp_path / "profile.toml").write_text(f'extends = "{name}"\n', encoding="utf-8")
    found = profiles.load(tmp_path)
    assert found.title
    assert "complaints" in {source.table for source in found.sources.values()}


@each_profile
def test_a_profile_opens_with_a_page_of_facts(name: str) -> None:
    """What the system is, its shape, what is known and what is guessed, the traps, what to add."""
    head = source_of(name).partition("title = ")[0].splitlines()
    assert all(line.startswith("#") for line in head)
    assert FACTS == tuple(m[1] for line in head if (m := re.match(r"# (\w+): +\S", line)))


@each_profile
def test_a_profile_is_documented(name: str) -> None:
    """The page on profiles lists it, and points at its sample."""
    page = (ROOT / "docs" / "profiles.md").read_text(encoding="utf-8")
    listed = page.partition("## Bundled profiles")[2]
    assert f"| `{name}` |" in listed
    assert f"(../sample_data/exports/{name})" in listed


@each_profile
def test_a_heading_is_named_once_for_a_field(name: str, tmp_path: Path) -> None:
    """No list of headings names one twice, in whatever capitals."""
    (tmp_path / "profile.toml").write_text(f'extends = "{name}"\n', encoding="utf-8")
    for source in profiles.load(tmp_path).sources.values():
        for _, headings in source.stages():
            for given in headings.values():
                names = [heading.casefold() for heading in profiles.spellings(given)]
                assert len(names) == len(set(names)), names


@each_profile
def test_a_sample_extends_its_profile_by_a_few_lines(name: str) -> None:
    """A landlord's own profile says only what differs."""
    lines = (SAMPLES / name / "profile.toml").read_text(encoding="utf-8").splitlines()
    assert f'extends = "{name}"' in lines
    assert len([line for line in lines if line and not line.startswith("#")]) <= 20


@each_profile
def test_a_sample_has_no_errors_and_the_warnings_foreseen(name: str) -> None:
    """Nothing but what the generator knows to be in it."""
    run = run_of(name)
    assert not run.errors
    assert expected(name)["warnings"] == Counter(p.rule.code for p in run.problems)


@each_profile
def test_every_row_of_a_sample_is_accounted_for(name: str) -> None:
    """Each case row gave a record, or the profile says that it is none."""
    assert not [a for a in run_of(name).intake.reconciliation if a.set_aside]


@each_profile
def test_a_sample_gives_the_figures_expected(name: str) -> None:
    """Received, answered, upheld, open and awarded: as the generator's quotas have it."""
    ledger = run_of(name).ledger
    figures = expected(name)["figures"]
    found = {figure: ledger.at(figure).value for figure in figures}
    wanted = {
        figure: Decimal(value) * PENCE if isinstance(value, str) else value
        for figure, value in figures.items()
    }
    assert wanted == found


def inside(path: Path) -> bytes:
    """All bytes of a file, unpacked where it is an archive."""
    if not zipfile.is_zipfile(path):
        return path.read_bytes()
    with zipfile.ZipFile(path) as archive:
        return b"".join(map(archive.read, archive.namelist()))


@each_profile
def test_a_sample_tells_no_personal_data(name: str) -> None:
    """The exports name people, and nothing that is made of them does."""
    held = b"".join(map(inside, (SAMPLES / name / "exports").iterdir()))
    assert TOKEN.encode() in held.replace(b"\0", b"")
    must_not_leak(rendered(run_of(name)))
    must_not_tell(hcreport("check", SAMPLES / name))
    must_not_tell(hcreport("check", SAMPLES / name, "--json"))
