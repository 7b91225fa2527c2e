"""Refresh: an edited report gets today's figures, keeps every edit, and tells all it did."""

from __future__ import annotations

import contextlib
import copy
import io
import json
import subprocess
from collections import Counter
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import TYPE_CHECKING

import openpyxl
import pytest
from lxml import etree
from tests import edits
from tests.edits import Parts
from tests.projects import complaint, hcreport, previous, project, rendered, second
from tests.test_foreign_templates import like_word, mended, with_template
from tests.test_word import validator
from tests.word import WP, W, Word, rows_of, text_of

from hcreport import pipeline
from hcreport.archive import packed
from hcreport.problems import CannotRun
from hcreport.refresh import refreshing
from hcreport.refresh.account import Account, Did
from hcreport.refresh.ours import Ours
from hcreport.refresh.package import Package
from hcreport.studio import Studio

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tests.edits import Edit
    from tests.projects import Row

    from hcreport.pipeline import Run

LAST_YEAR = previous(stage1__received=3, stage2__received=1)
FOREWORD = """\
We had {{ stage1.received }} complaints, and this rose. Nothing else is said here.

{{ stage1.received }} complaints were heard. **{{ stage1.upheld }}** were upheld.
"""
RECEIVED = "stage1.received|value"
UPHELD = "stage1.upheld|value"


def rows_before() -> list[Row]:
    """Four complaints at stage 1, three of them about repairs, and one at stage 2."""
    rows = [*(complaint(n) for n in (1, 2, 3)), complaint(4, service="Lettings")]
    return [*rows, second(rows[0])]


def rows_after() -> list[Row]:
    """Two of the repairs turned out to be twice there, and the lettings to be about estates."""
    first = complaint(1, outcome="not_upheld")
    return [first, complaint(4, service="Estates"), second(first)]


def made(rows: Sequence[Row], settings: str = LAST_YEAR) -> Path:
    """Write a project with a foreword."""
    folder = project(Path(mkdtemp(prefix="refresh-")), settings, complaints=rows)
    (folder / "text").mkdir()
    (folder / "text" / "foreword.md").write_text(FOREWORD, encoding="utf-8")
    return folder


@cache
def before() -> bytes:
    """The report as it was built first."""
    return rendered(pipeline.compute(made(rows_before())))["report.docx"]


@cache
def after() -> bytes:
    """The report as it would be built from the corrected data."""
    return rendered(pipeline.compute(made(rows_after())))["report.docx"]


def today_of(run: Run) -> Ours:
    """What a run would say today, its charts drawn."""
    w = pipeline.writer(run)
    with Studio() as studio:
        content = pipeline.contents(run, w, studio)
        content.pictures()
    return Ours(w, content)


@cache
def today() -> Ours:
    """What the corrected data says."""
    return today_of(pipeline.compute(made(rows_after())))


@dataclass(frozen=True)
class Result:
    """A refreshed report, opened, and the account of it."""

    content: bytes
    account: Account

    @property
    def word(self) -> Word:
        """The report."""
        return Word.of(self.content)

    @property
    def parts(self) -> Parts:
        """The report, to look for controls in."""
        return Parts.of(self.content)

    def did(self, *did: Did) -> set[str]:
        """The tags of the marks that something became of."""
        return {line.tag for line in self.account.of(*did)}


def refreshed(content: bytes, *take: str, by: Callable[[], Ours] = today) -> Result:
    """Refresh a report that is held in memory."""
    path = Path(mkdtemp(prefix="refresh-")) / "edited.docx"
    path.write_bytes(content)
    done = refreshing.refresh(Package.of(path), by(), take)
    return Result(done.content, done.account)


def edited(*changes: Edit) -> bytes:
    """The first report after some edits."""
    parts = Parts.of(before())
    for change in changes:
        change(parts)
    return parts.whole()


# --- Nobody edited anything -------------------------------------------------------------------


def test_an_unedited_report_becomes_what_a_build_would_write() -> None:
    """Every line of it, tables and alt texts too: rows and sentences came and went."""
    result = refreshed(before())
    assert list(result.word.lines()) == list(Word.of(after()).lines())
    assert result.account.of(Did.KEPT, Did.MISSING, Did.GONE) == []


def test_its_headers_and_pictures_are_todays_too() -> None:
    """The same stories and the same pictures, and no picture that is shown no more."""
    result, built = refreshed(before()).word, Word.of(after())
    for name, story in built.stories.items():
        assert text_of(result.part(name)) == text_of(story), name

    def pictures(word: Word) -> set[bytes]:
        return {content for name, content in word.parts.items() if name.endswith(".png")}

    assert pictures(result) == pictures(built)


def test_what_it_remembers_is_what_a_build_would() -> None:
    """So the next refresh starts from the same place."""

    def kept(content: bytes) -> list[bytes]:
        parts = Word.of(content).parts.items()
        return [sorted(b.split(b"<")) for n, b in parts if n.startswith("customXml/item1")]

    assert kept(refreshed(before()).content) == kept(after())


def test_a_report_of_the_same_data_is_left_byte_for_byte() -> None:
    """There is nothing to do, and nothing is done."""
    result = refreshed(after())
    assert result.content == after()
    assert {line.did for line in result.account.lines} == {Did.UNCHANGED}
    assert not result.account.needs_a_person


# --- Twenty and more kinds of edit ------------------------------------------------------------

