"""The second process draws what this one would, and is not missed when it cannot."""

from __future__ import annotations

import sys
from fractions import Fraction

import pytest

from hcreport.charts import Bar, Chart, Kind, Panel
from hcreport.drawing import draw, style_of
from hcreport.look import Look
from hcreport.studio import Studio

CHART = Chart(
    "one", Kind.BARS, "One", (Panel("Stage 1", (Bar("2023/24", Fraction(575), "575"),)),), "One."
)

LOOK = Look(("#0F5C57",), "no such font")


def test_the_second_process_draws_the_same_bytes() -> None:
    """A picture does not depend on which process drew it."""
    with Studio() as studio:
        studio.begin({"one": CHART, "two": CHART}, LOOK)
        drawn = draw(CHART, style_of(LOOK))
        assert {"one": drawn, "two": drawn} == studio.pictures()
    assert drawn != draw(CHART)


def test_pictures_can_be_asked_for_twice() -> None:
    """The report and the folder of charts both take them."""
    with Studio() as studio:
        studio.begin({"one": CHART}, LOOK)
        assert studio.pictures() is studio.pictures()


@pytest.mark.parametrize("program", ["/nowhere/python", "/bin/false"])
def test_charts_are_drawn_without_the_second_process(
    program: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where no second process starts, or it ends at once, this one draws."""
    monkeypatch.setattr(sys, "executable", program)
    with Studio() as studio:
        studio.begin({"one": CHART}, LOOK)
        assert {"one": draw(CHART, style_of(LOOK))} == studio.pictures()


def test_a_studio_that_is_left_unused_closes() -> None:
    """A build that stops at errors leaves no process behind."""
    with Studio() as studio:
        process = studio._process
    assert process is not None
    assert process.poll() is not None
