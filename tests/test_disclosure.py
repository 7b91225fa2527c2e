"""Disclosure control: small numbers are withheld everywhere, and cannot be worked out."""

from __future__ import annotations

import csv
import io
import json
import random
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import numpy as np
import openpyxl
import pytest
from hypothesis import given
from hypothesis import settings as effort
from hypothesis import strategies as st
from tests import projects
from tests.projects import hcreport, project, python, rendered
from tests.word import Word, rows_of

import subtraction
from builders import award, complaint, failure_order, records, settings
from hcreport.charts import Kind
from hcreport.derive.frame import frames
from hcreport.derive.terms import terms
from hcreport.figures import building, catalogue, disclosure
from hcreport.figures.elimination import dependencies, reduced
from hcreport.figures.evaluate import Evaluator, Result
from hcreport.figures.ledger import VALUE, Ledger
from hcreport.figures.selection import Givens
from hcreport.pipeline import compute, writer
from hcreport.problems import CannotRun
from hcreport.report import figures_json
from hcreport.sections import outcomes

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from hcreport.figures.disclosure import Control
    from hcreport.records import Record
    from hcreport.settings import Settings

ON = """\
[disclosure]
threshold = 5
fields = ["reason"]
"""
SERVICE = ON.replace("reason", "service")
REASONS = {"Duplicate": 20, "Too late": 17, "Legal": 3}

# --- A small project worked by hand -----------------------------------------------------------
#
# At stage 1 forty complaints were refused: 20 as duplicates, 17 as too late, 3 as legal matters. At
# stage 2 six were, none of them for those reasons. Legal is small; with the total and Duplicate a
# reader could work it out from Too late, the smallest beside it. So both are withheld.


def refusals(folder: Path, more: str = ON) -> Path:
    """Write the project: refusals by reason, and nothing else but ten answered complaints."""
    rows = [projects.complaint(n) for n in range(1, 11)]
    reasons = [reason for reason, times in REASONS.items() for _ in range(times)]
    for n, reason in enumerate(reasons, start=11):
        rows.append(projects.complaint(n, closure="refused", refusal_reason=reason))
    other = {"stage": "stage2", "closure": "refused", "refusal_reason": "No grounds"}
    rows += [projects.complaint(n, **other) for n in range(60, 66)]
    return project(folder, more, complaints=[{"closure": "", **row} for row in rows])


def figures_of(content: bytes | str) -> dict[tuple[str, tuple[str, ...]], dict[str, Any]]:
    """The figures of a file by id and labels."""
    found = json.loads(content)["figures"]
    return {(f["id"], tuple(f["group"].values())): f for f in found}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, bytes]:
    """The files of the project, rendered once."""
    return rendered(compute(refusals(tmp_path_factory.mktemp("built"))))


def test_small_numbers_and_the_smallest_beside_them_are_withheld(
    built: Mapping[str, bytes],
) -> None:
    """3 of 40 is small, 17 would give it away, 20 and the total stay, and a nought is a nought."""
    figures = figures_of(built["figures.json"])
    shown = {
        label: figures["stage1.refused", (label,)]["shown"] for label in (*REASONS, "No grounds")
    }
    assert shown == {"Duplicate": "20", "Too late": "[c]", "Legal": "[c]", "No grounds": "0"}
    assert figures["stage1.refused", ()]["shown"] == "40"
    assert figures["stage2.refused", ("No grounds",)]["shown"] == "6"
    hidden = figures["stage1.refused", ("Legal",)]
    told = [hidden[key] for key in ("value", "numerator", "denominator", "set_aside", "change")]
    assert told == [None] * 5
    assert hidden.keys() == figures["stage1.refused", ()].keys()


