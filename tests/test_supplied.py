"""What no export knows: deadlines, details, names. It is printed, or said not to be supplied."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from tests.builders import settings
from tests.pages import shown, table, words
from tests.projects import (
    ROOT,
    SAMPLES,
    complaints,
    hcreport,
    problems_of,
    project,
    rendered,
    sample_run,
)
from tests.word import Word

from hcreport import pipeline
from hcreport.init import report_toml
from hcreport.problems import CannotRun
from hcreport.report.template_files import bundled, find_template
from hcreport.tables import Absent

if TYPE_CHECKING:
    from pathlib import Path

DAYS = "[deadlines]\nsubmission = 2024-09-30\n"


# --- Next deadlines ---------------------------------------------------------------------------


def test_deadlines_that_were_given_and_those_that_were_not(tmp_path: Path) -> None:
    """A sentence and a row for each, and the rest are named as not supplied."""
    folder = project(tmp_path, DAYS, complaints=complaints(1))
    assert words(folder, "deadlines") == (
        "The next submission to the Housing Ombudsman is due by 30 September 2024.\n"
        "No day was supplied for the next self-assessment, the next annual report and the "
        "governing body to consider them."
    )
    assert shown(table(folder, "deadlines"))[2:] == [
        ["Considered by the governing body", "8.2", "Not supplied"],
        ["Next submission to the Ombudsman", "Section 8", "30 September 2024"],
    ]


def test_no_deadlines_are_a_visible_statement(tmp_path: Path) -> None:
    """In the report, and in what a build lists."""
    folder = project(tmp_path, complaints=complaints(1))
    assert "were not supplied" in words(folder, "deadlines")
    assert table(folder, "deadlines") == Absent(not_supplied="the next deadlines")
    assert "the next deadlines" in hcreport("build", folder).out


def test_a_deadline_that_has_passed_is_not_the_next() -> None:
    """It was left over from last year, and the setting is named."""
    with pytest.raises(CannotRun, match=r"deadlines.report is 2024-05-31") as fault:
        settings(deadlines={"report": settings().data_as_at})
    assert "report.toml" in fault.value.message


# --- Details ----------------------------------------------------------------------------------


def details_of(template: str) -> set[str]:
    """Every key of details that a bundled template asks for."""
    told = Word.of(find_template(ROOT, template).read_bytes()).lines()
    return set(re.findall(r"\{\{ details\.(\w+) \}\}", "\n".join(told)))


def test_every_detail_is_explained() -> None:
    """docs/settings.md and the settings that init writes know each key that a template asks for."""
    asked = set().union(*map(details_of, bundled()))
    assert len(asked) >= 10
    written = report_toml.written(None, None, None)
    documented = (ROOT / "docs" / "settings.md").read_text("utf-8")
    for key in asked:
        assert f"# {key} = " in written, key
        assert f"| `{key}` |" in documented, key


def test_check_and_build_list_what_is_not_supplied(tmp_path: Path) -> None:
    """Settings, texts and tables: the same list from both, and nothing that was given."""
    given = '[details]\ncontact = "Complaints Manager"\n'
    folder = project(tmp_path, given, complaints=complaints(1))
    (folder / "text").mkdir()
    (folder / "text" / "foreword.md").write_text("See {{ ref.tables.actions }}.", "utf-8")
    told = hcreport("check", folder).out
    _, _, after = told.partition("Not supplied, and the report will say so\n")
    listed = [line.strip() for line in after.partition("\n\n")[0].splitlines()]
    for name in (
        "cover_date in report.toml",
        "[landlord] member_responsible in report.toml",
        "[details] report_from in report.toml",
        "text/leader_comments.md",
        "the self-assessment",
        "the figures of 2022/23, [previous] in report.toml",
        "the compensation awarded",
        "the learning log",
        "the Housing Ombudsman's decisions",
        "the homes owned at the end of the year, [homes] in report.toml",
        "the results of a tenant survey, [survey] in report.toml",
        "tables.actions, which the text refers to",
    ):
        assert name in listed, name
    assert "[details] contact in report.toml" not in listed
    assert len(set(listed)) == len(listed)
    built = hcreport("build", folder).out
    assert f"the report says so: {', '.join(listed)}\n" in built


def test_what_was_supplied_is_not_listed(tmp_path: Path) -> None:
    """A setting or a file for each part takes it off the list."""
    given = (
        "[homes]\nLCRA = 100\n[survey.tp09]\npercent = 30\n"
        '[previous.figures]\n"stage1.received" = 2\n[ombudsman]\ndeterminations = 1\n'
    )
    action = {"reference": "A1", "action": "Call back", "theme": "Repairs"}
    award = {"reference": "0001", "amount": "10", "awarded_on": "2023-05-03", "stage": "stage1"}
    folder = project(tmp_path, given, complaints=complaints(1), actions=[action], awards=[award])
    told = hcreport("check", folder).out.partition("Not supplied")[2]
    for word in (
        "tenant survey",
        "homes",
        "figures of",
        "learning log",
        "compensation",
        "decision",
    ):
        assert f"the {word}" not in told, word


@pytest.mark.parametrize("folder", SAMPLES, ids=lambda path: path.name)
def test_the_samples_supply_their_settings(folder: Path) -> None:
    """Nothing of [landlord] or [details] is missing from a sample."""
    run = sample_run(folder)
    _, missing = pipeline.with_templates(run)
    assert [name for name in missing if re.match(r"\[(landlord|details)\]|\w+ in", name)] == []


def test_check_says_that_a_template_is_not_there(tmp_path: Path) -> None:
    """And still lists the rows; the build is what it stops."""
    folder = project(tmp_path, 'template = "mine"\n', complaints=complaints(1))
    ran = hcreport("check", folder)
    assert ran.status == 1
    assert "report.toml: template: there is no template" in ran.out


# --- Names ------------------------------------------------------------------------------------


@pytest.mark.parametrize("template", [t for t in bundled() if t != "summary"])
def test_the_governing_body_begins_a_line_with_a_capital(tmp_path: Path, template: str) -> None:
    """On the cover and in tables, even if nobody named it; small inside a sentence."""
    folder = project(tmp_path, f'template = "{template}"\n', complaints=complaints(1))
    lines = list(Word.of(rendered(pipeline.compute(folder))["report.docx"]).lines())
    assert any("the governing body" in line for line in lines)
    assert any(line.endswith("Governing body") for line in lines[:8])
    assert not [
        line for line in lines if re.search(r"(^|\w: |\| )governing body(?! response)", line)
    ]


@pytest.mark.parametrize("template", [t for t in bundled() if t != "summary"])
def test_the_text_calls_the_landlord_by_its_short_name(tmp_path: Path, template: str) -> None:
    """Or by its whole name, where there is no short one."""
    folder = project(tmp_path, f'template = "{template}"\n', complaints=complaints(1))
    toml = (folder / "report.toml").read_text("utf-8")
    for given, called in (("", "Example Homes"), ('\nshort_name = "Example"', "Example")):
        text = toml.replace('name = "Example Homes"', f'name = "Example Homes"{given}')
        (folder / "report.toml").write_text(text, "utf-8")
        lines = "\n".join(Word.of(rendered(pipeline.compute(folder))["report.docx"]).lines())
        assert f"In this report “we” means {called} as a landlord." in lines


# --- What nothing asks for --------------------------------------------------------------------


def test_a_detail_that_nothing_asks_for_is_warned_of(tmp_path: Path) -> None:
    """With the nearest name; one that only a text asks for is asked for."""
    given = '[details]\nreprot_from = "Director"\ncontact = "Manager"\nhours = "9 to 5"\n'
    folder = project(tmp_path, given, complaints=complaints(1))
    (folder / "text").mkdir()
    (folder / "text" / "foreword.md").write_text("Open {{ details.hours }}.", "utf-8")
    (told,) = [p for p in problems_of(folder) if p["code"] == "T105"]
    assert (told["file"], told["heading"]) == ("report.toml", "details.reprot_from")
    assert "Did you mean report_from?" in str(told["message"])


def test_the_summarys_template_is_none_for_the_report(tmp_path: Path) -> None:
    """It has no place for what the Code asks for."""
    folder = project(tmp_path, 'template = "summary"\n', complaints=complaints(1))
    ran = hcreport("build", folder)
    assert (ran.status, len(ran.lines)) == (2, 2)
    assert "'summary' is the template of the summary for residents" in ran.err
    assert "the summary for residents" in hcreport("check", folder).out
