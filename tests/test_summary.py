"""The summary for residents: the report's own numbers in everyday words, on two pages."""

from __future__ import annotations

import io
import json
import re
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import docx
import pytest
from tests.projects import (
    SAMPLES,
    action,
    award,
    complaint,
    complaints,
    copy_of_sample,
    finding,
    hcreport,
    previous,
    project,
    rendered,
    sample_files,
    sample_run,
    second,
)
from tests.test_commentary import BAD_WORDS, CASES, run_of
from tests.word import Word, rows_of, style_of, text_of

from hcreport import pipeline
from hcreport.report import template_check
from hcreport.report.code_blocks import CODE_BLOCKS, is_summary
from hcreport.report.template_files import find_template

if TYPE_CHECKING:
    from tests.projects import Row

NAME = "summary.docx"
HEADINGS = (
    "How many complaints we had",
    "What they were about",
    "What we decided",
    "How quickly we answered",
    "Compensation",
    "What we learned",
    "How to complain",
    "The Housing Ombudsman",
)
NUMBERS = re.compile(r"£?\d[\d,]*(?:\.\d+)?%?")


def summary_of(folder: Path, settings: str = "", **tables: list[Row]) -> Word:
    """The summary of a small project."""
    run = pipeline.compute(project(folder, settings, **tables))
    return Word.of(rendered(run)[NAME])


def body(word: Word) -> str:
    """All paragraphs of the text, a line each."""
    return "\n".join(map(text_of, word.paragraphs()))


def told(word: Word) -> dict[str, str]:
    """What stands under each heading, in one piece."""
    found: dict[str, str] = {}
    for paragraph in word.paragraphs():
        if style_of(paragraph).startswith("Heading"):
            found[text_of(paragraph)] = ""
        elif found:
            found[list(found)[-1]] += f"{text_of(paragraph)} "
    return {heading: text.strip() for heading, text in found.items()}


# --- The same numbers -------------------------------------------------------------------------


def test_the_words_of_a_small_year(tmp_path: Path) -> None:
    """Worked by hand: 4 new and 2 again, 3 upheld at least in part, 3 on time, £150 in 2 cases."""
    late = {"responded_on": "2023-09-01", "closed_on": "2023-09-01"}
    first = [
        complaint(1, category="Repairs"),
        complaint(2, category="Repairs", outcome="partly_upheld"),
        complaint(3, category="Noise", outcome="not_upheld"),
        complaint(4, category="Heating", **late),
    ]
    again = [second(first[0]), second(first[1], outcome="not_upheld")]
    word = summary_of(
        tmp_path,
        '[previous.figures]\n"stage1.received" = 8\n"compensation.total.amount" = 90\n',
        complaints=[*first, *again],
        awards=[award(1), award(2, "50")],
        findings=[
            finding("A"),
            finding("A", "no_maladministration", orders="", orders_complied=""),
        ],
        actions=[action(), action(theme="Repairs", status="in_progress")],
    )
    assert rows_of(word.tables()[0]) == [
        [
            "New complaints",
            "Upheld at the first stage",
            "Answered on time at the first stage",
            "Compensation awarded",
        ],
        ["4", "75%", "75%", "£150"],
    ]
    said = told(word)
    assert tuple(said) == HEADINGS
    for heading, text in {
        "How many complaints we had": "We received 4 new complaints in 2023/24. That is a decrease "
        "of 50% on the 8 in 2022/23. 2 complaints came back to us for a second look.",
        "What they were about": "The most common subject was repairs, with 2 of 4 new complaints "
        "(50%). Next came heating (1) and noise (1).",
        "What we decided": "We upheld 3 of 4 complaints at the first stage (75%) and 1 of 2 "
        "complaints at the second stage (50%).",
        "How quickly we answered": "Answered on time: 3 of 4 complaints at the first stage (75%) "
        "and 2 of 2 complaints at the second stage (100%). At least half of the answers "
        "at the first stage came within 4 working days.",
        "Compensation": "We awarded £150 in compensation, in 2 cases. In 2022/23 it was £90.",
        "What we learned": "Complaints led us to plan 2 changes. So far we have finished 1 of 2 "
        "(50%).",
        "The Housing Ombudsman": "In 2023/24 it decided 1 case about us. It found fault with us on "
        "1 of 2 points that it looked into (50%).",
    }.items():
        assert text in said[heading]


def test_a_year_of_one(tmp_path: Path) -> None:
    """Nouns agree with one, and nothing is compared with a year that nobody gave."""
    said = told(summary_of(tmp_path, complaints=[complaint(1)], awards=[award(1)]))
    assert said["How many complaints we had"].startswith("We received 1 new complaint in 2023/24.")
    none = "The records behind this summary hold no requests for a second look."
    assert none in said["How many complaints we had"]
    assert said["Compensation"] == "We awarded £100 in compensation, in 1 case."
    assert "2022/23" not in " ".join(said.values())


