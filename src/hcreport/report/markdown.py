"""The Markdown that a text may hold, as paragraphs that Word has a style for.

Paragraphs, two levels of heading, lists nested one deep, bold, italics, line breaks and links. All
else is refused by file and line, so that nothing somebody wrote is left out without a word.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias
from urllib.parse import unquote, urlsplit

from hcreport.marks import has_mark
from hcreport.problems import CannotRun

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from markdown_it.token import Token

BREAK = "\n"
DEEPEST_LIST = 2
ALLOWED = "Use paragraphs, ## and ### headings, lists, links, **bold** and *italic*."
_SPECIAL = re.compile(r"([\\`*_\[\]<>&!#~|])")
# "##Repairs": meant as a heading, and to Markdown a paragraph.
_NEARLY_A_HEADING = re.compile(r"#{2,6}[^\s#]")
_NAMES = {
    "fence": "code block",
    "html_block": "piece of HTML",
    "html_inline": "piece of HTML",
    "code_inline": "piece of code",
    "hr": "line across the page",
    "blockquote": "block quote",
}
_INSTEAD = {
    "table": "A table of figures stands in the template: {{ tables.outcomes_by_service }}.",
    "image": "Put pictures into the template.",
    "html_inline": "Leave a word in < > out, or write &lt; for <.",
    "html_block": "Leave a word in < > out, or write &lt; for <.",
    "code_block": "A line that begins with four spaces is code to Markdown: take them away.",
    "code_inline": "Leave the backquotes out.",
    "hr": "Leave it out, or put a heading in its place.",
    "blockquote": "Leave out the > at the head of the line.",
}


# A line, what has no place there, and what to do.
Refused: TypeAlias = tuple[int, str, str]


@dataclass(frozen=True)
class Span:
    """Words set alike; ``address`` is where a link leads. A line break is a span of its own."""

    text: str
    bold: bool = False
    italic: bool = False
    address: str = ""


@dataclass(frozen=True)
class Item:
    """What makes a paragraph a list's: the list (by number), how deep (1 or 2), where it starts.

    ``start`` is the first number of a numbered list; None for bullets.
    """

    list: int
    depth: int
    start: int | None = None


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of a text. ``heading`` is 1 or 2 for one so many below that of the text."""

    spans: tuple[Span, ...]
    heading: int = 0
    item: Item | None = None


def as_words(text: str) -> str:
    """A text that means itself, whatever its signs would mean to Markdown; on one line."""
    return text if has_mark(text) else _SPECIAL.sub(r"\\\1", " ".join(text.splitlines()))


def paragraphs(markdown: str, shown: str) -> tuple[Paragraph, ...]:
    """A text's paragraphs. Raises CannotRun, naming ``shown`` and the line, for anything else."""
    found, faults = _read(markdown)
    for line, message, hint in faults[:1]:
        raise CannotRun(f"{shown}, line {line}: {message}", hint)
    return found


def faults(markdown: str) -> tuple[Refused, ...]:
    """Everything in a text that a report has no style for."""
    return _read(markdown)[1]


def _read(markdown: str) -> tuple[tuple[Paragraph, ...], tuple[Refused, ...]]:
    from markdown_it import MarkdownIt  # noqa: PLC0415  (only reports with a narrative need it)

    parser = MarkdownIt("commonmark").enable("table")
    # An address is judged here, so that it is told: by itself the parser prints it as it stands.
    parser.validateLink = lambda url: True  # type: ignore[method-assign]  # noqa: ARG005  (its form)
    reader = _Reader()
    found = tuple(reader.read(parser.parse(markdown)))
    return found, tuple(dict.fromkeys(reader.faults))


