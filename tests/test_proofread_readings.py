"""Numbers read as people mean them: by month and quarter, by what went before, by arithmetic."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import docx
import pytest
from tests.projects import SAMPLE
from tests.test_proofread import HILLINGDON, proof

from hcreport.proofread import telling
from hcreport.proofread.claims import Outcome

if TYPE_CHECKING:
    from pathlib import Path

RATES = "At stage 1 64% were upheld or partly upheld. At stage 2 79% were."
SUBJECTS = "We received 203 stage 1 complaints about Repairs. Damp and mould came to 98."
# What stands there, and which of its numbers are wrong.
SAID = [
    (SAMPLE, "From January to March 197 stage 1 complaints were received.", []),
    (SAMPLE, "From January to March 179 stage 1 complaints were received.", ["179"]),
    (SAMPLE, "October was unlike any other: 127 first complaints in the third quarter.", []),
    (HILLINGDON, "In April 2024 we received 41 complaints and in May 45.", []),
    (HILLINGDON, "We logged 22 reviews at stage 2 in the year.", ["22"]),
    (HILLINGDON, "We decided 98 complaints at stage 1. Of these, 47 were upheld.", ["47"]),
    (HILLINGDON, "We decided 98 complaints at stage 1. Of these, 35 were upheld.", []),
    (SAMPLE, "Twenty-one complaints for every hundred at stage 1 were received at stage 2.", []),
    (SAMPLE, "At stage 1, 64 out of 100 complaints were upheld or partly upheld.", []),
    (
        SAMPLE,
        "At stage 1, 54 out of 100 complaints were upheld or partly upheld.",
        ["54 out of 100"],
    ),
    (SAMPLE, "A hundred and nineteen complaints were received at stage 2.", []),
    (SAMPLE, "Another 12 were received.", []),
    (SAMPLE, "By phone we received 105 stage 1 complaints.", []),
    (SAMPLE, "By phone we received 150 stage 1 complaints.", ["150"]),
    (HILLINGDON, "We closed 96 complaints at stage 1, 38 for work not done. That is 49%.", ["49%"]),
    (
        SAMPLE,
        f"{RATES} The gap between the two is 15%.",
        ["15%"],
    ),
    (
        SAMPLE,
        f"{RATES} The gap between the two is 15 percentage points.",
        [],
    ),
    (SAMPLE, "We received 575 stage 1 complaints, of which 203 were about repairs (53%).", ["53%"]),
    (
        SAMPLE,
        f"{SUBJECTS} These two together are 62%.",
        ["62%"],
    ),
    (HILLINGDON, "Between Q1 and Q2 stage 1 complaints received fell by 34%.", ["34%"]),
    (HILLINGDON, "Between Q1 and Q2 stage 1 complaints received fell by 44%.", []),
    (HILLINGDON, "Compensation at stage 1 was 55% of the money.", ["55%"]),
    (HILLINGDON, "On average £225 was awarded at stage 1.", ["£225"]),
    (
        SAMPLE,
        "January, February and March together brought us 197 stage 1 complaints.",
        [],
    ),
    (
        SAMPLE,
        "January, February and March together brought us 179 stage 1 complaints.",
        ["179"],
    ),
    (
        SAMPLE,
        (
            "Contractor A was involved in 243 stage 1 complaints, Contractor B in 96 and "
            "Contractor C in 55."
        ),
        ["55"],
    ),
    (HILLINGDON, "By quarter, stage 1 complaints ran 34, 19, 22 and 26.", []),
    (HILLINGDON, "By quarter, stage 1 complaints ran 34, 19, 22 and 62.", ["62"]),
    (
        SAMPLE,
        (
            "The Ombudsman ordered £14,350 in compensation, and £10,550 had been offered before. "
            "What it ordered on top was therefore £4,800."
        ),
        ["£4,800"],
    ),
    (
        SAMPLE,
        (
            "Housing Management Property answered 476 complaints at stage 1, and 85 of those, "
            "or 17%, have since gone on to stage 2."
        ),
        ["17%"],
    ),
    (HILLINGDON, "In April and May we received 75 complaints at stage 1.", []),
    (SAMPLE, "Of the 575 complaints received at stage 1, 40 were reopened.", []),
    (
        HILLINGDON,
        "The learning log has eight actions. Six are finished and two are in hand.",
        ["Six"],
    ),
    (HILLINGDON, "Stage 1 has 64% of the cases and 45% of the money in compensation.", []),
    (HILLINGDON, "At stage 2, 31 were decided: we upheld twelve and turned down twelve.", []),
    (SAMPLE, "At stage 1 591 of 606 were answered on time, leaving 15 late.", []),
    (SAMPLE, "Satisfaction was 51% overall, 55% with repairs and 17% with complaints.", []),
    (HILLINGDON, "At stage 1 on-time answers fell from 89% to 78%.", []),
    (HILLINGDON, "Since April 22 first complaints were open on 31 May.", []),
    (HILLINGDON, "In the spring 78% of stage 1 complaints were answered on time.", []),
    (HILLINGDON, "This spring 75 complaints were received at stage 1.", []),
    (HILLINGDON, "This spring 34 complaints were received at stage 1.", ["34"]),
    (SAMPLE, "In the spring 120 complaints were received at stage 1.", []),
    (HILLINGDON, "In the second quarter we received 4 at stage 2 and 19 at stage 1.", []),
    (SAMPLE, "Requests are recorded apart. 575 stage 1 complaints were received.", []),
    (
        SAMPLE,
        "At stage 1, 591 were on time, 6 more had a valid extension and 6 were late.",
        ["6"],
    ),
    (SAMPLE, "Email brought 159 stage 1 complaints. That is 23% of all we received.", ["23%"]),
    (SAMPLE, "Email brought 159 stage 1 complaints. That is 28% of all we received.", []),
    (SAMPLE, "The first quarter had 120, which is 26% of the year's stage 1 total.", ["26%"]),
    (SAMPLE, "2.1 Of the 606 due at stage 1, 591 were on time, or 89 per cent.", ["89 per cent"]),
    (
        SAMPLE,
        "Poor communication was the cause of 91 and explains 18% of everything closed at stage 1.",
        ["18%"],
    ),
    (
        HILLINGDON,
        "At stage 2 we decided 31. Of these, 19 were upheld at least in part, or 55% of them.",
        ["55%"],
    ),
    (
        SAMPLE,
        (
            "Two services answer. Property received 447 complaints at stage 1, the other 128. "
            "Property accounted for 87% of everything that came in."
        ),
        ["87%"],
    ),
    (SAMPLE, "Compensation awarded fell to £96,024, from £76,210 in 2022/23.", ["£96,024"]),
    (SAMPLE, "The number of stage 1 complaints rose by 26%.", ["26%"]),
    (
        SAMPLE,
        "Email was lower at stage 1, at 159, than the telephone, at 105.",
        ["159"],
    ),
    (SAMPLE, "The telephone was lower at stage 1, at 105, than email, at 159.", []),
    (HILLINGDON, "The escalation rate rose by quarter: 18%, 21%, 36% and 54%.", []),
    (HILLINGDON, "The escalation rate fell by quarter: 18%, 21%, 36% and 54%.", ["54%"]),
    (HILLINGDON, "In April and May stage 1 performance was 78%, 11% down on the year.", ["11%"]),
    (SAMPLE, "At stage 1 the busiest month was March 2024, and December was quietest.", []),
    (SAMPLE, "At stage 1 the busiest month was May 2023.", ["May 2023"]),
    (SAMPLE, "Stage 2 complaints peaked in the second quarter.", ["second quarter"]),
    (SAMPLE, "Stage 2 complaints peaked in the third quarter.", []),
    (SAMPLE, "February, with 69, was the heaviest month at stage 1.", ["February"]),
    (SAMPLE, "February was the second busiest month at stage 2.", []),
    (SAMPLE, "October was the second busiest month at stage 2.", ["October"]),
    (HILLINGDON, "Leaks and plumbing did best at stage 1: all 12 were on time.", []),
    (HILLINGDON, "AM means April and May 2024. In AM 75 stage 1 complaints were received.", []),
    (
        HILLINGDON,
        "AM means April and May 2024. In AM 101 stage 1 complaints were received.",
        ["101"],
    ),
    (HILLINGDON, "In Q2 stage 1 complaints fell by 15, or 79%, to 19.", ["79%"]),
    (SAMPLE, "We closed 601 at stage 1. Delay in providing a service was behind 261.", []),
    (
        SAMPLE,
        (
            "At stage 1 nine were late, seven in Housing and Neighbourhoods, "
            "the other three in Property."
        ),
        ["three"],
    ),
    (SAMPLE, "Of every £100 awarded, £56 was at stage 2.", []),
    (SAMPLE, "For Repairs the busiest month was May 2023.", []),
    (SAMPLE, "The uphold rate was higher at stage 2 (79%) than at stage 1 (64%).", []),
    (SAMPLE, "The uphold rate was higher at stage 2 (79%) than at stage 1 (46%).", ["46%"]),
    (SAMPLE, "Of the orders made, 15 of 15 had been complied with.", []),
    (SAMPLE, "Of the orders made, 14 of 15 had been complied with.", ["14"]),
    (SAMPLE, "There were 0 complaint handling failure orders.", []),
    (SAMPLE, "There were 2 complaint handling failure orders.", ["2"]),
    (SAMPLE, "On average we opened 58 new stage 1 complaints each month.", ["58"]),
    (SAMPLE, "On average we opened 48 new stage 1 complaints each month.", []),
    (HILLINGDON, "From January to March stage 1 complaints received fell to 26.", ["26"]),
    (HILLINGDON, "From January to March stage 1 complaints received rose to 26.", []),
    (
        HILLINGDON,
        "At stage 2 31 were answered. The median wait at that stage was 11 working days.",
        ["11 working days"],
    ),
    (SAMPLE, "At stage 1, 392 of 611 were upheld wholly or in part.", ["392", "611"]),
    (SAMPLE, "At stage 1, 12 of 40 were upheld wholly or in part.", []),
    (SAMPLE, "Of 72 provisions assessed, 71 are met and four are not.", ["four"]),
    (SAMPLE, "Of 72 provisions assessed, 71 are met and one is not.", []),
    (HILLINGDON, "In 35 of them we upheld all, and in 21 we agreed with part of it.", []),
    (SAMPLE, "At stage 2 we found fault 79% of the time, which is higher than at stage 1.", []),
    (
        SAMPLE,
        "At stage 1 damp and mould, with 98, was second; heating and hot water was second.",
        ["heating and hot water"],
    ),
    (SAMPLE, "That is 26 more than were received, because 75 were open on 1 April 2023.", []),
]


@pytest.mark.parametrize(("project", "said", "wrong"), SAID)
def test_what_is_right_and_what_is_wrong(
    project: Path, said: str, wrong: list[str], tmp_path: Path
) -> None:
    """A number is wrong only where every reading of its words says so."""
    document, out = docx.Document(), io.BytesIO()
    document.add_paragraph(said)
    document.save(out)
    found = proof(tmp_path, out.getvalue(), project)
    assert [f.text.strip() for f in found.of(Outcome.WRONG)] == wrong


# What is said of the number that is wrong.
MENDED = [
    (SAMPLE, "We awarded £96,204 in all.", "£96,204 should be £96,024: "),
    (SAMPLE, "In all 268 cases got an award.", "268 should be 258: "),
    (SAMPLE, "At stage 2 we received 191 complaints.", "191 should be 119: "),
    (SAMPLE, "At stage 2 complaints fell slightly, from 118 to 119.", "“fell” should be a rise: "),
    (
        SAMPLE,
        "Stage 1 complaints rose from 780 to 575, a rise of 26%.",
        "“rose” should be a fall: from 780 to 575",
    ),
]


@pytest.mark.parametrize(("project", "said", "told"), MENDED)
def test_what_it_should_be(project: Path, said: str, told: str, tmp_path: Path) -> None:
    """The likeliest slip is named: digits mistyped, a total of both stages, the verb."""
    document, out = docx.Document(), io.BytesIO()
    document.add_paragraph(said)
    document.save(out)
    found = proof(tmp_path, out.getvalue(), project).of(Outcome.WRONG)
    assert [telling.fault(f)[: len(told)] for f in found[:1]] == [told]


def test_a_column_of_paragraphs_is_none_of_figures(tmp_path: Path) -> None:
    """Decimals under "Code" number its paragraphs, and cells of nothing else do so too."""
    document, out = docx.Document(), io.BytesIO()
    rows = (
        ("What is due", "Code", "By"),
        ("A report", "8.1", "1 July"),
        ("All", "9.1 and 9.2", ""),
    )
    table = document.add_table(len(rows), 3)
    for row, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    document.save(out)
    found = proof(tmp_path, out.getvalue(), SAMPLE)
    assert {f.outcome for f in found.found} == {Outcome.EXEMPT}
