"""What one template may have of its own beside its words: colours, styles, numbering."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from _kinds import Style
from _styles import NUMBER_COLUMN

# A level of a list: format, text, the style that owns it, start of number and of text in cm.
Level = tuple[str, str, str, float, float]

# "Paragraph Level 2" shares the second level with Heading 2, which a level can name only once.
OUTLINE: Sequence[Level] = (
    ("decimal", "%1.0", "Heading 1", 0.0, NUMBER_COLUMN),
    ("decimal", "%1.%2", "Heading 2", 0.0, NUMBER_COLUMN),
    ("decimal", "%1.%2.%3", "Paragraph Level 3", 0.0, NUMBER_COLUMN),
    ("lowerLetter", "(%4)", "Paragraph Level 4", NUMBER_COLUMN, NUMBER_COLUMN + 0.9),
)
BULLETS: Sequence[Level] = (
    ("bullet", "\u2022", "List Bullet", NUMBER_COLUMN, NUMBER_COLUMN + 0.6),
    ("bullet", "\u2013", "List Bullet 2", NUMBER_COLUMN + 0.6, NUMBER_COLUMN + 1.2),
)
THEME: Mapping[str, str] = {
    "dk1": "1B2733",
    "lt1": "FFFFFF",
    "dk2": "12436D",
    "lt2": "E6EDF4",
    "accent1": "12436D",
    "accent2": "28A197",
    "accent3": "F46A25",
    "accent4": "A285D1",
    "accent5": "801650",
    "accent6": "3D3D3D",
    "hlink": "12436D",
    "folHlink": "801650",
}


@dataclass(frozen=True)
class Look:
    """How a template looks. ``styles`` stand in place of the shared ones of the same names."""

    styles: Sequence[Style] = ()
    theme: Mapping[str, str] = field(default_factory=lambda: THEME)
    outline: Sequence[Level] = OUTLINE
    bullets: Sequence[Level] = BULLETS
    top: float = 2.5  # cm, of the page's margins
    bottom: float = 2.3
