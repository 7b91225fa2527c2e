"""Refresh: what ``--take`` gives up is what the account lists without it, and nothing else."""

from __future__ import annotations

import pytest
from tests import edits
from tests.projects import hcreport
from tests.test_refresh import SENTENCE, edited, on_disk, refreshed
from tests.word import text_of

from hcreport.refresh.account import Did

VOLUMES, OUTCOMES = "commentary.volumes", "commentary.outcomes"
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
    (kept,) = refreshed(content).account.of(Did.KEPT)
    assert kept.theirs.endswith(more)
    file, folder = on_disk(content)
    for options, now in (([], "ours"), (["--take", OUTCOMES], "now")):
        ran = hcreport("refresh", file, folder, *options)
        told = [line.strip() for line in ran.out.splitlines()]
        assert f"{OUTCOMES}, sentence: theirs: {kept.theirs}" in told
        assert f"{now}: {kept.ours}" in told
        (folder / "edited.refreshed.docx").unlink()
    taken = refreshed(content, OUTCOMES)
    assert [line.theirs for line in taken.account.of(Did.TAKEN)] == [kept.theirs]
    assert text_of(taken.parts.paragraph("higher at stage 2")) == kept.ours
