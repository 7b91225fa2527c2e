"""The sheets of the dreadful workbook, row by row."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from random import Random

from _files import Cell
from _people import invent_person

from _exports.dreadful.planting import Fault, Formula, Line, Shown, Tab, Value

CASES = (
    "Case", "Customer", "Service", "Received", "Acknowledged", "Due", "Responded", "Closed",
    "Outcome",
)  # fmt: skip
AWARDS = ("Case", "Stage", "Payee", "Payment Amount", "Payment Made on")
_FIRST = date(2023, 5, 15)
_SECOND = date(2023, 7, 17)
# Spellings of one word that are one value: capitals, spaces of several kinds, none that is seen.
_REPAIRS = ("Repairs", "REPAIRS", "Repairs\xa0", "Re\u200bpairs", "  Repairs ", "Repairs\n")
_OUTCOMES = ("Upheld", "UPHELD", "Upheld\xa0", "Partly  upheld", "Not\u200b upheld")
_MANY = 24


def tabs() -> tuple[Tab, ...]:
    """The sheets, in order."""
    people = Random("exports dreadful people")
    return (
        _stage_1(people),
        _stage_2(people),
        _american(people),
        _twice(people),
        _awards(),
        _payments(),
        _extensions(),
    )


def _case(
    people: Random,
    reference: Value,
    *faults: Fault,
    cells: Mapping[str, Value] | None = None,
    first: date = _FIRST,
    is_hidden: bool = False,
) -> Line:
    """An ordinary complaint received on the first day given, but for some of its cells."""
    answered = first + timedelta(days=7)
    ordinary: dict[str, Value] = {
        "Case": reference,
        "Customer": invent_person(people, 1).name,
        "Service": "Repairs",
        "Received": first,
        "Acknowledged": first,
        "Due": first + timedelta(days=14),
        "Responded": answered,
        "Closed": answered,
        "Outcome": "Upheld",
    }
    return Line({**ordinary, **(cells or {})}, faults, is_hidden)


def _wrong(people: Random, number: int, code: str, what: str, **cells: Value) -> Line:
    """An ordinary complaint with something wrong in the first of the cells given."""
    fault = Fault(code, what, next(iter(cells)))
    return _case(people, str(number), fault, cells=cells)


def _stage_1(people: Random) -> Tab:
    upper = [*_ordinary(people), *_wrong_references(people)]
    lower = [*_wrong_dates(people), *_wrong_words(people), *_wrong_order(people)]
    lines = [
        *upper,
        Line({"Case": "\xa0", "Service": " \u200b"}),
        Line({"Case": f"Subtotal ({len(upper)} cases)"}),
        Line({}),
        Line({heading: heading for heading in CASES}),
        *lower,
        Line({"Service": "Repairs total", "Received": len(lower)}),
        Line({"Case": f"Grand total ({len(upper) + len(lower)} cases)"}),
        Line({}),
        Line({"Case": "Confidential information. Do not distribute."}),
        Line({"Case": "Run by the performance team on 1 May 2024."}),
    ]
    return Tab(
        "Stage 1",
        CASES,
        lines,
        above=("", "Stage 1 complaints, all services", ""),
        left=1,
        hidden=("Acknowledged",),
        merged=(("Service", 6, 8),),
        is_filtered=True,
        faults=(Fault("R113", "a hidden column that is read", "Acknowledged"),),
    )


def _ordinary(people: Random) -> Iterator[Line]:
    """Complaints without a fault, however oddly they are written: 2001 and on."""
    for n in range(_MANY):
        cells: dict[str, Value] = {
            "Service": None if n in {7, 8} else _REPAIRS[n % len(_REPAIRS)],
            "Outcome": _OUTCOMES[n % len(_OUTCOMES)],
        }
        yield _case(people, str(2001 + n), cells=cells, first=_FIRST + timedelta(days=n))
    late = datetime(2023, 5, 15, 23, 30)  # noqa: DTZ001  (a spreadsheet knows no time zone)
    yield _case(people, "2101", cells={"Received": late})
    hidden = Fault("R111", "a row that a filter hides, and another")
    yield _case(people, "2102", hidden, is_hidden=True)
    yield _case(people, "2103", is_hidden=True)


def _wrong_references(people: Random) -> Iterator[Line]:
    again = Fault("X104", "the same case as the row before, written another way")
    yield _case(people, "0012")
    yield _case(people, Shown(12, "0000"), again)
    yield _case(people, '="0013"')
    yield _case(people, "0013", again)
    damaged: tuple[tuple[str, Value], ...] = (
        ("more digits than a number holds", 1234567890123456),
        ("a power of ten", "1.2E+15"),
        ("a number with decimals", 12.5),
        ("a reference such as 3-4 that has become a date", date(2023, 4, 3)),
    )
    for what, cell in damaged:
        yield _case(people, cell, Fault("D107", what, "Case"))
    dressed = Fault("D109", "a number whose format adds letters to it", "Case")
    yield _case(people, Shown(57, '"C-"0000'), dressed)
    yield _case(people, None, Fault("D106", "no reference", "Case"))


def _wrong_dates(people: Random) -> Iterator[Line]:
    unread: tuple[tuple[str, Value], ...] = (
        ("a serial number where a date should be", 45085),
        ("a serial number as text", "45085"),
        ("a day that no month has", "31/02/2024"),
        ("the month first", "12/25/2023"),
        ("a format that the profile does not name", "03.04.2023"),
        ("two figures for the year, or for the day", "04-05-23"),
        ("a date with a remark", "29 September 2023 (amended at review)"),
        ("a month that is misspelt", "5 Novemebr 2023"),
        ("a month without a day", "October 2023"),
        ("a word for no date", "TBC"),
    )
    for number, (what, cell) in enumerate(unread, start=2201):
        yield _wrong(people, number, "D101", what, Received=cell)
    yield _wrong(people, 2221, "D102", "a century too early", Received="03/04/1923")
    nothing = "a placeholder for no date"
    yield _wrong(people, 2222, "D110", nothing, Acknowledged="01/01/1753")
    yield _wrong(people, 2223, "D110", nothing, Closed="31/12/9999")
    placeholder = Fault("D110", nothing, "Received")
    missing = Fault("D106", "and so no date of receipt", "Received")
    yield _case(people, "2224", placeholder, missing, cells={"Received": "01/01/1900"})
    yield _wrong(people, 2225, "D106", "no date of receipt", Received=None)
    yield _wrong(people, 2226, "D109", "an error", Received=Formula("=#REF!A1", "#REF!"))
    yield _wrong(people, 2227, "D109", "an error", Closed=Formula("=NA()", "#N/A"))
    never = "a formula that was never calculated"
    yield _wrong(people, 2228, "D109", never, Acknowledged=Formula("=E10+7"))


def _wrong_words(people: Random) -> Iterator[Line]:
    yield _wrong(people, 2301, "D104", "a slip of the keyboard", Outcome="Uphled")
    yield _wrong(people, 2302, "D104", "a doubt", Outcome="Upheld?")
    yield _wrong(people, 2303, "D104", "two things in one cell", Outcome="Upheld - £50 paid")
    near = Fault("X122", "nearly a far more frequent value")
    yield _case(people, "2304", near, cells={"Service": "Repair"})


def _wrong_order(people: Random) -> Iterator[Line]:
    before, after = _FIRST - timedelta(days=3), date(2024, 6, 28)
    old = date(2020, 5, 18)
    open_ = dict.fromkeys(("Acknowledged", "Due", "Responded", "Closed", "Outcome"))
    answered = open_ | {"Received": old, "Responded": old + timedelta(days=9)}
    wrong: tuple[tuple[str, str, Mapping[str, Value]], ...] = (
        ("X101", "answered before it was received", {"Responded": before, "Closed": None}),
        ("X101", "acknowledged before it was received", {"Acknowledged": before}),
        ("X102", "closed before it was answered", {"Closed": _FIRST + timedelta(days=2)}),
        ("X108", "answered after the day of the extract", {"Responded": after, "Closed": None}),
        ("X108", "received after the day of the extract", open_ | {"Received": after}),
        ("X123", "nobody has answered it", open_),
        ("X120", "due before it was received", {"Due": before}),
        ("X120", "received years before all others", answered),
        ("X112", "withdrawn, and answered too", {"Outcome": "Withdrawn"}),
        ("X113", "withdrawn, nobody knows when", open_ | {"Outcome": "Withdrawn"}),
    )
    for number, (code, what, cells) in enumerate(wrong, start=2401):
        yield _case(people, str(number), Fault(code, what), cells=cells)
    both = (
        Fault("D110", "a placeholder for no date", "Closed"),
        Fault("X101", "and answered before it was received"),
    )
    yield _case(people, "2411", *both, cells={"Closed": "31/12/9999", "Responded": before})


def _stage_2(people: Random) -> Tab:
    def case(number: int, code: str, what: str, *, is_hidden: bool = False, **cells: Value) -> Line:
        fault = Fault(code, what)
        return _case(people, str(number), fault, cells=cells, first=_SECOND, is_hidden=is_hidden)

    early = date(2023, 5, 2)
    lines = [
        _case(people, "2001", first=_SECOND),
        _case(people, "2002", first=_SECOND),
        case(9001, "X103", "its stage 1 is nowhere"),
        case(2003, "X117", "received before its stage 1", Received=early, Acknowledged=early),
        case(2004, "X119", "another service than at stage 1", Service="Lettings"),
        case(2005, "R111", "a row that somebody has hidden", is_hidden=True),
        case(2001, "X104", "the same case twice"),
        Line(
            {"Case": "Total (99 cases)"},
            (Fault("R115", "a total that is not the number of rows"),),
        ),
    ]
    return Tab("Stage 2", CASES, lines, above=("Stage 2 complaints",))


def _american(people: Random) -> Tab:
    """Days and months swapped, as by a spreadsheet with American settings; and no outcomes."""
    received: tuple[Cell, ...] = (
        date(2023, 4, 5), date(2023, 6, 7), date(2023, 8, 9),
        "13/06/2023", "24/07/2023", "30/08/2023",
    )  # fmt: skip
    lines = []
    for number, day in enumerate(received, start=3001):
        whole = _case(people, str(number), cells={"Received": day}, first=date(2023, 9, 14))
        lines.append(Line({k: v for k, v in whole.cells.items() if k != "Outcome"}))
    swapped = Fault("D111", "true dates to the 12th, written ones from the 13th", "Received")
    missing = Fault("R103", "a heading that the profile names is not there")
    return Tab("American", CASES[:-1], lines, faults=(swapped, missing))


def _twice(people: Random) -> Tab:
    lines = [_case(people, "4001"), _case(people, "4002")]
    return Tab("Twice", (*CASES, "Outcome"), lines, faults=(Fault("R104", "a heading twice"),))


def _award(
    case: str | int | None,
    amount: Value,
    *faults: Fault,
    stage: str | None = "Stage 1",
    made: date | None = date(2023, 12, 4),
) -> Line:
    held: tuple[Value, ...] = (case, stage, "zq-private payee", amount, made)
    return Line(dict(zip(AWARDS, held, strict=True)), faults)


def _awards() -> Tab:
    unread: tuple[tuple[str, Value], ...] = (
        ("two amounts in one cell", "£100 + £50"),
        ("two amounts with reasons", "£250 (distress) & £100 (time)"),
        ("brackets, which mean less than nothing", "(50.00)"),
        ("a minus sign that is not a hyphen", "\u221220"),
        ("less than nothing", -20),
        ("no money at all", "£25 voucher"),
        ("a comma for a point", "2,50"),
        ("a point for a comma", "1.250,00"),
        ("a comma after two figures", "£1,00"),
        ("a blank between thousands", "1 000"),
        ("a pound sign in the wrong code", "Â£50"),
        ("pence", "50p"),
        ("a word for no amount yet", "TBC"),
        ("a part of a penny", 12.345),
    )
    amount = AWARDS[3]
    lines = [
        _award("2001", "£1,250.00"),
        _award("2002", 75.5),
        _award("2003", "£ 50"),
        _award("2004", "nil"),
        _award("2005", "-"),
        *(_award("2006", cell, Fault("D105", what, amount)) for what, cell in unread),
        _award("2007", Formula("=NA()", "#N/A"), Fault("D109", "an error", amount)),
        _award("2007", Formula("=1+1"), Fault("D109", "a formula never calculated", amount)),
        # The headings over again, both rows of them, as at the top of a printed page.
        Line({AWARDS[3]: "Payment"}),
        Line(dict(zip(AWARDS, ("Case", "Stage", "Payee", "Amount", "Made on"), strict=True))),
        _award(None, 40, Fault("D106", "no reference", "Case")),
        _award("7777", 45, Fault("X105", "no such complaint")),
        _award("2002", 55, Fault("X106", "the case is at both stages"), stage=None),
        _award("2008", 60, Fault("X107", "no date"), made=None),
        _award("2009", 65, Fault("X116", "a stage its case never reached"), stage="Stage 2"),
        _award("2010", 70, Fault("X101", "made before the complaint"), made=date(2023, 4, 20)),
        _award("2011", 80, Fault("X108", "made after the extract"), made=date(2024, 7, 1)),
        _award("2012", 90),
        _award("2012", 90, Fault("X110", "the same row twice")),
        _award("2013", 15_000, Fault("X121", "far larger than any other")),
    ]
    return Tab(
        "Awards", AWARDS, lines, above=("Compensation",), groups={"Payment": ("Amount", "Made on")}
    )


def _payments() -> Tab:
    """Subtotals that are right, and a grand total that is wrong."""
    amount = AWARDS[3]
    wrong = Fault("R115", "a grand total that is not the sum of its rows", amount)
    lines = [
        _award("2014", 100),
        _award("2015", 50),
        Line({"Case": "Repairs total", amount: 150}),
        _award(2016, 25),  # a number here, text among the complaints: one case all the same
        Line({"Case": "Subtotal", amount: 25}),
        Line({"Case": "Grand total", amount: 200}, (wrong,)),
    ]
    return Tab("Payments", AWARDS, lines)


def _extensions() -> Tab:
    def line(case: str, cause: str | None, *faults: Fault) -> Line:
        cells: dict[str, Cell] = {"Case": case, "Extended to": date(2023, 7, 3), "Cause": cause}
        return Line(cells, faults)

    lines = [
        line("2017", "Delay"),
        line("8888", None, Fault("R116", "no such complaint")),
        line("2001", None, Fault("R117", "the case is at both stages")),
        line("2018", "Delay"),
        line("2018", "Staff", Fault("D108", "another cause than the row before")),
    ]
    return Tab("Extensions", ("Case", "Extended to", "Cause"), lines)