def test_the_report_withholds_them_everywhere(built: Mapping[str, bytes]) -> None:
    """Table, sentence and alternative text say [c], and the rule stands in the data note."""
    word = Word.of(built["report.docx"])
    tables = [rows_of(table) for table in word.tables()]
    rows = next(rows for rows in tables if rows[0][0] == "Reason")
    assert ["Legal", "[c]", "0 (0%)"] in rows
    assert ["Too late", "[c]", "0 (0%)"] in rows
    assert ["Duplicate", "20 (50%)", "0 (0%)"] in rows
    lines = "\n".join(word.lines())
    assert "Duplicate 20 (50%); Legal [c]; Too late [c]." in lines
    assert "The only reason of those published was “Duplicate” (20, 50%)." in lines
    assert "a number from 1 to 4 is not published" in lines
    assert "17" not in lines


def test_the_annex_withholds_them_and_says_what_the_sign_means(
    built: Mapping[str, bytes],
) -> None:
    """The workbook has [c] for the count and its share, and a note on its cover."""
    book = openpyxl.load_workbook(io.BytesIO(built["annex.xlsx"]))
    cells = [[c.value for c in row] for sheet in book for row in sheet.iter_rows()]
    assert ["Legal", "[c]", "[c]", 0, 0] in cells
    assert ["Duplicate", 20, 0.5, 0, 0] in cells
    assert any("[c] means" in str(row[0]) for row in cells)
    assert 17 not in {value for row in cells for value in row}


def test_the_log_tells_why(built: Mapping[str, bytes]) -> None:
    """The internal list has the exact numbers, and what each was withheld for."""
    text = built["internal/suppressed.csv"].decode("utf-8-sig")
    lines = [line for line in csv.reader(io.StringIO(text)) if line[0] == "stage1.refused"]
    assert ["stage1.refused", "reason=Legal", "value", "3", "3 of 40", "primary", "small"] in lines
    why = "with it stage1.refused (reason=Legal) could be worked out"
    late = ["stage1.refused", "reason=Too late", "value", "17", "17 of 40", "complementary", why]
    assert late in lines


def test_a_text_that_asks_for_one_gets_the_sign_and_a_warning(tmp_path: Path) -> None:
    """A placeholder in a text prints [c], and check says so; build and check count the numbers."""
    folder = refusals(tmp_path)
    (folder / "text").mkdir()
    text = 'Legal: {{ stage1.refused.by(reason="Legal") }}.'
    (folder / "text" / "foreword.md").write_text(text, encoding="utf-8")
    check = hcreport("check", folder)
    assert "T102" in check.out
    # By reason, and by service and reason.
    said = "Disclosure control by reason: 2 numbers from 1 to 4 withheld, and 2 that would"
    assert said in check.out
    build = hcreport("build", folder)
    assert said in build.out
    report = (folder / "output" / "report.docx").read_bytes()
    assert any("Legal: [c]." in line for line in Word.of(report).lines())


def test_it_is_off_unless_settings_ask_for_it(tmp_path: Path) -> None:
    """Without the part of the settings every number is printed and there is no log."""
    run = compute(refusals(tmp_path, ""))
    assert run.published is run.ledger
    files = rendered(run)
    assert "internal/suppressed.csv" not in files
    assert figures_of(files["figures.json"])["stage1.refused", ("Legal",)]["shown"] == "3"


def test_the_exact_ledger_is_kept(tmp_path: Path) -> None:
    """What internal files are made of has every number."""
    run = compute(refusals(tmp_path))
    assert run.ledger.at("stage1.refused", reason="Legal").value == 3
    assert run.published.at("stage1.refused", reason="Legal").value is None