SENTENCE = "We received 4 stage 1 complaints in 2023/24"
MATRIX: dict[str, tuple[Sequence[Edit], dict[Did, set[str]]]] = {
    "typed over": ([edits.typed(RECEIVED, "5")], {Did.KEPT: {RECEIVED}}),
    "deleted": ([edits.deleted(UPHELD)], {Did.MISSING: {UPHELD}}),
    "emptied": ([edits.emptied(UPHELD)], {Did.MISSING: {UPHELD}}),
    "pasted elsewhere": ([edits.copied(UPHELD, "Report sign off")], {}),
    "pasted into a header": ([edits.in_a_header(UPHELD)], {}),
    "pasted into a text box": ([edits.moved_to_a_text_box(UPHELD, "Report sign off")], {}),
    "cut up by spelling": ([edits.cut_up(RECEIVED)], {}),
    "taken for a smart tag": ([edits.in_a_smart_tag(RECEIVED)], {}),
    "set in bold": ([edits.bold(RECEIVED)], {}),
    "discussed": ([edits.commented(RECEIVED)], {}),
    "pasted with changes tracked": ([edits.inserted(RECEIVED)], {}),
    "struck out": ([edits.struck(UPHELD)], {Did.MISSING: {UPHELD}}),
    "struck out and replaced": ([edits.struck(UPHELD, "9")], {Did.KEPT: {UPHELD}}),
    "moved with changes tracked": ([edits.moved(UPHELD, "Report sign off", whole=True)], {}),
    "moved inside its control": ([edits.moved(UPHELD, "Report sign off", whole=False)], {}),
    "words around it": ([edits.reworded("Nothing else is said", "All is said")], {}),
    "a heading renamed": ([edits.reworded("Report sign off", "Signed")], {}),
    "a paragraph of one's own": ([edits.added_after("Report sign off", "Looks good.")], {}),
    "a commentary's sentence reworded": (
        [edits.reworded(" at both stages", " at the two stages")],
        {Did.KEPT: {"commentary.outcomes"}},
    ),
    "a commentary's sentence deleted": (
        [edits.removed(SENTENCE)],
        {Did.MISSING: {"commentary.volumes"}},
    ),
    "a paragraph inside a commentary": ([edits.added_after(SENTENCE, "We regret it.")], {}),
    "a cell typed over": (
        [edits.cell("tables.received_by_stage", 1, 1, "7")],
        {Did.KEPT: {"tables.received_by_stage"}},
    ),
    "a table in another look": ([edits.restyled("tables.received_by_service")], {}),
    "a table inside a table": ([edits.nested("tables.received_by_month")], {}),
    "a table deleted": (
        [edits.deleted("tables.received_by_month")],
        {Did.MISSING: {"tables.received_by_month"}},
    ),
    "a chart resized": ([edits.resized("charts.received_by_stage", 0.5)], {}),
    "a chart described anew": (
        [edits.described("charts.received_by_stage", "Bars.")],
        {Did.KEPT: {"charts.received_by_stage"}},
    ),
    "a chart deleted": (
        [edits.deleted("charts.received_by_stage")],
        {Did.MISSING: {"charts.received_by_stage"}},
    ),
    "tables in another order": (
        [edits.swapped("tables.received_by_stage", "tables.received_by_month")],
        {},
    ),
}


@pytest.mark.parametrize("name", MATRIX)
def test_an_edit_stays_and_the_account_is_right(name: str) -> None:
    """What was edited is told as such, nothing else is, and a second refresh changes nothing."""
    changes, expected = MATRIX[name]
    result = refreshed(edited(*changes))
    for did in (Did.KEPT, Did.MISSING, Did.GONE):
        assert result.did(did) == expected.get(did, set()), did
    again = refreshed(result.content)
    assert again.content == result.content
    assert again.account.of(Did.UPDATED, Did.TAKEN, Did.ADDED, Did.REMOVED) == []
    assert again.did(Did.KEPT, Did.MISSING) == result.did(Did.KEPT, Did.MISSING)


def test_every_edited_report_is_still_a_valid_word_file(tmp_path: Path) -> None:
    """After each edit of the matrix, and the refresh, by the Open XML schema.

    What the edit itself brought in that the schema has no word for, smart tags, is not held
    against the refresh.
    """
    program = validator()

    def faults(content: bytes) -> list[object]:
        path = tmp_path / "report.docx"
        path.write_bytes(content)
        told = subprocess.run([program, str(path)], capture_output=True, text=True, check=False)
        return [fault["description"] for fault in json.loads(told.stdout)["errors"]]

    for name, (changes, _) in MATRIX.items():
        content = edited(*changes)
        found = faults(refreshed(content).content)
        assert not found or found == faults(content), name


# What each edit leaves in the file for anybody to see; a deletion leaves nothing.
TRACES: dict[str, str] = {
    "typed over": ">5<",
    "pasted elsewhere": "Again: ",
    "pasted into a text box": 'name="Box"',
    "cut up by spelling": "w:proofErr",
    "taken for a smart tag": "w:smartTag ",
    "set in bold": "C00000",
    "discussed": 'w:name="discussed"',
    "pasted with changes tracked": "<w:ins ",
    "struck out": "w:delText",
    "struck out and replaced": ">9<",
    "moved with changes tracked": "<w:moveFrom ",
    "moved inside its control": "<w:moveTo ",
    "words around it": "All is said",
    "a heading renamed": ">Signed<",
    "a paragraph of one's own": "Looks good.",
    "a commentary's sentence reworded": " at the two stages",
    "a paragraph inside a commentary": "We regret it.",
    "a cell typed over": ">7<",
    "a table in another look": 'w:val="TableGrid"',
    "a chart resized": "wp:wrapSquare",
    "a chart described anew": 'descr="Bars."',
}


@pytest.mark.parametrize("name", TRACES)
def test_what_somebody_did_is_still_there(name: str) -> None:
    """The trace of the edit is in the refreshed file, and is not in one that nobody edited."""
    trace = TRACES[name]

    def holds(content: bytes) -> int:
        return Word.of(content).parts["word/document.xml"].decode().count(trace)

    assert holds(refreshed(edited(*MATRIX[name][0])).content) > holds(refreshed(before()).content)


def test_deletions_stay_deleted() -> None:
    """A table, a chart and a sentence that somebody took out do not come back."""
    for name in ("a table deleted", "a chart deleted", "a commentary's sentence deleted"):
        changes, _ = MATRIX[name]
        whole, less = (refreshed(c).word for c in (before(), edited(*changes)))
        assert len(list(less.lines())) < len(list(whole.lines()))


# --- What stays and what moves ----------------------------------------------------------------


