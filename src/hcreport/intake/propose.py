"""What a file's own headings and cells say it is: the mapping that ``init`` writes down.

A heading is accepted only when it is, to the letter, one that the ``plain`` profile gives a field;
what merely looks alike is proposed to a person and never decides. Likeness deceives: "Target
Response Date" is nine tenths "Response Date", and every complaint would have been on time.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from rapidfuzz import fuzz

from hcreport.intake.profile import Source, spellings
from hcreport.intake.reading import Sheet
from hcreport.intake.values import Cell, folded, is_blank, tidy
from hcreport.intake.words import meanings
from hcreport.records import REQUIRED, STAGES, FieldKind, FieldSpec, specs

# Tried in this order. Day and month the other way round are never tried: these are British exports.
FORMATS = (
    "%d/%m/%Y",
    "%Y-%m-%d",
    "%d/%m/%Y %H:%M",
    "%d/%m/%Y %H:%M:%S",
    "%Y-%m-%dT%H:%M:%S",
    "%Y-%m-%dT%H:%M:%S%z",
    "%Y-%m-%d %H:%M:%S",
    "%d-%m-%Y",
    "%d.%m.%Y",
    "%d %B %Y",
    "%d %b %Y",
    "%d-%b-%Y",
    "%d/%m/%y",
)
# Words that change what a heading is about: two headings that differ in one are never alike.
MARKERS = ("1", "2", "due", "target", "offered", "paid", "ombudsman", "acknowledged", "by", "name")
WORTH_SHOWING = 70
# What is true of a case at both its stages; all else belongs to one of them.
OF_THE_CASE = (
    "reference",
    "kind",
    "service",
    "category",
    "subcategory",
    "tenure",
    "channel",
    "ward",
    "contractor",
)
# A field at a stage in a wide layout, or at none.
Match = tuple[str | None, str]
_STAGE = re.compile(r"\b(?:stage|s)\s*[-_]?\s*(one|two|1|2)\b|\bs([12])\b", re.IGNORECASE)
_NUMBER = {"one": "stage1", "1": "stage1", "two": "stage2", "2": "stage2"}


@dataclass(frozen=True)
class Proposal:
    """A file understood as far as it is sure.

    ``headings`` are accepted, by field; ``sides`` are those of each stage in a wide layout.
    ``doubtful`` gives the likeliest headings for a field that has none; ``ignored`` the headings
    that nothing claims. ``values`` are the codes met for each field with what the export writes;
    ``unknown`` the values that nothing claims, with how often they occur. ``days`` are all days
    met, each with its field; ``missing`` the fields that every row needs and no heading gives.
    """

    table: str
    sheet: Sheet
    shape: str
    stage: str | None
    headings: Mapping[str, str]
    sides: Mapping[str, Mapping[str, str]]
    dates: tuple[str, ...]
    values: Mapping[str, Mapping[str, tuple[str, ...]]]
    unknown: Mapping[str, Mapping[str, int]]
    doubtful: Mapping[str, tuple[str, ...]]
    ignored: tuple[str, ...]
    days: tuple[tuple[str, date], ...]
    missing: tuple[str, ...]


def aliases(source: Source) -> dict[str, str]:
    """Every heading that the plain profile knows for a table, folded, and its field."""
    return {
        folded(heading): name
        for name, given in source.headings.items()
        for heading in spellings(given)
    }


def propose(sheet: Sheet, sources: Mapping[str, Source]) -> Proposal:
    """Understand one sheet as the table whose headings it has most of."""
    found = {name: _matched(sheet, source) for name, source in sources.items()}
    best = max(found, key=lambda name: (_is_whole(sources[name], found[name]), len(found[name])))
    source, matched = sources[best], found[best]
    sides = {
        stage: {name: heading for (side, name), heading in matched.items() if side == stage}
        for stage in STAGES
    }
    is_wide = any(sides.values())
    common = {name: heading for (side, name), heading in matched.items() if side is None}
    if is_wide:
        # An event without a stage is the first stage's: a case is received once, then escalated.
        first = {name: h for name, h in common.items() if name not in OF_THE_CASE}
        sides["stage1"] = first | sides["stage1"]
        common = {name: h for name, h in common.items() if name in OF_THE_CASE}
    in_name = None if "stage" in common or is_wide else _stage_in(sheet.file)
    dates, days = _dates(sheet, source, matched)
    values, unknown = _values(sheet, source, matched)
    used = set(matched.values())
    lacking = _lacking(source, matched, in_name)
    return Proposal(
        table=source.table,
        sheet=sheet,
        shape="wide" if is_wide else "long",
        stage=in_name,
        headings=common,
        sides={stage: held for stage, held in sides.items() if held},
        dates=dates,
        values=values,
        unknown=unknown,
        doubtful={
            name: tuple(_alike(sheet, used, source, name)) for name in _open(source, matched)
        },
        ignored=tuple(h for h in sheet.headings if h and h not in used),
        days=tuple(days),
        missing=lacking,
    )


def _matched(sheet: Sheet, source: Source) -> dict[Match, str]:
    """Fields by heading: exact ones, and in a wide layout those that name their stage."""
    known = aliases(source)
    found: dict[Match, str] = {}
    for heading in sheet.headings:
        name = known.get(folded(heading))
        if name is not None:
            found.setdefault((None, name), heading)
    if source.table == "complaints":
        for heading in sheet.headings:
            side, rest = _without_stage(heading)
            name = known.get(folded(rest)) if side else None
            if side and name and name != "stage" and heading not in found.values():
                found.setdefault((side, name), heading)
    return found


def _without_stage(heading: str) -> tuple[str | None, str]:
    """The stage a heading names, and the heading without it: "S1 Outcome", "Outcome (Stage 2)"."""
    marked = _STAGE.search(heading)
    if marked is None:
        return None, heading
    rest = heading[: marked.start()] + " " + heading[marked.end() :]
    return _NUMBER[(marked[1] or marked[2]).lower()], tidy(re.sub(r"[()\[\]:_-]", " ", rest))


def _stage_in(file: str) -> str | None:
    """The stage that a file's own name gives: stage1-2023.csv."""
    found = {_NUMBER[(m[1] or m[2]).lower()] for m in _STAGE.finditer(re.sub(r"[_.-]", " ", file))}
    return found.pop() if len(found) == 1 else None


