"""A report is whole whatever was not supplied: it says so, and leaves no gap or slip behind.

Everything optional is taken from the samples, a thing at a time and several together, and each of
what is left is built in this process with a studio that draws nothing. Each case meets one of the
two templates, and each thing taken away meets both.
"""

from __future__ import annotations

import base64
import json
import re
import shutil
import tomllib
from datetime import date
from functools import cache
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import pytest
from tests.projects import SAMPLES, Row, award, complaint, hcreport, project, second
from tests.word import W, Word, blocks, rows_of, style_of, text_of

from hcreport import pipeline
from hcreport.studio import Studio

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from hcreport.charts import Chart
    from hcreport.look import Look

TEMPLATES = ("brent", "hillingdon")
# A picture of a single dot.
DOT = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


class Undrawn(Studio):
    """A studio that hands back a dot for each chart."""

    def begin(self, charts: Mapping[str, Chart], look: Look) -> None:  # noqa: ARG002  (a dot has none)
        """Note the charts."""
        self._pictures = dict.fromkeys(charts, DOT)


# --- What is taken away -----------------------------------------------------------------------

Toml = dict[str, Any]
Take = tuple["Callable[[Toml, Toml, Path], None]", ...]


def setting(*keys: str) -> Callable[[Toml, Toml, Path], None]:
    """Take parts out of report.toml."""

    def take(settings: Toml, _: Toml, __: Path) -> None:
        for key in keys:
            settings.pop(key, None)

    return take


def source(*names: str) -> Callable[[Toml, Toml, Path], None]:
    """Take sources out of profile.toml."""

    def take(_: Toml, profile: Toml, __: Path) -> None:
        for name in names:
            profile["sources"].pop(name, None)

    return take


def column(*fields: str, table: str = "complaints") -> Callable[[Toml, Toml, Path], None]:
    """Say in profile.toml that an export has no such columns."""

    def take(_: Toml, profile: Toml, __: Path) -> None:
        held = profile["sources"].get(table, {})
        for name in fields:
            held.setdefault("headings", {})[name] = False
            for stage in ("stage1", "stage2"):
                if stage in held:
                    held[stage][name] = False

    return take


def text(pattern: str = "*") -> Callable[[Toml, Toml, Path], None]:
    """Delete texts that people wrote."""

    def take(_: Toml, __: Toml, folder: Path) -> None:
        for path in folder.glob(f"text/{pattern}.md"):
            path.unlink()

    return take


def first_stage_alone(_: Toml, profile: Toml, __: Path) -> None:
    """Leave stage 2 out of the exports."""
    complaints = profile["sources"]["complaints"]
    if "stage2" in complaints:
        complaints["stage2"] = dict.fromkeys(("received_on", *STAGE_2), False)
    else:
        complaints["leave_out"] = {"stage": ["Stage 2", "Ombudsman"]}


STAGE_2 = (
    "acknowledged_on", "due_on", "extended_to", "responded_on", "closed_on", "withdrawn_on",
    "outcome", "in_target", "escalation_reason", "refusal_reason",
)  # fmt: skip
REFUSALS = column("refusal_reason", "closure")
NO_TEXT = text()
TABLES = source("awards", "findings", "actions", "provisions")
GIVEN = setting("previous", "homes", "survey", "details", "to_date")
COLUMNS = (
    "service", "tenure", "category", "ward", "channel", "contractor", "acknowledged_on", "due_on",
    "extended_to", "responded_on", "closed_on", "withdrawn_on", "outcome", "closure", "in_target",
    "root_cause", "root_cause_detail", "escalation_reason", "refusal_reason",
)  # fmt: skip
TAKEN: dict[str, Take] = {
    "nothing": (),
    "compensation": (source("awards"),),
    "refusals": (REFUSALS,),
    "stage 2": (first_stage_alone,),
    "Ombudsman": (source("findings"),),
    "self-assessment": (source("provisions"),),
    "learning log": (source("actions"),),
    "previous year": (setting("previous"),),
    "homes": (setting("homes"),),
    "survey": (setting("survey"),),
    "details": (setting("details"),),
    "to date": (setting("to_date"),),
    "cover date": (setting("cover_date"),),
    "scope": (setting("scope"),),
    "every text": (NO_TEXT,),
    "foreword": (text("foreword"),),
    "texts of the Ombudsman": (text("[no]*"),),
    "text of the self-assessment": (text("self*"),),
    "reasons for awards": (column("reason", table="awards"),),
    "statuses of awards": (column("status", table="awards"),),
    "days of awards": (column("awarded_on", table="awards"),),
    "sub-categories": (column("sub_category", table="findings"),),
    "orders": (column("orders", "orders_complied", table="findings"),),
    "themes": (column("theme", table="actions"),),
    "statuses of actions": (column("status", table="actions"),),
    "evidence": (column("evidence", "commentary", "promised_on", table="provisions"),),
    "tables": (TABLES,),
    "settings": (GIVEN,),
    "tables and settings": (TABLES, GIVEN),
    "tables, settings and texts": (TABLES, GIVEN, NO_TEXT),
    "compensation and root causes": (source("awards"), column("root_cause", "root_cause_detail")),
    "stage 2 and the previous year": (first_stage_alone, setting("previous")),
    "all columns that can be missing": (column(*(c for c in COLUMNS if c != "responded_on")),),
    "everything": (TABLES, GIVEN, NO_TEXT, first_stage_alone, column(*COLUMNS)),
    **{f"the column {name}": (column(name),) for name in COLUMNS},
}


