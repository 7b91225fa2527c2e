"""What is wrong with what people wrote for a report: its texts, its details and its templates."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from hcreport.problems import CannotRun, weighed
from hcreport.report import narrative, template_check, template_texts, text_check
from hcreport.report.template_files import NAMED_BY
from hcreport.report.trial import TAG
from hcreport.report.unsupplied import unsupplied
from hcreport.run import proof_source, template_of, writer

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from hcreport.problems import Problem
    from hcreport.run import Run


def problems(run: Run) -> tuple[Problem, ...]:
    """What is wrong with texts and details, and those that no template asks for."""
    w, names = writer(run), narrative.names(run.folder)
    found = [problem for name in names for problem in text_check.check(run.folder, name, w)]
    with suppress(CannotRun):  # a template that cannot be read is told by itself
        templates = [template_of(run, setting) for setting in NAMED_BY]
        found += template_texts.idle(run.folder, templates, w)
        found += template_texts.unprinted(templates, w)
        found += template_texts.unasked(run.folder, templates, w)
    return tuple(found)


def with_templates(run: Run) -> tuple[Run, tuple[str, ...]]:
    """The same run, its problems joined by faults of the templates and by figures typed into texts.

    With it goes what the templates ask for and nobody supplied. A build has no need of either: it
    meets the first fault by itself, and what is missing as it writes.
    """
    w = writer(run)
    read = list(template_check.of_project(run.folder, w))
    found = [problem for template in read for problem in template_check.problems(template)]
    found += _typed(run)
    joined = (*run.problems, *weighed(found, run.settings.problems))
    missing = unsupplied(run.folder, w, read) if run.intake.records.complaints else ()
    return replace(run, problems=joined), missing


def _typed(run: Run) -> Iterator[Problem]:
    """Figures that somebody typed into a text, or into a template of their own."""
    written = _written(run)
    own_template = run.folder / run.settings.template
    has_template = own_template.suffix == ".docx" and own_template.is_file()
    plain = (TAG.sub("", text) for text in written.values())
    if not has_template and not any(any(map(str.isdigit, text)) for text in plain):
        return
    from hcreport.proofread import typed  # noqa: PLC0415  (its words are slow to compile)

    texts = [typed.markdown(shown, text) for shown, text in written.items()]
    if has_template:
        with suppress(CannotRun):
            texts.append(typed.template(own_template.name, own_template))
    if any(text.holds_numbers for text in texts):
        yield from typed.problems(texts, proof_source(run))


def _written(run: Run) -> Mapping[str, str]:
    """Each text as somebody typed it, by the name it is shown under."""
    found = {}
    for name in narrative.names(run.folder):
        with suppress(CannotRun):  # a text that cannot be read is told by itself
            found[narrative.shown_as(name)] = narrative.typed(run.folder, name)
    return found
