"""Sheets to proposals: each becomes a source, or two where compensation stands beside complaints.

A proposal holds what is sure and what is doubtful apart; ``init`` writes the one and shows the
other.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from hcreport.intake.profile import Source
from hcreport.intake.proposing import systems
from hcreport.intake.proposing.beside import about_money, beside
from hcreport.intake.proposing.cells import Columns
from hcreport.intake.proposing.doubts import look_like_headings, open_fields
from hcreport.intake.proposing.headings import Match, Matching, match_plain, stage_in
from hcreport.intake.proposing.making import Making, free_headings
from hcreport.intake.proposing.ordinary import OTHERS, ordinary
from hcreport.intake.proposing.proposal import Passed, Proposal, Understood
from hcreport.intake.proposing.systems import System
from hcreport.intake.reading import Sheet
from hcreport.intake.values import folded
from hcreport.records import REQUIRED, STAGES

# A sheet of a workbook with such a word in its name is about something else.
_ELSEWHERE = frozenset(
    {"ombudsman", "hos", "lgsco", "enquiries", "enquiry", "compliments", "compliment", "foi", "sar"}
)
# Fewer known headings than these do not show that a row is one of headings.
_SHOWN = 2
# What a sheet that lists complaints or awards says of them, and a list of anything else does not.
_EVENTS = frozenset(
    {"received_on", "acknowledged_on", "due_on", "responded_on", "closed_on", "outcome", "amount"}
)
_DEEPEST = 20


def proposals(sheets: Sequence[Sheet]) -> Understood:
    """Understand sheets, those with the same headings together."""
    system = systems.system_of(sheets)
    found: list[Proposal] = []
    passed: list[Passed] = []
    in_file = [sheet.file for sheet in sheets]
    for group in _groups(sheets):
        file, name = group[0].file, group[0].name
        is_one_of_many = in_file.count(file) > 1
        why = _elsewhere(name) if is_one_of_many else ""
        if _best(group[0], ordinary(), is_alone=False) in OTHERS:
            why = ""
        made = () if why else tuple(_sources(group, system, is_alone=not is_one_of_many))
        found += made
        if not made:
            why = why or "it has no headings of complaints or compensation"
            passed += [Passed(sheet.file, sheet.name, why) for sheet in group]
    if not found and sheets:
        # No sheet has a heading that is known: the longest is shown to a person as it is.
        longest = max(sheets, key=lambda sheet: len(sheet.rows))
        found = [_of_plain((longest,), ordinary()["complaints"])]
        passed = [p for p in passed if (p.file, p.sheet) != (longest.file, longest.name)]
    if any(p.table == "awards" and not p.is_beside for p in found):
        found = [replace(p, money=()) for p in found]
    return Understood(system if any(p.name for p in found) else None, tuple(found), tuple(passed))


def _groups(sheets: Sequence[Sheet]) -> Iterator[tuple[Sheet, ...]]:
    """Sheets that one source can read: the same headings and stage, in one file or of one name."""
    held: dict[tuple[object, str], list[Sheet]] = {}
    for sheet in sheets:
        layout = (tuple(map(folded, sheet.headings)), _stage_of(sheet), _elsewhere(sheet.name))
        held.setdefault((layout, sheet.file), []).append(sheet)
    merged: dict[tuple[object, tuple[str, ...]], list[Sheet]] = {}
    for (same, _), group in held.items():
        names = tuple(sheet.name for sheet in group)
        merged.setdefault((same, names), []).extend(group)
    yield from map(tuple, merged.values())


def _stage_of(sheet: Sheet) -> str | None:
    return stage_in(sheet.name) or stage_in(sheet.file)


def _elsewhere(name: str) -> str:
    words = _ELSEWHERE & set(folded(name).replace("_", " ").split())
    return f"its name says {min(words)}" if words else ""


def _sources(
    group: tuple[Sheet, ...], system: System | None, *, is_alone: bool
) -> Iterator[Proposal]:
    """The sources that a group of sheets is: complaints, awards, both, or none."""
    made = list(_of_system(group, system)) if system else []
    known = ordinary()
    if not made:
        best = _best(group[0], known, is_alone=is_alone)
        if best is None:
            return
        made = [_of_plain(group, known[best])]
    complaints = next((p for p in made if p.table == "complaints" and p.shape != "child"), None)
    if complaints is not None and all(p.table != "awards" for p in made):
        awards = beside(complaints, known["awards"])
        made += [awards] if awards else []
        if awards is None:
            made[0] = replace(made[0], money=about_money(made[0].ignored))
    used = {heading for p in made for heading in p.columns.values()}
    first, *others = made
    yield replace(first, ignored=tuple(h for h in first.ignored if h not in used))
    # What nothing reads in the same sheets is said once.
    yield from (replace(p, ignored=(), twice=()) for p in others)


def _best(sheet: Sheet, sources: Mapping[str, Source], *, is_alone: bool) -> str | None:
    """The table a sheet is: the one whose needed headings it has, else the likelier one."""
    found = {name: match_plain(sheet.headings, source) for name, source in sources.items()}
    other = _other(sources, found)
    if other is not None:
        return other
    for name, source in sources.items():
        # A list of complaints can hold an amount too, and its date of receipt be in doubt.
        told = len(_EVENTS & found[name].fields - {"amount"}) >= _SHOWN
        if systems.is_whole(source, found[name]) or (name == "complaints" and told):
            return name
    likelier = max(found, key=lambda name: len(found[name].columns))
    if is_alone and len(found[likelier].columns) < _SHOWN:
        return next(iter(sources))  # nearly nothing is known, and complaints are what is needed
    is_likely = is_alone or _is_likely(sheet, sources[likelier], found[likelier])
    return likelier if is_likely else None


def _other(sources: Mapping[str, Source], found: Mapping[str, Matching]) -> str | None:
    """The table beside complaints and awards whose headings a sheet plainly has, if any."""
    if any(systems.is_whole(sources[name], found[name]) for name in sources if name not in OTHERS):
        return None
    whole = [n for n in OTHERS if systems.is_whole(sources[n], found[n])]
    return next((n for n in whole if len(found[n].columns) > _SHOWN), None)


def _is_likely(sheet: Sheet, source: Source, found: Matching) -> bool:
    """Whether a sheet among others lists complaints or awards, though a needed heading is unsure.

    To pass over it in error would lose its rows; to take it in error only stops the next step.
    """
    if len(_EVENTS & found.fields) >= _SHOWN:
        return True
    if len(found.columns) <= _SHOWN:
        return False
    columns = Columns(source.table, [sheet], found.columns)
    doubts = dict(open_fields(columns, source, found, free_headings(sheet, found)))
    near = {name for (_, name), doubt in doubts.items() if doubt.headings}
    return all(name in {*found.fields, *near, "stage"} for name in REQUIRED[source.table])


def _of_plain(group: tuple[Sheet, ...], source: Source) -> Proposal:
    headed, found = _headed(group, source)
    making = Making(headed, source, (source,))
    sure, refused = making.sure(found)
    stage = None if "stage" in sure.fields or sure.is_wide else _stage_of(group[0])
    return making.proposal(sure, refused, stage)


def _headed(group: tuple[Sheet, ...], source: Source) -> tuple[tuple[Sheet, ...], Matching]:
    """The sheets with their row of headings found; without headings where there is plainly none."""
    sheet = group[0]
    found = match_plain(sheet.headings, source)
    if len(found.columns) >= _SHOWN or look_like_headings(sheet.headings):
        return group, found
    for at, (_, row) in enumerate(sheet.rows[:_DEEPEST]):
        if look_like_headings(row):
            headings = tuple("" if cell is None else str(cell) for cell in row)
            below = replace(sheet, headings=headings, rows=sheet.rows[at + 1 :])
            return (below,), match_plain(headings, source)
    return (replace(sheet, headings=()),), Matching()


def _of_system(group: tuple[Sheet, ...], system: System) -> Iterator[Proposal]:
    """The sources of a system's profile that a group is, and what plain English adds to them."""
    for name, found in systems.fitting(system, group[0]).items():
        source = system.profile.sources[name]
        known = ordinary().get(source.table)
        making = Making(group, source, (source, known) if known else (source,))
        extra, refused = Matching(), dict[Match, str]()
        if known is not None and source.shape != "child":
            extra, refused = making.sure(_ordinary(group[0], source, known))
        taken = set(found.columns.values())
        more = {match: h for match, h in extra.columns.items() if h not in taken}
        knows_stage = "stage" in found.fields or source.stage or "parent" in source.headings
        stage = None if knows_stage or source.shape == "wide" else _stage_of(group[0])
        whole = replace(found, columns={**found.columns, **more})
        made = making.proposal(whole, refused, stage)
        lacking = tuple(match for match in _named(source) if match not in whole.columns)
        yield replace(made, name=name, base=source, lacking=lacking)


def _ordinary(sheet: Sheet, source: Source, known: Source) -> Matching:
    """Ordinary headings for fields that a system's profile leaves to each landlord."""
    named = {name for _, name in _named(source)} | {"stage"}
    found = match_plain(sheet.headings, known)
    is_wide = source.shape == "wide"
    columns = {
        match: heading
        for match, heading in found.columns.items()
        if match[1] not in named and (is_wide or match[0] is None)
    }
    return replace(found, columns=columns)


def _named(source: Source) -> Iterator[Match]:
    """The fields a source names, at each stage of a wide one."""
    yield from ((None, name) for name in source.headings)
    if source.shape == "wide":
        sides = {"stage1": source.stage1, "stage2": source.stage2}
        yield from ((stage, name) for stage in STAGES for name in sides[stage])