def test_formatting_and_marks_of_proofing_survive() -> None:
    """The figure is today's, in bold and red, and what Word put round it is still there."""
    for change, trace in (
        (edits.bold(RECEIVED), f"{W}color"),
        (edits.cut_up(RECEIVED), f"{W}proofErr"),
        (edits.in_a_smart_tag(RECEIVED), f"{W}smartTag"),
        (edits.commented(RECEIVED), f"{W}bookmarkEnd"),
        (edits.inserted(RECEIVED), f"{W}ins"),
    ):
        content = refreshed(edited(change)).parts.content_of(RECEIVED)
        assert text_of(content) == "2"
        assert next(content.iter(trace), None) is not None


def test_a_figure_is_updated_wherever_it_was_pasted() -> None:
    """In the text, in a header, in a text box and the copy of it for older programs."""
    plain = len([line for line in refreshed(before()).account.lines if line.tag == UPHELD])
    for change in (
        edits.copied(UPHELD, "Report sign off"),
        edits.in_a_header(UPHELD),
        edits.moved_to_a_text_box(UPHELD, "Report sign off"),
    ):
        result = refreshed(edited(change))
        assert result.account.copies == {UPHELD: 1}
        assert len([line for line in result.account.lines if line.tag == UPHELD]) == plain + 1
        said = [
            text_of(control[-1])
            for root in result.parts.roots.values()
            for control in root.iter(f"{W}sdt")
            if (tag := control.find(f"{W}sdtPr/{W}tag")) is not None
            and tag.get(f"{W}val") == UPHELD
        ]
        assert set(said) == {"1"}


@pytest.mark.parametrize("whole", [True, False])
def test_a_figure_moved_with_changes_tracked_is_one_mark(whole: bool) -> None:
    """It is updated where it now stands; what was there before says what it said."""
    result = refreshed(edited(edits.moved(UPHELD, "Report sign off", whole=whole)))
    assert result.account.copies == {}
    assert result.did(Did.MISSING, Did.KEPT) == set()
    for name, text in (("moveFrom", "4"), ("moveTo", "1")):
        (change,) = result.parts.body.iter(f"{W}{name}")
        assert text_of(change) == text
    accepted = result.parts
    change = next(accepted.body.iter(f"{W}moveFrom"))
    edits.drop(change if whole else next(change.iterancestors(f"{W}sdt")))
    again = refreshed(accepted.whole())
    assert again.account.of(Did.UPDATED, Did.MISSING, Did.KEPT) == []


def test_captions_moved_with_changes_tracked_are_numbered_once() -> None:
    """A caption stands where it was as well, and only counts where it is now."""

    def move(parts: Parts) -> None:
        caption = parts.paragraph(": Complaints received in each month")
        new = copy.deepcopy(caption)
        caption.addnext(new)
        for paragraph, name in ((caption, "moveFrom"), (new, "moveTo")):
            for run in list(paragraph.iter(f"{W}r")):
                change = edits.xml(f"<w:{name} {edits.WHO}/>")
                run.addprevious(change)
                change.append(run)

    gone = today_of(pipeline.compute(made([complaint(9, received="2022-05-02")])))
    result = refreshed(edited(move), by=lambda: gone)
    plain = refreshed(before(), by=lambda: gone)

    def numbers(refreshed: Result) -> list[str]:
        captions = refreshed.parts.body.iter(f"{W}fldSimple")
        return [
            "".join(t.text or "" for t in c.iter(f"{W}t"))
            for c in captions
            if next(c.iter(f"{W}moveFrom"), None) is None
        ]

    assert numbers(result) == numbers(plain)


def test_what_was_dragged_into_a_text_box_is_told_once_and_numbered_once() -> None:
    """A chart and a table with their captions: both copies of a box say the same."""
    tags = ("charts.received_by_month", "tables.received_by_stage")
    refused = complaint(9, refusal_reason="Already investigated")
    full = rendered(pipeline.compute(made([*rows_before(), refused])))["report.docx"]
    parts = Parts.of(full)
    for tag in tags:
        edits.in_a_text_box(tag, "Report sign off")(parts)
    result, plain = refreshed(parts.whole()), refreshed(full)
    assert result.account.copies == plain.account.copies == {}
    assert result.did(Did.KEPT, Did.MISSING) == plain.did(Did.KEPT, Did.MISSING) == set()
    assert len(result.account.of(Did.UPDATED)) == len(plain.account.of(Did.UPDATED))
    assert result.did(Did.REMOVED) == plain.did(Did.REMOVED) != set()
    boxes = [text_of(box) for box in result.parts.body.iter(f"{W}txbxContent")]
    assert boxes[::2] == boxes[1::2]
    for kind in ("Table", "Figure"):
        numbers = [c.split(":")[0] for c in result.word.texts("Caption") if c.startswith(kind)]
        counted = Counter(numbers)
        assert set(counted) == {f"{kind} {n}" for n in range(1, len(counted) + 1)}
        assert sorted(counted.values()) == [*[1] * (len(counted) - 1), 2]
    again = refreshed(result.content)
    assert again.content == result.content


def test_a_heading_or_a_sentence_with_a_text_box_on_it_is_told_by_its_own_words() -> None:
    """Those of the box are another paragraph's, and Word keeps them twice."""
    box = edits.moved_to_a_text_box(UPHELD, "Headlines")
    result = refreshed(edited(box, edits.typed("stage1.uphold_rate|base", "5 of 5")))
    assert [line.where for line in result.account.of(Did.KEPT)] == ["Headlines"]
    beside = edits.moved_to_a_text_box(UPHELD, "and this rose")
    rose, *_ = refreshed(edited(beside)).account.sentences
    assert rose.text == "We had 2 complaints, and this rose."


def test_a_figure_in_a_text_box_of_the_template_is_in_one_place(tmp_path: Path) -> None:
    """A build writes it into both copies of the box; a refresh of the same data does nothing."""
    folder = with_template(tmp_path, like_word)
    mended(folder / "mine.docx")
    assert hcreport("build", folder).status == 0
    ran = hcreport("refresh", folder / "output" / "report.docx", folder, "--json", "--dry-run")
    told = json.loads(ran.out)
    assert {mark["did"] for mark in told["marks"]} == {"unchanged"}
    assert told["copies"] == {}