def _is_whole(source: Source, matched: Mapping[Match, str]) -> bool:
    names = {name for _, name in matched}
    return all(name in names or name == "stage" for name in REQUIRED[source.table])


def _lacking(source: Source, matched: Mapping[Match, str], stage: str | None) -> tuple[str, ...]:
    """The fields that every row needs and no heading gives."""
    names = {name for _, name in matched}
    has_stage = stage is not None or any(side for side, _ in matched)
    return tuple(
        name
        for name in REQUIRED[source.table]
        if name not in names and not (name == "stage" and has_stage)
    )


def _open(source: Source, matched: Mapping[Match, str]) -> Iterator[str]:
    """The fields that a profile could map and this file's headings do not give."""
    names = {name for _, name in matched}
    yield from (name for name in source.headings if name not in names)


def _alike(sheet: Sheet, used: set[str], source: Source, name: str) -> Iterator[str]:
    """The three likeliest headings for a field, none of which is accepted."""
    wanted = [folded(heading) for heading in spellings(source.headings[name])]
    free = [h for h in sheet.headings if h and h not in used]
    scored = []
    for heading in free:
        fair = [w for w in wanted if _markers(w) == _markers(folded(heading))]
        score = max((fuzz.token_sort_ratio(folded(heading), w) for w in fair), default=0)
        if score >= WORTH_SHOWING:
            scored.append((score, heading))
    yield from (heading for _, heading in sorted(scored, key=lambda s: (-s[0], s[1]))[:3])


def _markers(heading: str) -> frozenset[str]:
    return frozenset(re.findall(r"[a-z]+|\d", heading)) & frozenset(MARKERS)


def _columns(
    sheet: Sheet, source: Source, matched: Mapping[Match, str]
) -> Iterator[tuple[FieldSpec, list[Cell]]]:
    kinds = {spec.name: spec for spec in specs(source.table)}
    for (_, name), heading in matched.items():
        at = sheet.headings.index(heading)
        yield kinds[name], [row[at] for _, row in sheet.rows]


def _dates(
    sheet: Sheet, source: Source, matched: Mapping[Match, str]
) -> tuple[tuple[str, ...], list[tuple[str, date]]]:
    """The formats that between them read the written dates, and every day with its field."""
    written: Counter[tuple[str, str]] = Counter()
    days: list[tuple[str, date]] = []
    for spec, cells in _columns(sheet, source, matched):
        if spec.kind is FieldKind.DATE:
            written.update((spec.name, tidy(c)) for c in cells if isinstance(c, str) and tidy(c))
            typed = (c.date() if isinstance(c, datetime) else c for c in cells)
            days += [(spec.name, day) for day in typed if isinstance(day, date)]
    chosen: list[str] = []
    left = dict(written)
    for pattern in FORMATS:
        read = {held: day for held in left if (day := _day(held[1], pattern)) is not None}
        if read:
            chosen.append(pattern)
            days += [
                (name, day) for (name, text), day in read.items() for _ in range(left[name, text])
            ]
            left = {held: n for held, n in left.items() if held not in read}
    return tuple(chosen) or FORMATS[:1], days


def _day(text: str, pattern: str) -> date | None:
    try:
        return datetime.strptime(text, pattern).date()  # noqa: DTZ007  (only the day is wanted)
    except ValueError:
        return None


def _values(
    sheet: Sheet, source: Source, matched: Mapping[Match, str]
) -> tuple[dict[str, dict[str, tuple[str, ...]]], dict[str, dict[str, int]]]:
    """For each field with fixed codes: what the export writes for each, and what is left over."""
    values: dict[str, dict[str, tuple[str, ...]]] = {}
    unknown: dict[str, dict[str, int]] = {}
    for spec, cells in _columns(sheet, source, matched):
        if spec.kind is not FieldKind.CODE:
            continue
        known = meanings(spec, source.values.get(spec.name, {}))
        written = Counter(tidy(str(c)).removesuffix(".0") for c in cells if not is_blank(c))
        for text, times in sorted(written.items()):
            target = known.get(folded(text))
            if target is None:
                held = unknown.setdefault(spec.name, {})
                held[text] = held.get(text, 0) + times
            else:
                key = target[1] if target[0] == spec.name else f"{target[0]}={target[1]}"
                codes = values.setdefault(spec.name, {})
                codes[key] = tuple(dict.fromkeys((*codes.get(key, ()), text)))
    return values, unknown
