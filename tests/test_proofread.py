"""Reports proofread: what is planted is found, and what is right is left alone."""

from __future__ import annotations

import io
import json
import subprocess
import zipfile
from fractions import Fraction
from functools import cache
from itertools import pairwise, takewhile
from typing import TYPE_CHECKING

import docx
import pytest
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from hypothesis import given
from hypothesis import strategies as st
from tests import proofread_texts
from tests.projects import SAMPLE, SAMPLES, copy_of_sample, hcreport, sample_files, sample_run
from tests.test_word import validator
from tests.word import W, Word, text_of

from hcreport import pipeline
from hcreport.figures import ledger as ledgers
from hcreport.proofread import passages, telling
from hcreport.proofread import source as sources
from hcreport.proofread.claims import Outcome
from hcreport.proofread.comments import commented
from hcreport.proofread.numbers import Bound, Kind, numbers
from hcreport.proofread.reading import Reader
from hcreport.proofread.scope import Sentence
from hcreport.report.word.passages import Where

if TYPE_CHECKING:
    from pathlib import Path

    from docx.document import Document
    from docx.text.paragraph import Paragraph

    from hcreport.proofread.proof import Proof

FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
HILLINGDON = SAMPLE.parent / "hillingdon-2023-24"
MODELS = [
    (SAMPLE, proofread_texts.BRENT),
    (SAMPLE, proofread_texts.BRENT_IN_OTHER_WORDS),
    (SAMPLE, proofread_texts.BRENT_AWKWARD),
    (HILLINGDON, proofread_texts.HILLINGDON),
]


@cache
def reader(project: Path = SAMPLE) -> Reader:
    """What reads by a sample's published ledger."""
    run = sample_run(project)
    s = run.settings
    periods = (s.report_period, s.previous_period, s.to_date_period)
    return Reader(sources.of_ledger(run.published, s.landlord.name, *periods))


def proof(folder: Path, word: bytes, project: Path = SAMPLE) -> Proof:
    """A report proofread."""
    path = folder / "report.docx"
    path.write_bytes(word)
    return reader(project).document(passages.read(path).blocks)


def judged(text: str, project: Path = SAMPLE) -> list[tuple[str, str]]:
    """The figures of one sentence with what is held of each; what is no figure is left out."""
    sentence = Sentence(text, reader(project).vocabulary)
    verdicts = reader(project).sentence(sentence)
    return [
        (n.text, verdicts[n].outcome.value)
        for n in sentence.numbers
        if verdicts[n].outcome is not Outcome.EXEMPT
    ]


# --- The model reports ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("project", "source"), MODELS, ids=["brent", "other words", "awkward", "hillingdon"]
)
def test_every_planted_fault_is_found_and_nothing_else(
    project: Path, source: str, tmp_path: Path
) -> None:
    """The faults of the published reports that are about numbers, in our own sentences."""
    text = proofread_texts.text(source)
    wrong = [
        (f.text.strip(), f.passage.text)
        for f in proof(tmp_path, text.word, project).of(Outcome.WRONG)
    ]
    planted = list(text.planted)
    false = []
    for number, said in wrong:
        match = next((p for p in planted if number in p[0] and said in p[1].strip("|#- ")), None)
        if match is None:
            false.append((number, said))
        else:
            planted.remove(match)
    assert (planted, false) == ([], [])


# Landlords of other shapes, with other words for their services and causes.
OTHERS = [SAMPLE.parent / "exports" / name for name in ("dynamics", "goss", "plain")]


@pytest.mark.parametrize("project", [*SAMPLES, *OTHERS], ids=lambda path: path.name)
def test_our_own_reports_are_right(project: Path, tmp_path: Path) -> None:
    """Nothing in them is wrong, and nearly everything is recognised."""
    found = proof(tmp_path, sample_files(project)["report.docx"], project)
    assert found.of(Outcome.WRONG) == ()
    assert found.figures > 100
    assert found.counts[Outcome.UNKNOWN] < found.figures / 50