def test_last_years_small_numbers_are_withheld_too(tmp_path: Path) -> None:
    """What last year's project gives to compare with is judged by this year's rule."""
    refusals(tmp_path / "before", "")
    text = (tmp_path / "before" / "report.toml").read_text(encoding="utf-8")
    earlier = text.replace("2023/24", "2022/23").replace("2024-05-31", "2023-05-31")
    (tmp_path / "before" / "report.toml").write_text(earlier, encoding="utf-8")
    table = tmp_path / "before" / "exports" / "complaints.csv"
    table.write_text(table.read_text(encoding="utf-8").replace("2023-0", "2022-0"), "utf-8")
    more = '[previous]\nproject = "../before"\n' + ON
    run = compute(refusals(tmp_path / "now", more))
    exact = run.ledger.at("stage1.refused", reason="Legal")
    kept = run.published.at("stage1.refused", reason="Legal")
    assert exact.previous == 3
    assert (kept.previous, kept.previous_shown, kept.change_shown) == (None, "[c]", "[c]")
    assert run.published.at("stage1.refused", reason="Duplicate").previous == 20
    assert run.published.at("stage1.refused").previous == 40


def test_a_bar_cut_into_parts_does_not_show_the_length_of_one(tmp_path: Path) -> None:
    """Where a part is withheld the whole bar is: what is left of it would tell."""
    rows = [projects.complaint(n) for n in range(1, 41)]
    rows += [projects.complaint(n, outcome="not_upheld") for n in range(41, 44)]
    rows += [projects.complaint(n, service="Lettings") for n in range(50, 70)]
    rows += [projects.complaint(n, service="Lettings", outcome="not_upheld") for n in range(70, 90)]
    chart = outcomes.by_stage_chart(writer(compute(project(tmp_path, SERVICE, complaints=rows))))
    assert chart is not None
    assert chart.kind is Kind.STACKS
    stacks = {s.label: s.parts for s in chart.panels[0].stacks}
    assert {(part.value, part.shown) for part in stacks["Repairs"]} == {(None, "[c]")}
    assert stacks["All services"][0].value == 60


def test_no_published_file_reads_the_exact_ledger(tmp_path: Path) -> None:
    """With other numbers behind what is withheld, every published file has the same bytes."""
    run = compute(refusals(tmp_path))
    other = Result(Fraction(4), 4, 4, 4)
    pairs = zip(run.ledger.entries, run.published.entries, strict=True)
    entries = tuple(replace(e, result=other) if kept.withheld else e for e, kept in pairs)
    exact = Ledger(entries, run.ledger.definitions)
    changed = replace(run, worked=replace(run.worked, ledger=exact))
    files, others = rendered(run), rendered(changed)
    public = [name for name in files if not name.startswith("internal/")]
    assert "report.docx" in public
    assert [name for name in public if files[name] != others[name]] == []


# --- Settings ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("part", "words"),
    [
        ('fields = ["wards"]', ("'wards'", "ward")),
        ('fields = ["month"]', ("'month'", "There are category")),
        ("threshold = 5", ("disclosure", "name the fields")),
        ('fields = ["ward"]\nthreshold = 1', ("disclosure.threshold", "Correct it")),
        ('field = ["ward"]', ("disclosure.field", "fields")),
    ],
)
def test_settings_that_make_no_sense_are_refused(
    tmp_path: Path, part: str, words: tuple[str, str]
) -> None:
    """A wrong field, threshold or key ends the run with two lines that say what to write."""
    ran = hcreport("check", refusals(tmp_path, f"[disclosure]\n{part}\n"))
    assert ran.status == 2
    assert len(ran.lines) == 2
    assert words[0] in ran.lines[0]
    assert words[1] in "\n".join(ran.lines)


# --- Laws -------------------------------------------------------------------------------------


def controlled(rows: list[Record], **rule: object) -> tuple[Ledger, Control, Settings]:
    """The exact ledger of some records, and what may be published of it."""
    s = settings(disclosure=rule, homes={"LCRA": 1000, "LCHO": 50})
    found = records(*rows)
    givens = Givens(s.report_period, s.ombudsman_period, s.homes.owned)
    evaluator = Evaluator(frames(found, terms(found, s, s.report_period)), found.mapped, givens)
    ledger = building.build(catalogue.figures(s), evaluator, givens, {})
    return ledger, disclosure.control(ledger, evaluator, s.disclosure), s


