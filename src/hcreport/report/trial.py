"""Each placeholder of a template or a text, tried by itself: what it says, and what is wrong."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import reduce
from typing import TYPE_CHECKING, TypeAlias

from jinja2 import TemplateError
from jinja2.sandbox import SandboxedEnvironment

from hcreport.problems import CannotRun
from hcreport.report.faults import Faults
from hcreport.report.placeholders import context, printed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hcreport.sections.section import Writer

# A message and what to do about it.
Told: TypeAlias = tuple[str, str]
LISTED = "hcreport template names lists every placeholder."
_HALVED = "Put two braces before it and two after, in one paragraph: {{ name }}."
TAG = re.compile(r"\{\{((?:(?!\{\{|\}\}).)*)\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
_HALF = re.compile(r"\{\{[^{}\n]*\}?|\{%[^{}\n]*|\{#[^{}\n]*|[^{}\s]*[^\S\n]*\}\}|%\}")
_SINGLE = re.compile(r"\{\s*[a-z_]\w*(?:\.\w+)+\s*\}")
_NAME = re.compile(r"\s*[a-z]\w*(\.[a-z]\w*)*\s*")
_QUOTES = str.maketrans("“”„‘’", '"""\'\'')


def straightened(tag: str) -> str:
    """A placeholder with the quotation marks that Word makes round made straight."""
    return tag.translate(_QUOTES)


@dataclass(frozen=True)
class Tried:
    """What a placeholder says, and what is wrong with it: then it says nothing."""

    words: str = ""
    faults: tuple[Told, ...] = ()


class Trial:
    """Tries placeholders one by one against today's figures; ``faults`` keeps what it met."""

    def __init__(self, w: Writer, worded: Callable[[object], str] = printed) -> None:
        self.faults = Faults()
        self._worded = worded
        self._named = context(w, self.faults)
        undefined = self.faults.undefined(self._named)
        self._environment = SandboxedEnvironment(undefined=undefined, finalize=worded)

    def knows(self, inside: str) -> bool:
        """Whether the first word of a placeholder is one that there is."""
        return inside.strip().partition(".")[0] in self._named

    def tried(self, tag: str, inside: str) -> Tried:
        """A placeholder as it was typed, and what stands between its braces."""
        before = len(self.faults.found)
        try:
            words = self._said(straightened(inside))
        except CannotRun as fault:
            return Tried(faults=((fault.message, fault.hint),))
        except TemplateError:
            hint = "A name has no spaces; a value is quoted: .by(service=“Repairs”)."
            return Tried(faults=((f"{tag} cannot be read as a placeholder.", hint),))
        except (TypeError, ValueError, ArithmeticError):
            hint = "Write a figure's name as it is listed, and a group as .by(service=“Repairs”)."
            return Tried(faults=((f"{tag} cannot be worked out.", hint),))
        unknown = self.faults.found[before:]
        return Tried(words, tuple((_no_such(name), near or LISTED) for name, near in unknown))

    def _said(self, inside: str) -> str:
        """What a placeholder prints. A name needs no Jinja, which takes long to compile it."""
        first, *rest = inside.strip().split(".")
        if first in self._named and _NAME.fullmatch(inside):
            return self._worded(reduce(getattr, rest, self._named[first]))
        return self._environment.from_string(f"{{{{{inside}}}}}").render(self._named)


def _no_such(name: str) -> str:
    return f"There is no placeholder {{{{ {name} }}}}."


def without_tags(text: str) -> str:
    """A text with blanks where its placeholders stand, each line end in its place."""
    return TAG.sub(blank, text)


def blank(found: re.Match[str]) -> str:
    """As many blanks as were found, and the line ends."""
    return re.sub(r"[^\n]", " ", found[0])


def loose_braces(rest: str) -> Iterator[tuple[int, Told]]:
    """What is wrong with the braces of a text without its placeholders, each with where it is."""
    for half in _HALF.finditer(rest):
        yield half.start(), (f"{half[0].strip()} is half a placeholder.", _HALVED)
    for single in _SINGLE.finditer(_HALF.sub(blank, rest)):
        message = f"{single[0]} has single braces and would be printed as it stands."
        yield single.start(), (message, f"Write {{{single[0]}}}.")