@pytest.mark.parametrize("project", SAMPLES, ids=lambda path: path.name)
def test_our_own_reports_are_right_by_their_words_alone(project: Path, tmp_path: Path) -> None:
    """Pasted elsewhere they have no content controls that would tell which figure is which."""
    document = docx.Document(io.BytesIO(sample_files(project)["report.docx"]))
    for tag in list(document.element.body.iter(qn("w:tag"))):
        tag.getparent().remove(tag)
    out = io.BytesIO()
    document.save(out)
    found = proof(tmp_path, out.getvalue(), project)
    assert [telling.fault(f) for f in found.of(Outcome.WRONG)] == []
    assert found.counts[Outcome.UNKNOWN] < found.figures / 50


@pytest.mark.parametrize("project", SAMPLES, ids=lambda path: path.name)
@pytest.mark.parametrize("name", ["report.docx", "summary.docx"])
def test_what_our_charts_say_of_themselves_is_right(
    name: str, project: Path, tmp_path: Path
) -> None:
    """Each number of an alternative text is that of the figure its sentence names."""
    found = proof(tmp_path, sample_files(project)[name], project)
    said = [f for f in found.found if f.passage.where is Where.PICTURE]
    outcomes = {f.outcome for f in said}
    assert outcomes == {Outcome.RIGHT, Outcome.EXEMPT}
    assert sum(f.outcome is Outcome.RIGHT for f in said) > 15


def test_a_published_ledger_does_as_well(tmp_path: Path) -> None:
    """A build server that has only figures.json finds the same."""
    path = tmp_path / "figures.json"
    path.write_bytes(sample_files()["figures.json"])
    alone = Reader(sources.of_json(path))
    report = tmp_path / "report.docx"
    report.write_bytes(proofread_texts.text(proofread_texts.BRENT).word)
    blocks = passages.read(report).blocks
    both = [
        [(f.text, f.verdict.should_be) for f in r.document(blocks).found] for r in (alone, reader())
    ]
    assert both[0] == both[1]


def test_the_period_to_date_is_called_the_same() -> None:
    """The prefix is written twice, so that reading a published ledger stays quick."""
    assert sources.TO_DATE == ledgers.TO_DATE


def test_the_same_thing_said_twice_with_two_values(tmp_path: Path) -> None:
    """The ledger knows nothing of it, but the report contradicts itself."""
    said = "\n".join(f"# A part\nWe look after {n} garages and sheds." for n in ("4,120", "4,210"))
    found = proof(tmp_path, proofread_texts.text(said).word)
    assert [(f.text, f.verdict.should_be) for f in found.of(Outcome.WRONG)] == [("4,210", "4,120")]


def test_a_table_of_anything_must_add_up(tmp_path: Path) -> None:
    """Totals and percentages are held to their parts, whatever is counted."""
    rows = ("Block|Visits|Share", "North|20|20%", "South|30|30%", "West|50|55%", "Total|110| ")
    table = "\n".join(f"|{row}|" for row in rows)
    found = proof(tmp_path, proofread_texts.text(table).word)
    assert [(f.text, f.verdict.should_be) for f in found.of(Outcome.WRONG)] == [
        ("55%", "50%"),
        ("110", "100"),
    ]


# --- Sentences --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("59% of stage 1 complaints were upheld or partly upheld.", ["wrong"]),
        ("64% of stage 1 complaints were upheld or partly upheld.", ["right"]),
        ("At stage 1, 47 complaints were refused and at stage 2 there was 1.", ["right", "right"]),
        ("Nearly two thirds of stage 1 complaints were upheld or partly upheld.", ["right"]),
        ("Over 600 stage 1 complaints were closed.", ["right"]),
        ("Fewer than 600 stage 1 complaints were closed.", ["wrong"]),
        ("We paid about £96k in compensation.", ["right"]),
        ("We paid £1.2m in compensation.", ["wrong"]),
        ("We received 61 parking complaints at stage 1.", ["not recognised"]),
        ("Nationally, 71% of stage 1 complaints were upheld.", ["not recognised"]),
        ("575 stage 1 complaints were received, a rise of 26% on last year.", ["right", "wrong"]),
        ("Stage 1 complaints fell from 780 to 575, a fall of 26%.", ["right"] * 3),
        ("Stage 1 complaints rose from 780 to 575.", ["right", "wrong"]),
        ("For Housing and Neighbourhoods, 71 of 138 were service failures.", ["right", "wrong"]),
        ("40% of the 7 people asked agreed.", ["wrong", "not recognised"]),
        ("We clean 30 blocks: 12 by day, 17 by night.", ["wrong", *["not recognised"] * 2]),
    ],
)  # fmt: skip
def test_a_sentence(text: str, expected: list[str]) -> None:
    """Values, words, arithmetic and direction, one at a time."""
    assert [outcome for _, outcome in judged(text)] == expected


