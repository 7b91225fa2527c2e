"""Refresh: numbers that somebody typed, which a figure said and says no more."""

from __future__ import annotations

import pytest
from tests import edits
from tests.edits import Parts
from tests.projects import hcreport
from tests.test_refresh import (
    RECEIVED,
    SENTENCE,
    UPHELD,
    Result,
    before,
    edited,
    on_disk,
    refreshed,
)
from tests.test_refresh_unmarked import told
from tests.word import Word

from hcreport.refresh.account import Did

OWN = "Repairs had 3 complaints, and 4 in all; 100% were upheld. It cost us 4 days."
PARAGRAPH = edits.added_after("Report sign off", OWN)


def read_again(result: Result) -> list[tuple[str, str, str]]:
    """Where each sentence stands that is pointed at for a number typed in it, and why."""
    found = result.account.sentences
    return [(s.where, s.text, s.why) for s in found if " is now " in s.why]


def imprint_of(result: Result) -> str:
    """What the report remembers."""
    (found,) = (b for n, b in result.word.parts.items() if n.startswith("customXml/item1"))
    return found.decode()


# --- In a sentence of one's own ---


def test_all_old_numbers_of_a_sentence_are_told_with_their_groups() -> None:
    """Not the first alone; and not as a figure of the whole where the sentence names the part."""
    ((where, text, why),) = read_again(refreshed(edited(PARAGRAPH)))
    assert (where, text) == ("Report sign off", OWN.partition(" It cost")[0])
    repairs, whole, share = why.split("; ")
    assert repairs == "Stage 1 complaints received (Repairs) was 3 and is now 1"
    assert whole.startswith("Stage 1 complaints received was 4 and is now 2")
    assert "Stage 1 uphold rate was 100% and is now 50%" in share


def test_it_is_told_as_long_as_it_stands() -> None:
    """A second refresh of the same data changes nothing and says the same; mended, it is done."""
    result = refreshed(edited(PARAGRAPH))
    again = refreshed(result.content)
    assert again.content == result.content
    assert read_again(again) == read_again(result) != []
    assert again.account.needs_a_person
    parts = Parts.of(again.content)
    edits.reworded(OWN, "Repairs had 1 complaint.")(parts)
    mended = refreshed(parts.whole())
    assert read_again(mended) == []
    assert "<typed " not in imprint_of(mended)


def test_it_is_told_whatever_is_taken() -> None:
    """Also where every mark that says so was written anew with its sentence; 1 is the status."""
    file, folder = on_disk(edited(PARAGRAPH, edits.typed(RECEIVED, "5")))
    ran = hcreport("refresh", file, folder, "--take", "all")
    assert ran.status == 1
    assert "Nothing in it needs you." not in ran.out
    assert OWN.partition(" It cost")[0] in ran.out.partition("Read these again")[2]


def test_what_a_figure_was_made_of_is_told_too() -> None:
    """“4 of 4” is no number, and its parts are."""
    own = "The Board found 4 of 4 upheld."
    ((_, text, why),) = read_again(refreshed(edited(edits.added_after("Report sign off", own))))
    assert text == own
    assert "was 4 of 4 and is now 1 of 2" in why


def test_so_is_what_a_table_alone_said() -> None:
    """By its row, where the sentence names that."""
    own = "Lettings had a share of 25%."
    sentences = read_again(refreshed(edited(edits.added_after("Report sign off", own))))
    assert [text for _, text, _ in sentences] in ([], [own])  # the row went with its data
    own = "Repairs had a share of 75%."
    ((_, _, why),) = read_again(refreshed(edited(edits.added_after("Report sign off", own))))
    assert "Repairs" in why
    assert "75% and is now 50%" in why


def test_a_sentence_of_ones_own_inside_a_commentary_is_read_as_well() -> None:
    """What stands around it is ours, and is no matter."""
    result = refreshed(edited(edits.continued(SENTENCE, "All 4 complaints were grave.")))
    ((where, text, _),) = read_again(result)
    assert (where, text) == ("Complaints received", "All 4 complaints were grave.")


def test_nothing_is_told_of_a_report_that_nobody_edited() -> None:
    """Its own sentences and tables say today's figures."""
    result = refreshed(before())
    assert read_again(result) == []
    assert "<typed " not in imprint_of(result)


# --- What never had a control ---


def test_a_number_typed_in_ones_own_words_is_not_taken_for_a_figure_without_its_control() -> None:
    """The figure was deleted elsewhere; the sentence is told once, for the number in it."""
    rate, own = "stage1.uphold_rate|value", "In the end 100% were upheld."
    content = edited(edits.deleted(rate), edits.added_after("Report sign off", own))
    result = refreshed(content)
    again = refreshed(result.content)
    for each in (result, again):
        assert told(each, rate) == []
        assert rate in each.did(Did.MISSING)
        ((_, text, why),) = read_again(each)
        assert (text, "Stage 1 uphold rate was 100% and is now 50%" in why) == (own, True)
    assert again.content == result.content


def test_what_is_told_as_typed_text_is_not_told_again_to_be_read() -> None:
    """A control was taken off, and the same number stands in somebody's own sentence."""
    own = "We had 4 complaints."
    off = edits.unwrapped(RECEIVED)
    result = refreshed(edited(off, edits.added_after("Report sign off", own)))
    for each in (result, refreshed(result.content)):
        assert told(each, RECEIVED) == [("Foreword from the lead member", "4", "2")]
        assert [text for _, text, _ in read_again(each)] == [own]


# --- A control that was taken off ---


@pytest.mark.parametrize("tag", [RECEIVED, UPHELD])
def test_a_figure_without_its_control_in_ones_own_words_is_told_each_time(tag: str) -> None:
    """Under its heading, with old and new; also when somebody reworded what stands around it."""
    for more in ([], [edits.reworded("Nothing else is said here", "That is that")]):
        result = refreshed(edited(edits.unwrapped(tag), *more))
        again = refreshed(result.content)
        assert told(again, tag) == told(result, tag) != []
        assert tag not in again.did(Did.MISSING)
        assert again.content == result.content
        assert list(again.word.lines()) == list(Word.of(result.content).lines())