def made(seed: int, number: int) -> list[Record]:
    """Complaints and awards at random: lopsided groups, blanks, and every kind of outcome."""
    chance = random.Random(seed)  # noqa: S311  (repeatable is what is wanted)
    rows: list[Record] = []
    for n in range(number):
        month, day = chance.randint(4, 12), chance.randint(1, 28)
        received = f"2023-{month:02}-{day:02}"
        answered = chance.choice([received, received, f"2024-02-{day:02}", None])
        stage = chance.choice(["stage1"] * 4 + ["stage2"])
        rows.append(
            complaint(
                received,
                reference=f"R{n}",
                stage=stage,
                service=chance.choice(["Repairs"] * 5 + ["Lettings", "Estates", None]),
                category=chance.choice(["Damp"] * 4 + ["Noise", "Rent"]),
                ward=chance.choice(["North"] * 9 + ["South"] * 4 + ["East"] * 2 + ["West", None]),
                tenure=chance.choice(["LCRA"] * 9 + ["leasehold"] * 3 + ["LCHO", None]),
                acknowledged_on=chance.choice([received, received, None]),
                responded_on=answered,
                closed_on=answered,
                outcome=answered and chance.choice(["upheld", "upheld", "not_upheld", None]),
            )
        )
        if chance.random() < 0.4:
            rows.append(
                award(
                    chance.randint(1, 900) * 100,
                    reference=f"R{n}",
                    stage=stage,
                    reason=chance.choice(["Delay"] * 4 + ["Damage", "Distress"]),
                    awarded_on="2023-12-01",
                )
            )
    for _ in range(chance.randint(0, 14)):
        reason = chance.choice(["not_progressed"] * 8 + ["no_evidence", "not_the_code", None])
        complied = chance.choice(["yes"] * 6 + ["no", None])
        rows.append(failure_order("2023-09-01", reason=reason, complied=complied))
    return rows


RULES = st.builds(
    lambda threshold, fields: {"threshold": threshold, "fields": fields},
    st.sampled_from([3, 5, 10]),
    st.sampled_from(
        [
            ("ward",),
            ("tenure",),
            ("ward", "tenure"),
            ("service",),
            ("category", "tenure"),
            ("service", "category"),
            ("reason",),
            ("service", "reason"),
        ]
    ),
)


@effort(max_examples=12)
@given(st.integers(0, 10_000), st.integers(0, 150), RULES)
def test_nothing_withheld_can_be_worked_out(
    seed: int, number: int, rule: dict[str, object]
) -> None:
    """No number that is kept back follows from those printed, whatever is added or taken away."""
    ledger, control, s = controlled(made(seed, number), **rule)
    exact = figures_json.write(ledger, s, ())
    threshold = s.disclosure.threshold
    assert subtraction.given_away(figures_json.write(control.ledger, s, ()), exact, threshold) == []


def test_a_cell_under_a_printed_nought_guards_nothing() -> None:
    """Ten orders of a reason complied with and one not, none of any other: the 10 goes as a guard.

    No cell of another reason would do, since the reason's own nought says what it is; so by
    "complied" the 10 and the 1 go too.
    """
    rows: list[Record] = [
        failure_order("2023-09-01", reason="not_progressed", complied="no" if n else "yes")
        for n in [0] * 10 + [1]
    ]
    ledger, control, s = controlled(rows, fields=("reason",))
    files = [figures_json.write(found, s, ()) for found in (control.ledger, ledger)]
    assert subtraction.given_away(*files, s.disclosure.threshold) == []
    reason = "Complaint not progressed"
    figure = "ombudsman.failure_orders"
    told = {e.group: e.shown for e in control.ledger.entries if e.id == figure}
    assert told[("reason", reason), ("complied", "Yes")] == "[c]"