@pytest.mark.parametrize(
    "text",
    [
        "We reply within 10 working days at stage 1 and 20 at stage 2.",
        "Section 149 of the Equality Act 2010 and paragraphs 3.2.1 to 3.2.4 apply.",
        "Call 020 8937 0000 or write to HA9 0FJ, open 24 hours a day, seven days a week.",
        "Our target is to answer 95% of complaints on time.",
        "Table 3 and Figure 12 on page 4 are for 2023/24, as at 31 March 2024.",
        "Case 202210650, version 1.01, measure CH01, room B12.",
        "In the last 12 months, per 1,000 homes, five or more cases.",
    ],
)
def test_what_is_no_figure(text: str) -> None:
    """Dates, limits, references and the numbers of parts."""
    assert judged(text) == []


@pytest.mark.parametrize(
    ("text", "value", "kind", "bound"),
    [
        ("£96,024.50", Fraction(9602450), Kind.MONEY, Bound.EXACT),
        ("nearly £96k", Fraction(9600000), Kind.MONEY, Bound.NEARLY),
        ("73 per cent", Fraction(73, 100), Kind.PERCENT, Bound.EXACT),
        ("about 12.5%", Fraction(1, 8), Kind.PERCENT, Bound.ABOUT),
        ("3 percentage points", Fraction(3, 100), Kind.POINTS, Bound.EXACT),
        ("three quarters of them", Fraction(3, 4), Kind.PERCENT, Bound.EXACT),
        ("one in five complaints", Fraction(1, 5), Kind.PERCENT, Bound.EXACT),
        ("twenty-two complaints", Fraction(22), Kind.COUNT, Bound.EXACT),
        ("more than 1,234 of them", Fraction(1234), Kind.COUNT, Bound.OVER),
    ],
)
def test_a_number(text: str, value: Fraction, kind: Kind, bound: Bound) -> None:
    """What a number says, how exactly and in what unit."""
    (number,) = numbers(text)
    assert (number.value, number.kind, number.bound) == (value, kind, bound)


# --- Laws -------------------------------------------------------------------------------------

COUNTS = {
    "received": "{n} stage {s} complaints were received{g}.",
    "closed": "We closed {n} complaints at stage {s}{g}.",
    "due": "At stage {s}, {n} complaints fell due{g}.",
    "partly_upheld": "{n} complaints were partly upheld at stage {s}{g}.",
    "not_upheld": "At stage {s}{g}, {n} complaints were not upheld.",
    "refused": "There were {n} complaints refused at stage {s}{g}.",
    "late": "{n} stage {s} complaints{g} were late.",
    "on_time_rate": "{n} of stage {s} complaints{g} were answered on time.",
    "uphold_rate": "The uphold rate at stage {s}{g} was {n}.",
}


@st.composite
def sentences(draw: st.DrawFn) -> tuple[str, str, str]:
    """A sentence with a gap, the true number for it, and one that no figure has."""
    stage, name = draw(st.sampled_from("12")), draw(st.sampled_from(sorted(COUNTS)))
    services = ["", "Housing Management Property", "Housing and Neighbourhoods"]
    service = draw(st.sampled_from(services))
    figure, group = f"stage{stage}.{name}", {"service": service} if service else {}
    entry = sample_run().ledger.at(figure, **group)
    said = COUNTS[name].format(s=stage, g=f" for {service}" if service else "", n="{}")
    by = draw(st.integers(3, 200))
    if name.endswith("_rate"):
        false = f"{(int(entry.shown.strip('%')) + by) % 100}%"
    else:
        false = f"{entry.count + by:,}"
    return said, entry.shown, false


