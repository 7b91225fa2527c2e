"""People's own texts: what Markdown may say in them, and what becomes of it in Word."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from tests.projects import (
    complaints,
    hcreport,
    needs_office,
    problems_of,
    project,
    rendered,
    sample_run,
)
from tests.tagged import Tagged
from tests.word import W, Word, style_of, text_of

from hcreport import pipeline
from hcreport.problems import CannotRun
from hcreport.report import text_check
from hcreport.report.markdown import as_words, paragraphs
from hcreport.report.pdf import making, office

if TYPE_CHECKING:
    from pathlib import Path

    from tests.word import Element

R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"


def narrated(folder: Path, **texts: str) -> Path:
    """A project of three complaints with texts, by name."""
    folder.mkdir(exist_ok=True)
    project(folder, complaints=complaints(3))
    (folder / "text").mkdir()
    for name, text in texts.items():
        (folder / "text" / f"{name}.md").write_text(text, encoding="utf-8")
    return folder


def report_of(folder: Path, **texts: str) -> Word:
    """The report of such a project."""
    return Word.of(rendered(pipeline.compute(narrated(folder, **texts)))["report.docx"])


def between(word: Word, first: str, last: str) -> list[Element]:
    """The paragraphs from one that says this to one that says that, without the contents."""
    found = [p for p in word.paragraphs() if not style_of(p).startswith("TOC")]
    texts = [text_of(p) for p in found]
    return found[texts.index(first) : texts.index(last) + 1]


# --- Headings ---------------------------------------------------------------------------------


def test_headings_stand_below_the_one_that_the_text_stands_under(tmp_path: Path) -> None:
    """The foreword's heading is of level 2, so its own are of 3 and 4, with figures in them."""
    text = "Begin.\n\n## We had {{ stage1.received }}\n\nMore.\n\n### Deeper\n\nEnd.\n"
    word = report_of(tmp_path, foreword=text)
    found = between(word, "Begin.", "End.")
    assert [(style_of(p), text_of(p)) for p in found] == [
        ("ParagraphLevel3", "Begin."),
        ("Heading3", "We had 3"),
        ("ParagraphLevel3", "More."),
        ("Heading4", "Deeper"),
        ("ParagraphLevel3", "End."),
    ]
    assert (3, "We had 3") in word.contents()
    (made,) = [
        s
        for s in word.part("word/styles.xml").iter(f"{W}style")
        if s[0].get(f"{W}val") == "heading 4"
    ]
    level = made.find(f"{W}pPr/{W}outlineLvl")
    assert level is not None
    assert level.get(f"{W}val") == "3"


def test_headings_below_an_unnumbered_one_have_no_number(tmp_path: Path) -> None:
    """The Leader's comments stand under an unnumbered heading of level 1; so do theirs."""
    word = report_of(tmp_path, leader_comments="## First\n\nText.\n\n### Second\n\nEnd.")
    found = between(word, "First", "End.")
    assert [style_of(p) for p in found[::2]] == ["HeadingUnnumbered2", "Heading3"]
    assert [line for line in word.contents() if line[1] in {"First", "Second"}] == [
        (2, "First"),
        (3, "Second"),
    ]


# --- Lists ------------------------------------------------------------------------------------


def numbers(word: Word, paragraph: Element) -> tuple[str, str, str, str]:
    """A numbered item's list, level, format and first number, followed through the numbering."""
    place = paragraph.find(f"{W}pPr/{W}numPr")
    assert place is not None
    level, instance = (child.get(f"{W}val", "") for child in place)
    numbering = word.part("word/numbering.xml")
    (held,) = [n for n in numbering.findall(f"{W}num") if n.get(f"{W}numId") == instance]
    shape = held.find(f"{W}abstractNumId")
    assert shape is not None
    (drawn,) = [
        s
        for s in numbering.findall(f"{W}abstractNum")
        if s.get(f"{W}abstractNumId") == shape.get(f"{W}val")
    ]
    kind = drawn.findall(f"{W}lvl")[int(level)].find(f"{W}numFmt")
    (start,) = held.iter(f"{W}startOverride")
    assert kind is not None
    return instance, level, str(kind.get(f"{W}val")), str(start.get(f"{W}val"))