def test_a_year_of_none(tmp_path: Path) -> None:
    """No complaint, no decision and no award are said in words, and nothing is divided."""
    rows = complaints(2, "2022-05-03")
    said = told(summary_of(tmp_path, complaints=rows, awards=[award(1, awarded_on="2022-06-01")]))
    assert said["How many complaints we had"].startswith("We received no new complaints in 2023/24")
    assert said["What they were about"] == "There were no new complaints to sort by subject."
    assert said["What we decided"] == "We decided no complaints in the year."
    assert said["Compensation"] == "We awarded no compensation in the year."


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda folder: folder.name)
def test_every_number_is_the_reports_or_the_ledgers(sample: Path) -> None:
    """Each number but for telephone numbers is printed in the report, or is a published figure."""
    files = sample_files(sample)
    word, report = Word.of(files[NAME]), body(Word.of(files["report.docx"]))
    published = [
        text
        for f in json.loads(files["figures.json"])["figures"]
        for text in (f["shown"], *share_of(f["numerator"], f["denominator"]))
    ]
    known = {*NUMBERS.findall(report), *published, "5", "10", "20"}  # the Code's limits
    ours = body(word).replace("0300\u00a0111\u00a03000", "")
    assert set(NUMBERS.findall(ours)) <= known


def share_of(over: int | None, under: int | None) -> list[str]:
    """Two counts, and the one as a share of the other, rounded half up."""
    if over is None or not under:
        return []
    return [f"{over:,}", f"{under:,}", f"{(200 * over + under) // (2 * under)}%"]


def test_the_big_numbers_are_the_ledgers() -> None:
    """The four at the head are the published figures, as the formatter prints them."""
    at = sample_run().published.at
    ids = (
        "stage1.received",
        "stage1.uphold_rate",
        "stage1.on_time_rate",
        "compensation.total.amount",
    )
    table = Word.of(sample_files()[NAME]).tables()[0]
    assert rows_of(table)[1] == [at(figure).shown for figure in ids]


# --- What was not supplied --------------------------------------------------------------------

ODD = (
    "only what a row needs",
    "nothing in the period",
    "no previous year",
    "no compensation file",
    "no findings file",
    "no learning log",
    "stage 2 alone",
    "nothing answered",
    "a quarter",
)


@pytest.mark.parametrize("case", ODD)
def test_it_reads_well_whatever_is_missing(case: str) -> None:
    """Every heading has words under it, and no paragraph has a gap or a slip."""
    assert case in CASES
    word = Word.of(rendered(run_of(case))[NAME])
    said = told(word)
    assert tuple(said) == HEADINGS
    assert all(said.values())
    for line in body(word).splitlines():
        slips = [what for what, pattern in BAD_WORDS.items() if re.search(pattern, line)]
        assert slips == [], line


def test_what_is_missing_is_said(tmp_path: Path) -> None:
    """Each optional input that is not there is said to be missing, in the text or in a box."""
    word = summary_of(tmp_path, complaints=[{**complaint(1), "outcome": ""}])
    said = told(word)
    assert "no record to show of the compensation" in said["Compensation"]
    assert "no list to show of what we learned" in said["What we learned"]
    assert "no record to show of what it decided" in said["The Housing Ombudsman"]
    assert rows_of(word.tables()[0])[1][3] == "Not known"
    assert word.texts("NotSupplied") == [
        "Not supplied: how to complain to us.",
        "Not supplied: how to reach the Housing Ombudsman.",
    ]


def test_a_build_tells_what_the_summary_lacks(tmp_path: Path) -> None:
    """The texts that only the summary asks for are told with those of the report."""
    folder = project(tmp_path, complaints=[complaint(1)])
    [line] = [li for li in hcreport("build", folder).out.splitlines() if "Not supplied" in li]
    assert "text/how_to_complain.md" in line
    assert "text/how_to_reach_the_ombudsman.md" in line


# --- What complaints were about, and what was learned -----------------------------------------


def test_services_stand_in_where_no_category_is_recorded(tmp_path: Path) -> None:
    """Without a category the complaints are told apart by service, and without either not."""
    rows = [complaint(1), complaint(2), complaint(3, service="Lettings")]
    said = told(summary_of(tmp_path / "services", complaints=rows))["What they were about"]
    assert "The most common subject was repairs, with 2 of 3 new complaints (67%)." in said
    bare = [{**row, "service": ""} for row in rows]
    said = told(summary_of(tmp_path / "neither", complaints=bare))["What they were about"]
    assert said == "Our records do not show what the new complaints were about."