@cache
def without(sample: Path, taken: str, template: str) -> Word:
    """Build a sample's report without something."""
    with TemporaryDirectory() as where:
        folder = Path(where) / "project"
        left = shutil.ignore_patterns("output", "expected")
        shutil.copytree(sample, folder, ignore=left)
        settings = tomllib.loads((folder / "report.toml").read_text("utf-8"))
        profile = tomllib.loads((folder / "profile.toml").read_text("utf-8"))
        own = set(settings.get("figures", {}))
        for take in TAKEN[taken]:
            take(settings, profile, folder)
        if own:
            _drop_own(settings, profile, folder)
        settings["template"] = template
        (folder / "report.toml").write_text(written(settings), "utf-8")
        (folder / "profile.toml").write_text(written(profile), "utf-8")
        return built(folder)


def _drop_own(settings: Toml, profile: Toml, folder: Path) -> None:
    """Do what a person would: figures and texts go with what they are about."""
    held = profile["sources"]["complaints"]["headings"]
    asked = [settings.get("scope", {}).get("where", {})]
    asked += [figure.get("where", {}) for figure in settings["figures"].values()]
    if any(held.get(field) is False for where in asked for field in where):
        settings.pop("figures")
        settings.pop("scope", None)
    if "figures" not in settings or "to_date" not in settings:
        (folder / "text" / "issues_and_trends.md").unlink(missing_ok=True)


def built(folder: Path) -> Word:
    """Build the report of a project folder, as a draft if need be."""
    run = pipeline.compute(folder)
    made = pipeline.render(run, Undrawn(), draft=bool(run.errors))
    return Word.of(made.files["report.docx"])


def written(table: Toml) -> str:
    """Write a table as TOML, inline below its first level."""
    return "".join(f"{_key(name)} = {_inline(held)}\n" for name, held in table.items())


def _inline(held: Any) -> str:
    match held:
        case dict():
            return "{" + ", ".join(f"{_key(k)} = {_inline(v)}" for k, v in held.items()) + "}"
        case list():
            return f"[{', '.join(map(_inline, held))}]"
        case date():
            return held.isoformat()
        case _:
            return json.dumps(held, ensure_ascii=False)


def _key(name: str) -> str:
    return json.dumps(name, ensure_ascii=False)


# --- Tiny projects ----------------------------------------------------------------------------


def unanswered(number: int) -> Row:
    """Make a complaint that nobody has answered."""
    return complaint(number) | {"responded_on": "", "closed_on": "", "outcome": ""}


TINY: dict[str, list[Row]] = {
    "one complaint": [complaint(1)],
    "two complaints": [complaint(1), complaint(2, "2023-09-04", outcome="not_upheld")],
    "one service": [complaint(n) for n in range(1, 6)],
    "all upheld": [*map(complaint, range(1, 5)), second(complaint(1)), second(complaint(2))],
    "none upheld": [complaint(n, outcome="not_upheld") for n in range(1, 4)],
    "partly upheld alone": [complaint(n, outcome="partly_upheld") for n in range(1, 4)],
    "none answered": [*map(unanswered, range(1, 4))],
    "one of three answered": [complaint(1), unanswered(2), unanswered(3)],
    "one escalated": [*map(complaint, range(1, 8)), second(complaint(3))],
    "all refused": [complaint(n, refusal_reason="Too old") for n in (1, 2)],
    "withdrawn without a date": [complaint(1), unanswered(2) | {"closure": "withdrawn"}],
    "before the year alone": [complaint(1, "2022-05-03"), complaint(2, "2022-06-07")],
}


