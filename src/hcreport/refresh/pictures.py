"""Charts: the picture replaced where it stands, at its width and with its wrapping."""

from __future__ import annotations

import struct
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from typing import TYPE_CHECKING

from docx.oxml.ns import nsmap, qn
from lxml import etree

from hcreport.refresh.account import Did, Line

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

    from hcreport.refresh.marked import Control
    from hcreport.refresh.package import Package
    from hcreport.refresh.taking import Take
    from hcreport.report.word.imprint import Picture

# The pieces of a chart, as an account calls them.
PICTURE, ALTERNATIVE = "picture", "text alternative"
_ROUND = 0.02  # how far width to height may be out for a picture that nobody stretched
_EMBED = qn("r:embed")
_OFFICE = "urn:schemas-microsoft-com:office:office"
# Everything in a part that names a relation; drawings of the old kind have a word of their own.
_USED = etree.XPath("//@r:*|//@o:relid", namespaces={"r": nsmap["r"], "o": _OFFICE})


@dataclass(frozen=True)
class Drawn:
    """A chart of today: its picture and its text alternative."""

    png: bytes
    alt: str

    @property
    def digest(self) -> str:
        """What tells it from another picture."""
        return sha256(self.png).hexdigest()


def refresh(
    control: Control, old: Picture, new: Drawn, package: Package, take: Take
) -> Iterator[Line]:
    """Put today's picture in, and its text alternative; each stays if somebody has changed it."""
    takes = partial(take.takes, control.tag)
    blips = list(control.content.iter(qn("a:blip")))
    if not blips:
        yield _line(control, Did.MISSING, PICTURE)
        return
    for blip in blips:
        yield _picture(control, blip, old, new, package, taken=takes(PICTURE))
    for shape in control.content.iter(qn("wp:docPr")):
        yield _alt(control, shape, old.alt, new.alt, taken=takes(ALTERNATIVE))


def shown(root: Element) -> set[str]:
    """The relations of the pictures that a part shows."""
    return {blip.get(_EMBED, "") for blip in root.iter(qn("a:blip"))}


def clear(package: Package, part: str, before: Collection[str]) -> None:
    """Take the pictures that a part showed ``before`` and shows no more out of the file."""
    inside = package.relations(part).keys() & before
    used = {str(held) for held in _USED(package.parsed(part))} if inside else set()
    for relation in sorted(inside - used):
        package.drop_relation(part, relation)


def is_untouched(control: Control, old: Picture, package: Package) -> bool:
    """Whether a control holds the picture that was last put there, and nothing else."""
    blips = list(control.content.iter(qn("a:blip")))
    held = [package.held(control.part, blip.get(_EMBED, "")) for blip in blips]
    alts = {shape.get("descr", "") for shape in control.content.iter(qn("wp:docPr"))}
    said = "".join(node.text or "" for node in control.content.iter(qn("w:t")))
    is_same = [None if h is None else sha256(h).hexdigest() for h in held] == [old.sha256]
    return is_same and alts == {old.alt} and not said


def _picture(
    control: Control, blip: Element, old: Picture, new: Drawn, package: Package, *, taken: bool
) -> Line:
    relation = blip.get(_EMBED, "")
    held = package.held(control.part, relation)
    if held == new.png:
        return _line(control, Did.UNCHANGED, PICTURE)
    by_hand = held is None or sha256(held).hexdigest() != old.sha256
    if by_hand and not taken:
        return _line(control, Did.KEPT, PICTURE, theirs="another picture", ours="a new chart")
    fresh = package.add_picture(control.part, new.png)
    if held is not None:
        _fit(blip, held, new.png)
    blip.set(_EMBED, fresh)
    return _line(control, Did.TAKEN if by_hand else Did.UPDATED, PICTURE)


def _fit(blip: Element, old: bytes, new: bytes) -> None:
    """Keep the width; the height follows the new picture, unless somebody stretched the old."""
    drawing = next(blip.iterancestors(qn("w:drawing")), None)
    if drawing is None or not (before := _shape(old)) or not (after := _shape(new)):
        return
    for size in (*drawing.iter(qn("wp:extent")), *drawing.iter(qn("a:ext"))):
        width, height = int(size.get("cx", "0")), int(size.get("cy", "0"))
        if height and abs(width / height / before - 1) < _ROUND:
            size.set("cy", str(round(width / after)))


def _shape(png: bytes) -> float | None:
    """How wide a picture is for its height; None for what is no PNG."""
    if not png.startswith(b"\x89PNG"):
        return None
    width, height = struct.unpack(">II", png[16:24])
    return float(width / height)


def _alt(control: Control, shape: Element, was: str, ours: str, *, taken: bool) -> Line:
    """The text alternative, which stands on the drawing and on the picture inside it."""
    theirs = shape.get("descr", "")
    if theirs == ours:
        return _line(control, Did.UNCHANGED, ALTERNATIVE)
    if theirs != was and not taken:
        return _line(control, Did.KEPT, ALTERNATIVE, was=was, ours=ours, theirs=theirs)
    drawing = next(shape.iterancestors(qn("w:drawing")), shape)
    for described in (shape, *drawing.iter(qn("pic:cNvPr"))):
        if described.get("descr") == theirs:
            described.set("descr", ours)
    did = Did.UPDATED if theirs == was else Did.TAKEN
    return _line(control, did, ALTERNATIVE, was=was, ours=ours, theirs=theirs)


def _line(
    control: Control, did: Did, part: str, was: str = "", ours: str = "", theirs: str = ""
) -> Line:
    return Line(did, control.tag, control.heading, part, was=was, ours=ours, theirs=theirs)