def test_subjects_that_tie_are_named_together(tmp_path: Path) -> None:
    """Two subjects at the top are both the most common, with what each of them has."""
    rows = [complaint(n, category=name) for n, name in enumerate(("Noise", "Damp"), start=1)]
    said = told(summary_of(tmp_path, complaints=rows))["What they were about"]
    assert "The most common subjects were damp and noise, with 1 of 2 new complaints each" in said


def test_many_subjects_that_tie_are_not_all_named(tmp_path: Path) -> None:
    """A list of seven would say nothing: that they tie is said, and what each of them has."""
    rows = [complaint(n, category=f"Kind {n}") for n in range(1, 8)]
    said = told(summary_of(tmp_path, complaints=rows))["What they were about"]
    assert said.startswith("Several subjects share first place, with 1 of 7 new complaints each")
    assert "Next came" not in said


def test_a_period_of_other_dates_is_told_by_them(tmp_path: Path) -> None:
    """Eleven months and the same ones before are "from … to …", also at the head of a sentence."""
    folder = project(
        tmp_path,
        previous(stage1__received=4),
        complaints=complaints(2),
        findings=[finding("A")],
    )
    toml = folder / "report.toml"
    text = toml.read_text("utf-8").replace(
        'year = "2023/24"', "start = 2023-04-01\nend = 2024-02-29"
    )
    toml.write_text(text, encoding="utf-8")
    word = Word.of(rendered(pipeline.compute(folder))[NAME])
    assert word.texts("Title") == ["Your complaints from 1 April 2023 to 29 February 2024"]
    said = told(word)
    assert "the 4 from 1 April 2022 to 28 February 2023." in said["How many complaints we had"]
    ombudsman = "From 1 April 2023 to 29 February 2024 it decided 1 case about us."
    assert ombudsman in said["The Housing Ombudsman"]


def test_the_chart_of_subjects_keeps_to_the_most_common(tmp_path: Path) -> None:
    """Five bars are drawn of seven subjects, and the title says that there are more."""
    names = "ABCDEFG"
    rows = [complaint(n, category=f"Kind {names[n % 7]}") for n in range(1, 15)]
    word = summary_of(tmp_path, complaints=rows)
    [about] = [alt for alt in word.alts() if "complained about" in alt]
    assert "What people complained about most, 2023/24" in about
    assert re.findall(r"Kind (\w) 2 \(14%\)", about) == list("ABCDE")


def test_a_few_changes_are_shown_of_as_many_themes_as_can_be(tmp_path: Path) -> None:
    """The first of each theme, in the order of the log; the note says that there are more."""
    themes = ("Repairs", "Repairs", "Letters", "Repairs", "Training")
    actions = [action(theme=name, action=f"Change {n}") for n, name in enumerate(themes)]
    word = summary_of(tmp_path, complaints=[complaint(1)], actions=actions)
    assert [row[2] for row in rows_of(word.tables()[1])[1:]] == ["Change 0", "Change 2", "Change 4"]
    assert word.texts("Note") == ["The full report lists every change."]


def test_the_annex_does_not_repeat_a_part_of_the_log() -> None:
    """The workbook holds the report's tables, not the summary's cut of one."""
    with zipfile.ZipFile(io.BytesIO(sample_files()["annex.xlsx"])) as book:
        strings = "".join(
            book.read(name).decode("utf-8", "replace")
            for name in book.namelist()
            if name.endswith(".xml")
        )
    assert "What complaints taught us" in strings
    assert "What we learned, and what we do about it" not in strings


# --- What may be published --------------------------------------------------------------------


def test_a_withheld_number_is_withheld_here_too(tmp_path: Path) -> None:
    """3 of 40 is small and 17 would give it away: neither is printed, drawn or told by ear."""
    kinds = {"Repairs": 20, "Noise": 17, "Damp": 3}
    names = [name for name, times in kinds.items() for _ in range(times)]
    rows = [complaint(n, category=name) for n, name in enumerate(names, start=1)]
    word = summary_of(
        tmp_path, '[disclosure]\nthreshold = 5\nfields = ["category"]\n', complaints=rows
    )
    said = told(word)["What they were about"]
    assert "The most common subject of those published was repairs, with 20 of 40" in said
    everything = f"{body(word)} {' '.join(word.alts())}"
    assert not re.search(r"\b(17|3) ?\(|Damp|Noise", everything)


