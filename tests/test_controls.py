"""Content controls: every computed thing in the report is marked, and the report remembers it."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st
from tests.projects import SAMPLE, SAMPLES, sample_files, sample_run
from tests.word import W, Word, rows_of, text_of

from hcreport import pipeline, sections
from hcreport.marks import Inline
from hcreport.report.word import imprint as imprints
from hcreport.report.word.controls import LONGEST, shortened
from hcreport.report.word.imprint import Grid, Imprint, Picture, Said, Sentences

if TYPE_CHECKING:
    from pathlib import Path

    from tests.word import Element

import pytest

# What XML can hold and a spreadsheet may say.
texts = st.text(
    st.characters(exclude_categories=["Cs", "Cc", "Cn"]) | st.sampled_from(" \t\n&<>\"'")
)
tags = texts.filter(bool)
pieces = st.lists(texts | st.builds(Said, tags, texts)).map(tuple)
kept = (
    texts
    | st.builds(Picture, texts, texts)
    | st.lists(st.lists(texts).map(tuple)).map(tuple).map(Grid)
    | st.lists(pieces).map(tuple).map(Sentences)
)


def report(sample: Path = SAMPLE) -> Word:
    """Open a sample's report."""
    return Word.of(sample_files(sample)["report.docx"])


def controls(word: Word) -> list[Element]:
    """Every content control of ours, in text, headers and footers."""
    found = (c for story in word.stories.values() for c in story.iter(f"{W}sdt"))
    return [c for c in found if c.find(f"{W}sdtPr/{W}tag") is not None]


def tag_of(control: Element) -> str:
    """A control's tag."""
    tag = control.find(f"{W}sdtPr/{W}tag")
    assert tag is not None
    return str(tag.get(f"{W}val"))


def imprint_of(word: Word) -> Imprint:
    """The imprint that a report carries."""
    (part,) = [b for n, b in word.parts.items() if n.startswith("customXml/item") and "P" not in n]
    found = imprints.read(part)
    assert found is not None
    return found


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda s: s.name)
def test_every_control_says_what_the_imprint_remembers(sample: Path) -> None:
    """Each control's text is the imprint's for its tag, and the imprint has no other."""
    word = report(sample)
    imprint, found = imprint_of(word), controls(word)
    remembered = {shortened(tag): kept for tag, kept in imprint.marks.items()}
    places = {shortened(tag): n for tag, n in imprint.places.items() if n}
    assert Counter(tag_of(c) for c in found) == places
    for control in found:
        content = control[-1]
        match remembered[tag_of(control)]:
            case str() as words:
                assert text_of(content) == words.strip()
            case Sentences() as sentences:
                said = [re.sub(r" \(Table \d+\)", "", text_of(p)) for p in content]
                assert said == [t.strip() for t in sentences.texts]
            case Grid(rows):
                (table,) = content.iter(f"{W}tbl")
                assert rows_of(table) == [[cell.strip() for cell in row] for row in rows]
            case Picture() as picture:
                (shape,) = [e for e in content.iter() if e.tag.endswith("}docPr")]
                assert shape.get("descr") == picture.alt


def test_every_figure_of_a_commentary_is_marked() -> None:
    """Each mark that a section's sentences hold is a control of its own, in report or summary."""
    run = sample_run()
    documents = (Word.of(sample_files()[f"{name}.docx"]) for name in ("report", "summary"))
    found = {tag_of(c) for word in documents for c in controls(word)}
    w = pipeline.writer(run)
    for section in sections.of(run.settings):
        for sentence in section.commentary(w):
            marks = [p for p in w.marks.split(sentence) if isinstance(p, Inline)]
            assert {shortened(m.tag) for m in marks} <= found


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda s: s.name)
def test_each_control_has_its_own_number(sample: Path) -> None:
    """No two share one, and tag and title are no longer than the schema allows."""
    word = report(sample)
    numbers = [
        n.get(f"{W}val") for s in word.stories.values() for n in s.iterfind(f".//{W}sdtPr/{W}id")
    ]
    assert len(set(numbers)) == len(numbers)
    for control in controls(word):
        for name in ("tag", "alias"):
            said = control.find(f"{W}sdtPr/{W}{name}")
            assert said is not None
            assert 0 < len(str(said.get(f"{W}val"))) <= LONGEST


def test_the_imprint_names_the_run() -> None:
    """Whose report it is and of what period; a refresh must not mix two up."""
    run = imprint_of(report()).run
    assert run["landlord"] == "Brent Council"
    assert (run["start"], run["end"]) == ("2023-04-01", "2024-03-31")


@given(st.dictionaries(tags, kept, max_size=4))
def test_an_imprint_is_read_as_it_was_written(marks: dict[str, imprints.Kept]) -> None:
    """Whatever a report says, its imprint gives it back."""
    written = Imprint({"landlord": "Example Homes"})
    for number, (tag, what) in enumerate(marks.items()):
        written.keep(tag, what, number)
    assert imprints.read(imprints.write(written)) == written


def test_another_programs_part_is_no_imprint() -> None:
    """Word keeps parts of its own in the same place."""
    assert imprints.read(b"<b:Sources xmlns:b='urn:other'/>") is None
    assert imprints.read(b"not XML") is None


def test_a_long_tag_is_shortened_to_one_of_its_own() -> None:
    """Two long tags that begin alike differ still."""
    first, second = (f"stage1.upheld|service={'Repairs ' * 9}{n}|value" for n in (1, 2))
    assert shortened(first) != shortened(second)
    assert len(shortened(first)) == LONGEST