def test_a_figure_changed_by_hand_is_left_and_told() -> None:
    """With what it said, what they made of it and what ours is; the other places are updated."""
    result = refreshed(edited(edits.typed(RECEIVED, "5")))
    (line,) = result.account.of(Did.KEPT)
    assert (line.was, line.theirs, line.ours) == ("4", "5", "2")
    said = [text_of(c[-1]) for c in result.parts.controls(RECEIVED)]
    assert said.count("5") == 1
    assert set(said) == {"5", "2"}
    assert result.account.needs_a_person


@pytest.mark.parametrize("take", ["stage1.received", RECEIVED, "all"])
def test_ours_is_taken_where_that_is_asked_for(take: str) -> None:
    """By the figure, by the whole tag, or all at once."""
    result = refreshed(edited(edits.typed(RECEIVED, "5")), take)
    assert result.did(Did.TAKEN) == {RECEIVED}
    assert list(result.word.lines()) == list(Word.of(after()).lines())


def test_taking_all_gives_what_a_build_would_write() -> None:
    """Cells, sentences, pictures and alternatives too."""
    changes = [
        edits.cell("tables.received_by_stage", 1, 1, "7"),
        edits.reworded(" at both stages", " at the two stages"),
        edits.described("charts.received_by_stage", "Bars."),
    ]
    result = refreshed(edited(*changes), "all")
    assert list(result.word.lines()) == list(Word.of(after()).lines())


def test_to_take_what_there_is_not_is_refused() -> None:
    """With the nearest name."""
    with pytest.raises(CannotRun) as stop:
        refreshed(before(), "stage1.recieved")
    assert "stage1.received" in stop.value.hint


def test_the_parts_that_nothing_touched_are_the_same_bytes() -> None:
    """Styles, numbering, settings, comments: all but the text, the pictures and the imprint."""
    old, new = Word.of(edited()).parts, refreshed(edited()).word.parts
    differ = {name for name in old if old[name] != new.get(name)}
    assert {n for n in differ if not n.endswith(".png")} == {
        "word/document.xml",
        "word/_rels/document.xml.rels",
        "customXml/item1.xml",
    }


def test_a_table_keeps_the_look_it_was_given() -> None:
    """Its style and the colour of its first cell, while rows came and went."""
    result = refreshed(edited(edits.restyled("tables.received_by_service")))
    table = next(result.parts.content_of("tables.received_by_service").iter(f"{W}tbl"))
    assert table[0][0].get(f"{W}val") == "TableGrid"
    assert next(table.iter(f"{W}color")).get(f"{W}val") == "C00000"
    assert [row[0] for row in rows_of(table)] == ["Service", "Repairs", "Estates", "Total"]


def test_a_chart_keeps_its_width_and_its_wrapping() -> None:
    """Half as wide as it was, with the text flowing round it, and the new picture in it."""
    tag = "charts.received_by_stage"
    result = refreshed(edited(edits.resized(tag, 0.5)))
    (anchor,) = result.parts.content_of(tag).iter(f"{WP}anchor")
    width = int(next(anchor.iter(f"{WP}extent")).get("cx", "0"))
    whole = int(next(Parts.of(before()).content_of(tag).iter(f"{WP}extent")).get("cx", "0"))
    assert width == whole // 2
    assert next(anchor.iter(f"{WP}wrapSquare"), None) is not None
    assert tag in result.did(Did.UPDATED)


def test_a_paragraph_of_ones_own_stays_where_it_was() -> None:
    """Between two sentences of a commentary that were both brought up to date."""
    result = refreshed(edited(edits.added_after(SENTENCE, "We regret it.")))
    lines = list(result.word.lines())
    at = lines.index(": We regret it.")
    assert "We received 2 stage 1 complaints in 2023/24" in lines[at - 1]
    assert "stage 2 complaint" in lines[at + 1]


# --- Sentences that deserve an eye ------------------------------------------------------------


def test_a_word_of_direction_that_no_longer_fits_is_pointed_at() -> None:
    """The foreword says that complaints rose; they fell."""
    (rose, were) = refreshed(before()).account.sentences
    assert rose.text == "We had 2 complaints, and this rose."
    assert "rose" in rose.why
    assert were.text == "1 were upheld."
    assert "agree" in were.why


@pytest.mark.parametrize(
    ("says", "rows", "points"),
    [
        ("and this rose", rows_after(), "“rose”, and the figure went down from 4 to 2"),
        ("and this fell", [*rows_before(), complaint(5)], "“fell”, and the figure went up"),
        ("and this fell", rows_after(), ""),
        ("and this rose", [*rows_before(), complaint(5)], ""),
    ],
    ids=["rose and went down", "fell and went up", "fell and went down", "rose and went up"],
)
def test_without_a_year_before_the_figure_is_held_against_itself(
    says: str, rows: list[Row], points: str
) -> None:
    """What it said when it was last written: the words may have been about a figure that moved."""
    parts = Parts.of(bare())
    edits.reworded("and this rose", says)(parts)
    result = refreshed(parts.whole(), by=lambda: today_of(pipeline.compute(made(rows, ""))))
    why = [s.why for s in result.account.sentences if says in s.text]
    assert [points in w for w in why] == [True] * bool(points)


def test_a_sentence_without_such_words_is_not_pointed_at() -> None:
    """A figure that moved in plain words needs nobody."""
    texts = [s.text for s in refreshed(before()).account.sentences]
    assert "2 complaints were heard." not in texts


def test_an_old_number_that_somebody_typed_is_pointed_at() -> None:
    """The figure moved; the same number in a sentence of their own did not."""
    typed = edits.added_after("Report sign off", "We heard 4 complaints in all. It cost 4 days.")
    texts = [s.text for s in refreshed(edited(typed)).account.sentences]
    assert "We heard 4 complaints in all." in texts
    assert "It cost 4 days." not in texts


