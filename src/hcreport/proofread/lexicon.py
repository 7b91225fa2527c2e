"""What reports call measures, stages, periods and changes, as ``lexicon.toml`` has it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from importlib.resources import files

_WORDS = tomllib.loads((files("hcreport.proofread") / "lexicon.toml").read_text(encoding="utf-8"))
# Measures that mostly name what a share is over, not what is counted.
BASES = frozenset({"received", "responded", "closed", "due", "decided"})


def _any(words: Iterable[str]) -> str:
    """A pattern of any of these; a space in one is any space, outside brackets."""
    return re.sub(r"(?<!\[) ", r"\\s+", rf"\b(?:{'|'.join(words)})")


def _pattern(words: Iterable[str]) -> re.Pattern[str]:
    return re.compile(rf"{_any(words)}(?!\w)")


def _measure(words: Iterable[str]) -> str:
    r"""A measure's pattern; words left open by ``\S+`` are of one clause, by ``\S*`` of any."""
    within = (each.replace(r"\S+ ", r"[^\s,;:]+ ") for each in words)
    return re.sub(r"<(\w+)>", lambda part: str(_WORDS["parts"][part[1]]), _any(within))


def _generic() -> frozenset[str]:
    text = (files("hcreport.proofread") / "generic.txt").read_text(encoding="utf-8")
    return frozenset(word for line in text.splitlines() if line[:1] != "#" for word in line.split())


# Words that narrow nothing: grammar, and what every report of complaints is full of.
GENERIC = _generic()
PASSED_OVER = frozenset(str(_WORDS["passed_over"]["words"]).split())
# Words that stand for others, which a landlord's labels may have.
ALIKE: Mapping[str, str] = {
    other: word for word, others in _WORDS["alike"].items() for other in str(others).split()
}
UNRECORDED = _pattern(_WORDS["unrecorded"]["words"])
# What comes after these is only set beside what the sentence is about.
LIKENED = re.compile(
    rf"{_any(_WORDS['likened']['words'])}\s+(?:the |that |those |for |in |of |at )*\Z"
)
OMBUDSMAN = re.compile(r"\bombudsman\b|\bdeterminations?\b|\bmaladministration\b")
# What only the Ombudsman makes.
OMBUDSMANS = frozenset(
    {
        *(
            "orders",
            "failure orders",
            "recommendations",
            "determinations",
            "findings",
            "maladministration rate",
        ),
        *("compensation ordered", "compensation offered before"),
    }
)
MEASURE_NAMES = tuple(str(each["name"]) for each in _WORDS["measure"])
MEASURE = re.compile(
    "|".join(rf"(?P<m{n}>{_measure(each['words'])})" for n, each in enumerate(_WORDS["measure"]))
)
STAGE = re.compile(
    "|".join(rf"(?P<{name}>{_any(words)}(?!\w))" for name, words in _WORDS["stage"].items())
)
BEFORE, NOW, TO_DATE, OTHER = (_pattern(words) for words in _WORDS["when"].values())
FOREIGN = _pattern(_WORDS["foreign"]["words"])
WHOLE = _pattern(_WORDS["whole"]["words"])

_CHANGE = {name: "|".join(words) for name, words in _WORDS["change"].items()}
_UP, _DOWN, _EITHER = (_CHANGE[name] for name in ("up", "down", "either"))
_CHANGED = rf"(?P<up>{_UP})|(?P<down>{_DOWN})|(?P<either>{_EITHER})"
_ROUGHLY = r"(?:around |about |nearly |almost |over |just )?"
RAISED, LOWERED = re.compile(rf"\b(?:{_UP})\b"), re.compile(rf"\b(?:{_DOWN})\b")
# The verbs among them.
ROSE, FELL = (_pattern(_WORDS["change"][name]) for name in ("rose", "fell"))
# A change word that takes the number after it: "an increase of", "fell by", "up".
CHANGE_BEFORE = re.compile(
    rf"\b(?:{_CHANGED})\s+(?:of|by)(?:\s+(?:{_CHANGE['links']}))*\s*\Z"
    r"|\b(?:(?P<up2>(?<!made )(?<!make )(?<!makes )(?<!making )up|rose|rise|increased?|grew|\+)"
    r"|(?P<down2>(?<!turned )down|fell|dropped|decreased?|reduced))"
    rf"\s+{_ROUGHLY}\Z"
    r"|\b(?:increase|rise|growth|fall|drop|decrease|reduction) in (?:[a-z]+\s+){1,4}"
    rf"(?:was|is|were|came to)(?:\s+(?:{_CHANGE['links']}))*\s*\Z"
    r"|\b(?:increase|rise|growth|fall|drop|decrease|reduction|change|difference)"
    r" (?:is|was|comes to|came to)"
    rf"(?:\s+(?:{_CHANGE['links']}))*\s*\Z"
)
# One that follows it: "26% fewer", "a 26% increase".
CHANGE_AFTER = re.compile(
    r"\A[\s-]*(?:complaints? |cases? |points? )?(?:relative |overall |year-on-year |annual )?"
    rf"\b(?:(?P<up>{_CHANGE['after_up']})|(?P<down>{_CHANGE['after_down']})|(?:{_CHANGE['after']}))\b"
    r"(?! than (?:half|one|two|a third|five|ten)\b)"
)
