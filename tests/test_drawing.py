"""The charts: the same on every run, nothing clipped, nothing overlapping, never colour alone."""

from __future__ import annotations

import subprocess
import sys
from fractions import Fraction
from io import BytesIO
from itertools import combinations, pairwise
from typing import TYPE_CHECKING

import matplotlib as mpl
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_hex
from matplotlib.patches import Rectangle
from matplotlib.text import Text
from PIL import Image

from hcreport import drawing
from hcreport.charts import Bar, Chart, Kind, Panel, Stack
from hcreport.drawing import Fill, Style, contrast, draw

if TYPE_CHECKING:
    from matplotlib.transforms import Bbox

LONG = "Stage 1 response did not address the issues in full and the tenant had to chase us"
UNBROKEN = "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch" * 2
MONTHS = ["Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec", "Jan", "Feb", "Mar"]
STYLE = Style()


def bar(label: str, value: int | Fraction | None, shown: str = "", *, muted: bool = False) -> Bar:
    """Make a bar that shows its value unless told otherwise."""
    words = "no value" if value is None else str(value)
    return Bar(label, None if value is None else Fraction(value), shown or words, muted)


def bars(*values: int | Fraction | None) -> tuple[Bar, ...]:
    """Make bars labelled by their place."""
    return tuple(bar(f"Row {place}", value) for place, value in enumerate(values))


def stack(label: str, *values: int | None) -> Stack:
    """Make a stack whose parts are named as complaint outcomes."""
    names = ("Upheld", "Partly upheld", "Not upheld", "Withdrawn", "Other", "Open", "VII", "VIII")
    return Stack(label, tuple(map(bar, names, values)))


def chart(kind: Kind, *panels: Panel) -> Chart:
    """Make a chart of these panels."""
    return Chart("a-chart", kind, "A chart", panels, "A chart in words")


def months(first_year: int, count: int) -> tuple[Bar, ...]:
    """Make one bar per month of consecutive years that start in April."""
    return tuple(
        bar(f"{MONTHS[place % 12]} {first_year + (place + 3) // 12}", 90 + place * 5)
        for place in range(count)
    )


