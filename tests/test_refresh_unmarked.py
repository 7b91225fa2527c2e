"""Refresh: what stands in a report without its content control, removed in Word or elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests import edits
from tests.edits import Parts
from tests.projects import hcreport
from tests.test_refresh import RECEIVED, UPHELD, after, before, edited, on_disk, refreshed
from tests.test_refresh_tables import SERVICES
from tests.word import W, text_of

from hcreport.problems import CannotRun
from hcreport.refresh.account import Did
from hcreport.refresh.unmarked import DIFFERS

if TYPE_CHECKING:
    from tests.edits import Edit
    from tests.test_refresh import Result

GLANCE = "tables.at_a_glance"
NOTE = "“Not given”: no figure for 2022/23 was supplied."
CHART = "charts.received_by_stage"
DECIDED = "stage1.decided|value"


def told(result: Result, tag: str) -> list[tuple[str, str, str]]:
    """What the account says of a mark that is off: where it stands, theirs and ours."""
    found = [line for line in result.account.of(Did.UNMARKED) if line.tag == tag]
    return [(line.where, line.theirs, line.ours) for line in found]


# --- A figure ---


@pytest.mark.parametrize(
    ("tag", "place", "where", "old", "new"),
    [
        (RECEIVED, 0, "Foreword from the lead member", "4", "2"),
        (RECEIVED, 2, "Headlines", "4", "2"),
        (RECEIVED, 3, "Complaints received", "4", "2"),
        (UPHELD, 0, "Foreword from the lead member", "4", "1"),
        ("stage1.uphold_rate|base", 0, "Headlines", "4 of 4", "1 of 2"),
        (f"{GLANCE}|note", 0, "Executive summary", NOTE, NOTE),
        ("stage1.received|change", 0, "Headlines", "an increase of 33%", "a decrease of 33%"),
    ],
)
def test_a_figure_without_its_control_is_told_with_old_and_new(
    tag: str, place: int, where: str, old: str, new: str
) -> None:
    """In a sentence of ours or of somebody's own; it stays as it stands, and needs a person."""
    content = edited(edits.unwrapped(tag, place))
    result = refreshed(content)
    assert told(result, tag) == [(where, old, new)]
    assert tag not in result.did(Did.MISSING)
    assert result.account.needs_a_person
    again = refreshed(result.content)
    assert again.content == result.content


def test_a_figure_of_ours_without_its_control_is_told_each_time() -> None:
    """As long as the sentence stands: its other figures move, this one does not."""
    result = refreshed(edited(edits.unwrapped(RECEIVED, 2)))
    assert "4 stage 1 complaints, a decrease of 33%" in text_of(
        result.parts.paragraph("stage 1 complaints, a decrease")
    )
    again = refreshed(result.content)
    assert told(again, RECEIVED) == told(result, RECEIVED)
    assert again.account.needs_a_person


def test_a_figure_that_says_what_it_should_needs_nobody() -> None:
    """It is told that it is typed text, and remembered, so that it is told once it moves."""
    parts = Parts.of(after())
    edits.unwrapped(UPHELD)(parts)
    same = refreshed(parts.whole())
    assert [(theirs, ours) for _, theirs, ours in told(same, UPHELD)] == [("1", "1")]
    assert not same.account.needs_a_person
    assert refreshed(same.content).content == same.content


def test_a_deleted_figure_is_not_taken_for_one_without_its_control() -> None:
    """The number stands elsewhere, as a time limit and as a count of something else."""
    changes = [
        edits.deleted(UPHELD),
        edits.added_after("Report sign off", "It took 4 days. Our 4 officers met on 4 May."),
    ]
    result = refreshed(edited(*changes))
    assert told(result, UPHELD) == []
    assert UPHELD in result.did(Did.MISSING)


def test_a_sentence_with_such_a_figure_is_not_written_anew() -> None:
    """Its words should turn: it is told as changed by hand, and ours is there for the asking."""
    content = edited(edits.unwrapped(DECIDED))
    result = refreshed(content)
    assert "commentary.outcomes" in result.did(Did.KEPT)
    assert told(result, DECIDED) == [("Outcomes", "4", "2")]
    taken = refreshed(content, "commentary.outcomes")
    assert told(taken, DECIDED) == []
    assert list(taken.word.lines()) == list(refreshed(edited()).word.lines())


# --- A whole block ---


@pytest.mark.parametrize("tag", [SERVICES, CHART, "commentary.outcomes", "tables.cohorts"])
def test_a_block_without_its_control_is_told_and_left(tag: str) -> None:
    """A table, a chart, a commentary: no word of it is written, and the old numbers are no news."""
    result = refreshed(edited(edits.unwrapped(tag)))
    assert [(theirs, ours) for _, theirs, ours in told(result, tag)] == [(DIFFERS, "")]
    assert tag not in result.did(Did.MISSING, Did.UPDATED)
    assert result.account.needs_a_person
    assert not any("100%)" in sentence.text for sentence in result.account.sentences)
    again = refreshed(result.content)
    assert again.content == result.content
    assert told(again, tag) == told(result, tag)


