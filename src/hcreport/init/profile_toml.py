"""``profile.toml`` as it is written for a person: what is sure, and what to decide as comments."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from glob import escape

from hcreport.intake.profile import Source
from hcreport.intake.proposing import Match, Proposal, Understood
from hcreport.intake.proposing.dates import MONTH_FIRST
from hcreport.intake.values import folded
from hcreport.intake.words import meanings
from hcreport.records import STAGES, FieldKind, specs

EXPORTS = "exports"
_HEAD = """\
# What the exports call things. A line that begins with "#" is read by nobody: where it holds a
# proposal, take the "#" away if it is right. Headings and values match to the letter, but for
# capitals and spaces. A column that is not named here is never read.
"""


def quoted(text: str) -> str:
    """A TOML string."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def written(understood: Understood) -> str:
    """The whole file."""
    lines = [_HEAD.rstrip(), 'title = "Our exports"']
    system = understood.system
    names = _names(understood)
    if system is not None:
        lines += [f"extends = {quoted(system.name)}  # {system.profile.title}"]
        unused = [name for name in system.profile.sources if name not in names]
        if unused:
            lines += ["", "[sources]"]
            lines += [f"{name} = false  # no export of it was given" for name in unused]
    for name, proposal in zip(names, understood.proposals, strict=True):
        lines += ["", *_source(name, proposal, extends=name == proposal.name)]
    return "\n".join(lines) + "\n"


def _names(understood: Understood) -> list[str]:
    """A name for each source: the system's own once, else the table's with a number."""
    taken = set(understood.system.profile.sources) if understood.system else set()
    names: list[str] = []
    for proposal in understood.proposals:
        if proposal.name and proposal.name not in names:
            names.append(proposal.name)
            continue
        numbers = (proposal.table, *(f"{proposal.table}{n}" for n in range(2, len(names) + 3)))
        names.append(next(n for n in numbers if n not in taken and n not in names))
    return names


def _source(name: str, p: Proposal, *, extends: bool) -> Iterator[str]:
    yield f"[sources.{name}]"
    yield from _files(p, extends=extends)
    for day, times in sorted(p.dates.days_for_none.items()):
        cells = "1 cell" if times == 1 else f"{times:,} cells"
        yield f"# {day} stands in {cells} for no date, and is read as none."
    yield from _blanks(name, p)
    yield from _formats(name, p, extends=extends)
    yield from _headings(name, p, extends=extends)
    yield from _values(name, p, extends=extends)


def _files(p: Proposal, *, extends: bool) -> Iterator[str]:
    """Which files and sheets, in what shape, at which stage, with which dates."""
    if not extends:
        yield f'table = "{p.table}"'
    yield f"files = [{', '.join(quoted(f'{EXPORTS}/{escape(file)}') for file in p.files)}]"
    if p.names:
        one = quoted(p.names[0])
        yield f"sheet = {one if len(p.names) == 1 else _listed(p.names)}"
    if p.shape != "long" and not extends:
        yield f'shape = "{p.shape}"'
    if p.stage is not None:
        yield f'stage = "{p.stage}"  # from the name of the file or sheet'
    if p.is_beside:
        yield 'only_with = "amount"  # the other rows are complaints without an award'
    elif p.base is not None and p.base.only_with and not extends:
        yield f"only_with = {quoted(p.base.only_with)}"
    if p.dates.common and not extends:
        yield f"dates = {_listed(p.dates.common)}"


def _blanks(name: str, p: Proposal) -> Iterator[str]:
    if p.words.blanks:
        yield from ("", f"[sources.{name}.blanks]  # words that mean nothing")
        yield from (f"{field} = {_listed(held)}" for field, held in p.words.blanks.items())


def _formats(name: str, p: Proposal, *, extends: bool) -> Iterator[str]:
    """The formats of single fields, and what to know of their columns."""
    formats = dict(p.dates.by_field)
    if extends and p.base is not None:
        formats = dict(_further(p, p.base))
    if formats:
        yield from ("", f"[sources.{name}.formats]")
        yield from (f"{field} = {_listed(held)}" for field, held in formats.items())
    for field, notes in p.dates.remarks.items():
        yield from (f"# {field}: {note}" for note in notes)


def _further(p: Proposal, base: Source) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The formats of fields that the system's profile does not read yet."""
    for spec in specs(p.table):
        if spec.kind is FieldKind.DATE and any(name == spec.name for _, name in p.columns):
            known = base.formats.get(spec.name, base.dates)
            used = p.dates.by_field.get(spec.name, p.dates.common)
            if MONTH_FIRST in p.dates.remarks.get(spec.name, ()):
                yield spec.name, used
            elif not set(used) <= set(known):
                yield spec.name, tuple(dict.fromkeys((*known, *used)))


