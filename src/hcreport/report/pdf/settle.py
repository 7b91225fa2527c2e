"""A PDF without what differs from one making to the next, its tags in standard words only."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pikepdf

if TYPE_CHECKING:
    from collections.abc import Iterator


def settled(content: bytes) -> bytes:
    """The same PDF with no dates, an id made of its contents, and standard tags.

    The tab key goes through its links in the order of its structure.
    """
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(content)) as pdf:
        for name in ("/CreationDate", "/ModDate"):
            if name in pdf.docinfo:
                del pdf.docinfo[name]
        with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as said:
            for name in ("xmp:CreateDate", "xmp:ModifyDate", "xmp:MetadataDate"):
                if name in said:
                    del said[name]
        for name in ("/ID", "/DocChecksum"):
            if name in pdf.trailer:
                del pdf.trailer[name]
        _standard_tags(pdf)
        for page in pdf.pages:  # LibreOffice 7 says so in the wrong kind of value
            page.obj.Tabs = pikepdf.Name("/S")
        pdf.save(out, deterministic_id=True)
    return out.getvalue()


def _standard_tags(pdf: pikepdf.Pdf) -> None:
    """Tag each element by the standard kind that its own stands for.

    LibreOffice tags a paragraph with the name of its style and says beside what that stands for.
    A style called Figure would so turn every picture into a paragraph.
    """
    tree = pdf.Root.get("/StructTreeRoot")
    if tree is None or "/RoleMap" not in tree:
        return
    stands_for = {name: str(kind) for name, kind in tree.RoleMap.items()}
    for element in elements(tree):
        kind = str(element.S)
        if "/Alt" not in element and kind in stands_for:
            element.S = pikepdf.Name(stands_for[kind])
    del tree["/RoleMap"]


def elements(above: pikepdf.Object) -> Iterator[pikepdf.Object]:
    """Every element of the structure below one, in reading order."""
    below = above.get("/K")
    for child in below if isinstance(below, pikepdf.Array) else [below]:
        if isinstance(child, pikepdf.Dictionary) and "/S" in child:
            yield child
            yield from elements(child)


def headings(content: bytes) -> tuple[tuple[str, int], ...]:
    """Every heading of a PDF in order, as its outline has it, with its page from 1."""
    with pikepdf.open(io.BytesIO(content)) as pdf, pdf.open_outline() as outline:
        pages = {page.obj.objgen: number for number, page in enumerate(pdf.pages, start=1)}
        return tuple(
            (" ".join(item.title.split()), pages[item.destination[0].objgen])
            for item in _items(outline.root)
            if isinstance(item.destination, pikepdf.Array)
        )


def _items(level: list[pikepdf.OutlineItem]) -> Iterator[pikepdf.OutlineItem]:
    for item in level:
        yield item
        yield from _items(item.children)