@pytest.mark.parametrize("tag", [UPHELD, SERVICES, CHART])
def test_what_stands_in_a_text_box_without_its_control_is_told_once(tag: str) -> None:
    """Word keeps a text box twice, and takes the control off in both; nothing else has it."""
    into = edits.moved_to_a_text_box if tag == UPHELD else edits.in_a_text_box
    parts = Parts.of(edited(into(tag, "Report sign off")))
    for control in parts.controls(tag):
        if next(control.iterancestors(f"{W}txbxContent"), None) is None:
            edits.drop(control)
        else:
            edits.unwrap(control)
    result = refreshed(parts.whole())
    assert len(told(result, tag)) == 1
    assert tag not in result.did(Did.MISSING)
    assert refreshed(result.content).content == result.content


def test_ours_cannot_be_taken_of_it() -> None:
    """The words are typed text, and the answer says so."""
    with pytest.raises(CannotRun, match="its content control, was deleted"):
        refreshed(edited(edits.unwrapped("commentary.outcomes")), "commentary.outcomes")


def test_nothing_of_it_is_remembered_but_what_tells_it() -> None:
    """Its labels; neither old figures nor those that are not printed there."""
    result = refreshed(edited(edits.unwrapped(SERVICES)))
    (imprint,) = [b for n, b in result.word.parts.items() if n.startswith("customXml/item1")]
    grid = imprint.decode().partition(f'<grid tag="{SERVICES}">')[2].partition("</grid>")[0]
    assert "Lettings" in grid
    assert "%" not in grid


def _by_hand(parts: Parts) -> None:
    """Take a table's control off, and bring the table up to date by hand."""
    built = Parts.of(after()).content_of(SERVICES)
    table = next(parts.content_of(SERVICES).iter(f"{W}tbl"))
    table.getparent().replace(table, next(built.iter(f"{W}tbl")))  # type: ignore[union-attr]
    edits.unwrapped(SERVICES)(parts)


@pytest.mark.parametrize("change", [_by_hand, edits.unwrapped("text.legal")])
def test_a_block_that_says_what_it_should_needs_nobody(change: Edit) -> None:
    """It is told as typed text, time and again."""
    tag = SERVICES if change is _by_hand else "text.legal"
    result = refreshed(edited(change))
    again = refreshed(result.content)
    assert again.content == result.content
    for each in (result, again):
        assert [theirs for _, theirs, _ in told(each, tag)] == [""]


def test_the_account_and_the_exit_status_say_so() -> None:
    """Under a heading of its own, with the old value and the new."""
    file, folder = on_disk(edited(edits.unwrapped(UPHELD)))
    ran = hcreport("refresh", file, folder)
    assert ran.status == 1
    assert "Typed text now, their content control taken off" in ran.out
    assert "stage1.upheld: 4 → 1" in ran.out.partition("Typed text now")[2]


# --- Nearly all of them ---


@pytest.mark.parametrize("left", [1, 3, 40])
def test_a_report_whose_marks_are_nearly_all_off_is_recognised(left: int) -> None:
    """A program dropped them, but for those of a cover: few figures would be of today."""
    with pytest.raises(CannotRun) as stop:
        refreshed(edited(edits.stripped(but=left)))
    assert "has lost its links to the figures, " in stop.value.message
    assert "begin again from the last copy that has them" in stop.value.hint


def _in_a_header_alone(parts: Parts) -> None:
    edits.in_a_header(UPHELD)(parts)
    name = next(n for n in parts.roots if "header" in n)
    header = parts.roots.pop(name)
    edits.stripped()(parts)
    parts.roots[name] = header


def test_it_is_recognised_by_its_text_whatever_a_header_has_left() -> None:
    """The last mark stands in a header; and a second program had its own way with the text."""
    with pytest.raises(CannotRun):
        refreshed(edited(_in_a_header_alone))


def test_a_report_of_which_most_was_deleted_is_refreshed() -> None:
    """Somebody keeps the first pages: what is gone does not stand there as text."""

    def shorten(parts: Parts) -> None:
        blocks = list(parts.body)
        for element in blocks[len(blocks) // 4 : -1]:
            edits.drop(element)

    result = refreshed(edited(shorten))
    assert len(result.account.of(Did.MISSING)) > 40
    assert result.account.of(Did.UPDATED)


def test_a_part_pasted_as_text_is_told_mark_by_mark() -> None:
    """Less than half of the marks are off: the others are brought up to date."""
    result = refreshed(edited(edits.stripped(but=120)))
    off = result.account.of(Did.UNMARKED)
    assert len(off) > 20
    assert any(line.theirs == DIFFERS for line in off)
    assert result.account.of(Did.UPDATED)
    assert result.account.needs_a_person


def test_a_figure_in_a_sentence_of_the_template_is_known_by_that() -> None:
    """It has no other mark beside it, and its words are the template's alone."""
    fact = "report.data_as_at|fact"
    parts = Parts.of(before())
    places = [
        n
        for n, control in enumerate(parts.controls(fact))
        if "Every figure in this report" in text_of(next(control.iterancestors(f"{W}p")))
    ]
    edits.unwrapped(fact, places[0])(parts)
    result = refreshed(parts.whole())
    assert [where[:10] for where, _, _ in told(result, fact)] == ["Appendix B"]
    assert fact not in result.did(Did.MISSING)
