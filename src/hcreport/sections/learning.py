"""What complaints taught and what was done about it (Code 8.1d)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from hcreport.calendar.periods import in_words
from hcreport.figures.english import either
from hcreport.records import ACTION_STATUSES, NOT_RECORDED
from hcreport.sections.section import Section, highest, listed, lower, opening, ranked, told, was
from hcreport.sections.shapes import gathered, pooled, together
from hcreport.tables import Absent, Table, number, with_base, words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hcreport.figures.ledger import Entry
    from hcreport.sections.section import Logged, Writer
    from hcreport.tables import Cell

LOGGED = "learning.actions"
DONE = "learning.completed_rate"
OVERDUE = "learning.overdue"
CLOSED, UPHELD = "stage1.closed", "stage1.uphold_rate"
NO_CAUSE = "No root cause, or none that matches"
# Themes that a sentence names before it leaves the rest to the table.
MOST_NAMED = 8


def commentary(w: Writer) -> Iterator[str]:
    """How many actions there are, how far they have got, and what they are about."""
    logged = w.at(LOGGED)
    if logged.value is None:
        yield "No learning log was supplied."
        return
    if not logged.value:
        yield f"The learning log holds no actions for the {w.span}."
        return
    said = f"{w.count(logged, 'action')} from complaints {was(logged)} recorded in our learning log"
    steps = [e for e in w.by(LOGGED, "progress") if e.value and e.label != NOT_RECORDED]
    parts = listed(f"{w.show(e)} {lower(e.label)}" for e in steps)
    yield f"{said}: {parts}." if steps else f"{said}."
    yield from _progress(w)
    themes = [e for e in ranked(w.by(LOGGED, "theme")) if e.value]
    if len(themes) > 1:
        most = "" if len(themes) <= MOST_NAMED else ", the most frequent first"
        named = listed(f"{lower(e.label)} ({w.show(e)})" for e in themes[:MOST_NAMED])
        yield f"By theme{most}: {named}."
    yield from _against_causes(w)


def _progress(w: Writer) -> Iterator[str]:
    """The share that is done, with its base, and what is overdue."""
    done, overdue = w.at(DONE), w.at(OVERDUE)
    if done.value is None:
        yield "The log does not say how far the actions have got."
        return
    yield f"Of the actions, {w.base(done)} are done ({w.show(done)})." + w.aside(
        done, "have no status"
    )
    day = in_words(w.settings.data_as_at)
    if overdue.value is None:
        yield "The log gives no due dates, so whether an action is overdue is not known."
    elif not overdue.value:
        yield f"No action was overdue on {day}."
    else:
        yield f"On {day}, {w.count(overdue, 'action')} {was(overdue)} past the due date."


def _against_causes(w: Writer) -> Iterator[str]:
    """What was done about the commonest root cause, and actions that answer none."""
    if not w.by(LOGGED, "root_cause"):
        return
    top = highest(told(w.by(CLOSED, "root_cause")))
    if len(top) == 1:
        cause = lower(top[0].label)
        logged = w.at(LOGGED, root_cause=top[0].label)
        done = w.at("learning.completed", root_cause=top[0].label)
        if not logged.value:
            yield f"Against the most common root cause, {cause}, the log has no action."
        elif done.value is not None:
            yield (
                f"Against the most common root cause, {cause}, the log has "
                f"{w.count(logged, 'action')}, of which {w.show(done)} "
                f"{'is' if done.value == 1 else 'are'} done."
            )
    loose = w.at(LOGGED, root_cause=NOT_RECORDED)
    if loose.value:
        names = "has a theme" if loose.value == 1 else "have themes"
        yield f"{w.count(loose, 'action')} {names} that no root cause of a complaint goes by."


# --- Tables ---


def log_table(w: Writer) -> Table | Absent:
    """The log itself."""
    if not w.actions:
        return Absent()
    rows = tuple(
        tuple(map(words, (a.theme or _BLANK, a.what_happened or _BLANK, a.action, _status(logged))))
        for logged in w.actions
        for a in [logged.action]
    )
    headings = ("Theme", "What happened", "What we did or will do", "Status")
    note = "Source: learning log."
    return Table("actions", "What complaints taught us, and what we did", headings, rows, note=note)


_BLANK = opening(NOT_RECORDED)


def _status(logged: Logged) -> str:
    """How far an action has got, with the day that goes with it."""
    a = logged.action
    if logged.progress == "done":
        return f"Completed {in_words(a.completed_on)}" if a.completed_on else "Completed"
    status = ACTION_STATUSES.get(a.status or "", _BLANK)
    if a.due_on is None:
        return status
    due = "overdue since" if logged.progress == "overdue" else "due"
    return f"{status}, {due} {in_words(a.due_on)}"


def by_theme_table(w: Writer) -> Table | Absent:
    """Each theme's actions by how far they have got, and the share that is done."""
    themes = [e for e in w.by(LOGGED, "theme") if e.value]
    steps = [e for e in w.by(LOGGED, "progress") if e.value]
    if not themes or w.at(DONE).value is None:
        return Absent()
    rows: list[tuple[Cell, ...]] = [
        (
            words(label),
            *_steps(w, held, steps),
            together(held),
            pooled([w.at(DONE, theme=t.label) for t in held]),
        )
        for label, held in gathered(themes, "themes")
    ]
    rows.append((words("Total"), *map(number, steps), number(w.at(LOGGED)), with_base(w.at(DONE))))
    return Table(
        "actions_by_theme",
        f"Actions in the learning log as at {in_words(w.settings.data_as_at)}",
        ("Theme", *(_heading(e) for e in steps), "Actions", "Share done"),
        tuple(rows),
        has_total=True,
        note="Source: learning log. An action is overdue if its due date has passed and it is not "
        "done.",
    )


