"""The second backtest: the figures of Hillingdon Council's report of June 2024."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import pytest
from tests.projects import ROOT, SAMPLE, hcreport, sample_files
from tests.word import Word

from hcreport import pipeline

if TYPE_CHECKING:
    from pathlib import Path

    from hcreport.pipeline import Run

HILLINGDON = ROOT / "sample_data" / "hillingdon-2023-24"
PUBLISHED = {
    "all_stages.received": "133",
    "stage1.received": "101",
    "stage2.received": "32",
    "all_stages.upheld": "47",
    "all_stages.partly_upheld": "28",
    "own.damp_and_mould": "22",
    "all_stages.per_month": "11",
    "to_date.all_stages.received": "86",
    "to_date.stage1.received": "75",
    "to_date.stage2.received": "11",
    "to_date.all_stages.upheld": "12",
    "to_date.all_stages.partly_upheld": "29",
    "to_date.own.damp_and_mould": "9",
    "to_date.all_stages.per_month": "43",
}


@cache
def run() -> Run:
    """Compute the sample once."""
    return pipeline.compute(HILLINGDON)


@pytest.mark.parametrize("figure", PUBLISHED)
def test_each_published_figure_is_what_the_rows_add_up_to(figure: str) -> None:
    """As the report printed it, out of synthetic rows."""
    assert PUBLISHED[figure] == run().ledger.at(figure).shown


def test_the_export_is_clean_and_holds_more_than_the_report_counts() -> None:
    """No errors; service requests and other services stand beside the complaints."""
    assert run().errors == ()
    assert sum(run().standings.values()) > run().ledger.at("all_stages.received").count
    assert "out_of_scope" in {standing for _, standing in run().standings}


def test_the_summary_of_the_self_assessment_comes_from_the_form() -> None:
    """Sections and days are counted from the form that was filled in; nobody typed them."""
    lines = list(Word.of(sample_files(HILLINGDON)["report.docx"]).lines())
    assert (
        "9. Scrutiny and oversight | 8 | 6 | 2 areas not compliant; promised by 31 December 2024"
        in (lines)
    )
    assert "Total | 72 | 69 | 3 areas not compliant; promised by 31 December 2024" in lines
    assert not (HILLINGDON / "text" / "self_assessment_summary.md").exists()


@pytest.mark.parametrize(
    ("project", "template"), [(SAMPLE, "hillingdon"), (HILLINGDON, "brent")], ids=["brent", "hill"]
)
def test_either_template_fits_either_project(tmp_path: Path, project: Path, template: str) -> None:
    """The same placeholders: what one project lacks, its report says."""
    folder = tmp_path / "project"
    for path in project.rglob("*"):
        if path.is_file() and "output" not in path.parts and "expected" not in path.parts:
            target = folder / path.relative_to(project)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(path.read_bytes())
    settings = (folder / "report.toml").read_text(encoding="utf-8")
    other = settings.replace('template = "brent"', "").replace('template = "hillingdon"', "")
    (folder / "report.toml").write_text(f'template = "{template}"\n{other}', encoding="utf-8")
    ran = hcreport("build", folder)
    assert ran.status == 0, ran.err
