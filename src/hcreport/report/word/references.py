"""References to tables and figures: fields with their results, put in once all have their numbers.

Word's own kind: a field that names the bookmark round a caption's label and number, so that Word
renumbers it with the captions.
"""

from __future__ import annotations

import copy
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from docx.oxml.ns import qn

from hcreport.marks import Reference
from hcreport.report.word.xml import parsed, run

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

    from hcreport.marks import Mark, Marks
    from hcreport.report.word.blocks import Label

NOT_HERE = {
    "tables": "a table that is not in this report",
    "charts": "a figure that is not in this report",
}


def put(
    roots: Iterable[Element], marks: Marks, labels: Mapping[tuple[str, str], Label]
) -> tuple[str, ...]:
    """Put every reference in, and give those that lead nowhere, by name.

    A reference in brackets that leads nowhere leaves nothing; any other says so in its sentence.
    """
    lost: list[str] = []
    for root in roots:
        for node in list(root.iter(qn("w:t"))):
            pieces = list(marks.split(node.text or ""))
            found = [piece for piece in pieces if isinstance(piece, Reference)]
            if found:
                lost += [_name(f) for f in found if not f.in_brackets and _key(f) not in labels]
                _replace(node, [new for piece in pieces for new in _runs(piece, labels)])
    return tuple(dict.fromkeys(lost))


def _name(reference: Reference) -> str:
    return f"{reference.kind}.{reference.name}"


def _key(reference: Reference) -> tuple[str, str]:
    return reference.kind, reference.name


def _runs(piece: str | Mark, labels: Mapping[tuple[str, str], Label]) -> Iterator[str]:
    """The runs that a piece of a sentence becomes."""
    if not isinstance(piece, Reference):
        yield run(piece if isinstance(piece, str) else "")
        return
    label = labels.get(_key(piece))
    if label is None:
        yield from () if piece.in_brackets else (run(NOT_HERE[piece.kind]),)
    elif piece.in_brackets:
        yield from (run(" ("), *_field(label), run(")"))
    else:
        yield from _field(label)


def _replace(node: Element, runs: Iterable[str]) -> None:
    """Put runs in the place of a text, and of the run it stands in; they look like it."""
    whole = node.getparent()
    assert whole is not None  # noqa: S101  (text stands in a run)
    properties = whole.find(qn("w:rPr"))
    for child in [child for child in whole if child is not properties]:
        made = [parsed(text) for text in runs] if child is node else [parsed("<w:r/>")]
        if child is not node:
            made[0].append(child)
        for element in made:
            if properties is not None:
                element.insert(0, copy.deepcopy(properties))
            whole.addprevious(element)
    parent = whole.getparent()
    assert parent is not None  # noqa: S101  (a run stands in a paragraph)
    parent.remove(whole)


def _field(label: Label) -> Iterator[str]:
    """A field in runs: a simple one may not stand in every place that a run may."""
    ask = f'<w:instrText xml:space="preserve"> REF {label.bookmark} \\h </w:instrText>'
    yield '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
    yield f"<w:r>{ask}</w:r>"
    yield '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    yield run(label.text)
    yield '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