# --- What hangs on a sentence ---


TURNS = "The uphold rate was"  # at both stages before, higher at stage 2 after


def _hung(xml: str) -> Edit:
    def edit(parts: Parts) -> None:
        parts.paragraph(TURNS + " 100% at both").append(edits.xml(xml))

    return edit


@pytest.mark.parametrize(
    "xml",
    [
        "<w:r><w:footnoteReference w:id='2'/></w:r>",
        "<w:r><w:rPr><w:highlight w:val='yellow'/></w:rPr><w:t> (check)</w:t></w:r>",
        "<w:r><w:rPr><w:highlight w:val='yellow'/></w:rPr><w:t></w:t></w:r>",
    ],
)
def test_a_sentence_with_something_on_it_is_not_written_anew(xml: str) -> None:
    """A footnote, a highlight: it is told that the words should turn, and they stay."""
    result = refreshed(edited(_hung(xml)))
    assert "commentary.outcomes" in result.did(Did.KEPT)
    held = result.parts.paragraph("at both stages")
    assert etree.tostring(edits.xml(xml)[0]).split(b" ")[0] in etree.tostring(held)


def test_a_comment_inside_a_mark_leaves_one_figure() -> None:
    """The sentence is written anew, the comment spans it, the old figure is gone."""

    def comment(parts: Parts) -> None:
        sentence = parts.paragraph(TURNS + " 100% at both")
        control = next(sentence.iter(f"{W}sdt"))
        control[-1].append(edits.xml("<w:r><w:commentReference w:id='1'/></w:r>"))

    result = refreshed(edited(comment))
    sentence = result.parts.paragraph(TURNS)
    assert text_of(sentence) == (
        "The uphold rate was higher at stage 2 (100%) than at stage 1 (50%)."
    )
    assert next(sentence.iter(f"{W}commentReference"), None) is not None


def test_a_section_break_survives_its_sentence() -> None:
    """A sentence that the data no longer gives goes; the section that it ends does not."""

    def end_a_section(parts: Parts) -> None:
        sentence = parts.paragraph("there were 3 for Repairs")
        properties = sentence[0]
        properties.append(edits.xml("<w:sectPr><w:pgSz w:w='11906' w:h='16838'/></w:sectPr>"))

    def sections(content: bytes) -> int:
        return len(list(Parts.of(content).body.iter(f"{W}sectPr")))

    content = edited(end_a_section)
    alone = today_of(pipeline.compute(made([complaint(1)])))
    assert sections(refreshed(content, by=lambda: alone).content) == sections(content)


# --- A commentary in two places ---


SHARES = "there were 3 for Repairs"
PASTED = edits.block_copied("commentary.volumes", "Report sign off")


@cache
def alone() -> Ours:
    """One complaint about repairs: no sentence compares services."""
    return today_of(pipeline.compute(made([complaint(1)])))


def _reworded_in(*copies: int) -> Edit:
    """Reword a sentence in some of the copies."""

    def edit(parts: Parts) -> None:
        found = [p for p in parts.body.iter(f"{W}p") if SHARES in text_of(p)]
        for place in copies:
            for node in found[place].iter(f"{W}t"):
                node.text = (node.text or "").replace("there were", "we had")

    return edit


@pytest.mark.parametrize("copies", [(0,), (1,), (0, 1)], ids=["first", "second", "both"])
def test_an_edited_sentence_that_is_gone_is_told_at_each_copy(copies: tuple[int, ...]) -> None:
    """With the heading above it, time and again; a copy that nobody touched loses it."""
    places = ["Complaints received", "What comes next"]
    result = refreshed(edited(PASTED, _reworded_in(*copies)), by=alone)
    again = refreshed(result.content, by=alone)
    assert again.content == result.content
    for each in (result, again):
        assert _gone(each) == [places[place] for place in copies]
    assert not any(SHARES in line for line in result.word.lines())


def _gone(result: Result) -> list[str]:
    found = result.account.of(Did.GONE)
    return [line.where for line in found if line.tag == "commentary.volumes"]


def test_an_edited_sentence_whose_words_turn_is_told_again_beside_its_copy() -> None:
    """The copy that nobody touched says today's words, and is not taken for one that was."""
    pasted = edits.block_copied("commentary.outcomes", "Report sign off")
    result = refreshed(edited(pasted, edits.reworded(" at both stages", " at the two stages")))
    more = [complaint(1, outcome="not_upheld"), complaint(4, service="Estates"), complaint(6)]
    moved = cache(lambda: today_of(pipeline.compute(made([*more, second(more[0])]))))
    for by in (today, moved):
        result = refreshed(result.content, by=by)
        kept = [line for line in result.account.of(Did.KEPT) if line.tag == "commentary.outcomes"]
        assert ["at the two stages" in line.theirs for line in kept] == [True]
    assert refreshed(result.content, by=moved).content == result.content


def test_a_table_left_beside_a_copy_that_went_is_told_again() -> None:
    """The data is gone; somebody typed into one of two copies, and that one stays."""
    one = complaint(9, refusal_reason="Already investigated")
    full = rendered(pipeline.compute(made([*rows_before(), one])))["report.docx"]
    parts, tag = Parts.of(full), "tables.refusals_by_reason"
    caption = copy.deepcopy(parts.paragraph(": Complaints not accepted, by reason"))
    for mark in list(caption.iter(f"{W}bookmarkStart", f"{W}bookmarkEnd")):
        edits.drop(mark)
    parts.paragraph("Report sign off").addprevious(caption)
    edits.block_copied(tag, "Report sign off")(parts)
    edits.cell(tag, 1, 1, "7")(parts)
    result = refreshed(parts.whole())
    again = refreshed(result.content)
    for each in (result, again):
        assert [line.tag for line in each.account.of(Did.GONE)].count(tag) == 1
    assert again.content == result.content


# --- Tables that come and go ------------------------------------------------------------------


