"""How a landlord's charts look: the colours and the font of its settings, or of its template.

A Word file keeps both in its theme, so a template that is restyled in Word restyles its charts.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from zipfile import ZipFile

from hcreport.archive import UNREADABLE, refuse_too_much
from hcreport.problems import Place, Problem, Rule, Severity
from hcreport.settings import SETTINGS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from hcreport.settings import Settings

# Of the UK Government Analysis Function's palette, for a template that has no theme.
COLOURS = ("#12436D", "#28A197", "#F46A25", "#A285D1", "#801650", "#3D3D3D")
FONT = "Lato"
NO_FONT = Rule(
    "L101",
    Severity.WARNING,
    "The charts' font is not installed",
    "Install it on this computer, or give another in report.toml, [look]. The charts are in Lato.",
)
RULES = (NO_FONT,)
_ACCENT = re.compile(
    r"<(?:\w+:)?accent[1-6]>\s*<[^>]*?(?:srgbClr\s+val|lastClr)=[\"']([0-9A-Fa-f]{6})[\"']"
)
_MINOR = re.compile(r"<(?:\w+:)?minorFont>.*?<(?:\w+:)?latin\s+typeface=[\"']([^\"']+)", re.DOTALL)
_NORMAL = re.compile(r"<w:style\b[^>]*w:styleId=[\"']Normal[\"'].*?</w:style>", re.DOTALL)
_DEFAULTS = re.compile(r"<w:docDefaults>.*?</w:docDefaults>", re.DOTALL)
_LETTERS = re.compile(r"<w:rFonts\b[^>]*>")
_NAMED = re.compile(r"w:ascii=[\"']([^\"']+)")


@dataclass(frozen=True)
class Look:
    """The colours that charts are drawn in, the main one first, and their font.

    A font that is not installed gives way to the program's own.
    """

    colours: tuple[str, ...] = COLOURS
    font: str = FONT


def of(settings: Settings, template: Path) -> Look:
    """What the settings say; where they say nothing, what the template's theme says."""
    theirs = _of_template(template)
    return Look(settings.look.colours or theirs.colours, settings.look.font or theirs.font)


def _of_template(template: Path) -> Look:
    """A template's look; the program's own where the file has no theme."""
    try:
        with ZipFile(template) as archive:
            refuse_too_much(archive, template.stat().st_size)
            names = sorted(n for n in archive.namelist() if re.fullmatch(r"word/theme/\w+\.xml", n))
            theme = archive.read(names[0]).decode("utf-8", "replace") if names else ""
            styles = archive.read("word/styles.xml").decode("utf-8", "replace")
    except UNREADABLE:
        return Look()  # whoever fills the template says what is wrong with it
    colours = tuple(f"#{found.upper()}" for found in _ACCENT.findall(theme))
    return Look(colours or COLOURS, next(_fonts(theme, styles), FONT))


def _fonts(theme: str, styles: str) -> Iterator[str]:
    """What plain text is set in: by its style, by the defaults, by the theme."""
    for part in (_NORMAL, _DEFAULTS):
        found = part.search(styles)
        letters = _LETTERS.search(found[0]) if found else None
        if letters is None:
            continue
        # Word lets a font of the theme go before one that is named.
        named = None if "w:asciiTheme" in letters[0] else _NAMED.search(letters[0])
        if named is not None:
            yield named[1]
        break
    minor = _MINOR.search(theme)
    if minor is not None:
        yield minor[1]


def check(settings: Settings, is_installed: Callable[[str], bool]) -> Iterator[Problem]:
    """A warning where the settings ask for a font that this computer does not have."""
    font = settings.look.font
    if font and not is_installed(font):
        yield Problem(NO_FONT, Place(SETTINGS), "look.font: there is no such font here", font)
