"""The charts' colours and font: from the settings, else from the template, and always readable."""

from __future__ import annotations

import zipfile
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.projects import ROOT, sample_run

from hcreport import look, settings
from hcreport.colours import WHITE, contrast, mixed, within
from hcreport.drawing import Fill, Style, is_installed, style_of
from hcreport.look import COLOURS, FONT, NO_FONT, Look
from hcreport.problems import CannotRun

A = "http://schemas.openxmlformats.org/drawingml/2006/main"
COLOUR = st.tuples(*(st.integers(0, 255),) * 3).map(lambda c: "#{:02X}{:02X}{:02X}".format(*c))
TEMPLATES = ROOT / "templates"
HERE = settings.load(ROOT / "sample_data" / "brent-2023-24")


def theme(*colours: str, font: str = "Georgia") -> str:
    """A theme part with these accents."""
    slots = "".join(f"<a:accent{n}>{c}</a:accent{n}>" for n, c in enumerate(colours, start=1))
    fonts = f'<a:minorFont><a:latin typeface="{font}"/></a:minorFont>'
    return f'<a:theme xmlns:a="{A}">{slots}{fonts}</a:theme>'


def template(folder: Path, styles: str = "", theme_part: str | None = None) -> Path:
    """A file with no more than what is read for a look."""
    path = folder / "own.docx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/styles.xml", f"<w:styles>{styles}</w:styles>")
        if theme_part is not None:
            archive.writestr("word/theme/theme1.xml", theme_part)
    return path


def asked(**look_settings: object) -> settings.Settings:
    """The sample's settings with these under [look]."""
    return HERE.model_copy(update={"look": settings.Look.model_validate(look_settings)})


# --- Where it comes from ---


def test_each_bundled_template_brings_its_house_colours() -> None:
    """The two samples do not look alike."""
    assert look.of(HERE, TEMPLATES / "brent.docx") == Look(COLOURS, "Calibri")
    assert look.of(HERE, TEMPLATES / "hillingdon.docx").colours[0] == "#0F5C57"


def test_a_theme_gives_its_accents_and_its_font(tmp_path: Path) -> None:
    """Both kinds of colour that Word writes are read."""
    named, system = '<a:srgbClr val="0b3d6e"/>', '<a:sysClr val="windowText" lastClr="101010"/>'
    path = template(tmp_path, theme_part=theme(named, system))
    assert look.of(HERE, path) == Look(("#0B3D6E", "#101010"), "Georgia")


@pytest.mark.parametrize(
    ("styles", "font"),
    [
        (
            '<w:style w:styleId="Normal"><w:rPr><w:rFonts w:ascii="Arial"/></w:rPr></w:style>',
            "Arial",
        ),
        ('<w:docDefaults><w:rFonts w:ascii="Verdana"/></w:docDefaults>', "Verdana"),
        (
            '<w:docDefaults><w:rFonts w:asciiTheme="minorHAnsi" w:ascii="Old"/></w:docDefaults>',
            "Georgia",
        ),
        ('<w:style w:styleId="Quote"><w:rFonts w:ascii="Arial"/></w:style>', "Georgia"),
    ],
)
def test_the_font_is_that_of_plain_text(tmp_path: Path, styles: str, font: str) -> None:
    """The Normal style goes before the defaults, and a font of the theme before a named one."""
    assert look.of(HERE, template(tmp_path, styles, theme())).font == font


def test_without_a_theme_charts_are_in_the_programs_own_look(tmp_path: Path) -> None:
    """So they are for a file that is no template: filling it says what is wrong."""
    assert look.of(HERE, template(tmp_path)) == Look(COLOURS, FONT)
    assert look.of(HERE, tmp_path / "none.docx") == Look(COLOURS, FONT)


def test_the_settings_go_before_the_template() -> None:
    """Either can be given alone."""
    brent = TEMPLATES / "brent.docx"
    assert look.of(asked(colours=["#0f5c57"]), brent) == Look(("#0F5C57",), "Calibri")
    assert look.of(asked(font="Georgia"), brent) == Look(COLOURS, "Georgia")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("gold", "write a colour as #12436D"),
        ("#FFD700", "#FFD700 is too pale on white, 1.4 to 1"),
    ],
)
def test_a_colour_that_cannot_be_used_is_refused(typed: str, said: str) -> None:
    """The message names the setting, and for a pale colour a darker one, which is then taken."""
    given_settings = HERE.model_dump(exclude_unset=True) | {"look": {"colours": ["#000000", typed]}}
    with pytest.raises(CannotRun) as fault:
        settings.parse(given_settings, "report.toml")
    assert fault.value.message.startswith("report.toml: look.colours: number 2: ")
    assert said in fault.value.message
    if typed.startswith("#"):
        darker = fault.value.message.partition("; ")[2][:7]
        assert asked(colours=[darker]).look.colours == (darker,)


