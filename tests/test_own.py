"""A landlord's own figures, tables and charts, declared in report.toml alone."""

from __future__ import annotations

import json
import re
import zipfile
from fractions import Fraction
from typing import TYPE_CHECKING

import pytest
from tests.projects import award, complaint, hcreport, problems_of, project, second, without

from hcreport import pipeline

if TYPE_CHECKING:
    from pathlib import Path

    from hcreport.figures.ledger import Ledger

ROWS = [
    complaint(1, service="Repairs", category="Damp and mould", outcome="upheld"),
    complaint(2, service="Repairs", category="damp and mould", outcome="not_upheld"),
    complaint(3, service="Lettings", category="Delay", outcome="upheld"),
    complaint(4, service="Lettings", category="", outcome="partly_upheld"),
    second(complaint(1, service="Repairs", category="Damp and mould")),
]
AWARDS = [award(1, "100", reason="Distress"), award(2, "50", reason="Delay")]


def ledger(folder: Path, settings: str) -> Ledger:
    """Compute a small project with these settings."""
    made = project(folder, settings, complaints=ROWS, awards=AWARDS)
    return pipeline.compute(made).ledger


@pytest.mark.parametrize(
    ("declaration", "value", "base"),
    [
        ('count = "stage1.received"\nwhere = { category = "Damp and mould" }', 2, (2, None)),
        ('count = "stage1.received"\nwhere = { category = ["delay", "DAMP AND MOULD"] }', 3, None),
        (
            'share = "stage1.received"\nwhere = { category = "Damp and mould" }',
            Fraction(2, 4),
            (2, 4),
        ),
        ('rate = "stage1.uphold_rate"\nwhere = { service = "Repairs" }', Fraction(1, 2), (1, 2)),
        ('rate = "escalation.rate"\nwhere = { service = "Repairs" }', Fraction(1, 2), (1, 2)),
        ('sum = "compensation.total.amount"\nwhere = { service = "Repairs" }', 15000, None),
        ('sum = "compensation.total.amount"\nwhere = { reason = "Delay" }', 5000, None),
        ('count = "all_stages.received"\nwhere = { stage = "Stage 2" }', 1, None),
        ('count = "stage1.decided"\nwhere = { outcome = "Upheld" }', 2, None),
        ('count = "stage1.received"\nwhere = { service = "Repairs", category = "Delay" }', 0, None),
        ('count = "stage1.received"', 4, None),
    ],
)
def test_a_figure_takes_a_cohort_and_narrows_it(
    tmp_path: Path, declaration: str, value: Fraction, base: tuple[int, int] | None
) -> None:
    """Counts, shares, rates and sums, by the words of the exports in any capitals."""
    entry = ledger(tmp_path, f"[figures.mine]\n{declaration}\n").at("own.mine")
    assert value == entry.value
    if base:
        assert base == (entry.result.numerator, entry.result.denominator)


def test_a_median_is_narrowed_too(tmp_path: Path) -> None:
    """The same working days, over fewer complaints."""
    found = ledger(
        tmp_path,
        '[figures.days]\nmedian = "stage1.median_days"\nwhere = { service = "Repairs" }\n',
    )
    assert found.at("stage1.median_days", service="Repairs").value == found.at("own.days").value


def test_its_parts_add_up_and_it_is_said_in_english(tmp_path: Path) -> None:
    """A breakdown of its own, a label and a definition, like any other figure."""
    found = ledger(
        tmp_path,
        '[figures.damp]\ncount = "stage1.received"\nwhere = { category = "Damp and mould" }\n'
        'by = ["service", "month"]\n',
    )
    whole = found.at("own.damp")
    for key in ("service", "month"):
        assert whole.count == sum(entry.count for entry in found.by("own.damp", key))
    assert "Stage 1 complaints received, where category is Damp and mould" == whole.figure.label
    assert found.definitions["own.damp"] == (
        "The number of stage 1 complaints received from 1 April 2023 to 31 March 2024, "
        "where category is Damp and mould."
    )


EVERYWHERE = """\
[figures.damp]
count = "stage1.received"
where = { category = "Damp and mould" }
by = ["service"]

[tables.damp]
title = "Damp and mould"
figures = ["stage1.received", "own.damp"]
by = "service"

[tables.plain]
title = "Two figures"
figures = ["own.damp", "stage1.uphold_rate"]

[charts.damp]
title = "Damp and mould by service"
figure = "own.damp"
by = "service"
"""


def test_it_stands_in_every_output(tmp_path: Path) -> None:
    """In figures.json, in a text, in the annex, as a picture, and compared with a typed year."""
    made = project(
        tmp_path,
        EVERYWHERE + '[previous.figures]\n"own.damp" = 4\n',
        complaints=ROWS,
        awards=AWARDS,
    )
    (made / "text").mkdir(exist_ok=True)
    (made / "text" / "foreword.md").write_text(
        "Damp came up {{ own.damp }} times, {{ own.damp.change }}, "
        'of which {{ own.damp.by(service="Repairs") }} in repairs.',
        encoding="utf-8",
    )
    ran = hcreport("build", made)
    assert 0 == ran.status, ran.out + ran.err
    figures = json.loads((made / "output" / "figures.json").read_text(encoding="utf-8"))["figures"]
    whole = next(f for f in figures if f["id"] == "own.damp" and not f["group"])
    assert (2, 4, -0.5) == (whole["value"], whole["previous"], whole["change"])
    with zipfile.ZipFile(made / "output" / "report.docx") as report:
        told = re.sub("<[^>]+>", "", report.read("word/document.xml").decode())
    assert "Damp came up 2 times, a decrease of 50%, of which 2 in repairs." in told
    assert (made / "output" / "charts" / "damp.png").is_file()


