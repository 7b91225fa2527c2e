"""Makes the reference pages that follow from the code: `python docs/make.py [--check]`.

A page that is made cannot drift from what it describes; `--check` says whether one has.
"""

from __future__ import annotations

import sys
from pathlib import Path

from hcreport import rulebook
from hcreport import settings as settings_file
from hcreport.figures import catalogue
from hcreport.figures.algebra import Figure
from hcreport.figures.english import conditions, definition
from hcreport.figures.evaluate import Givens
from hcreport.records import REQUIRED, TABLES, specs
from hcreport.report.placeholders import OF_A_FIGURE
from hcreport.sections import SECTIONS

DOCS = Path(__file__).parent
SAMPLE = DOCS.parent / "sample_data" / "brent-2023-24"
SAMPLE_NOTE = (
    "Definitions are printed for the sample project: outcomes over the complaints closed, "
    "timeliness over those due, from 1 April 2023 to 31 March 2024."
)
ANY_FIGURE = (
    "In a Word template and in `text/*.md`, any figure by its id: `{{ stage1.received }}`. Each "
    f"has {', '.join(f'`.{facet}`' for facet in OF_A_FIGURE[:-1])} and a value for a group, "
    '`.by(service="Repairs")`. A figure without a value prints "no value", and `hcreport check` '
    "warns of it. [figures.md](figures.md) lists the ids."
)
BLOCKS = (
    "In a template, alone in a paragraph, any of these. What is missing is said to be missing by "
    "the commentary."
)
FIELDS_NOTE = (
    "What a profile can give a heading to. There is no field for a name, an address or a contact "
    "detail."
)
MADE = "<!-- Made by docs/make.py: change the code, then run it again. -->"


def figures_page() -> str:
    """Every figure: id, unit, breakdowns, definition."""
    settings = settings_file.load(SAMPLE)
    givens = Givens(settings.report_period, settings.ombudsman_period, {})
    lines = [
        "# Figures",
        MADE,
        "",
        SAMPLE_NOTE,
    ]
    for topic in catalogue.TOPICS:
        name = topic.__name__.rpartition(".")[2]
        lines += ["", f"## {name.capitalize()}", "", f"Declared in `figures/catalogue/{name}.py`."]
        for figure in topic.figures(settings):
            lines += ["", *_figure(figure, givens)]
    return "\n".join(lines) + "\n"


def _figure(figure: Figure, givens: Givens) -> list[str]:
    words, exactly = definition(figure.measure, givens), conditions(figure.measure, givens)
    by = "; ".join(" and ".join(keys) for keys in figure.by)
    facts = [f"Unit: {figure.unit.value}."]
    facts += [f"By {by}."] if by else []
    facts += [f"Rows: {exactly}."] if exactly else []
    facts += [f"Source: {figure.source}."] if figure.source else []
    return [f"### `{figure.id}`", "", f"{figure.label}. {words}", "", " ".join(facts)]


def placeholders_page() -> str:
    """Everything that a template or a text can name."""
    lines = [
        "# Placeholders",
        MADE,
        "",
        ANY_FIGURE,
        "",
        BLOCKS,
    ]
    for section in SECTIONS:
        lines += ["", f"## {section.title}", "", f"- `{{{{ commentary.{section.id} }}}}`"]
        lines += [f"- `{{{{ charts.{name} }}}}`" for name in section.charts]
        lines += [f"- `{{{{ tables.{name} }}}}`" for name in section.tables]
    lines += [
        "",
        "## The rest",
        "",
        "- `{{ text.foreword }}`: the file `text/foreword.md`, or any other name",
        '- `{{ ref.tables.at_a_glance }}`: "Table 1", in a sentence; any table or chart has one',
        "- `{{ contents }}`: the contents, inside a contents field",
        "- `{{ landlord.name }}`, `.short_name`, `.governing_body`, `.governing_body_heading` (to",
        "  begin a line with), `.member_responsible`",
        "- `{{ period.label }}` and `.long`; the same of `previous` and `ombudsman_period`",
        "- `{{ report.title }}`, `.subtitle`, `.cover_date`, `.data_as_at`, `.rule_set`",
        "- `{{ summary.title }}`, `.received`, `.upheld`, `.on_time`, `.compensation`",
        "- `{{ details.contact }}`: anything under `[details]` in report.toml",
    ]
    return "\n".join(lines) + "\n"


def problems_page() -> str:
    """Every problem rule, by code."""
    lines = ["# Problems", MADE, "", "What `hcreport check` can find, by code."]
    for code, rule in sorted(rulebook.rules().items()):
        lines += [
            "",
            f"## {code}: {rule.title}",
            "",
            f"{rule.severity.capitalize()}. {rule.advice}",
        ]
    return "\n".join(lines) + "\n"


def fields_page() -> str:
    """Every field that a profile can give a heading to."""
    lines = [
        "# Fields",
        MADE,
        "",
        FIELDS_NOTE,
    ]
    for table in TABLES:
        needed = ", ".join(f"`{name}`" for name in REQUIRED[table])
        lines += ["", f"## {table}", "", f"Every row needs {needed}."]
        lines += ["", "| field | is | codes |", "|---|---|---|"]
        for spec in specs(table):
            codes = ", ".join(f"`{code}`" for code in spec.codes) or "any"
            lines.append(f"| `{spec.name}` | {spec.kind.value} | {codes} |")
    return "\n".join(lines) + "\n"


PAGES = {
    "figures.md": figures_page,
    "placeholders.md": placeholders_page,
    "problems.md": problems_page,
    "fields.md": fields_page,
}


def main(*, check: bool) -> int:
    """Write the pages, or say which have drifted; 1 if any has."""
    drifted = 0
    for name, make in PAGES.items():
        path = DOCS / name
        text = make()
        if not check:
            path.write_text(text, encoding="utf-8")
        elif not path.is_file() or path.read_text(encoding="utf-8") != text:
            print(f"docs/{name} has drifted; run: python docs/make.py", file=sys.stderr)
            drifted = 1
    return drifted


if __name__ == "__main__":
    sys.exit(main(check="--check" in sys.argv[1:]))