@dataclass
class _Reader:
    """Goes through the tokens of a text, keeping count of its lists and headings."""

    faults: list[Refused] = field(default_factory=list)
    lists: int = 0
    inside: list[Item] = field(default_factory=list)
    heading: int = 0
    above: int = 0
    said: bool = False  # whether the list item that is being read has its paragraph

    def read(self, tokens: Sequence[Token]) -> Iterator[Paragraph]:
        """Every paragraph that says something."""
        line, refused = 1, None
        for token in tokens:
            line = token.map[0] + 1 if token.map else line
            if refused is not None:  # nothing is said of what stands inside it
                refused = None if _closes(token, refused) else refused
                continue
            match token.type:
                case "bullet_list_open" | "ordered_list_open":
                    self._begin(token, line)
                case "bullet_list_close" | "ordered_list_close":
                    self.inside.pop()
                    self.said = True
                case "list_item_open":
                    self.said = False
                case "heading_open":
                    self._head(token, line)
                case "inline":
                    yield from self._paragraph(token, line)
                case "heading_close":
                    self.heading = 0
                case "paragraph_open" | "paragraph_close" | "list_item_close":
                    pass
                case _:
                    self._refuse(line, *_no_place(token))
                    refused = token if token.nesting == 1 else None

    def _begin(self, token: Token, line: int) -> None:
        if len(self.inside) == DEEPEST_LIST:
            hint = "A list may hold lists, and those hold none: lift it up a level."
            self._refuse(line, "a list stands three deep.", hint)
        self.lists += 1
        is_numbered = token.type == "ordered_list_open"
        start = int(token.attrGet("start") or 1) if is_numbered else None
        self.inside.append(Item(self.lists, len(self.inside) + 1, start))

    def _head(self, token: Token, line: int) -> None:
        if token.tag not in {"h2", "h3"}:
            hint = "Use ## and ###; the heading that the text stands under is the template's."
            self._refuse(line, f"a heading of level {token.tag[1]} has no place in a text.", hint)
            self.heading = self.above = 1
            return
        if self.inside:
            hint = "Put the heading before the list, or make it **bold**."
            self._refuse(line, "a heading stands in a list.", hint)
        self.heading = int(token.tag[1]) - 1
        if self.heading > self.above + 1:
            self._refuse(line, "a ### heading comes before any ## heading.", "Make it ##.")
        self.above = self.heading

    def _paragraph(self, token: Token, line: int) -> Iterator[Paragraph]:
        item = self.inside[-1] if self.inside else None
        if item and self.said:
            hint = "Make it an item of its own, or put it after the list, with no space before it."
            self._refuse(line, "a second paragraph stands in an item of a list.", hint)
        if not self.heading and _NEARLY_A_HEADING.match(token.content):
            self._refuse(line, "a heading needs a space after its ##.", "Put one in.")
        self.said = True
        spans = tuple(self._spans(token.children or (), line))
        if spans:
            yield Paragraph(spans, self.heading, item)

    def _spans(self, children: Sequence[Token], line: int) -> Iterator[Span]:
        bold = italic = 0
        address, worded = "", True
        for child in children:
            bold += (child.type == "strong_open") - (child.type == "strong_close")
            italic += (child.type == "em_open") - (child.type == "em_close")
            match child.type:
                case "softbreak" | "hardbreak":
                    line += 1
                    soft = child.type == "softbreak"
                    yield Span(" " if soft else BREAK, bold > 0, italic > 0, address)
                case "text":
                    worded = worded or bool(child.content.strip())
                    if child.content:
                        yield Span(child.content, bold > 0, italic > 0, address)
                case "link_open":
                    address, worded = self._address(str(child.attrGet("href") or ""), line), False
                case "link_close":
                    if not worded:
                        hint = "Write what it leads to: [the Code](https://…)."
                        self._refuse(line, "a link has no words.", hint)
                    address = ""
                case "strong_open" | "strong_close" | "em_open" | "em_close":
                    pass
                case _:
                    self._refuse(line, *_no_place(child))

    def _address(self, href: str, line: int) -> str:
        """Where a link leads, if Word and a reader of the PDF can go there."""
        if has_mark(unquote(href)):
            hint = "A figure can stand in the words of a link, not in its address."
            self._refuse(line, "a link has a figure in its address.", hint)
        try:
            parts = urlsplit(href)
        except ValueError:
            parts = urlsplit("")
        is_web = parts.scheme in {"http", "https"} and bool(parts.netloc)
        if is_web or (parts.scheme == "mailto" and "@" in parts.path):
            return href
        hint = "Write the whole address: https://… for a page, mailto:… for an e-mail address."
        self._refuse(line, f"a link leads to {unquote(href)!r}, which is no web address.", hint)
        return ""

    def _refuse(self, line: int, message: str, hint: str) -> None:
        self.faults.append((line, message, hint))


def _closes(token: Token, opened: Token) -> bool:
    return (token.nesting, token.level, token.tag) == (-1, opened.level, opened.tag)


def _no_place(token: Token) -> tuple[str, str]:
    kind = token.type.removesuffix("_open")
    what = _NAMES.get(kind, kind.replace("_", " "))
    article = "an" if what[0] in "aeiou" else "a"
    return f"{article} {what} has no place in a text.", _INSTEAD.get(kind, ALLOWED)