@cache
def tiny(case: str, template: str) -> Word:
    """Build the report of a few complaints, with an award for the first."""
    with TemporaryDirectory() as where:
        settings = f'template = "{template}"\n'
        return built(project(Path(where), settings, complaints=TINY[case], awards=[award(1)]))


def test_without_any_complaint_there_is_a_plain_answer(tmp_path: Path) -> None:
    """An export of headings alone is an error with its place; nothing can be built of it."""
    folder = project(tmp_path, complaints=[complaint(1)])
    export = folder / "exports" / "complaints.csv"
    export.write_text(export.read_text("utf-8").splitlines()[0], "utf-8")
    ran = hcreport("build", folder)
    assert ran.status == 1
    assert "R107" in ran.out + ran.err
    draft = hcreport("build", folder, "--draft")
    assert draft.status == 2
    assert len(draft.lines) == 2


# --- What must hold of each -------------------------------------------------------------------

# The first sample has every column and table. What the second lacks is not taken from it, nor is
# what makes the same difference there: each case takes its time.
FROM_THE_FIRST = {
    "previous year", "homes", "survey", "Ombudsman", "sub-categories", "orders", "foreword",
    "reasons for awards", "statuses of awards", "stage 2 and the previous year", "themes",
    "statuses of actions", "evidence", "cover date", "texts of the Ombudsman",
    "text of the self-assessment", "compensation and root causes",
}  # fmt: skip
CASES = [
    *(
        pytest.param(sample, taken, TEMPLATES[(n + m) % 2], id=f"{sample.name}-without-{taken}")
        for m, sample in enumerate(SAMPLES)
        for n, taken in enumerate(TAKEN)
        if m == 0 or not (taken in FROM_THE_FIRST or taken.startswith("the column"))
    ),
    *(
        pytest.param(None, case, template, id=f"{case}-{template}")
        for case, template in zip(TINY, TEMPLATES * len(TINY), strict=False)
    ),
]
EVERY_CASE = pytest.mark.parametrize(("sample", "case", "template"), CASES)
# A number that is one, alone: not the 1 of "12 of 1", "stage 1", "section 1" or "1.5".
ONE = r"(?<!of )(?<![Ss]tage )(?<![Ss]tage 1 and )(?<!part )(?<![\d,.£])\b1 "
NOUNS = (
    "(complaints|cases|findings|actions|requests|answers|provisions|awards|areas|rows|reasons|"
    r"points|working days|service requests|stage \d complaints)\b"
)
SLIPS = {
    "a value of Python's": r"\bNone\b(?! (?:was|is|of|given))|\bnan\b|\bNaN\b|\bNaT\b|\binf\b",
    "a placeholder": r"\{\{|\}\}|[\ue000-\uf8ff]",
    "two spaces": r"\S  +\S",
    "a space before a sign": r" [.,;:)]|\( |\(\)",
    "signs that do not go together": r"\.\.|,,|,\.|;\.|: :|: ?,",
    "a or an": r"\b[Aa] (8|11|18)(?!\d)|\b[Aa]n (?!8|11\b|18\b)\d",
    "one of many": ONE + NOUNS,
    "many of one": r"(?<!stage )(?<![\d,.])(?!1 )\d[\d,.]* "
    r"(stage \d )?(complaint|case|finding|action|working day)\b",
    "one that were": ONE + r"\w+( \w+)? were\b",
    "nothing of nothing": r"\b0 of 0\b",
    "a word twice": r"\b([A-Za-z]\w*) \1\b",
    "a hundred for certain": r"\(100%\) and 0 ",
}
LEVELS = {
    **{f"Heading{level}": level for level in (1, 2, 3)},
    "HeadingUnnumbered": 1,
    "AppendixHeading": 1,
    "HeadingUnnumbered2": 2,
}


def report(sample: Path | None, case: str, template: str) -> Word:
    """Give a case's report."""
    return tiny(case, template) if sample is None else without(sample, case, template)


