"""The account of a refresh as lines of text."""

from __future__ import annotations

from collections import Counter
from itertools import groupby
from typing import TYPE_CHECKING

from hcreport.output import Place
from hcreport.refresh.account import Did, named

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from hcreport.refresh.account import Account, Line

LONGEST = 70
_BY_HAND = (Did.KEPT, Did.TAKEN)  # what --take gives up: a person has to see all of it
_AGAIN = "Read these again, a figure in them moved or a number in them is old"
_FALSE = "the sentence around it, which somebody edited, no longer fits the figures"
_HEADS = (
    ((Did.UPDATED,), "Updated"),
    ((Did.TAKEN,), "Changed by hand, and updated since you took ours"),
    ((Did.ADDED,), "Added"),
    ((Did.REMOVED,), "Removed: the data no longer gives them"),
    ((Did.KEPT,), "Changed by hand, and left (--take ID takes ours)"),
    ((Did.UNMARKED,), "Typed text now, their content control taken off: yours to keep up to date"),
    ((Did.GONE,), "No longer worked out, and left for you to take out"),
    ((Did.MISSING,), "Not in the document any more"),
    ((Did.NEW,), "Worked out now, and the document has no place for it (build shows it)"),
)


def lines(account: Account) -> Iterator[str]:
    """Everything that was done, and what is left for a person."""
    for did, head in _HEADS:
        found = account.of(*did)
        if found:
            yield f"{head}: {len(found):,}"
            yield from _by_heading(found)
    if account.idle:
        yield f"Asked to be taken, and nothing was given up: {len(account.idle):,}"
        yield from (f"  {name}: {why}" for name, why in account.idle.items())
    if account.copies:
        yield f"Pasted elsewhere, and updated there too: {sum(account.copies.values()):,}"
        yield from (f"  {tag} ({n} more)" for tag, n in account.copies.items())
    if account.sentences:
        yield f"{_AGAIN}: {len(account.sentences):,}"
        for sentence in account.sentences:
            yield f"  {_at(sentence.where)}{_short(sentence.text, 160)}"
            yield f"    {sentence.why}"
    unchanged = len(account.of(Did.UNCHANGED))
    if unchanged:
        yield f"Unchanged: {unchanged:,}"


def wrote(target: Path, place: Place, backup: Path | None) -> str:
    """Where the report was written, and what became of the file that stood there."""
    if place is Place.SAME:
        return f"Nothing was written: {target} is there already and is the same."
    before = f"\n  {backup.name} is the file as it was" if backup is not None else ""
    return f"Written to {target}{before}"


def would_write(target: Path, place: Place, *, overwrite: bool) -> str:
    """That nothing was written, and where it would be without --dry-run."""
    if place is Place.SAME:
        would = f"{target} is there already and is the same."
    elif place is Place.SOURCE:
        would = f"Without --dry-run {target} itself is changed, and a copy of it kept beside it."
    elif place is Place.FREE:
        would = f"Without --dry-run it is written to {target}"
    elif overwrite:
        would = f"Without --dry-run {target}, which is there already, is replaced."
    else:
        would = f"{target} is there already, and is replaced only with --overwrite."
    return f"Nothing was written: this was a dry run.\n  {would}"


def ending(account: Account, *, dry_run: bool) -> str:
    """The last line: what is left for a person."""
    if not account.needs_a_person:
        return "Nothing in it needs you."
    if dry_run:
        return "Some of it needs you: it is listed above."
    return "Next: open it and look at what is listed above."


def _at(where: str) -> str:
    return f"{where}: " if where else ""


def _by_heading(found: Iterable[Line]) -> Iterator[str]:
    """Lines under the headings that they stand under; equal ones once."""
    for where, group in groupby(found, key=lambda line: line.where):
        if where:
            yield f"  {where}"
        for (text, *more), times in Counter(map(_said, group)).items():
            yield f"    {text}" + (f" ({times} places)" if times > 1 else "")
            yield from (f"      {line}" for line in more)


def _said(line: Line) -> tuple[str, ...]:
    """What is printed of a line: in one, or in more where all that somebody wrote is shown."""
    name = named(line.tag, line.part)
    if line.did not in _BY_HAND:
        return (_in_one(name, line),)
    beside = (f"{_FALSE}: {line.beside}",) if line.beside else ()
    return (*_by_hand(name, line), *beside)


def _by_hand(name: str, line: Line) -> tuple[str, ...]:
    is_kept = line.did is Did.KEPT
    if max(len(line.theirs), len(line.ours)) > LONGEST:
        now = "ours" if is_kept else "now"
        return f"{name}: theirs: {line.theirs}", f"{now}: {line.ours}"
    if is_kept:
        ours = f"; ours: {line.ours}" if line.ours else ""
        return (f"{name}: theirs: {line.theirs}{ours}",)
    return (f"{name}: {line.theirs} → {line.ours}" if line.theirs or line.ours else name,)


def _in_one(name: str, line: Line) -> str:
    match line.did:
        case Did.UPDATED:
            if not (line.was or line.ours):
                return name
            before, after = _where_they_differ(line.was, line.ours)
            return f"{name}: {_short(before)} → {_short(after)}"
        case Did.UNMARKED | Did.GONE:
            return f"{name}: {_typed(line)}" if line.theirs else name
        case Did.MISSING | Did.REMOVED:
            return f"{name}: {_short(line.was)}" if line.was else name
        case _:
            said = line.ours or line.was
            return f"{name}: {_short(said)}" if said else name


def _typed(line: Line) -> str:
    """What stands there as typed text, and what it should say, if that is known and differs."""
    if line.ours in {"", line.theirs}:
        return _short(line.theirs)
    return f"{_short(line.theirs)} → {_short(line.ours)}"


def _where_they_differ(before: str, after: str) -> tuple[str, str]:
    """Two long texts without the words that both begin with."""
    if max(len(before), len(after)) <= LONGEST:
        return before, after
    first, second = before.split(), after.split()
    pairs = zip(first, second, strict=False)
    same = next((n for n, (a, b) in enumerate(pairs) if a != b), min(len(first), len(second)))
    skipped = max(0, same - 3)
    head = "… " if skipped else ""
    return head + " ".join(first[skipped:]), head + " ".join(second[skipped:])


def _short(text: str, longest: int = LONGEST) -> str:
    return text if len(text) <= longest else f"{text[: longest - 1].rstrip()}…"