def test_each_numbered_list_counts_by_itself(tmp_path: Path) -> None:
    """Two lists each begin at their own number, and a nested one in letters."""
    text = "1. A {{ stage1.received }}\n   1. B\n2. C\n\nBetween.\n\n4. D\n5. E\n"
    word = report_of(tmp_path, foreword=text)
    a, b, c, _, d, e = between(word, "A 3", "E")
    lists = [numbers(word, p) for p in (a, b, c, d, e)]
    assert [found[1:] for found in lists] == [
        ("0", "decimal", "1"),
        ("1", "lowerLetter", "1"),
        ("0", "decimal", "1"),
        ("0", "decimal", "4"),
        ("0", "decimal", "4"),
    ]
    assert lists[0][0] == lists[2][0] != lists[3][0] == lists[4][0]
    assert len({found[0] for found in lists}) == 3


def test_bullets_nest_in_bullets_and_numbers(tmp_path: Path) -> None:
    """The inner list is the template's second bullet, wherever it stands."""
    word = report_of(tmp_path, foreword="- A\n  - B\n- C\n\n1. D\n   - E\n")
    found = between(word, "A", "E")
    styles = [style_of(p) for p in found]
    assert styles == ["ListBullet", "ListBullet2", "ListBullet", "ListBullet", "ListBullet2"]
    assert numbers(word, found[3])[1:] == ("0", "decimal", "1")


# --- Links ------------------------------------------------------------------------------------


def test_a_link_is_one_in_word(tmp_path: Path) -> None:
    """It leads where it says, in the template's look of links, described by its words."""
    address = "https://example.org/a_b?c=1&d=2"
    word = report_of(
        tmp_path, foreword=f"See [the {{{{ stage1.received }}}} **rules**]({address})."
    )
    (link,) = [e for e in word.body.iter(f"{W}hyperlink") if e.get(f"{R}id")]
    assert text_of(link) == "the 3 rules"
    relations = {r.get("Id"): r for r in word.part("word/_rels/document.xml.rels")}
    relation = relations[link.get(f"{R}id")]
    assert (relation.get("Target"), relation.get("TargetMode")) == (address, "External")
    styles = {mark.get(f"{W}val") for mark in link.iter(f"{W}rStyle")}
    assert styles == {"Hyperlink"}


def test_a_link_in_a_header_belongs_to_the_header(tmp_path: Path) -> None:
    """Its relation is the header's own, as Word wants it."""
    import docx  # noqa: PLC0415  (one test needs it)

    folder = narrated(tmp_path, running="[Home](https://example.org)")
    template = docx.Document()
    template.sections[0].header.paragraphs[0].text = "{{ text.running }}"
    template.save(str(folder / "own.docx"))
    toml = folder / "report.toml"
    toml.write_text('template = "own.docx"\n' + toml.read_text("utf-8"), encoding="utf-8")
    word = Word.of(rendered(pipeline.compute(folder))["report.docx"])
    ((name, header),) = word.headers.items()
    (link,) = header.iter(f"{W}hyperlink")
    relations = word.part(f"word/_rels/{name.rpartition('/')[2]}.rels")
    assert [r.get("Target") for r in relations if r.get("Id") == link.get(f"{R}id")] == [
        "https://example.org"
    ]


# --- Other signs ------------------------------------------------------------------------------


def test_a_line_break_is_kept(tmp_path: Path) -> None:
    """An address on several lines stays on several."""
    word = report_of(tmp_path, foreword="Town Hall\\\nHigh Street  \nTown")
    (found,) = [p for p in word.paragraphs() if text_of(p).startswith("Town Hall")]
    assert len(list(found.iter(f"{W}br"))) == 2