@given(sentences())
def test_a_true_sentence_is_right_and_a_false_one_never(drawn: tuple[str, str, str]) -> None:
    """A figure in a plain sentence is right; with another number it is not."""
    said, true, false = drawn
    assert [outcome for _, outcome in judged(said.format(true))] == ["right"]
    if false not in {f.known.shown for f in reader().facts.every}:
        (outcome,) = (outcome for _, outcome in judged(said.format(false)))
        assert outcome != "right"


@given(st.text(max_size=200))
def test_any_text_can_be_read(text: str) -> None:
    """Whatever somebody typed, each number lies in it once and in order."""
    found = numbers(text)
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert all(text[n.start : n.end] == n.text for n in found)
    judged(text)


# --- Word -------------------------------------------------------------------------------------


def test_comments_change_nothing_else(tmp_path: Path) -> None:
    """The copy says the same, and no part changes but the text, the comments and their lists."""
    path = tmp_path / "report.docx"
    path.write_bytes(proofread_texts.text(proofread_texts.BRENT).word)
    read = passages.read(path)
    before = {name: bytes(content) for name, content in read.parts.items()}
    found = reader().document(read.blocks)
    copy = commented(read, found.found)
    with zipfile.ZipFile(io.BytesIO(copy)) as archive:
        after = {name: archive.read(name) for name in archive.namelist()}
    changed = {name for name in after if before.get(name) != after[name]}
    lists = {"[Content_Types].xml", "word/_rels/document.xml.rels"}
    assert changed == {"word/document.xml", "word/comments.xml", *lists}
    assert list(Word.of(copy).lines()) == list(Word.of(path.read_bytes()).lines())
    document = docx.Document(io.BytesIO(copy))
    assert len(list(document.comments)) == len(found.of(Outcome.WRONG)) > 20


def test_a_comment_stands_on_its_number_and_keeps_the_formatting(tmp_path: Path) -> None:
    """A run is cut where the number begins and ends, and its halves look as before."""
    document = docx.Document()
    paragraph = document.add_paragraph("At stage 1, ")
    paragraph.add_run("59% of stage 1 complaints").bold = True
    paragraph.add_run(" were upheld or partly upheld.").italic = True
    path = tmp_path / "report.docx"
    document.save(str(path))
    read = passages.read(path)
    copy = docx.Document(io.BytesIO(commented(read, reader().document(read.blocks).found)))
    (comment,) = copy.comments
    assert "should be 64% (382 of 601)" in comment.text
    runs = [(r.text, r.bold, r.italic) for r in copy.paragraphs[0].runs if r.text]
    bold = [("59%", True, None), (" of stage 1 complaints", True, None)]
    assert runs == [
        ("At stage 1, ", None, None),
        *bold,
        (" were upheld or partly upheld.", None, True),
    ]


def test_a_file_with_comments_gets_more(tmp_path: Path) -> None:
    """The comments that people wrote stay, and ours come after them."""
    document = docx.Document()
    paragraph = document.add_paragraph("59% of stage 1 complaints were upheld or partly upheld.")
    document.add_comment(paragraph.runs, text="Is this right?", author="Somebody")
    path = tmp_path / "report.docx"
    document.save(str(path))
    read = passages.read(path)
    copy = docx.Document(io.BytesIO(commented(read, reader().document(read.blocks).found)))
    assert [c.author for c in copy.comments] == ["Somebody", "hcreport"]


def pictured(paragraph: Paragraph, alternative: str) -> None:
    """Put a picture into a paragraph, with its alternative text."""
    shape = paragraph.add_run().add_picture(
        io.BytesIO(sample_files()["charts/outcomes_by_stage.png"])
    )
    shape._inline.docPr.set("descr", alternative)