@cache
def bare() -> bytes:
    """A report without last year's figures and without stage 2."""
    return rendered(pipeline.compute(made(rows_before()[:4], "")))["report.docx"]


def test_tables_that_come_are_put_in_with_their_captions() -> None:
    """A commentary, a table and its number appear where the statement stood that there was none."""
    rows = [r | {"refusal_reason": ""} for r in rows_after()]
    refused = complaint(9, refusal_reason="Already investigated")

    def by() -> Ours:
        return today_of(pipeline.compute(made([*rows, refused])))

    result = refreshed(bare(), by=by)
    captions = result.word.texts("Caption")
    numbers = [c.split(":")[0] for c in captions]
    tables = [n for n in numbers if n.startswith("Table")]
    assert tables == [f"Table {n}" for n in range(1, len(tables) + 1)]
    assert result.account.of(Did.KEPT, Did.GONE) == []
    again = refreshed(result.content, by=by)
    assert again.content == result.content


def test_a_table_that_went_can_come_again() -> None:
    """Gone and come, twice over, without a change where nothing changed."""

    def without() -> Ours:
        return today_of(pipeline.compute(made([complaint(9, received="2022-05-02")])))

    gone = refreshed(before(), by=without)
    assert refreshed(gone.content, by=without).content == gone.content
    back = refreshed(gone.content)
    assert refreshed(back.content).content == back.content
    assert all(len(control[-1]) for control in back.parts.body.iter(f"{W}sdt"))


def _pictures(content: bytes) -> tuple[set[str], set[str]]:
    """The pictures in a file, and those that its text points to."""
    parts = Word.of(content).parts
    relations = etree.fromstring(parts["word/_rels/document.xml.rels"])
    targets = {f"word/{r.get('Target')}" for r in relations if r.get("Type").endswith("/image")}
    return {name for name in parts if "/media/" in name}, targets


def test_the_picture_of_a_chart_that_goes_goes_too() -> None:
    """With its relation, unless something else shows it, as a copy of it that somebody pasted."""
    rows = [complaint(9, received="2022-05-02")]
    result = refreshed(before(), by=lambda: today_of(pipeline.compute(made(rows))))
    assert any(tag.startswith("charts.") for tag in result.did(Did.REMOVED))
    drawn = {blip.get(f"{edits.R}embed") for blip in result.parts.body.iter(f"{edits.A}blip")}
    held, targets = _pictures(result.content)
    assert held == targets
    assert len(held) == len(drawn) < len(_pictures(before())[0])

    def copy_one(parts: Parts) -> None:
        picture = next(parts.content_of("charts.received_by_stage").iter(f"{W}p"))
        parts.paragraph("Report sign off").addprevious(copy.deepcopy(picture))

    kept = refreshed(edited(copy_one), by=lambda: today_of(pipeline.compute(made(rows))))
    assert len(_pictures(kept.content)[0]) == len(held) + 1


def test_a_table_does_not_go_with_somebodys_words() -> None:
    """Its data is gone; a paragraph typed beside it, or a caption of one's own, is not."""
    refused = complaint(9, refusal_reason="Already investigated")
    full = rendered(pipeline.compute(made([*rows_before(), refused])))["report.docx"]
    tag = "tables.refusals_by_reason"
    parts = Parts.of(full)
    parts.content_of(tag).append(edits.xml(f"<w:p>{edits.run('We looked into it.')}</w:p>"))
    result = refreshed(parts.whole())
    assert tag in result.did(Did.GONE)
    assert any("We looked into it." in line for line in result.word.lines())
    assert tag in refreshed(full).did(Did.REMOVED)


def test_a_reference_to_what_is_no_more_is_pointed_at() -> None:
    """Word would print an error in its place."""
    changes = [edits.deleted("tables.received_by_month")]

    def caption_too(parts: Parts) -> None:
        edits.drop(parts.paragraph("Complaints received in each month"))
        edits.drop(parts.paragraph(": Complaints received in each month"))

    result = refreshed(edited(*changes, caption_too))
    assert any("not in the document any more" in s.why for s in result.account.sentences)


# --- Tables that somebody touched ---


def test_the_other_cells_of_a_touched_table_are_updated() -> None:
    """One cell is theirs; beside it stand today's figures."""
    tag = "tables.received_by_stage"
    result = refreshed(edited(edits.cell(tag, 1, 1, "7")))
    (line,) = [line for line in result.account.of(Did.KEPT) if line.tag == tag]
    assert (line.was, line.theirs, line.ours) == ("4", "7", "2")
    (table,) = result.parts.content_of(tag).iter(f"{W}tbl")
    assert rows_of(table)[1] == ["Stage 1", "7", "3", "-33%"]


def _merged(parts: Parts) -> None:
    """Merge two cells of a heading."""
    row = next(parts.content_of("tables.received_by_month").iter(f"{W}tr"))
    edits.drop(row.findall(f"{W}tc")[1])


def _rowless(parts: Parts) -> None:
    for row in list(parts.content_of("tables.received_by_month").iter(f"{W}tr")):
        edits.drop(row)


@pytest.mark.parametrize("change", [_merged, _rowless])
def test_a_table_of_another_shape_is_left_or_taken_whole(change: Edit) -> None:
    """It cannot be compared cell by cell."""
    tag = "tables.received_by_month"
    assert tag in refreshed(edited(change)).did(Did.KEPT, Did.MISSING)
    if change is _merged:
        assert list(refreshed(edited(change), tag).word.lines()) == list(Word.of(after()).lines())


def test_a_row_that_came_has_nothing_that_hangs_on_its_neighbour() -> None:
    """A footnote in one row is not doubled by the next."""

    def note(parts: Parts) -> None:
        rows = list(parts.content_of("tables.received_by_service").iter(f"{W}tr"))
        paragraph = next(rows[1].iter(f"{W}p"))
        paragraph.append(edits.xml("<w:r><w:footnoteReference w:id='2'/></w:r>"))

    result = refreshed(edited(note))
    held = result.parts.content_of("tables.received_by_service")
    assert len(list(held.iter(f"{W}footnoteReference"))) == 1


