"""Count every published total again, from the finished rows and without the code that made them."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from _people import TOKEN

from _hillingdon_2023_24.export import DAY
from _hillingdon_2023_24.quotas import DAMP, PUBLISHED, REPAIRS, End, Published, Span

Row = dict[str, str]
_PRIVATE = ("Customer", "Customer address", "Customer email", "Summary")


def verify(rows: Sequence[Row]) -> None:
    """Stop unless every published count is met, whether by receipt or by answer.

    Raises:
        ValueError: naming each count that is not.
    """
    wrong = []
    for span, meant in PUBLISHED.items():
        for outcomes_by in ("Date received", "Date responded"):
            found = _counted(rows, span, outcomes_by)
            if found != meant:
                wrong.append(f"{span}, outcomes by {outcomes_by}: {found}, not {meant}")
    wrong += _faults(rows)
    if wrong:
        raise ValueError("The sample does not add up:\n" + "\n".join(wrong))


def _counted(rows: Sequence[Row], span: Span, outcomes_by: str) -> Published:
    ours = [row for row in rows if _is_counted(row)]
    received = [row for row in ours if _lies_in(span, row["Date received"])]
    decided = [row for row in ours if _lies_in(span, row[outcomes_by])]
    return Published(
        stage1=sum(row["Stage"] == "Stage 1" for row in received),
        stage2=sum(row["Stage"] == "Stage 2" for row in received),
        upheld=sum(row["Outcome"] == End.UPHELD.value for row in decided),
        partly_upheld=sum(row["Outcome"] == End.PARTLY.value for row in decided),
        damp=sum(row["Category"] == DAMP for row in received),
    )


def _is_counted(row: Row) -> bool:
    is_refused = row["Close reason"] == End.REFUSED.value
    return row["Service"] == REPAIRS and row["Stage"].startswith("Stage") and not is_refused


def _lies_in(span: Span, text: str) -> bool:
    return bool(text) and span.first <= datetime.strptime(text, DAY).date() <= span.last  # noqa: DTZ007  a day has no time zone


def _faults(rows: Sequence[Row]) -> Iterator[str]:
    """Look for rows that contradict themselves."""
    for row in rows:
        name = f"{row['Case reference']} {row['Stage']}"
        if any(TOKEN not in row[heading] for heading in _PRIVATE):
            yield f"{name}: personal data without the token"
        days = [row[f"Date {event}"] for event in ("received", "acknowledged", "responded")]
        known = [datetime.strptime(day, DAY) for day in days if day]  # noqa: DTZ007
        if known != sorted(known):
            yield f"{name}: dates out of order"
    keys = [(row["Case reference"], row["Stage"]) for row in rows]
    if len(keys) != len(set(keys)):
        yield "a stage of a case has two rows"
