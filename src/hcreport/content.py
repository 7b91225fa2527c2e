"""What report and summary choose from: sentences, tables, charts, pictures and people's texts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hcreport import look, sections
from hcreport.calendar.periods import in_words
from hcreport.report import narrative, template_texts
from hcreport.report.supplied import lacking
from hcreport.report.template_files import NAMED_BY
from hcreport.run import template_of

if TYPE_CHECKING:
    from pathlib import Path

    from hcreport.report.word.walk import Content
    from hcreport.run import Run
    from hcreport.sections.section import Writer
    from hcreport.studio import Studio


def contents(run: Run, w: Writer, studio: Studio, template: Path | None = None) -> Content:
    """What both documents choose from; the studio begins to draw the charts.

    They look as settings or the report's ``template`` say, which is looked for if it is not given.
    """
    from hcreport.report.word.walk import Content  # noqa: PLC0415  (``check`` needs none)

    parts = sections.of(run.settings)
    charts = {name: make(w) for s in parts for name, make in s.charts.items()}
    drawn = {name: chart for name, chart in charts.items() if chart is not None}
    studio.begin(drawn, look.of(run.settings, template or template_of(run, "template")))
    return Content(
        commentary={s.id: tuple(s.commentary(w)) for s in parts},
        tables={name: make(w) for s in parts for name, make in s.tables.items()},
        charts=charts,
        pictures=studio.pictures,
        text=lambda name: narrative.read(run.folder, name, w),
        default_note=f"Source: complaints records as at {in_words(run.settings.data_as_at)}.",
        lacking=lacking(w),
        wording=lambda: template_texts.wording(run.folder, [template_of(run, n) for n in NAMED_BY]),
    )