def _heading(entry: Entry) -> str:
    return "No status" if entry.label == NOT_RECORDED else entry.label


def _steps(w: Writer, themes: Sequence[Entry], steps: Sequence[Entry]) -> list[Cell]:
    """How many actions of some themes have got how far."""
    return [
        together([w.at(LOGGED, theme=t.label, progress=step.label) for t in themes])
        for step in steps
    ]


def by_cause_table(w: Writer) -> Table | Absent:
    """Each root cause's complaints beside the actions taken against it, and what matches none."""
    if not w.at(LOGGED).value or not w.by(LOGGED, "root_cause"):
        return Absent()
    named = [e for e in w.by(CLOSED, "root_cause") if e.label != NOT_RECORDED]
    causes = [e for e in named if e.occurs or w.at(LOGGED, root_cause=e.label).occurs]
    if not causes:
        return Absent()
    rows = [
        (words(label), *_line(w, [c.label for c in held]))
        for label, held in gathered(causes, "root causes")
    ]
    if any(w.at(figure, root_cause=NOT_RECORDED).occurs for figure in (CLOSED, LOGGED)):
        rows.append((words(NO_CAUSE), *_line(w, [NOT_RECORDED])))
    rows.append((words("Total"), *_whole(w)))
    return Table(
        "actions_by_cause",
        "Root causes of stage 1 complaints, and the actions taken against them",
        ("Root cause", *(COLUMNS[figure] for figure in _columns(w))),
        tuple(rows),
        has_total=True,
        note=_how_matched(w),
    )


# What stands beside a root cause: figures and their headings.
COLUMNS = {
    CLOSED: "Complaints closed",
    UPHELD: "Uphold rate",
    LOGGED: "Actions",
    "learning.completed": "Done",
    OVERDUE: "Overdue",
}


def _columns(w: Writer) -> list[str]:
    """The figures that the exports can give by root cause."""
    return [f for f in COLUMNS if w.by(f, "root_cause") and w.at(f).value is not None]


def _line(w: Writer, causes: Sequence[str]) -> list[Cell]:
    """One root cause's numbers, or those of several together."""
    cells = []
    for figure in _columns(w):
        held = [w.at(figure, root_cause=cause) for cause in causes]
        shared = figure == CLOSED
        cells.append(pooled(held) if figure == UPHELD else together(held, shared=shared))
    return cells


def _whole(w: Writer) -> list[Cell]:
    return [with_base(w.at(f)) if f == UPHELD else number(w.at(f)) for f in _columns(w)]


def _how_matched(w: Writer) -> str:
    """What ties an action to a root cause, and the themes that are tied to none."""
    held = {a.action.theme for a in w.actions if a.action.theme and a.cause is None}
    loose = sorted(held, key=str.casefold)
    rate = "The uphold rate is over the complaints decided. " if UPHELD in _columns(w) else ""
    said = f"{rate}An action belongs to the root cause that its theme names."
    if not loose:
        return said
    names = [*loose[:MOST_NAMED], *(["that of others"] if len(loose) > MOST_NAMED else [])]
    return f"{said} No root cause goes by the name of {either(names)}."


SECTION = Section(
    "learning",
    "Learning",
    commentary,
    tables={
        "actions_by_theme": by_theme_table,
        "actions_by_cause": by_cause_table,
        "actions": log_table,
    },
)
