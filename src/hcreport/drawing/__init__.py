"""Turns a :class:`~hcreport.charts.Chart` into a picture for the report.

The layout is worked out here, from measured text, before anything is drawn. So nothing is
clipped and nothing overlaps, each chart is rendered once, and the same chart gives the same
bytes on every run. Only matplotlib's object interface is used: importing or calling this
package changes no setting that another part of the program could notice.
"""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any
from warnings import catch_warnings, filterwarnings

import matplotlib as mpl
from matplotlib.backends.backend_agg import FigureCanvasAgg
from PIL import Image

from hcreport.charts import Kind
from hcreport.colours import contrast
from hcreport.drawing.columns import draw_columns
from hcreport.drawing.lettering import is_installed
from hcreport.drawing.rows import draw_rows
from hcreport.drawing.sheet import Sheet
from hcreport.drawing.stacks import draw_stacks
from hcreport.drawing.style import Fill, Style
from hcreport.look import FONT

if TYPE_CHECKING:
    from matplotlib.figure import Figure
    from matplotlib.typing import RcKeyType

    from hcreport.charts import Chart
    from hcreport.look import Look

__all__ = ["Fill", "Style", "contrast", "draw", "is_installed", "style_of"]

# A reader's own matplotlibrc must not change the report: text is placed by unhinted widths,
# and these are the only settings that would alter how it is drawn.
_SETTINGS: dict[RcKeyType, Any] = {
    "text.hinting": "no_hinting",
    "text.usetex": False,
    "path.sketch": None,
}

_LAYOUTS = {
    Kind.BARS: draw_rows,
    Kind.TRACKS: draw_rows,
    Kind.COLUMNS: draw_columns,
    Kind.STACKS: draw_stacks,
}

_DEFAULT_STYLE = Style()
_NOTHING = "No figures to show"


def style_of(look: Look) -> Style:
    """Give the style of a landlord's look, with the program's own font where theirs is missing."""
    return Style(look.colours, look.font if is_installed(look.font) else FONT)


def draw(chart: Chart, style: Style = _DEFAULT_STYLE) -> bytes:
    """Draw the chart as a PNG, as wide as the style says and as high as its rows need."""
    with mpl.rc_context(_SETTINGS), catch_warnings():
        # A sign that no font has, such as a picture letter, is drawn as a box: no fault of ours.
        filterwarnings("ignore", message="Glyph", category=UserWarning)
        canvas: Any = FigureCanvasAgg(_figure(chart, style))
        canvas.draw()
    # Pillow writes neither a date nor a program name. A picture without the transparent
    # channel is a quarter smaller and prints the same from every version of Word.
    size = canvas.get_width_height()
    image = Image.frombuffer("RGBA", size, canvas.buffer_rgba(), "raw", "RGBA", 0, 1)
    png = BytesIO()
    image.convert("RGB").save(png, format="PNG", dpi=(style.dpi, style.dpi), compress_level=3)
    return png.getvalue()


def _figure(chart: Chart, style: Style = _DEFAULT_STYLE) -> Figure:
    """Lay the chart out as a figure that has not been rendered yet."""
    sheet = Sheet(style)
    stacked = chart.kind is Kind.STACKS
    if any(panel.stacks if stacked else panel.bars for panel in chart.panels):
        bottom = _LAYOUTS[chart.kind](sheet, chart)
    else:
        note = sheet.letters.block(_NOTHING, sheet.width)
        sheet.write(note, 0, note.height / 2, colour=style.muted_text)
        bottom = note.height
    return sheet.figure(bottom)
