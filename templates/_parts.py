"""The parts of the package beside its text: numbering, theme, settings, headers and footers."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from _kinds import BULLET_LIST, OUTLINE_LIST
from _word import DECLARATION, NAMESPACES, paragraph, run, simple_field, style_id, twips

if TYPE_CHECKING:
    from _look import Level, Look

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
TITLE = "Housing complaints report"  # until the program puts in the report's own


def level(index: int, shape: Level) -> str:
    """One level of a list, its number hanging before the text."""
    number_format, text, style, start, text_start = shape
    left, hanging = twips(text_start), twips(text_start - start)
    return (
        f'<w:lvl w:ilvl="{index}"><w:start w:val="1"/><w:numFmt w:val="{number_format}"/>'
        f'<w:pStyle w:val="{style_id(style)}"/><w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/>'
        f'<w:pPr><w:tabs><w:tab w:val="num" w:pos="{left}"/></w:tabs>'
        f'<w:ind w:left="{left}" w:hanging="{hanging}"/></w:pPr></w:lvl>'
    )


def numbering_part(look: Look) -> str:
    """word/numbering.xml: the report's outline and its bullets."""
    lists = ((OUTLINE_LIST, "4C1A20F1", look.outline), (BULLET_LIST, "5D2B31E2", look.bullets))
    shapes = "".join(
        f'<w:abstractNum w:abstractNumId="{number}"><w:nsid w:val="{nsid}"/>'
        f'<w:multiLevelType w:val="multilevel"/>'
        + "".join(level(index, shape) for index, shape in enumerate(levels))
        + "</w:abstractNum>"
        for number, nsid, levels in lists
    )
    instances = "".join(
        f'<w:num w:numId="{number}"><w:abstractNumId w:val="{number}"/></w:num>'
        for number, _, _ in lists
    )
    return f"{DECLARATION}<w:numbering {NAMESPACES}>{shapes}{instances}</w:numbering>"


def theme_part(look: Look) -> str:
    """word/theme/theme1.xml: Calibri, the look's colours, and plain fills and lines."""
    colours = "".join(
        f'<a:{slot}><a:srgbClr val="{value}"/></a:{slot}>' for slot, value in look.theme.items()
    )
    font = '<a:latin typeface="Calibri"/><a:ea typeface=""/><a:cs typeface=""/>'
    fill = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
    lines = "".join(
        f'<a:ln w="{width}">{fill}<a:prstDash val="solid"/></a:ln>'
        for width in (6350, 12700, 19050)
    )
    effect = "<a:effectStyle><a:effectLst/></a:effectStyle>"
    return (
        f"{DECLARATION}"
        '<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" name="Report">'
        f'<a:themeElements><a:clrScheme name="Report">{colours}</a:clrScheme>'
        f'<a:fontScheme name="Report"><a:majorFont>{font}</a:majorFont>'
        f"<a:minorFont>{font}</a:minorFont></a:fontScheme>"
        f'<a:fmtScheme name="Report"><a:fillStyleLst>{fill * 3}</a:fillStyleLst>'
        f"<a:lnStyleLst>{lines}</a:lnStyleLst><a:effectStyleLst>{effect * 3}</a:effectStyleLst>"
        f"<a:bgFillStyleLst>{fill * 3}</a:bgFillStyleLst></a:fmtScheme></a:themeElements></a:theme>"
    )


def settings_part() -> str:
    """word/settings.xml: British English, today's Word layout, and no prompt to update fields."""
    slots = {"bg1": "light1", "t1": "dark1", "bg2": "light2", "t2": "dark2"}
    slots |= {f"accent{number}": f"accent{number}" for number in range(1, 7)}
    slots |= {"hyperlink": "hyperlink", "followedHyperlink": "followedHyperlink"}
    mapping = " ".join(f'w:{slot}="{theme}"' for slot, theme in slots.items())
    word = "http://schemas.microsoft.com/office/word"
    return (
        f"{DECLARATION}<w:settings {NAMESPACES}>"
        '<w:zoom w:percent="100"/><w:defaultTabStop w:val="850"/>'
        '<w:characterSpacingControl w:val="doNotCompress"/><w:compat>'
        f'<w:compatSetting w:name="compatibilityMode" w:uri="{word}" w:val="15"/></w:compat>'
        f'<w:themeFontLang w:val="en-GB"/><w:clrSchemeMapping {mapping}/>'
        '<w:decimalSymbol w:val="."/><w:listSeparator w:val=","/></w:settings>'
    )