ROW_PANELS = {
    "no panels": (),
    "empty panel": (Panel("Empty"),),
    "one empty panel beside another": (Panel("Empty"), Panel("Full", bars(3, 1))),
    "one row": (Panel("", bars(1)),),
    "twenty rows": (Panel("", tuple(bar(f"Row number {n}", n * n) for n in range(20))),),
    "all none": (Panel("A", bars(None, None)), Panel("B", bars(None))),
    "all zero": (Panel("A", bars(0, 0)), Panel("B", bars(0))),
    "negative": (Panel("A", bars(-4, 2)),),
    "huge and tiny": (Panel("A", bars(10**400, Fraction(1, 10**9))),),
    "different rows": (
        Panel("A", (bar("Delay", 3), bar("Conduct", 2))),
        Panel("B", (bar("Delay", 1), bar("Policy", 9))),
    ),
    "repeated label": (Panel("A", (bar("2023/24", 3), bar("2023/24", 9, muted=True))),),
    "units differ": (
        Panel("Cases", (bar("Delay", 190), bar("Loss", 9))),
        Panel("Amount", (bar("Delay", 61204, "£61,204.50"), bar("Loss", 4120, "£4,120.75"))),
    ),
    "long texts": (
        Panel(LONG, (bar(LONG, 61, "61 (51%)"), bar(UNBROKEN, 3))),
        Panel(UNBROKEN, (bar(LONG, 5, f"{LONG} {UNBROKEN}"),)),
    ),
    "four panels": tuple(Panel(f"Service {n}", bars(n, 90, 7)) for n in range(4)),
    "six panels": tuple(Panel(f"{LONG} {n}", bars(n, 900 * n, None)) for n in range(6)),
    "strange signs": (Panel("Tŷ $x_1$", (bar("A & <b> \\ {c} % _", 3, "$3$ \t ŵ"),)),),
    "no labels": (Panel("", (bar("", 3), bar("", 4))),),
    "two years of months": (Panel("Months", months(2022, 24)), Panel("More", months(2022, 24))),
    "years side by side": (Panel("", (bar("Dec 2023", 5), bar("Jan 2024", 5))),),
}
STACK_PANELS = {
    "no panels": (),
    "empty panel": (Panel("Empty"),),
    "one empty panel": (Panel("Empty"), Panel("Full", stacks=(stack("Row", 3, 1),))),
    "names fit": (Panel("A", stacks=(stack("Row", 50, 30, 20), stack("Other", 9, 7, 1))),),
    "names do not fit": (Panel("A", stacks=(stack("Row", 97, 1, 2), stack("Other", 1, 7, 1))),),
    "eight parts": (Panel(LONG, stacks=(stack(LONG, 30, 20, 16, 13, 9, 7, 3, 2),)),),
    "whole of zero": (Panel("A", stacks=(stack("Row", 0, 0, 0), stack("Other", 0, 4))),),
    "all none": (Panel("A", stacks=(stack("Row", None, None),)),),
    "one none": (Panel("A", stacks=(stack("Row", 4, None, 1),)),),
    "huge": (Panel("A", stacks=(stack("Row", 10**400, 1, 10**399),)),),
    "long texts": (
        Panel(
            UNBROKEN,
            stacks=(Stack(UNBROKEN, (bar(LONG, 9, LONG), bar(UNBROKEN, 1, UNBROKEN))),) * 2,
        ),
    ),
    "six panels": tuple(
        Panel(f"Service {n}", stacks=(stack("Stage 1", n, 3, 4),)) for n in range(6)
    ),
}
CASES = [
    pytest.param(
        chart(kind, *panels),
        id=f"{kind.value}: {name}",
    )
    for kind in Kind
    for name, panels in (STACK_PANELS if kind is Kind.STACKS else ROW_PANELS).items()
]


def texts(subject: Chart) -> list[tuple[str, Bbox]]:
    """Lay a chart out and give each text with the box of its ink, in pixels."""
    with mpl.rc_context(drawing._SETTINGS):
        figure = drawing._figure(subject)
        renderer = FigureCanvasAgg(figure).get_renderer()  # type: ignore[no-untyped-call]
        found = [artist for artist in figure.get_children() if isinstance(artist, Text)]
        return [(text.get_text(), text.get_window_extent(renderer)) for text in found]


def shapes(subject: Chart) -> list[Rectangle]:
    """Lay a chart out and give its bars, without the white ground of the figure."""
    figure = drawing._figure(subject)
    artists = [artist for artist in figure.get_children() if artist is not figure.patch]
    return [artist for artist in artists if isinstance(artist, Rectangle)]


def words(subject: Chart) -> str:
    """Lay a chart out and give all its words in the order in which they are written."""
    return " ".join(text for text, _ in texts(subject))


@pytest.mark.parametrize("subject", CASES)
def test_a_chart_is_a_png_as_wide_as_the_page_and_the_same_every_time(subject: Chart) -> None:
    """Every kind draws every odd case, 6.3 inches wide at 200 dots, byte for byte the same."""
    png = draw(subject)
    image = Image.open(BytesIO(png))
    assert png == draw(subject)
    assert image.format == "PNG"
    assert image.width == 1260
    assert image.info["dpi"] == pytest.approx((200, 200), abs=0.1)
    assert set(image.info) == {"dpi"}


