"""The Brent sample: case records that add up to a published report.

Published, and met exactly (Brent Council, *Housing Management Complaints Annual Report 2023/2024*,
Cabinet, August 2024): complaints received, closed and due at both stages; answers on time;
outcomes; root causes; refusals and their reasons; reasons for escalation; compensation cases and
amounts by stage, and the three main reasons for it; the Ombudsman's findings and money of 2022/23.
Where it prints only a percentage for a service, our counts give that percentage. They stand in
``quotas.py``, as tables that can be laid beside the report.

Invented, because the text of the report does not print it:

- every record: people, references, dates, descriptions, categories, wards, tenures, contractors;
- what was open when the year began and ended (only the difference follows from the report), and how
  many complaints were received, due and closed on either side of those days;
- how many late answers had a valid extension; the split of refusals by service;
- the root causes' details, other than Delay (both services), Not to standard (H), and the
  missing updates and third parties (M);
- each case's compensation, the counts of its last two reasons, and awards that do not count;
- the Ombudsman's seven cases, and the orders, recommendations and sums of each;
- the whole learning log, and the self-assessment.

Where the report prints two numbers for one thing, we follow: 47 refusals at stage 1 (also 48), and
119 complaints received at stage 2 in the year plus 15 still open from before (its "134 escalated").
"""

from collections.abc import Mapping
from random import Random

from _files import csv_export, workbook
from _self_assessment import form

from _brent_2023_24.awards import HEADINGS as AWARD_HEADINGS
from _brent_2023_24.awards import award_rows, make_awards
from _brent_2023_24.cases import make_cases
from _brent_2023_24.export import HEADINGS as CASE_HEADINGS
from _brent_2023_24.export import case_rows
from _brent_2023_24.learning import HEADINGS as LEARNING_HEADINGS
from _brent_2023_24.learning import LEARNING
from _brent_2023_24.ombudsman import FINDINGS
from _brent_2023_24.ombudsman import HEADINGS as FINDING_HEADINGS
from _brent_2023_24.self_assessment import ANSWERS, NOT_MET
from _brent_2023_24.verify import verify

_SEED = "brent-2023-24"


def files() -> Mapping[str, bytes]:
    """Make the files of the project, having counted every total again from the finished rows."""
    # A seed for each kind of record: a change to one leaves the others as they were.
    cases = make_cases(Random(f"{_SEED} cases"))
    complaints = case_rows(cases, Random(f"{_SEED} people"))
    awards = award_rows(make_awards(cases, Random(f"{_SEED} awards")), complaints)
    verify(complaints, awards, FINDINGS)
    return {
        "exports/complaints-2023-24.xlsx": workbook(
            "Cases", CASE_HEADINGS, [list(row.values()) for row in complaints]
        ),
        "exports/compensation-2023-24.csv": csv_export(
            AWARD_HEADINGS, [list(row.values()) for row in awards]
        ),
        "ombudsman-findings.xlsx": workbook("Findings", FINDING_HEADINGS, FINDINGS),
        "learning-log.xlsx": workbook("Log", LEARNING_HEADINGS, LEARNING),
        "self-assessment.docx": form(ANSWERS, NOT_MET),
    }