def fonts_part() -> str:
    """word/fontTable.xml: what to use where Calibri is missing."""
    return (
        f'{DECLARATION}<w:fonts {NAMESPACES}><w:font w:name="Calibri"><w:altName w:val="Carlito"/>'
        '<w:panose1 w:val="020F0502020204030204"/><w:charset w:val="00"/>'
        '<w:family w:val="swiss"/><w:pitch w:val="variable"/></w:font></w:fonts>'
    )


def header_part(left: str, right: str) -> str:
    """The running header: the landlord on the left, the report on the right."""
    return _running("hdr", paragraph("Header", run(f"{left}\t{right}")))


def cover_header_part() -> str:
    """The first page's header: nothing, but a place where a mark can be put."""
    return _running("hdr", paragraph("Header Cover", ""))


def footer_part(left: str) -> str:
    """The running footer: the period on the left, the page number on the right."""
    pages = simple_field("PAGE", "1") + run(" of ") + simple_field("NUMPAGES", "1")
    return _running("ftr", paragraph("Footer", run(f"{left}\tPage ") + pages))


def _running(kind: str, content: str) -> str:
    return f"{DECLARATION}<w:{kind} {NAMESPACES}>{content}</w:{kind}>"


def core_part() -> str:
    """docProps/core.xml: fixed, so that the file is the same each time it is made."""
    package = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
    moment = '<dcterms:{0} xsi:type="dcterms:W3CDTF">2024-01-01T00:00:00Z</dcterms:{0}>'
    return (
        f'{DECLARATION}<cp:coreProperties xmlns:cp="{package}" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escape(TITLE)}</dc:title><dc:creator>hcreport</dc:creator>"
        f"<cp:lastModifiedBy>hcreport</cp:lastModifiedBy><cp:revision>1</cp:revision>"
        f"{moment.format('created')}{moment.format('modified')}<dc:language>en-GB</dc:language>"
        "</cp:coreProperties>"
    )


def app_part() -> str:
    """docProps/app.xml."""
    return (
        f'{DECLARATION}<Properties xmlns="{OFFICE}/extended-properties">'
        "<Application>hcreport</Application></Properties>"
    )


# The parts the document refers to, in the order of their relationship ids (rId1, rId2…).
RELATED = (
    ("styles", "styles.xml", "styles"),
    ("numbering", "numbering.xml", "numbering"),
    ("settings", "settings.xml", "settings"),
    ("fontTable", "fontTable.xml", "fontTable"),
    ("theme", "theme/theme1.xml", ""),
    ("header", "header1.xml", "header"),
    ("header", "header2.xml", "header"),
    ("footer", "footer1.xml", "footer"),
    ("footer", "footer2.xml", "footer"),
)
HEADER, COVER_HEADER, FOOTER, COVER_FOOTER = "rId6", "rId7", "rId8", "rId9"


def document_relationships() -> str:
    """word/_rels/document.xml.rels."""
    return _relationships([(f"{OFFICE}/relationships/{kind}", path) for kind, path, _ in RELATED])


def package_relationships() -> str:
    """_rels/.rels."""
    core = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
    return _relationships(
        [
            (f"{OFFICE}/relationships/officeDocument", "word/document.xml"),
            (core, "docProps/core.xml"),
            (f"{OFFICE}/relationships/extended-properties", "docProps/app.xml"),
        ]
    )


def _relationships(targets: list[tuple[str, str]]) -> str:
    links = "".join(
        f'<Relationship Id="rId{number}" Type="{kind}" Target="{path}"/>'
        for number, (kind, path) in enumerate(targets, start=1)
    )
    schema = "http://schemas.openxmlformats.org/package/2006/relationships"
    return f'{DECLARATION}<Relationships xmlns="{schema}">{links}</Relationships>'


def content_types() -> str:
    """[Content_Types].xml."""
    office = "application/vnd.openxmlformats-officedocument"
    package = "application/vnd.openxmlformats-package"
    kinds = {
        "/word/document.xml": f"{office}.wordprocessingml.document.main+xml",
        "/word/theme/theme1.xml": f"{office}.theme+xml",
        "/docProps/core.xml": f"{package}.core-properties+xml",
        "/docProps/app.xml": f"{office}.extended-properties+xml",
    }
    kinds |= {
        f"/word/{path}": f"{office}.wordprocessingml.{kind}+xml"
        for _, path, kind in RELATED
        if kind
    }
    overrides = "".join(
        f'<Override PartName="{part}" ContentType="{kind}"/>' for part, kind in kinds.items()
    )
    return (
        f'{DECLARATION}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        f'<Default Extension="rels" ContentType="{package}.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
    )