def test_the_law_knows_what_is_under_a_nought() -> None:
    """With cells of an empty reason withheld for guards, the law says what follows all the same."""
    rows: list[Record] = [
        failure_order("2023-09-01", reason="not_progressed", complied="no" if n else "yes")
        for n in [0] * 10 + [1]
    ]
    ledger, _, s = controlled(rows, fields=("reason",))
    reasons = ("Complaint not progressed", "Code not complied with")
    hidden = {(("reason", r), ("complied", c)) for r in reasons for c in ("Yes", "No")}
    entries = tuple(
        disclosure.withhold(e, frozenset({VALUE})) if e.group in hidden else e
        for e in ledger.entries
    )
    naive = figures_json.write(Ledger(entries, ledger.definitions), s, ())
    found = subtraction.given_away(naive, figures_json.write(ledger, s, ()), 5)
    assert all(f"'{reason}'" in " ".join(found) for reason in reasons)


def test_the_law_finds_what_primary_suppression_leaves_open() -> None:
    """With only the small numbers withheld a reader can work some out, and the law says so."""
    ledger, control, s = controlled(made(1, 120), fields=("ward", "tenure"))
    small = {id(line.entry) for line in control.log if line.guards is None}
    entries = tuple(
        disclosure.withhold(e, frozenset({VALUE})) if id(e) in small else e for e in ledger.entries
    )
    naive = figures_json.write(Ledger(entries, ledger.definitions), s, ())
    assert subtraction.given_away(naive, figures_json.write(ledger, s, ()), 5)


def test_the_sums_that_the_law_knows_hold() -> None:
    """What the law takes for granted is so: every sum comes out in the exact numbers."""
    ledger, _, s = controlled(made(2, 150), fields=("ward",))
    found = subtraction.figures(figures_json.write(ledger, s, ()))
    held = {number: value for f in found.values() for number, value in subtraction.parts(f)}
    tried = 0
    for made_of in (*subtraction.sums(found), *subtraction.tenures(found)):
        values = [(held.get(number), times) for number, times in made_of.items()]
        exact = [(Fraction(v), times) for v, times in values if isinstance(v, int | str)]
        if len(exact) == len(values):
            tried += 1
            assert sum(value * times for value, times in exact) == 0, made_of
    assert tried > 500


@effort(max_examples=10)
@given(st.integers(0, 10_000), RULES)
def test_what_is_withheld_follows_the_rule(seed: int, rule: dict[str, object]) -> None:
    """Small numbers go, headlines stay, and nothing is withheld for nothing."""
    ledger, control, s = controlled(made(seed, 100), **rule)
    fields = set(s.disclosure.fields)
    for exact, kept in zip(ledger.entries, control.ledger.entries, strict=True):
        protected = bool(fields & {key for key, _ in exact.group})
        small = 0 < (exact.result.numerator or 0) < s.disclosure.threshold
        assert kept.suppressed or not (protected and small), (exact.id, exact.group)
        if not protected:
            assert kept.value == exact.value, (exact.id, exact.group)
        if kept.suppressed:
            assert (kept.shown, kept.base, kept.share) == ("[c]", "[c]", None)
    logged = {(line.entry.id, line.entry.group) for line in control.log}
    withheld = {(e.id, e.group) for e in control.ledger.entries if e.withheld}
    assert logged == withheld


def test_the_order_of_rows_does_not_matter() -> None:
    """The same complaints in another order have the same numbers withheld."""
    rows = made(3, 100)
    _, one, s = controlled(rows, fields=("ward", "service"))
    _, other, _ = controlled(rows[::-1], fields=("ward", "service"))
    both = [figures_json.write(control.ledger, s, ()) for control in (one, other)]
    assert both[0] == both[1]


def test_the_same_bytes_whatever_the_seed_of_hashes(tmp_path: Path) -> None:
    """Two processes that hash words differently withhold the same numbers."""
    folder = refusals(tmp_path)
    contents = []
    for seed in ("1", "2"):
        python("-m", "hcreport", "build", folder, PYTHONHASHSEED=seed)
        names = ("figures.json", "internal/suppressed.csv")
        contents.append([(folder / "output" / name).read_bytes() for name in names])
    assert contents[0] == contents[1]