# --- What is remembered ---


def test_nothing_is_remembered_that_a_build_would_not_print() -> None:
    """Not what was deleted, nor what is withheld now and somebody typed over."""
    changes = [
        edits.deleted("tables.received_by_service"),
        edits.typed(RECEIVED, "5"),
        edits.removed(SENTENCE),
    ]
    result = refreshed(edited(*changes))
    (imprint,) = [b for n, b in result.word.parts.items() if n.startswith("customXml/item1")]
    (todays,) = [b for n, b in Word.of(after()).parts.items() if n.startswith("customXml/item1")]

    def said(content: bytes) -> set[str]:
        root = etree.fromstring(content)
        return {e.text for e in root.iter() if e.text and not e.tag.endswith("}as")}

    assert said(imprint) <= said(todays)


LETTINGS = "stage1.closed|service=Lettings;root_cause=Delay|value"


def test_a_copy_outlives_the_sentence_it_was_made_of() -> None:
    """The data drops the sentence; the figure pasted elsewhere is told of, and moves later."""
    gone = refreshed(edited(edits.copied(LETTINGS, "Report sign off")))
    assert LETTINGS in gone.did(Did.GONE)
    again = refreshed(gone.content)
    assert LETTINGS in again.did(Did.GONE)
    assert again.content == gone.content
    rows = [*rows_before(), complaint(5, service="Lettings")]
    back = refreshed(again.content, by=lambda: today_of(pipeline.compute(made(rows))))
    assert {text_of(c[-1]) for c in back.parts.controls(LETTINGS)} == {"2"}


# --- What cannot be refreshed -----------------------------------------------------------------


def test_a_file_that_lost_its_marks_is_recognised() -> None:
    """As LibreOffice saves it: the controls are there, their tags are not."""
    parts = Parts.of(before())
    for root in parts.roots.values():
        for tag in list(root.iter(f"{W}tag", f"{W}alias")):
            edits.drop(tag)
    with pytest.raises(CannotRun) as stop:
        refreshed(parts.whole())
    assert "LibreOffice" in stop.value.message


def test_a_file_of_another_origin_is_recognised() -> None:
    """A Word file that no build made has nothing to refresh."""
    with pytest.raises(CannotRun) as stop:
        refreshed((Path(__file__).parents[1] / "templates" / "brent.docx").read_bytes())
    assert "not built" in stop.value.message


def rendered_xlsx() -> bytes:
    """A workbook: a package of the same family."""
    out = io.BytesIO()
    openpyxl.Workbook().save(out)
    return out.getvalue()


@pytest.mark.parametrize("instead", [b"<w:broken", b"", b"<a/>", None])
def test_a_damaged_file_is_answered(instead: bytes | None) -> None:
    """In two lines, whatever part is broken or missing; or refreshed, where it is of no matter."""
    whole = Word.of(before()).parts
    for name in whole:
        parts = {n: instead if n == name else content for n, content in whole.items()}
        with contextlib.suppress(CannotRun):
            refreshed(packed({n: content for n, content in parts.items() if content is not None}))


def test_a_bomb_is_not_unpacked() -> None:
    """A file that would fill the memory is answered by all that read Word files."""
    file, folder = on_disk(packed({"word/document.xml": bytes(20_000_000)}))
    for ran in (
        hcreport("refresh", file, folder),
        hcreport("proofread", file, folder),
        hcreport("template", "check", file, folder),
    ):
        assert (ran.status, len(ran.lines)) == (2, 2)
        assert "unpacks to" in ran.err


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (rendered_xlsx(), "not a Word document"),
        (b"", "not a Word document"),
        (b"PK\x03\x04", "not a Word document"),
        (bytes.fromhex("d0cf11e0a1b11ae1"), "password"),
        (b"Some text", "not a Word document"),
    ],
)
def test_a_file_that_is_no_word_file_is_recognised(content: bytes, says: str) -> None:
    """In two lines."""
    with pytest.raises(CannotRun) as stop:
        refreshed(content)
    assert says in stop.value.message


def test_another_years_report_is_not_mixed_up() -> None:
    """A report of one year cannot take another year's figures."""
    settings = made(rows_after()).joinpath("report.toml").read_text(encoding="utf-8")
    folder = made(rows_after())
    (folder / "report.toml").write_text(settings.replace("2023/24", "2024/25"), encoding="utf-8")
    with pytest.raises(CannotRun) as stop:
        refreshed(before(), by=lambda: today_of(pipeline.compute(folder)))
    assert "2023-04-01 to 2024-03-31" in stop.value.message


def test_a_draft_is_one_no_more_once_the_errors_are_mended() -> None:
    """The words at the head of each page go."""
    draft = rendered(pipeline.compute(made(rows_before())), draft=True)["report.docx"]
    result = refreshed(draft)
    assert not any("DRAFT" in text_of(story) for story in result.word.stories.values())
    assert list(result.word.lines()) == list(Word.of(after()).lines())


# --- From the command line --------------------------------------------------------------------


def on_disk(content: bytes) -> tuple[Path, Path]:
    """A project with the corrected data and in it an edited report."""
    folder = made(rows_after())
    file = folder / "edited.docx"
    file.write_bytes(content)
    return file, folder


def test_the_file_is_not_touched_unless_asked() -> None:
    """The refreshed one is written beside it; a second time only over what is the same."""
    file, folder = on_disk(before())
    ran = hcreport("refresh", file, folder)
    assert ran.status == 1  # the foreword deserves an eye
    assert file.read_bytes() == before()
    written = folder / "edited.refreshed.docx"
    assert list(Word.of(written.read_bytes()).lines()) == list(Word.of(after()).lines())
    assert "Read these again" in ran.out
    again = hcreport("refresh", file, folder)
    assert again.status == 1
    assert f"Nothing was written: {written} is there already and is the same." in again.out
    written.write_bytes(b"somebody's work")
    assert hcreport("refresh", file, folder).status == 2
    assert written.read_bytes() == b"somebody's work"