def _headings(name: str, p: Proposal, *, extends: bool) -> Iterator[str]:
    for side in (None, *STAGES):
        lines = [*_accepted(p, side, extends=extends), *_doubtful(p, side)]
        if side is None:
            lines += _left(p)
        if lines:
            yield from ("", f"[sources.{name}.{side or 'headings'}]", *lines)


def _accepted(p: Proposal, side: str | None, *, extends: bool) -> Iterator[str]:
    known = dict(_known(p.base)) if extends and p.base else {}
    for (at, field), heading in p.columns.items():
        if at != side:
            continue
        note = ""
        if p.is_beside and field == "awarded_on":
            note = "  # the day of the response: awards have no date of their own here"
        if folded(heading) in known.get((at, field), ()):
            yield f"# {field} is {quoted(heading)}"
        else:
            yield f"{field} = {quoted(heading)}{note}"
    if extends:
        yield from (f"{field} = false" for at, field in p.lacking if at == side)


def _known(base: Source) -> Iterator[tuple[Match, tuple[str, ...]]]:
    """The headings a system's profile names, folded."""
    sides = [(None, base.headings), ("stage1", base.stage1), ("stage2", base.stage2)]
    for side, given in sides:
        for field, names in given.items():
            listed = (names,) if isinstance(names, str) else names or ()
            yield (side, field), tuple(map(folded, listed))


def _doubtful(p: Proposal, side: str | None) -> Iterator[str]:
    for (at, field), doubt in p.doubts.items():
        if at != side:
            continue
        needed = "needed; " if (at, field) in p.missing else ""
        if doubt.headings:
            first, *others = map(quoted, doubt.headings)
            why = doubt.why or " or ".join(["perhaps", *others])
            yield f"# {field} = {first}  # {needed}{why}"
        elif needed or not p.columns:
            yield f'# {field} = ""  # {needed}no heading looks like it'


def _left(p: Proposal) -> Iterator[str]:
    """The headings that are not read, so that nobody wonders."""
    for field, headings in p.spare.items():
        yield f"# {field} could be read from {' or '.join(map(quoted, headings))} as well"
    if p.twice:
        yield f"# Stands there twice, so not read: {', '.join(p.twice)}"
    if p.money:
        yield f"# Perhaps compensation, beside complaints: {', '.join(p.money)}. If it is, make"
        yield "# a source of awards of it, as docs/profiles.md shows; the report has none without."
    shown = {heading for doubt in p.doubts.values() for heading in doubt.headings}
    if ignored := [heading for heading in p.ignored if heading not in shown]:
        yield f"# Not read: {', '.join(ignored)}"


def _values(name: str, p: Proposal, *, extends: bool) -> Iterator[str]:
    base = p.base if extends else None
    for spec in specs(p.table):
        met = p.words.values.get(spec.name, {})
        given = base.values.get(spec.name, {}) if base else {}
        known = set(meanings(spec, given)) if base else set()
        lines = []
        for code, held in met.items():
            new = [word for word in held if folded(word) not in known]
            if new:
                listed = tuple(dict.fromkeys((*given.get(code, ()), *new)))
                key = code if code.isidentifier() else quoted(code)
                lines.append(f"{key} = {_listed(listed)}  # {_counts(held)}")
        for word, unknown in p.words.unknown.get(spec.name, {}).items():
            near = f"perhaps {' or '.join(unknown.near)}" if unknown.near else "decide"
            rows = "row" if unknown.times == 1 else "rows"
            lines.append(f"# {quoted(word)} ({unknown.times} {rows}): {near}")
        if spec.name in p.words.unknown and spec.codes:
            lines.append(f"# The codes are {', '.join(spec.codes)}.")
        if lines:
            yield from ("", f"[sources.{name}.values.{spec.name}]", *lines)
        own = {} if given else p.words.own.get(spec.name, {})
        if own:
            yield from ("", f"# {spec.label}, as it stands; to print other labels, list all of it:")
            yield f"# [sources.{name}.values.{spec.name}]"
            yield from (f"# {quoted(w)} = [{quoted(w)}]  # {n}" for w, n in own.items())


def _counts(held: Mapping[str, int]) -> str:
    return " + ".join(f"{times:,}" for times in held.values())


def _listed(words: Sequence[str]) -> str:
    return f"[{', '.join(map(quoted, words))}]"