def test_a_field_of_one_value_tells_no_more_than_the_headline() -> None:
    """Where no complaint has a ward, the breakdown by ward is the headline and nothing goes."""
    rows: list[Record] = [complaint(reference=f"R{n}") for n in range(3)]
    ledger, control, _ = controlled(rows, fields=("ward",))
    assert control.log == ()
    assert control.ledger.entries == ledger.entries


def test_a_nought_goes_only_where_nothing_else_will_do() -> None:
    """All three complaints are from one ward: with its nought the other ward would tell of them."""
    outside = {"received_on": "2022-06-01", "responded_on": "2022-06-02"}
    rows: list[Record] = [complaint(reference=f"R{n}", ward="North") for n in range(3)]
    rows.append(complaint(reference="R9", ward="South", **outside))
    _, control, _ = controlled(rows, fields=("ward",))
    wards = {e.label: e.shown for e in control.ledger.by("stage1.received", "ward")}
    assert wards == {"North": "[c]", "South": "[c]"}
    assert control.ledger.at("stage1.received").shown == "3"


def test_unknown_fields_are_refused_with_near_names() -> None:
    """The hint is the nearest field there is."""
    s = settings(disclosure={"fields": ["tenur"]})
    with pytest.raises(CannotRun) as refused:
        disclosure.refuse_unknown(catalogue.figures(s), s.disclosure)
    assert "tenure" in refused.value.hint


# --- Elimination ------------------------------------------------------------------------------


def test_a_sum_of_two_is_found() -> None:
    """A whole is told by its parts, and parts by nothing."""
    a, b = np.array([True, False, False]), np.array([False, True, True])
    assert dependencies([a, b, a | b]) == [{2: 1, 0: -1, 1: -1}]
    assert dependencies([a, b]) == []
    assert dependencies([]) == []


def test_half_a_sum_is_found() -> None:
    """Where each two of three are added up, each is half of what the sums leave: 1 + 2 - 3."""
    rows = np.array([[1, 1, 0, 1, 0, 0], [0, 1, 1, 0, 1, 0], [1, 0, 1, 0, 0, 1]], dtype=np.int64)
    cleared, pivots = reduced(rows, 3)
    assert pivots == [0, 1, 2]
    assert (np.count_nonzero(cleared[:, :3], axis=1) == 1).all()


# --- Figures that cannot be held against all others ---------------------------------------------


def test_protected_groups_over_a_second_period_are_not_published(tmp_path: Path) -> None:
    """The whole stands for both periods; its parts by a protected field for the report's alone."""
    more = '[disclosure]\nfields = ["reason"]\n[to_date]\nstart = 2023-04-01\nend = 2023-09-30\n'
    run = compute(refusals(tmp_path, more))
    wholes = [e for e in run.published.entries if e.id.startswith("to_date.") and not e.group]
    assert any(e.value for e in wholes)
    reasons = [e for e in run.published.entries if "reason" in dict(e.group)]
    beside = [e for e in reasons if e.id.startswith("to_date.")]
    assert beside
    assert all(e.suppressed for e in beside)
    assert not all(e.suppressed for e in reasons)


def test_an_own_figure_of_a_protected_group_is_not_published(tmp_path: Path) -> None:
    """It would be the group's number by another name."""
    more = (
        '[disclosure]\nfields = ["reason"]\n'
        '[figures.old]\ncount = "stage1.refused"\nwhere = { reason = "Too late" }\n'
        '[figures.all]\ncount = "stage1.received"\n'
    )
    run = compute(refusals(tmp_path, more))
    assert run.published.at("own.old").suppressed
    assert run.ledger.at("own.old").value is not None
    assert run.published.at("own.all").value == run.ledger.at("stage1.received").value