@pytest.mark.parametrize("subject", CASES)
def test_no_text_is_clipped_and_no_two_texts_overlap(subject: Chart) -> None:
    """Every text lies within the picture and clear of every other text."""
    boxes = texts(subject)
    bounds = drawing._figure(subject).bbox
    for text, box in boxes:
        assert box.x0 >= 0, text
        assert box.y0 >= 0, text
        assert box.x1 <= bounds.x1, text
        assert box.y1 <= bounds.y1, text
    for (one, first), (other, second) in combinations(boxes, 2):
        # Boxes may share a rounded edge, of less than a pixel.
        across = min(first.x1, second.x1) - max(first.x0, second.x0)
        down = min(first.y1, second.y1) - max(first.y0, second.y0)
        assert min(across, down) < 1, (one, other)


@pytest.mark.parametrize("subject", CASES)
def test_every_bar_lies_within_the_picture(subject: Chart) -> None:
    """No bar reaches beyond the edge, however large its value."""
    bounds = drawing._figure(subject).bbox
    for shape in shapes(subject):
        box = shape.get_window_extent()
        assert box.x0 >= 0
        assert box.y0 >= 0
        assert box.x1 <= bounds.x1
        assert box.y1 <= bounds.y1


@pytest.mark.parametrize("kind", [Kind.BARS, Kind.TRACKS, Kind.COLUMNS])
def test_every_label_heading_and_value_is_written(kind: Kind) -> None:
    """Nothing a chart says is left out of the picture, not even where there is no number."""
    panels = (
        Panel("Stage 1", (bar("Delay", Fraction(1, 2), "50%"), bar("Conduct", None))),
        Panel("Stage 2", (bar("Policy", Fraction(1, 4), "25%"),)),
    )
    written = words(chart(kind, *panels))
    for word in ("Stage 1", "Stage 2", "Delay", "Conduct", "Policy", "50%", "25%", "no value"):
        assert word in written


def test_bars_of_all_panels_share_one_scale() -> None:
    """Twice the number is twice the length, also in the panel beside it."""
    subject = chart(Kind.BARS, Panel("A", bars(100, 50)), Panel("B", bars(25)))
    # Drawn row by row: the first rows of both panels, then the second of the first.
    whole, quarter, half = (shape.get_window_extent().width for shape in shapes(subject))
    # Outlines lie within the bars, so each is drawn a line's width short of its length.
    assert whole / half == pytest.approx(2, rel=0.03)
    assert half / quarter == pytest.approx(2, rel=0.06)


def test_pounds_and_counts_are_scaled_each_by_itself() -> None:
    """A panel of money does not squash the counts beside it."""
    money = Panel("Amount", (bar("Delay", 60000, "£60,000"),))
    subject = chart(Kind.BARS, Panel("Cases", (bar("Delay", 4),)), money)
    cases, amount = (shape.get_window_extent().width for shape in shapes(subject))
    assert cases > amount / 2


def test_columns_of_one_unit_share_a_scale_across_panels() -> None:
    """A smaller panel is lower, not stretched."""
    subject = chart(Kind.COLUMNS, Panel("A", bars(80)), Panel("B", bars(40)))
    full, half = (shape.get_window_extent().height for shape in shapes(subject))
    assert full / half == pytest.approx(2, rel=0.03)


def test_a_comparison_is_hatched_and_lighter() -> None:
    """Last year's bar is told apart without colour: by its hatch and its lightness."""
    subject = chart(Kind.BARS, Panel("", (bar("2023/24", 5), bar("2022/23", 5, muted=True))))
    this_year, last_year = shapes(subject)
    assert not this_year.get_hatch()
    assert last_year.get_hatch()
    assert contrast(to_hex(this_year.get_facecolor()), to_hex(last_year.get_facecolor())) > 4.5


def test_a_year_is_written_once_below_its_first_month() -> None:
    """Twelve months from April carry two years, not twelve."""
    written = words(chart(Kind.COLUMNS, Panel("", months(2023, 12))))
    assert written.count("2023") == 1
    assert written.count("2024") == 1


def test_a_number_too_small_to_see_is_drawn_and_a_zero_is_not() -> None:
    """One case in a million still leaves a sliver; none leaves nothing."""
    drawn = shapes(chart(Kind.BARS, Panel("", bars(1_000_000, 1, 0, None))))
    assert len(drawn) == 2


