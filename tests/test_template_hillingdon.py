"""What hillingdon.docx promises beside what every sample is held to."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import zipfile

import pytest
from lxml import etree
from tests.projects import ROOT
from tests.word import W, style_of, text_of

TEMPLATE = ROOT / "templates" / "hillingdon.docx"


def body() -> etree._Element:
    """The text of the template."""
    with zipfile.ZipFile(TEMPLATE) as archive:
        found = etree.fromstring(archive.read("word/document.xml")).find(f"{W}body")
    assert found is not None
    return found


def test_the_period_at_a_glance_begins_on_a_page_of_its_own() -> None:
    """The main points and the table of the main figures stand under one heading, on one page."""
    lines = list(body().iterchildren(f"{W}p"))
    texts = [text_of(line) for line in lines]
    at = texts.index("Analysis of complaints")
    broken = [p for p in lines if p.find(f"{W}pPr/{W}pageBreakBefore") is not None]
    assert [text_of(p) for p in broken if style_of(p) == "Heading1"] == ["Introduction", texts[at]]
    assert texts[at + 1] == "The period at a glance"
    assert texts[at + 3 : at + 5] == ["{{ commentary.headlines }}", "{{ tables.at_a_glance }}"]


def test_tables_of_words_are_never_cut() -> None:
    """No row is cut by the end of a page, and each row but the last keeps with the next."""
    for table in body().iter(f"{W}tbl"):
        *rows, last = table.iter(f"{W}tr")
        for row in (*rows, last):
            assert row.find(f"{W}trPr/{W}cantSplit") is not None
        for row in rows[1:]:
            assert all(p.find(f"{W}pPr/{W}keepNext") is not None for p in row.iter(f"{W}p"))


def test_the_open_xml_validator_finds_no_fault() -> None:
    """The file keeps to the Open XML schema."""
    validator = os.environ.get("HCREPORT_OOXML_VALIDATOR") or shutil.which("ooxml-validator")
    if validator is None:
        pytest.skip("no ooxml-validator on PATH or in HCREPORT_OOXML_VALIDATOR")
    told = subprocess.run([validator, str(TEMPLATE)], capture_output=True, text=True, check=False)
    assert json.loads(told.stdout)["errors"] == []