def test_in_place_keeps_a_copy() -> None:
    """And a second one keeps a second copy."""
    file, folder = on_disk(before())
    hcreport("refresh", file, folder, "--in-place")
    assert (folder / "edited.before-refresh.docx").read_bytes() == before()
    file.write_bytes(edited(edits.typed(RECEIVED, "5")))
    hcreport("refresh", file, folder, "--in-place")
    assert (folder / "edited.before-refresh.docx").read_bytes() == before()
    assert (folder / "edited.before-refresh-2.docx").is_file()


def test_the_file_itself_is_no_output() -> None:
    """Only --in-place changes it, and keeps a copy."""
    file, folder = on_disk(before())
    ran = hcreport("refresh", file, folder, "--output", file)
    assert ran.status == 2
    assert "--in-place" in ran.err
    assert file.read_bytes() == before()


def _with_macros(content: bytes) -> bytes:
    """The same file as Word saves one with macros."""
    types = Word.of(content).parts["[Content_Types].xml"]
    plain = b"vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    parts = Parts.of(content)
    parts.roots.clear()
    macros = types.replace(plain, b"vnd.ms-word.document.macroEnabled.main+xml")
    return parts.whole(**{"[Content_Types].xml": macros})


def test_a_file_with_macros_stays_one() -> None:
    """Its name ends as Word wants it to, whatever it is written to; another end is refused."""
    file, folder = on_disk(_with_macros(before()))
    file = file.rename(folder / "edited.docm")
    assert hcreport("refresh", file, folder).status == 1
    assert list(Word.of((folder / "edited.refreshed.docm").read_bytes()).lines()) == list(
        Word.of(after()).lines()
    )
    ran = hcreport("refresh", file, folder, "--output", folder / "new.docx")
    assert (ran.status, len(ran.lines)) == (2, 2)
    assert ".docm" in ran.err
    hcreport("refresh", file, folder, "--in-place")
    assert {path.name for path in folder.iterdir() if path.suffix.startswith(".doc")} == {
        *("edited.docm", "edited.refreshed.docm", "edited.before-refresh.docm")
    }


def test_a_dry_run_writes_nothing() -> None:
    """It says all that a refresh would."""
    file, folder = on_disk(before())
    there = sorted(folder.iterdir())
    ran = hcreport("refresh", file, folder, "--dry-run")
    assert "stage1.received: 4 → 2" in ran.out
    assert sorted(folder.iterdir()) == there
    said = ran.out.splitlines()
    assert "Nothing was written: this was a dry run." in said
    assert f"  Without --dry-run it is written to {folder / 'edited.refreshed.docx'}" in said


@pytest.mark.parametrize(
    ("options", "stands", "says"),
    [
        ([], b"somebody's work", "is there already, and is replaced only with --overwrite."),
        (["--overwrite"], b"somebody's work", ", which is there already, is replaced."),
        ([], b"", "is there already and is the same."),
        (["--in-place"], b"", "itself is changed, and a copy of it kept beside it."),
    ],
)
def test_a_dry_run_says_what_stands_where_it_would_write(
    options: list[str], stands: bytes, says: str
) -> None:
    """And so that nothing would be written, or what would be replaced."""
    file, folder = on_disk(before())
    hcreport("refresh", file, folder)
    written = folder / "edited.refreshed.docx"
    written.write_bytes(stands or written.read_bytes())
    was = written.read_bytes(), file.read_bytes()
    ran = hcreport("refresh", file, folder, "--dry-run", *options)
    assert ran.status == 1
    assert says in ran.out
    assert (written.read_bytes(), file.read_bytes()) == was


def test_the_account_as_json_has_every_mark() -> None:
    """For other programs: each mark with what became of it."""
    file, folder = on_disk(edited(edits.typed(RECEIVED, "5")))
    told = json.loads(hcreport("refresh", file, folder, "--json", "--dry-run").out)
    by = {(m["tag"], m["did"]): m for m in told["marks"]}
    assert by[RECEIVED, "kept"]["theirs"] == "5"
    assert by[RECEIVED, "updated"]["ours"] == "2"
    assert told["needs_a_person"] is True


def test_errors_in_the_data_are_told_as_json_where_that_is_asked_for() -> None:
    """In the form of an account, so that a program need not read two; nothing is written."""
    file, folder = on_disk(before())
    project(folder, LAST_YEAR, complaints=[complaint(1, outcome="Uphelt"), complaint(2)])
    there = sorted(folder.iterdir())
    ran = hcreport("refresh", file, folder, "--json")
    told = json.loads(ran.out)
    assert ran.status == 1
    assert [error["value"] for error in told["errors"]] == ["Uphelt"]
    assert told["marks"] == []
    assert told["needs_a_person"] is True
    assert "1 error to mend, then refresh again" in ran.err
    assert sorted(folder.iterdir()) == there


def test_nothing_is_told_as_done_that_could_not_be_written() -> None:
    """Neither the account nor its JSON: the file that stands there is somebody's work."""
    file, folder = on_disk(before())
    (folder / "edited.refreshed.docx").write_bytes(b"somebody's work")
    for options in ([], ["--json"]):
        ran = hcreport("refresh", file, folder, *options)
        assert (ran.status, ran.out) == (2, "")
        assert "is there already" in ran.err


def test_a_folder_is_no_output() -> None:
    """The hint is that of a refresh, which writes one file; a build has other words for it."""
    file, folder = on_disk(before())
    ran = hcreport("refresh", file, folder, "--output", folder)
    assert (ran.status, ran.out) == (2, "")
    assert f"{folder} is a folder." in ran.err
    assert "Give --output a file in it" in ran.err
    ran = hcreport("refresh", file, folder, "--output", file / "report.docx")
    assert ran.status == 2
    assert f"{file} is a file, and no folder to write into." in ran.err


def test_a_report_with_nothing_to_do_ends_well() -> None:
    """Nothing moved, nothing needs anybody: 0."""
    file, folder = on_disk(after())
    ran = hcreport("refresh", file, folder)
    assert ran.status == 0, ran.out