def test_parts_named_in_place_need_no_key() -> None:
    """Where the names fit above the first bar they stand there, and nothing is a swatch."""
    subject = chart(Kind.STACKS, *STACK_PANELS["names fit"])
    assert len(shapes(subject)) == 3 + 3
    assert words(subject).count("Partly upheld") == 1


def test_parts_too_narrow_for_names_are_explained_by_one_key() -> None:
    """Where a name does not fit, a key gives each part's name once, for all panels."""
    panel = STACK_PANELS["names do not fit"][0]
    assert words(chart(Kind.STACKS, panel, panel)).count("Partly upheld") == 1


def test_a_part_of_zero_is_not_drawn_and_an_empty_bar_says_none() -> None:
    """A row without cases says so in words, and zero parts leave no trace."""
    subject = chart(Kind.STACKS, Panel("", stacks=(stack("Row", 0, 0), stack("Other", 4, 0))))
    key = 2
    assert "none" in words(subject)
    assert len(shapes(subject)) == 1 + key


def test_a_chart_with_nothing_in_it_says_so() -> None:
    """An empty chart is a line of words, not a blank."""
    assert words(chart(Kind.BARS)) == "No figures to show"


def test_the_height_comes_from_the_number_of_rows() -> None:
    """Each row of one line adds the same height."""
    charts = [chart(Kind.BARS, Panel("", bars(*range(1, rows + 1)))) for rows in (1, 2, 3)]
    one, two, three = (drawing._figure(subject).bbox.height for subject in charts)
    assert two - one == pytest.approx(three - two)
    assert two > one


def test_another_style_is_obeyed() -> None:
    """Width, resolution and font come from the style."""
    style = Style(font="DejaVu Sans", dpi=100, width_inches=5)
    subject = chart(Kind.BARS, Panel("", bars(1, 2)))
    assert Image.open(BytesIO(draw(subject, style))).width == 500
    assert draw(subject, style) != draw(subject, Style(dpi=100, width_inches=5))


@pytest.mark.parametrize("colour", [STYLE.ink, STYLE.muted_text])
def test_text_reads_on_white(colour: str) -> None:
    """Text keeps the contrast that WCAG asks of it, 4.5 to 1."""
    assert contrast(colour, "#FFFFFF") >= 4.5


@pytest.mark.parametrize("fill", [STYLE.main, STYLE.comparison, STYLE.track, *STYLE.parts])
def test_every_shape_reads_on_white_and_carries_text(fill: Fill) -> None:
    """A shape's outline keeps 3 to 1 on white, and its text 4.5 to 1 on the fill."""
    assert contrast(fill.line, "#FFFFFF") >= 3
    assert contrast(STYLE.text_on(fill), fill.face) >= 4.5


def test_neighbouring_parts_differ_in_lightness() -> None:
    """Parts that touch can be told apart in black and white."""
    for first, second in pairwise(STYLE.parts):
        assert contrast(first.face, second.face) >= 1.3 or first.hatch != second.hatch
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)


def test_text_is_large_enough_to_read() -> None:
    """No text is smaller than 9.5 points at the width at which it is printed."""
    assert min(STYLE.text_size, STYLE.heading_size) >= 9.5


def test_drawing_leaves_the_rest_of_the_program_alone() -> None:
    """Drawing neither imports pyplot nor changes a setting that others could notice."""
    script = """
import sys
import matplotlib
before = matplotlib.rcParams.copy()
from fractions import Fraction
from hcreport.charts import Bar, Chart, Kind, Panel
from hcreport.drawing import draw
draw(Chart("c", Kind.BARS, "", (Panel("", (Bar("a", Fraction(1), "1"),)),), ""))
assert "matplotlib.pyplot" not in sys.modules
assert matplotlib.rcParams.copy() == before
"""
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
