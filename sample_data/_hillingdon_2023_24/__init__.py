"""The Hillingdon sample: an export of a council's case system that adds up to a published report.

Published, and met exactly (London Borough of Hillingdon, *Housing Complaints Performance and
Service Improvement Report*, June 2024): repairs complaints received at each stage in 2023/24 and in
April and May 2024; how many of them were upheld and partly upheld; how many were mainly about damp
and mould; and that of the self-assessment the objective for staff (9.8) was still to come, by
December 2024.

Invented, because the report does not print it:

- every record: people, references, dates, summaries, categories other than damp and mould;
- how many were not upheld, withdrawn or not yet answered, how fast they were answered, and how the
  outcomes fall to the stages;
- what was open when the year began and ended. All of it ended as not upheld, so that upheld and
  partly upheld come to the same whether complaints are counted as received or as answered;
- causes, reasons for stage 2, complaints not accepted, goodwill payments, service requests, and the
  complaints about other services, which the report leaves out;
- the whole learning log, and the rest of the self-assessment: what shows each provision, and that
  5.10 and 9.3 are not met either.
"""

from collections.abc import Mapping
from random import Random

from _files import csv_export, workbook
from _self_assessment import form

from _hillingdon_2023_24.cases import make_cases
from _hillingdon_2023_24.export import HEADINGS as CASE_HEADINGS
from _hillingdon_2023_24.export import case_rows
from _hillingdon_2023_24.learning import HEADINGS as LEARNING_HEADINGS
from _hillingdon_2023_24.learning import LEARNING
from _hillingdon_2023_24.self_assessment import ANSWERS, NOT_MET
from _hillingdon_2023_24.verify import verify

_SEED = "hillingdon-2023-24"


def files() -> Mapping[str, bytes]:
    """Make the files of the project, having counted every total again from the finished rows."""
    rows = case_rows(make_cases(Random(f"{_SEED} cases")), Random(f"{_SEED} people"))
    verify(rows)
    return {
        "exports/complaints-to-2024-05-31.csv": csv_export(
            CASE_HEADINGS, [list(row.values()) for row in rows], encoding="cp1252"
        ),
        "learning-log.xlsx": workbook("Log", LEARNING_HEADINGS, LEARNING),
        "self-assessment.docx": form(ANSWERS, NOT_MET),
    }
