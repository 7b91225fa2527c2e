"""A Word file opened only to be read: its parts as XML, and why a file cannot be used.

It needs no library for Word, whose import alone would take as long as reading a template.
"""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from lxml import etree

from hcreport.problems import CannotRun
from hcreport.report.word.opening import Why, opened, refusal
from hcreport.report.word.xml import qn

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from lxml.etree import _Element as Element

MAIN, TYPES, PROPERTIES = "word/document.xml", "[Content_Types].xml", "docProps/core.xml"
_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
# What Word's other kinds of document call themselves, and what people call them.
_OTHERS = {
    b"wordprocessingml.template.main": "a Word template (.dotx)",
    b"macroEnabledTemplate.main": "a Word template with macros (.dotm)",
    b"document.macroEnabled.main": "a Word document with macros (.docm)",
}
SAVE = "Save it in Word as a Word Document (.docx)."
_WORDS = {
    Why.UNREAD: ("{path} cannot be read: {more}.", "Check the file."),
    Why.EMPTY: ("{path} is empty.", "Copy it again, or save it again in Word."),
    Why.LOCKED: ("{path} is protected by a password.", "Save a copy without one."),
    Why.OLD: ("{path} is an old Word document (.doc).", SAVE),
    Why.NO_DOCUMENT: ("{path} is not a Word document.", SAVE),
}
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)


@dataclass(frozen=True)
class Package:
    """The XML parts of a Word document, by name."""

    parts: Mapping[str, bytes]

    @classmethod
    def open(cls, path: Path) -> Package:
        """Open a file. Raises CannotRun, saying what it is instead, when it is no .docx."""
        package = cls(opened(path, _WORDS, (".xml", ".rels")).parts)
        try:
            package.refuse_others(path)
            package.read()
        except (KeyError, ValueError, etree.XMLSyntaxError):
            raise refusal(path, Why.NO_DOCUMENT, _WORDS) from None
        return package

    def refuse_others(self, path: Path) -> None:
        """Refuse what Word can open and a report cannot be made from. Raises CannotRun."""
        for kind, what in _OTHERS.items():
            if kind in self.parts[TYPES]:
                raise CannotRun(f"{path} is {what}.", SAVE)
        if _STRICT in self.parts[MAIN]:
            raise CannotRun(f"{path} is a Strict Open XML document.", SAVE)

    def read(self) -> None:
        """Parse all that is asked for later. Raises KeyError or XMLSyntaxError where it cannot."""
        _ = self.body, self.styles, self.numbering, self.related

    def root(self, name: str) -> Element:
        """A part, parsed. Raises KeyError when there is none."""
        return etree.fromstring(self.parts[name], _PARSER)

    @cached_property
    def body(self) -> Element:
        """The text. Raises KeyError when there is none."""
        body = self.root(MAIN).find(qn("w:body"))
        if body is None:
            raise KeyError(qn("w:body"))
        return body

    @cached_property
    def styles(self) -> Element:
        """The styles."""
        return self.root("word/styles.xml")

    @cached_property
    def numbering(self) -> Element:
        """The lists; empty where there are none."""
        name = "word/numbering.xml"
        return self.root(name) if name in self.parts else etree.Element(qn("w:numbering"))

    @cached_property
    def related(self) -> list[tuple[str, Element]]:
        """The parts that the text refers to, each with its kind, such as ``header``."""
        relations = self.parts.get("word/_rels/document.xml.rels")
        if relations is None:
            return []
        found = []
        for relation in etree.fromstring(relations, _PARSER):
            target = relation.get("Target", "")
            name = posixpath.normpath(posixpath.join("/word", target)).lstrip("/")
            if relation.get("TargetMode") != "External" and name in self.parts:
                found.append((relation.get("Type", "").rpartition("/")[2], self.root(name)))
        return found