# --- Fonts ---


def test_a_font_that_is_not_installed_is_told_once_and_done_without() -> None:
    """Charts are then in the program's own."""
    (problem,) = look.check(asked(font="No Such Font"), is_installed)
    assert (problem.rule, problem.value) == (NO_FONT, "No Such Font")
    assert style_of(Look(COLOURS, "No Such Font")) == Style()


@pytest.mark.parametrize("font", ["Lato", "DejaVu Sans", ""])
def test_a_font_that_is_there_is_nothing_to_tell(font: str) -> None:
    """Nor is a template's font that is not: nobody asked for it."""
    assert list(look.check(asked(font=font), is_installed)) == []


def test_a_run_tells_of_a_font_that_is_not_there() -> None:
    """The sample asks for none, and nothing is said of it."""
    assert NO_FONT not in {problem.rule for problem in sample_run().problems}


# --- What keeps them readable ---

UGLY = [
    ("#FFFF00",) * 6,
    ("#0B3D6E", "#0B3D6F", "#0C3D6E", "#0B3E6E", "#0A3D6E", "#0B3C6E"),
    ("#FFFFFF",),
    ("#000000",),
    ("#949494", "#767676"),
]


def grey(fill: Fill) -> float:
    """How a fill prints in grey: its contrast with white."""
    return contrast(fill.face, WHITE)


def assert_readable(style: Style) -> None:
    """Every shape is seen, carries letters, and is taken for no other, in grey too."""
    for fill in (style.main, style.comparison, style.track, *style.parts):
        assert contrast(fill.line, WHITE) >= 3
        assert contrast(style.text_on(fill), fill.face) >= 4.5
        if fill.hatch:
            assert contrast(fill.line, fill.face) >= 3
    for one, other in combinations(style.parts, 2):
        ratio = max(grey(one), grey(other)) / min(grey(one), grey(other))
        assert ratio >= 1.9 or one.hatch != other.hatch
    assert grey(style.main) / grey(style.comparison) >= 2.5


@pytest.mark.parametrize("colours", UGLY)
def test_any_palette_can_be_read(colours: tuple[str, ...]) -> None:
    """Bright yellow, six blues that are nearly one, white, black, greys."""
    assert_readable(Style(colours))


@given(st.lists(COLOUR, min_size=1, max_size=6))
def test_whatever_the_colours_are_charts_can_be_read(colours: list[str]) -> None:
    """No theme can make parts of a bar that cannot be told apart."""
    assert_readable(Style(tuple(colours)))


@given(COLOUR)
def test_a_colour_that_will_do_stays_as_it_is(colour: str) -> None:
    """And one that will not is brought where it will."""
    found = within(colour, 3)
    assert contrast(found, WHITE) >= 3
    assert (found == colour) == (contrast(colour, WHITE) >= 3)
    assert within(found, 3) == found
    assert 1.35 <= contrast(within(colour, 1.35, 1.6), WHITE) <= 1.6


def test_mixing_by_hand() -> None:
    """A hundredth is a hundredth of each channel, cut down to a whole number."""
    assert mixed("#000000", "#FFFFFF", 50) == "#7F7F7F"
    assert mixed("#12436D", "#FFFFFF", 0) == "#12436D"


# --- Settings of another kind -----------------------------------------------------------------

MISSET: dict[str, tuple[dict[str, object], str]] = {
    "one colour": ({"look": {"colours": "#123456"}}, "look.colours: write a list in square"),
    "a word": ({"ombudsman": {"orders": "four"}}, "ombudsman.orders: write a whole number"),
    "a part of one": ({"ombudsman": {"orders": 1.5}}, "ombudsman.orders: write a whole number"),
    "too few": ({"ombudsman": {"orders": -1}}, "ombudsman.orders: it is at least 0."),
    "a number": ({"title": 3}, "title: write words in quotation marks"),
    "another word": ({"basis": {"outcomes": "x"}}, "write 'responded' or 'closed'."),
    "a survey": ({"survey": {"tp9": {"percent": 1}}}, "survey.tp9: this name is not of the form"),
    "a day gone by": (
        {"deadlines": {"report": HERE.data_as_at}},
        f"report.toml: deadlines.report is {HERE.data_as_at}",
    ),
}


@pytest.mark.parametrize(("changes", "said"), MISSET.values(), ids=MISSET)
def test_what_a_setting_cannot_be_is_said_in_plain_words(
    changes: dict[str, object], said: str
) -> None:
    """None of the library's own words is left."""
    with pytest.raises(CannotRun) as fault:
        settings.parse(HERE.model_dump(exclude_none=True) | changes, "report.toml")
    assert said in fault.value.message
    assert "nput should" not in fault.value.message
