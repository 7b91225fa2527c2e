"""The dreadful export: `hcreport check` finds what was planted in it, all of it and nothing else.

``expected-problems.csv`` is written by the generator from where it put each fault.
"""

from __future__ import annotations

import csv
import json
import shutil
from collections import Counter
from typing import TYPE_CHECKING

import pytest
from tests.projects import ROOT, hcreport
from tests.test_privacy import must_not_leak, must_not_tell

from hcreport.intake import rules

if TYPE_CHECKING:
    from pathlib import Path

DREADFUL = ROOT / "sample_data" / "exports" / "dreadful"
Found = tuple[str, str, str, int, str]
# Faults of a profile, of a folder, of a year against the one before, of corrections: no export
# holds them. And what no library can write.
NOT_IN_AN_EXPORT = {"R110", "R112", "R119", "R120", "R121", "R122", "C101", "C102", "C103", "C104"}


@pytest.fixture(scope="module")
def expected() -> Counter[Found]:
    """What was planted, by code and place."""
    path = DREADFUL / "expected-problems.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return Counter(
            (row["code"], row["file"], row["sheet"], int(row["row"] or 0), row["heading"])
            for row in csv.DictReader(file)
        )


def test_check_finds_what_was_planted_and_nothing_else(expected: Counter[Found]) -> None:
    """Each fault once, by its code and its place in the file; and it ends with 1."""
    ran = hcreport("check", DREADFUL, "--json")
    found = Counter(
        (p["code"], p["file"], p["sheet"], p["row"] or 0, p["heading"])
        for p in json.loads(ran.out)["problems"]
    )
    assert 1 == ran.status
    assert [] == sorted((expected - found).elements()), "missed"
    assert [] == sorted((found - expected).elements()), "found where nothing was planted"


def test_every_fault_of_a_file_or_a_cell_is_planted(expected: Counter[Found]) -> None:
    """A rule about reading that is new needs its fault here, or a reason why no export has it."""
    planted = {code for code, *_ in expected}
    assert {rule.code for rule in rules.RULES} - planted == NOT_IN_AN_EXPORT


@pytest.mark.parametrize("words", [(), ("--json",)], ids=["text", "json"])
def test_check_tells_no_personal_data(words: tuple[str, ...]) -> None:
    """However broken a row is, nobody's name is told with it."""
    must_not_tell(hcreport("check", DREADFUL, *words))


def test_it_builds_as_a_draft_only(tmp_path: Path) -> None:
    """A report is refused while there are errors; a draft is made, and is as clean of names."""
    folder = shutil.copytree(DREADFUL, tmp_path / "dreadful")
    refused = hcreport("build", folder)
    assert (1, False) == (refused.status, (folder / "output" / "report.docx").exists())
    draft = hcreport("build", folder, "--draft")
    made = {p.name: p.read_bytes() for p in (folder / "output").rglob("*") if p.is_file()}
    assert "report.docx" in made
    must_not_tell(draft)
    must_not_leak(made)
