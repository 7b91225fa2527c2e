"""Refresh: what ``--take`` gives up is what the account lists without it, and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests import edits
from tests.projects import hcreport
from tests.test_refresh import RECEIVED, SENTENCE, edited, on_disk, refreshed
from tests.word import W, text_of

from hcreport.refresh import text
from hcreport.refresh.account import Did

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.word import Element

VOLUMES, OUTCOMES = "commentary.volumes", "commentary.outcomes"
MONTHS = "tables.received_by_month"
RATE = "stage1.uphold_rate|value"
TURNS = " at both stages"  # of a sentence for which the data calls for other words

# --- A paragraph of a commentary, whose words the data does not change ---


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (edits.continued(SENTENCE, "We regret it."), " received in 2022/23. We regret it."),
        (edits.reworded("We received ", "There were "), "There were 2 stage 1 complaints"),
        (edits.reworded(" received in 2022/23.", "."), "a decrease of 33% on the 3."),
    ],
    ids=["continued", "reworded", "cut"],
)
@pytest.mark.parametrize("take", ["all", VOLUMES])
def test_what_is_not_listed_is_not_taken(change: edits.Edit, says: str, take: str) -> None:
    """Its figures are updated, its words stay, with ``--take`` as without."""
    content = edited(change)
    plain, taken = refreshed(content), refreshed(content, take)
    assert plain.account.of(Did.KEPT) == taken.account.of(Did.TAKEN) == []
    assert taken.content == plain.content
    assert any(says in line for line in taken.word.lines())


def test_all_of_a_paragraph_that_is_listed_is_shown_and_taken() -> None:
    """Its words should turn: theirs and ours stand in the account in full length, then in its."""
    more = "We regret this more than we can say, and so does every one of our officers."
    content = edited(edits.continued(TURNS, more))
    plain, taken = refreshed(content), refreshed(content, OUTCOMES)
    (kept,), (given_up,) = plain.account.of(Did.KEPT), taken.account.of(Did.TAKEN)
    file, folder = on_disk(content)
    for options, line, now in (([], kept, "ours"), (["--take", OUTCOMES], given_up, "now")):
        assert line.theirs.endswith(more)
        ran = hcreport("refresh", file, folder, *options, "--overwrite")
        told = [line.strip() for line in ran.out.splitlines()]
        assert f"{OUTCOMES}, sentence: theirs: {line.theirs}" in told
        assert f"{now}: {line.ours}" in told
    assert text_of(plain.parts.paragraph(TURNS)) == kept.theirs
    assert text_of(taken.parts.paragraph("higher at stage 2")) == kept.ours


@pytest.mark.parametrize("take_off", [edits.drop, edits.unwrap], ids=["deleted", "unwrapped"])
def test_what_comes_back_with_a_sentence_that_is_taken_is_not_told_as_gone(
    take_off: Callable[[Element], None],
) -> None:
    """Its figure was deleted, or lost its control: told without ``--take``; with it it is back."""
    content = edited(lambda parts: take_off(next(parts.paragraph(TURNS).iter(f"{W}sdt"))))
    assert RATE in refreshed(content).did(Did.MISSING, Did.UNMARKED)
    taken = refreshed(content, OUTCOMES)
    assert OUTCOMES in taken.did(Did.TAKEN)
    assert taken.did(Did.MISSING, Did.UNMARKED) == set()
    assert refreshed(taken.content).content == taken.content
    assert refreshed(taken.content).did(Did.MISSING) == set()
    assert len(taken.parts.controls(RATE)) == len(refreshed(edited()).parts.controls(RATE))


# --- What there is nothing of to take ---


@pytest.mark.parametrize(
    ("change", "take", "why"),
    [
        (edits.unwrapped(MONTHS), MONTHS, "its content control was taken off"),
        (edits.deleted(MONTHS), MONTHS, "it was deleted from the report"),
        (edits.continued(SENTENCE, "We regret it."), VOLUMES, "nothing of it was changed by hand"),
        (edits.typed(RECEIVED, "5"), RECEIVED, ""),
        (
            edits.typed(RECEIVED, "2"),
            RECEIVED,
            "nothing of it was changed by hand, or it says what",
        ),
    ],
    ids=["unwrapped", "deleted", "not listed", "typed over", "typed with today's"],
)
def test_what_was_to_be_taken_and_gave_up_nothing_is_told(
    change: edits.Edit, take: str, why: str
) -> None:
    """With why: the table's note is there still, so its name is known, and the table is not."""
    account = refreshed(edited(change), take).account
    assert list(account.idle) == ([take] if why else [])
    told = "\n".join(text.lines(account)).partition("Asked to be taken")[2]
    assert (f"  {take}: {why}" in told) is bool(why)
    assert refreshed(edited(change), "all").account.idle == {}


# --- A figure in a sentence that no longer fits ---


def _figure_typed(parts: edits.Parts) -> None:
    """Type over the figure of a sentence for which the data calls for other words."""
    control = next(parts.paragraph(TURNS).iter(f"{W}sdt"))
    next(control.iter(f"{W}t")).text = "97%"


def test_a_figure_taken_in_a_sentence_that_no_longer_fits_says_so_beside_it() -> None:
    """The figure is today's, the words around it are not: both entries show them."""
    kept = refreshed(edited(_figure_typed)).account.of(Did.KEPT)
    result = refreshed(edited(_figure_typed), *(line.tag for line in kept if not line.part))
    (taken,) = result.account.of(Did.TAKEN)
    (left,) = result.account.of(Did.KEPT)
    stands = text_of(result.parts.paragraph(TURNS))
    assert taken.theirs == "97%"
    assert taken.ours in stands
    assert taken.beside == left.theirs == stands
    assert left.ours == "The uphold rate was higher at stage 2 (100%) than at stage 1 (50%)."
    told = list(text.lines(result.account))
    at = next(n for n, line in enumerate(told) if "97% → " in line)
    assert told[at + 1].endswith(f"no longer fits the figures: {stands}")