def test_facts_mean_themselves() -> None:
    """A name from the settings is no Markdown, whatever it holds; an address stays one."""
    name = r"A_b_c *d* [e](f) <g> & `h` ## | ~ \ !"
    ((spans),) = [p.spans for p in paragraphs(as_words(name), "x.md")]
    assert "".join(span.text for span in spans) == name
    ((link,),) = [p.spans for p in paragraphs(f"[x]({as_words('https://a_b.org/c_d')})", "x.md")]
    assert link.address == "https://a_b.org/c_d"
    assert as_words("two\nlines") == "two lines"


REFUSED = {
    "a table": ("|a|b|\n|-|-|\n|1|2|", "table"),
    "an image": ("![a](https://b.org/c.png)", "image"),
    "HTML": ("<div>\nx\n</div>", "HTML"),
    "HTML in a sentence": ("so<br>it", "HTML"),
    "a code block": ("```\nx\n```", "code block"),
    "an indented line": ("    x", "four spaces"),
    "code in a sentence": ("`x`", "code"),
    "a block quote": ("> x", "block quote"),
    "a line": ("***", "line across"),
    "the first level of heading": ("# x", "level 1"),
    "the fourth level of heading": ("#### x", "level 4"),
    "a skipped level": ("### x", "before any ##"),
    "a heading without its space": ("##x", "space"),
    "a heading in a list": ("- ## x", "in a list"),
    "a third level of list": ("- a\n  - b\n    - c", "three deep"),
    "two paragraphs in an item": ("- a\n\n  b", "second paragraph"),
    "a script": ("[x](javascript:alert(1))", "no web address"),
    "a file": ("[x](file:///c:/a.docx)", "no web address"),
    "another text": ("[x](other.md)", "no web address"),
    "a place in a text": ("[x](#y)", "no web address"),
    "nowhere": ("[x](https://)", "no web address"),
    "no words": ("[](https://example.org)", "no words"),
}


@pytest.mark.parametrize(("text", "words"), REFUSED.values(), ids=REFUSED)
def test_what_a_text_cannot_hold_is_refused_by_line(text: str, words: str) -> None:
    """Nothing is dropped without a word: the file and the line are named, and what to do."""
    last = text.count("\n") if "deep" in words or "second" in words else 0
    with pytest.raises(CannotRun) as caught:
        paragraphs(f"One.\n\n{text}\n", "text/x.md")
    assert caught.value.message.startswith(f"text/x.md, line {3 + last}: ")
    assert words in f"{caught.value.message} {caught.value.hint}"
    assert caught.value.hint.endswith(".")


def test_the_line_inside_a_paragraph_is_counted() -> None:
    """The third line of a paragraph is named, not its first."""
    with pytest.raises(CannotRun, match="line 3:"):
        paragraphs("One\ntwo  \nthree `code`", "text/x.md")


def test_a_figure_cannot_be_part_of_an_address(tmp_path: Path) -> None:
    """It would be printed nowhere, so it is refused."""
    ran = hcreport("build", narrated(tmp_path, foreword="[x](https://a.org/{{ stage1.received }})"))
    assert ran.status == 1
    assert "text/foreword.md › line 1: a link has a figure in its address." in ran.out


# --- Every fault at once ----------------------------------------------------------------------

FAULTS = """\
Had {{ stage1.recieved }} and {{ stage2.recieved }}.

<!-- One
     two -->
## Where

#### Deep {{ stage1.received

| a | b |
|---|---|
| 1 | 2 |

Then {{ stage1.received.by(service="Repiars") }}, {stage1.upheld} and {{ tables.actions }}.
"""