def test_the_alternative_text_of_a_picture_is_read_like_prose(tmp_path: Path) -> None:
    """In the text, a table and a header; what was deleted is not, nor Word's copy for others."""
    document = docx.Document()
    document.add_heading("Decisions")
    pictured(document.add_paragraph("The chart:"), "59% of stage 1 complaints were upheld.")
    table = document.add_table(1, 1)
    pictured(table.rows[0].cells[0].paragraphs[0], "At stage 1 the uphold rate was 64%.")
    pictured(document.sections[0].header.paragraphs[0], "We received 120 complaints at stage 2.")
    for tag in (qn("w:del"), FALLBACK):
        paragraph = document.add_paragraph("Gone: ")
        pictured(paragraph, "We received 576 complaints at stage 1.")
        gone = paragraph._p.makeelement(tag)
        gone.append(paragraph.runs[-1]._r)
        paragraph._p.append(gone)
    path = tmp_path / "report.docx"
    document.save(str(path))
    found = reader().document(passages.read(path).blocks).found
    figures = [f for f in found if f.outcome is not Outcome.EXEMPT]
    place = "in the alternative text of a picture"
    assert [(f.text, f.outcome.value, telling.place(f)) for f in figures] == [
        ("59%", "wrong", f"Decisions › {place}"),
        ("64%", "right", f"Decisions › {place}"),
        ("120", "wrong", f"{place} in the header"),
    ]


def test_prose_goes_on_after_a_picture(tmp_path: Path) -> None:
    """What a chart is about says nothing of the sentence after it."""
    document = docx.Document()
    document.add_paragraph("At stage 1, 382 of the complaints decided were upheld or partly so.")
    pictured(document.add_paragraph(), "Column chart of the complaints received at stage 2.")
    document.add_paragraph("That is 64%.")
    path = tmp_path / "report.docx"
    document.save(str(path))
    bare = docx.Document()
    for paragraph in (p for p in document.paragraphs if p.text):
        bare.add_paragraph(paragraph.text)
    alone = tmp_path / "bare.docx"
    bare.save(str(alone))
    both = [reader().document(passages.read(p).blocks).found for p in (path, alone)]
    held = [[(f.text, f.verdict.why) for f in found if f.passage.holder is None] for found in both]
    assert held[0] == held[1]


def test_tracked_changes_are_read_as_accepted(tmp_path: Path) -> None:
    """What was inserted counts, what was deleted does not."""
    document = docx.Document()
    paragraph = document.add_paragraph("At stage 1 the uphold rate was ")
    for kind, text in (("del", "<w:delText>64%</w:delText>"), ("ins", "<w:t>59%</w:t>")):
        tracked = f'<w:{kind} {nsdecls("w")} w:id="1" w:author="a"><w:r>{text}</w:r></w:{kind}>'
        paragraph._p.append(parse_xml(tracked))
    path = tmp_path / "report.docx"
    document.save(str(path))
    assert [f.text for f in reader().document(passages.read(path).blocks).of(Outcome.WRONG)] == [
        "59%"
    ]


def test_a_content_control_says_which_figure_it_is(tmp_path: Path) -> None:
    """In our own reports the tag decides, whatever the words around it."""
    document = docx.Document()
    paragraph = document.add_paragraph("Somehow it was ")
    for tag, text in (("stage1.received|value", "575"), ("stage2.received|value", "120")):
        paragraph._p.append(
            parse_xml(
                f'<w:sdt {nsdecls("w")}><w:sdtPr><w:tag w:val="{tag}"/></w:sdtPr><w:sdtContent>'
                f'<w:r><w:t xml:space="preserve">{text} </w:t></w:r></w:sdtContent></w:sdt>'
            )
        )
    path = tmp_path / "report.docx"
    document.save(str(path))
    found = reader().document(passages.read(path).blocks).found
    assert [(f.text, f.outcome.value, f.verdict.should_be) for f in found] == [
        ("575", "right", ""),
        ("120", "wrong", "119"),
    ]


# --- Comments where Word takes none -----------------------------------------------------------

NOTES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/{}"
WRONG = "59% of stage 1 complaints were upheld or partly upheld."
BOX = (
    "<w:r><w:pict><v:shape xmlns:v='urn:schemas-microsoft-com:vml' id='s' style='width:99pt'>"
    f"<v:textbox><w:txbxContent><w:p><w:r><w:t>In a box: {WRONG}</w:t></w:r></w:p>"
    "</w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
)