def spoken(word: Word) -> list[tuple[str, str]]:
    """Give what stands in the body with its style; a table cell's is "cell"."""
    said: list[tuple[str, str]] = []
    for block in blocks(word.body):
        if block.tag == f"{W}tbl":
            said += [("cell", cell) for row in rows_of(block) for cell in row]
        elif text_of(block):
            said.append((style_of(block), text_of(block)))
    return [(style, words) for style, words in said if not style.startswith("TOC")]


@EVERY_CASE
def test_nothing_slips(sample: Path | None, case: str, template: str) -> None:
    """No gap, stray sign or disagreement of words is printed, whatever is not there."""
    found = [
        (what, words)
        for _, words in spoken(report(sample, case, template))
        for what, pattern in SLIPS.items()
        if re.search(pattern, words) and words != "None"
    ]
    assert found == []


@EVERY_CASE
def test_no_heading_is_empty(sample: Path | None, case: str, template: str) -> None:
    """Something stands under each heading before the next of its level or a higher one."""
    said = [*spoken(report(sample, case, template)), ("Heading1", "the end")]
    empty = [
        words
        for (style, words), (following, _) in pairwise(said)
        if style in LEVELS and LEVELS.get(following, 9) <= LEVELS[style]
    ]
    assert empty == []


@EVERY_CASE
def test_nothing_is_said_twice_in_a_section(sample: Path | None, case: str, template: str) -> None:
    """No two paragraphs under one heading say the same."""
    number, seen, twice = 0, set[tuple[int, str]](), []
    for style, words in spoken(report(sample, case, template)):
        number += style in LEVELS
        if style not in {"cell", "Note"}:
            twice += [words] if (number, words) in seen else []
            seen.add((number, words))
    assert twice == []


@EVERY_CASE
def test_tables_are_whole(sample: Path | None, case: str, template: str) -> None:
    """Each has a header row that repeats, a caption, whole rows and no empty or missing cell."""
    for table in report(sample, case, template).tables():
        rows = table.findall(f"{W}tr")
        repeated = [row.find(f"{W}trPr/{W}tblHeader") is not None for row in rows]
        assert repeated == [True] + [False] * (len(rows) - 1)
        assert table.find(f"{W}tblPr/{W}tblCaption") is not None
        texts = rows_of(table)
        assert len({len(row) for row in texts}) == 1
        assert len(set(texts[0])) == len(texts[0])
        assert all(cell and cell != "no value" for row in texts for cell in row), texts[0]


@EVERY_CASE
def test_headings_skip_no_level(sample: Path | None, case: str, template: str) -> None:
    """The contents begin at level 1 and never go down two levels at once."""
    levels = [level for level, _ in report(sample, case, template).contents()]
    assert levels[0] == 1
    assert all(lower <= above + 1 for above, lower in pairwise(levels))


# --- What is missing is said ------------------------------------------------------------------

SAID = {
    "compensation": "No record of the compensation awarded was supplied.",
    "days of awards": "No record of the compensation awarded was supplied.",
    "Ombudsman": "No record of the Housing Ombudsman's decisions was supplied.",
    "self-assessment": "No self-assessment against the Code was supplied.",
    "learning log": "No learning log was supplied.",
    "survey": "No results of a tenant survey were supplied.",
    "refusals": "The reasons are not recorded.",
    "every text": "Not supplied: ",
    "previous year": "There is no figure for 2022/23 to compare with.",
    "homes": "The measure CH01 cannot be given: the number of homes owned at the end of the year "
    "was not supplied.",
    "stage 2": "No stage 2 complaints are in the exports.",
    "the column due_on": "The exports do not say which stage 1 complaints were answered on time.",
    "the column outcome": "The outcomes of stage 1 complaints are not recorded.",
    "the column tenure": "The measure CH01 cannot be given: the tenure of each complaint was not "
    "supplied.",
    "the column closed_on": "the exports do not say when stage 1 complaints were closed.",
}


@pytest.mark.parametrize("taken", SAID)
def test_what_was_not_supplied_is_said(taken: str) -> None:
    """Each thing that is missing is named at its place."""
    template = TEMPLATES[list(TAKEN).index(taken) % 2]
    said = [words for _, words in spoken(report(SAMPLES[0], taken, template))]
    assert any(SAID[taken] in words for words in said)