def test_every_fault_of_every_text_is_a_problem_with_its_line(tmp_path: Path) -> None:
    """Placeholders and Markdown, none hiding another, and each with what was meant."""
    folder = narrated(tmp_path, foreword=FAULTS, leader_comments="One {{ period.lable }}.")
    found = [
        (p["file"], p["heading"], str(p["message"]))
        for p in problems_of(folder)
        if p["code"] == "T107"
    ]
    expected = (
        ("foreword", 1, "{{ stage1.recieved }}. Did you mean stage1.received"),
        ("foreword", 1, "{{ stage2.recieved }}. Did you mean stage2.received"),
        ("foreword", 7, "a heading of level 4"),
        ("foreword", 7, "{{ stage1.received is half a placeholder."),
        ("foreword", 9, "a table has no place"),
        ("foreword", 13, "stage1.received: there is no service 'Repiars'. Did you mean Repairs"),
        ("foreword", 13, "{stage1.upheld} has single braces"),
        ("foreword", 13, "{{ tables.actions }} does not belong in a text."),
        ("leader_comments", 1, "{{ period.lable }}. Did you mean period.label"),
    )
    assert len(found) == len(expected), found
    for (file, line, message), (name, number, words) in zip(found, expected, strict=True):
        assert (file, line) == (f"text/{name}.md", f"line {number}"), message
        assert words in message


def test_a_loop_in_a_text_is_no_fault(tmp_path: Path) -> None:
    """What it names is known inside it; an unknown figure there is told all the same."""
    loop = '{% for s in ["not recorded"] %}{{ s }}: {{ stage1.received.by(service=s) }}{% endfor %}'
    assert (
        text_check.check(
            narrated(tmp_path / "a", foreword=loop), "foreword", pipeline.writer(sample_run())
        )
        == ()
    )
    (problem,) = text_check.check(
        narrated(tmp_path / "b", foreword=loop + "{{ stage1.recieved }}"),
        "foreword",
        pipeline.writer(sample_run()),
    )
    assert "stage1.recieved" in problem.message


def test_errors_of_the_data_are_told_beside_what_they_do_to_a_text(tmp_path: Path) -> None:
    """A PDF under the export's name: the file is named, and the text is one more problem."""
    folder = narrated(tmp_path, foreword='{{ stage1.received.by(service="Repairs") }}.')
    (folder / "exports" / "complaints.csv").write_bytes(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n")
    ran = hcreport("check", folder)
    assert ran.status == 1
    assert "complaints.csv" in ran.out.partition("ERROR T107")[0]
    assert "PDF" in ran.out
    assert "stage1.received cannot be told by service: nothing read gives one." in ran.out


# --- The PDF ----------------------------------------------------------------------------------


@needs_office
def test_headings_lists_and_links_are_tagged_in_the_pdf(tmp_path: Path) -> None:
    """A text's headings are in the contents, the tags and the bookmarks; lists and links too."""
    text = "## First\n\nSee [the Code](https://example.org).\n\n1. A\n   - B\n\n## Second\n\nEnd.\n"
    folder = narrated(tmp_path, foreword=text)
    report = rendered(pipeline.compute(folder))["report.docx"]
    made = making.make(office.find(), report)
    assert not made.unnumbered
    tagged, listed = Tagged.of(made.pdf), Word.of(made.word).contents()
    assert [level for level, _ in tagged.headings()] == [level for level, _ in listed]
    assert [title for _, title in tagged.bookmarks() if title in {"First", "Second"}] == [
        "First",
        "Second",
    ]
    assert tagged.of_kind("/L")
    links = [page.obj.get("/Annots", ()) for page in tagged.pdf.pages]
    leads = [str(a.A.URI) for page in links for a in page if "/A" in a and "/URI" in a.A]
    assert leads == ["https://example.org/"]
    assert tagged.of_kind("/Link")


def test_a_fault_in_a_text_does_not_keep_the_placeholders_back(tmp_path: Path) -> None:
    """`template names` lists them all, and says which text has one."""
    ran = hcreport("template", "names", narrated(tmp_path, foreword="{{ stage1.recieved }}"))
    assert ran.status == 0
    assert re.search(r"text\.foreword +has a fault", ran.out)