def noted(document: Document, kind: str) -> None:
    """Give a document a footnote or an endnote, with its mark in a paragraph of its own."""
    words = f"<w:r><w:{kind}Ref/></w:r><w:r><w:t>{WRONG}</w:t></w:r>"
    xml = f"<w:{kind}s {nsdecls('w')}><w:{kind} w:id='7'><w:p>{words}</w:p></w:{kind}></w:{kind}s>"
    of = f"application/vnd.openxmlformats-officedocument.wordprocessingml.{kind}s+xml"
    part = Part(PackURI(f"/word/{kind}s.xml"), of, xml.encode(), document.part.package)
    document.part.relate_to(part, NOTES.format(f"{kind}s"))
    paragraph = document.add_paragraph(f"Here is a {kind}")
    paragraph._p.append(parse_xml(f"<w:r {nsdecls('w')}><w:{kind}Reference w:id='7'/></w:r>"))


def crowded() -> Document:
    """A document with the same wrong number wherever Word keeps text."""
    document = docx.Document()
    document.add_paragraph("The first words.")
    document.add_paragraph(WRONG)
    document.add_table(1, 1).rows[0].cells[0].text = WRONG
    for kind in ("footnote", "endnote"):
        noted(document, kind)
    document.sections[0].header.paragraphs[0].text = WRONG
    pictured(document.sections[0].footer.paragraphs[0], WRONG)
    pictured(document.add_paragraph("A picture: "), WRONG)
    paragraph = document.add_paragraph("A box hangs here.")._p
    paragraph.append(parse_xml(BOX.replace("<w:r>", f"<w:r {nsdecls('w')}>", 1)))
    return document


def commented_copy(document: Document, folder: Path) -> bytes:
    """The copy of a document with comments."""
    path = folder / "report.docx"
    document.save(str(path))
    read = passages.read(path)
    return commented(read, reader().document(read.blocks).found)


def about(copy: bytes) -> dict[str, str]:
    """What stands between the marks of each comment, by the comment's words before the number.

    A note's mark and a picture are told by their tags.
    """
    word = Word.of(copy)
    said = {c.get(f"{W}id"): text_of(c) for c in word.part("word/comments.xml")}
    found = {}
    for start in word.body.iter(f"{W}commentRangeStart"):
        name = start.get(f"{W}id")
        inside = list(
            takewhile(lambda e: e.tag != f"{W}commentRangeEnd", start.itersiblings())  # type: ignore[arg-type]
        )
        marks = [m.tag.rpartition("}")[2] for e in inside for m in e.iter() if m.tag in MARKED]
        found[said.pop(name).partition("59%")[0]] = "".join((*map(text_of, inside), *marks))
    assert said == {}
    return found


MARKED = {f"{W}footnoteReference", f"{W}endnoteReference", f"{W}drawing"}


def test_what_word_takes_no_comment_on_is_commented_on_in_the_text(tmp_path: Path) -> None:
    """Nothing is left out, and a comment that stands elsewhere says where its number is."""
    assert about(commented_copy(crowded(), tmp_path)) == {
        "": "59%",
        "In a text box: ": "59%",
        "In the header: ": "The first words.",
        "In the alternative text of a picture in the footer: ": "The first words.",
        "In the alternative text of a picture: ": "drawing",
        "In a footnote: ": "footnoteReference",
        "In an endnote: ": "endnoteReference",
    }


def test_a_copy_with_comments_is_a_valid_word_file(tmp_path: Path) -> None:
    """By the Open XML schema, with comments on all that a file can hold; a bare file too."""
    program = validator()
    bare = docx.Document()
    bare.sections[0].header.paragraphs[0].text = WRONG
    for document in (crowded(), bare):
        path = tmp_path / "copy.docx"
        path.write_bytes(commented_copy(document, tmp_path))
        told = subprocess.run([program, str(path)], capture_output=True, text=True, check=False)
        assert json.loads(told.stdout)["errors"] == []


# --- The command ------------------------------------------------------------------------------