@pytest.mark.parametrize(
    ("declaration", "message", "hint"),
    [
        (
            'count = "stage1.recieved"',
            "count: there is no figure 'stage1.recieved'",
            "stage1.received",
        ),
        ('count = "stage1.uphold_rate"', "count: stage1.uphold_rate is no figure that a count", ""),
        ('mean = "stage1.median_days"', "mean: stage1.median_days is no figure that a mean", ""),
        ('rate = "survey.tp09"', "rate: there is no figure", ""),
        ('count = "stage1.received"\nshare = "stage1.received"', "give one of count, share", ""),
        ('label = "Nothing"', "give one of count, share", ""),
        ('share = "stage1.received"', "a share needs where", ""),
        ('count = "stage1.received"\nwhere = { categry = "x" }', "where.categry", "category"),
        ('count = "stage1.received"\nwhere = { reference = "1" }', "where.reference", ""),
        ('count = "stage1.received"\nwhere = { outcome = "Uphelt" }', "never 'Uphelt'", "Upheld"),
        ('count = "stage1.received"\nby = ["servce"]', "by: complaints cannot be", "service"),
        ('cout = "stage1.received"', "cout: there is no such setting", "count"),
        ('count = "stage1.received"\nwhere = { service = 3 }', "where.service", ""),
        (
            'rate = "tsm.ch01.stage1"\nwhere = { tenure = "LCRA" }',
            "where.tenure: the homes it is divided by",
            "{{ tsm.ch01.stage1.by(tenure=…) }}",
        ),
    ],
)
def test_a_fault_points_at_the_setting(
    tmp_path: Path, declaration: str, message: str, hint: str
) -> None:
    """Two lines: where in report.toml and what is wrong, and the nearest there is."""
    made = project(tmp_path, f"[figures.mine]\n{declaration}\n", complaints=ROWS)
    ran = hcreport("check", made)
    assert (2, 2) == (ran.status, len(ran.lines)), ran.err
    assert "report.toml: figures.mine" in ran.lines[0]
    assert message in ran.lines[0]
    assert hint in ran.lines[1]


@pytest.mark.parametrize(
    ("declaration", "message"),
    [
        (
            '[tables.at_a_glance]\ntitle = "T"\nfigures = ["stage1.received"]',
            "has one of this name",
        ),
        (
            '[tables.mine]\ntitle = "T"\nfigures = ["stage1.recieved"]',
            "tables.mine.figures: There is",
        ),
        (
            '[tables.mine]\ntitle = "T"\nfigures = ["stage1.received"]\nby = "moth"',
            "not broken down",
        ),
        ('[charts.mine]\ntitle = "T"\nfigure = "stage1.received"', "by: this setting is needed"),
        ('[charts.mine]\ntitle = "T"\nfigure = "own.no"\nby = "service"', "charts.mine.figure"),
        ('[charts.Mine]\ntitle = "T"\nfigure = "stage1.received"\nby = "service"', "charts"),
    ],
)
def test_a_faulty_table_or_chart_points_at_its_setting(
    tmp_path: Path, declaration: str, message: str
) -> None:
    """An unknown figure, a breakdown there is not, a name that is taken."""
    made = project(tmp_path, declaration + "\n", complaints=ROWS)
    ran = hcreport("build", made)
    assert (2, 2) == (ran.status, len(ran.lines)), ran.out + ran.err
    assert message in ran.lines[0]


def test_a_value_that_no_row_has_is_a_warning(tmp_path: Path) -> None:
    """There may be none this year, or it may be a slip: both are said."""
    declaration = '[figures.mine]\ncount = "stage1.received"\nwhere = { service = "Repair" }\n'
    made = project(tmp_path, declaration, complaints=ROWS)
    found = [p for p in problems_of(made) if p["code"] == "X124"]
    assert [("figures.mine.where.service", "Repair")] == [(p["heading"], p["value"]) for p in found]
    assert "Did you mean Repairs?" in str(found[0]["message"])


@pytest.mark.parametrize(
    ("field", "declaration"),
    [
        ("ward", 'count = "stage1.received"\nwhere = { ward = "North" }'),
        # An award's service is that of its complaint.
        ("service", 'sum = "compensation.total.amount"\nwhere = { service = "Repairs" }'),
        # The reason of a refused complaint is its refusal_reason.
        ("refusal_reason", 'count = "stage1.refused"\nwhere = { reason = "Too late" }'),
    ],
)
def test_a_field_that_no_export_holds_gives_no_value(
    tmp_path: Path, field: str, declaration: str
) -> None:
    """Never recorded is not the same as none."""
    rows = without([{**row, "closure": ""} for row in ROWS], field)
    made = project(tmp_path, f"[figures.mine]\n{declaration}\n", complaints=rows, awards=AWARDS)
    assert pipeline.compute(made).ledger.at("own.mine").value is None


def test_one_that_no_template_asks_for_is_noted(tmp_path: Path) -> None:
    """It would be declared and shown nowhere."""
    made = project(tmp_path, EVERYWHERE, complaints=ROWS, awards=AWARDS)
    ran = hcreport("check", made)
    assert 0 == ran.status, ran.out
    told = ran.out.partition("NOTE T106")[2]
    for name in ("tables.plain", "charts.damp"):
        assert f"report.toml › {name}: {{{{ {name} }}}} stands in no template" in told
