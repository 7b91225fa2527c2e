"""The self-assessment against the Code: in sum, and provision by provision (Code 8.1a)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from hcreport.calendar.periods import in_words
from hcreport.calendar.provisions import section_of
from hcreport.records import YES_NO
from hcreport.sections.section import Section, listed
from hcreport.tables import Absent, Cell, Table, number, words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hcreport.figures.ledger import Entry
    from hcreport.records import Provision
    from hcreport.sections.section import Writer

ASSESSED = "self_assessment.provisions"
MET = "self_assessment.compliant"
COMPLIANT = "Compliant"
NO_DATE = "no date promised"
NONE_GIVEN = "None given"


def commentary(w: Writer) -> Iterator[str]:
    """How many provisions are met, and which are not and by when they will be."""
    assessed, rate = w.at(ASSESSED), w.at("self_assessment.compliant_rate")
    if not assessed.value:
        yield "No self-assessment against the Code was supplied."
        return
    if rate.value is None:
        yield f"The self-assessment lists {w.count(assessed, 'provision')} and answers none."
        return
    said = f"We assessed ourselves against {w.count(assessed, 'provision')} of the Code"
    unanswered = w.aside(rate, "have no answer")
    failed = _not_met(w)
    if not failed:
        every = "each of those answered" if rate.result.set_aside else "every one"
        yield f"{said} and comply with {every}.{unanswered}"
        return
    yield f"{said} and comply with {w.base(rate)}, or {w.show(rate)}.{unanswered}"
    for p in failed:
        yield (
            f"We do not yet comply with provision {p.provision}"
            f"{_in_brief(p)}{_promise_in_prose(p)}."
        )


def _not_met(w: Writer) -> list[Provision]:
    return [p for p in _in_order(w) if p.comply == "no"]


def _in_order(w: Writer) -> list[Provision]:
    """The provisions in the Code's order; what is none of them stands last."""
    place = {name: n for n, name in enumerate(section_of())}
    return sorted(w.provisions, key=lambda p: (place.get(p.provision, len(place)), p.place))


def _asks(p: Provision) -> str:
    """What a provision asks, in words of our own; nothing for what is no provision."""
    section = section_of().get(p.provision)
    return section.provisions[p.provision] if section else ""


def _in_brief(p: Provision) -> str:
    return f" (“{_asks(p).rstrip('.')}”)" if _asks(p) else ""


def _promise_in_prose(p: Provision) -> str:
    if p.promised_on is None:
        return "; no date is promised"
    return f"; we have promised to do so by {in_words(p.promised_on)}"


def summary(w: Writer) -> Table | Absent:
    """A row for each section: how many provisions, how many are met, and where we stand."""
    groups = [e for e in w.by(ASSESSED, "section") if e.value]
    if not groups or w.at(MET).value is None:
        return Absent()
    rows = [(words(e.label), *_counts(w, e), words(_standing(w, e.label))) for e in groups]
    rows.append((words("Total"), *_counts(w, w.at(ASSESSED)), words(_standing(w))))
    return Table(
        "self_assessment_summary",
        "The self-assessment by section of the Code",
        ("Section", "Provisions", "Complied with", "Where we stand"),
        tuple(rows),
        has_total=True,
        note="Source: self-assessment against the Complaint Handling Code 2024.",
    )


def _counts(w: Writer, assessed: Entry) -> tuple[Cell, Cell]:
    return number(assessed), number(w.at(MET, **dict(assessed.group)))


def _standing(w: Writer, section: str = "") -> str:
    """Whether a section (or, without one, the Code) is complied with, and if not, by when."""
    rows = [p for p in w.provisions if section in {"", _section(p)}]
    if any(p.comply is None for p in rows):
        return "Not answered in full"
    failed = [p for p in rows if p.comply == "no"]
    if not failed:
        return COMPLIANT
    areas = "1 area" if len(failed) == 1 else f"{len(failed)} areas"
    return f"{areas} not compliant; {_promised(failed)}"


def _section(p: Provision) -> str:
    found = section_of().get(p.provision)
    return found.label if found else ""


def _promised(failed: Sequence[Provision]) -> str:
    """The latest date promised, and how many have none."""
    days = [p.promised_on for p in failed if p.promised_on is not None]
    if not days:
        return NO_DATE
    open_ended = len(failed) - len(days)
    parts = [f"promised by {in_words(max(days))}"]
    parts += [f"{open_ended} without a date"] if open_ended else []
    return listed(parts)


def appendix(w: Writer) -> Table | Absent:
    """The self-assessment itself: no empty cells, one row for each provision."""
    if not w.provisions:
        return Absent("Not supplied: self-assessment against the Code.", "the self-assessment")
    rows = tuple(tuple(map(words, _row(p))) for p in _in_order(w))
    return Table(
        "self_assessment",
        "Self-assessment against the Code",
        ("Provision", "What it asks", "Complies", "Evidence", "Commentary"),
        rows,
        note=_source(w),
        is_wide=True,
    )


def _row(p: Provision) -> tuple[str, ...]:
    comments = [p.commentary] if p.commentary else []
    if p.comply == "no":
        promise = in_words(p.promised_on) if p.promised_on else ""
        comments.append(f"To be met by {promise}." if promise else "No date promised.")
    return (
        p.provision,
        p.requirement or _asks(p) or NONE_GIVEN,
        YES_NO.get(p.comply or "", "Not answered"),
        p.evidence or NONE_GIVEN,
        " ".join(comments) or NONE_GIVEN,
    )


def _source(w: Writer) -> str:
    """Where the table comes from, and whose words say what each provision asks."""
    if all(p.requirement for p in w.provisions):
        return "Source: self-assessment."
    ours = "Where it does not quote the Code, what is asked is put in a few words of this report's."
    return f"Source: self-assessment. {ours}"


SECTION = Section(
    "self_assessment",
    "Self-assessment",
    commentary,
    tables={"self_assessment_summary": summary, "self_assessment": appendix},
)