def test_the_command_says_what_is_wrong(tmp_path: Path) -> None:
    """Text, JSON and Markdown agree, and the exit status tells."""
    report, ledger = tmp_path / "report.docx", tmp_path / "figures.json"
    report.write_bytes(
        proofread_texts.text("59% of stage 1 complaints were upheld or partly upheld.").word
    )
    ledger.write_bytes(sample_files()["figures.json"])
    told = hcreport("proofread", report, "--figures", ledger)
    assert (told.status, told.err) == (1, "")
    assert "59% should be 64% (382 of 601): stage 1 uphold rate" in told.out
    in_json = json.loads(hcreport("proofread", report, "--figures", ledger, "--json").out)
    assert in_json["counts"]["wrong"] == 1
    assert "59%" in hcreport("proofread", report, "--figures", ledger, "--markdown").out
    copy = tmp_path / "copy.docx"
    told = hcreport("proofread", report, SAMPLE, "--comments", copy)
    assert (told.status, told.err) == (1, f"Written to {copy}: a copy with the comments.\n")
    assert copy.is_file()
    again = hcreport("proofread", report, SAMPLE, "--comments", copy)
    assert (again.status, again.err.count("\n")) == (2, 2)


@pytest.mark.parametrize("content", [b"", b"no Word file", b"PK\x03\x04"])
def test_what_is_no_word_file_is_said_so(content: bytes, tmp_path: Path) -> None:
    """Two lines, and exit status 2."""
    path = tmp_path / "report.docx"
    path.write_bytes(content)
    ran = hcreport("proofread", path, SAMPLE)
    assert (ran.status, ran.err.count("\n")) == (2, 2)


# --- Texts and templates before they are built ------------------------------------------------


def typed(folder: Path) -> list[tuple[str, str, str]]:
    """The place, the number and the message of each figure that somebody typed."""
    run, _ = pipeline.with_templates(pipeline.compute(folder))
    return [(str(p.place), p.value, p.message) for p in run.problems if p.rule.code == "T103"]


def test_a_figure_typed_into_a_text_is_told_with_its_placeholder(tmp_path: Path) -> None:
    """With its file, its line and what it should be; nothing for what is no figure."""
    folder = copy_of_sample(tmp_path / "project")
    (folder / "text" / "foreword.md").write_text(
        "A foreword.\n\n"
        "We received {{ stage1.received }} stage 1 complaints, within 10 working days.\n\n"
        "- At stage 1, **291** complaints were upheld.\n"
        "- 59% of stage 1 complaints were upheld\n  or partly upheld.\n\n"
        "<!-- 700 stage 1 complaints were received. -->\n"
        "Housing and Neighbourhoods received 128 stage 1 complaints.\n",
        encoding="utf-8",
    )
    by = 'by(service="Housing and Neighbourhoods")'
    assert typed(folder) == [
        (
            "text/foreword.md › line 5",
            "291",
            "it is typed, and is stage 1 complaints upheld; write {{ stage1.upheld }}",
        ),
        (
            "text/foreword.md › line 6",
            "59%",
            "it should be 64% (382 of 601): stage 1 uphold rate; write {{ stage1.uphold_rate }}",
        ),
        (
            "text/foreword.md › line 10",
            "128",
            (
                "it is typed, and is stage 1 complaints received (Housing and Neighbourhoods); "
                f"write {{{{ stage1.received.{by} }}}}"
            ),
        ),
    ]


def test_a_figure_typed_into_a_template_is_told(tmp_path: Path) -> None:
    """By the heading it stands under."""
    folder = copy_of_sample(tmp_path / "project")
    document = docx.Document()
    document.add_heading("Timeliness", 1)
    document.add_paragraph("At stage 1, 97% of complaints were answered on time.")
    document.add_paragraph("We received {{ stage1.received }} complaints.")
    document.save(str(folder / "own.docx"))
    settings = folder / "report.toml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(
        text.replace('template = "brent"', 'template = "own.docx"'), encoding="utf-8"
    )
    assert [(place, value) for place, value, _ in typed(folder)] == [
        ("own.docx › Timeliness", "97%")
    ]


@pytest.mark.parametrize("project", SAMPLES, ids=lambda path: path.name)
def test_the_samples_have_no_typed_figures(project: Path) -> None:
    """Their own texts use placeholders throughout."""
    assert typed(project) == []