def test_where_every_subject_is_withheld_the_records_are_not_blamed(tmp_path: Path) -> None:
    """They show what the complaints were about; it is the reader who is not told."""
    rows = [complaint(n, category=name) for n, name in enumerate(["Noise", "Damp"] * 2, start=1)]
    rule = '[disclosure]\nthreshold = 5\nfields = ["category", "service"]\n'
    services = [{**row, "service": "Estates" if n else "Repairs"} for n, row in enumerate(rows)]
    said = told(summary_of(tmp_path, rule, complaints=services))["What they were about"]
    expected = "We do not say what the new complaints were about, so that nobody can be recognised."
    assert said == expected


# --- Its files --------------------------------------------------------------------------------


def test_a_template_of_ones_own(tmp_path: Path) -> None:
    """`summary` names a Word file of the project; its title is still the summary's."""
    folder = project(tmp_path, 'summary = "ours.docx"\n', complaints=[complaint(1)])
    template = docx.Document()
    template.add_paragraph("{{ landlord.name }} had {{ summary.received }}.")
    template.save(str(folder / "ours.docx"))
    files = rendered(pipeline.compute(folder))
    assert body(Word.of(files[NAME])) == "Example Homes had 1."
    made = docx.Document(io.BytesIO(files[NAME]))
    assert made.core_properties.title == "Your complaints in 2023/24"


def test_a_template_that_is_not_there(tmp_path: Path) -> None:
    """The message names the setting, and nothing is written."""
    folder = project(tmp_path, 'summary = "sumary"\n', complaints=[complaint(1)])
    ran = hcreport("build", folder)
    assert ran.status == 2
    assert ran.lines == [
        "report.toml: summary: there is no template 'sumary'.",
        "Did you mean summary?",
    ]
    assert not (folder / "output").exists()


def test_copy_and_check(tmp_path: Path) -> None:
    """The bundled template can be copied, restyled and checked, and the Code is not asked of it."""
    folder = copy_of_sample(tmp_path)
    copied = hcreport("template", "copy", "summary", folder)
    assert 'Set summary = "summary.docx" in report.toml' in copied.out
    for file in ("summary", folder / NAME):
        ran = hcreport("template", "check", file, folder)
        assert (ran.status, ran.err) == (0, "")
        assert ", no fault" in ran.out
        assert "It is a summary for residents" in ran.out
        assert "8.1(" not in ran.out


def test_a_summary_is_told_from_a_report() -> None:
    """Parts of the summary and nothing of the Code's make one; anything else is a report."""
    part = "commentary.summary_received"
    assert is_summary({part, "text.how_to_complain"})
    assert not is_summary({"text.how_to_complain"})
    assert not is_summary({part, CODE_BLOCKS[0].served_by[0]})
    found = template_check.check(find_template(Path(), "summary"), pipeline.writer(sample_run()))
    assert (found.faults, found.left_out, found.is_summary) == ((), (), True)


def test_a_draft_says_so_on_every_page() -> None:
    """Both headers bear the mark."""
    word = Word.of(rendered(sample_run(), draft=True)[NAME])
    assert len(word.headers) == 2
    assert all(text_of(header).startswith("DRAFT") for header in word.headers.values())


def test_an_edited_summary_is_not_replaced(tmp_path: Path) -> None:
    """A summary that somebody has worked on is kept until they say otherwise."""
    folder = project(tmp_path, complaints=[complaint(1)])
    hcreport("build", folder)
    edited = folder / "output" / NAME
    edited.write_bytes(edited.read_bytes() + b"edited")
    project(folder, complaints=complaints(2))
    ran = hcreport("build", folder)
    assert ran.status == 2
    assert NAME in ran.lines[0]
    assert hcreport("build", folder, "--overwrite").status == 0


def test_its_sentences_are_short() -> None:
    """On average a sentence has no more than 15 words, and none has more than 30."""
    texts = Word.of(sample_files()[NAME]).texts("BodyText")
    sentences = [s for text in texts for s in re.split(r"(?<=[.:])\s+", text)]
    lengths = [len(sentence.split()) for sentence in sentences]
    assert sum(lengths) / len(lengths) <= 15
    assert max(lengths) <= 30


def test_stage_and_code_words_stay_out() -> None:
    """No word that only people who handle complaints know is used where another will do."""
    word = Word.of(sample_files()[NAME])
    ours = "\n".join(word.texts("BodyText") + word.texts("Heading1")).casefold()
    for jargon in ("stage 1", "stage 2", "maladministration", "determination", "escalat", "cohort"):
        assert jargon not in ours


def test_half_a_day_is_told_in_whole_days(tmp_path: Path) -> None:
    """Answers of 12 and 13 working days have their middle between: half came within 13."""
    days = ("2023-05-19", "2023-05-22")
    rows = [complaint(n, responded_on=day) for n, day in enumerate(days, start=1)]
    said = told(summary_of(tmp_path, complaints=rows))["How quickly we answered"]
    assert "At least half of the answers at the first stage came within 13 working days." in said
