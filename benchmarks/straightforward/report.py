"""The same report written the straightforward way: pandas, pyplot and a docxtpl template.

One script for one council and one year, as an analyst who knows these libraries would write it.
It counts and draws; it checks nothing and keeps no workings.

    python benchmarks/straightforward/report.py sample_data/brent-2023-24 OUTPUT
"""

from __future__ import annotations

import sys
import textwrap
from pathlib import Path
from typing import TYPE_CHECKING, Any

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from docx.shared import Cm
from docxtpl import DocxTemplate, InlineImage

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

TEMPLATE = Path(__file__).with_name("template.docx")
START, END = pd.Timestamp("2023-04-01"), pd.Timestamp("2024-03-31")
OMBUDSMAN_START, OMBUDSMAN_END = pd.Timestamp("2022-04-01"), pd.Timestamp("2023-03-31")
DATA_AS_AT = np.datetime64("2024-05-31")
# England and Wales, from gov.uk
# fmt: off
BANK_HOLIDAYS = [
    "2022-01-03", "2022-04-15", "2022-04-18", "2022-05-02", "2022-06-02", "2022-06-03",
    "2022-08-29", "2022-09-19", "2022-12-26", "2022-12-27", "2023-01-02", "2023-04-07",
    "2023-04-10", "2023-05-01", "2023-05-08", "2023-05-29", "2023-08-28", "2023-12-25",
    "2023-12-26", "2024-01-01", "2024-03-29", "2024-04-01", "2024-05-06", "2024-05-27",
]
# fmt: on

LAST_YEAR = {"stage1": 780, "stage2": 118, "compensation": 76210}
HOMES = {"Social rent": 7810, "Shared ownership": 540}
SURVEY = [
    ["TP01", "Overall satisfaction with the landlord", "51.4%", "364 of 708"],
    ["TP02", "Satisfaction with repairs", "55.1%", "not published"],
    [
        "TP09",
        "Satisfaction with the landlord's approach to handling complaints",
        "17.4%",
        "not published",
    ],
]
FINDINGS = ["Maladministration", "Service failure", "Reasonable redress", "No maladministration"]
OUTCOMES = ["Upheld", "Partly upheld", "Not upheld"]
# The one with the most complaints first
SERVICES = ["Housing Management Property", "Housing and Neighbourhoods"]
SERVICES_AND_ALL = [*SERVICES, "All services"]
STAGES = {"stage1": "Stage 1", "stage2": "Stage 2"}

COLUMNS = {
    "CaseDetails.CaseId": "reference",
    "CaseDetails.Team": "service",
    "CaseDetailsHousing.Tenure": "tenure",
}
STAGE1_COLUMNS = {
    "CaseStatusReceipt.DateReceived": "received",
    "CaseStatusRejection.ReturnedReason": "refusal",
    "CaseStageStage1.DateAcknowledged": "acknowledged",
    "CaseStageStage1.DateDue": "due",
    "CaseStageStage1.ExtendedTo": "extended",
    "CaseStageStage1.DateCompleted": "answered",
    "CaseStageStage1.DateClosed": "closed",
    "CaseStageStage1.Outcome": "outcome",
    "CaseStageStage1.ResponseInTarget": "in_target",
    "CaseStageStage1.RootCause": "cause",
    "CaseStageStage1.RootCauseDetail": "detail",
}
STAGE2_COLUMNS = {
    "CaseStageStage2.DateReceived": "received",
    "CaseStageStage2.RejectedReason": "refusal",
    "CaseStageStage2.DateAcknowledged": "acknowledged",
    "CaseStageStage2.DateDue": "due",
    "CaseStageStage2.ExtendedTo": "extended",
    "CaseStageStage2.DateCompleted": "answered",
    "CaseStageStage2.DateClosed": "closed",
    "CaseStageStage2.Outcome": "outcome",
    "CaseStageStage2.ResponseInTarget": "in_target",
    "CaseStageStage2.EscalationReason": "reason",
}
DATES = ["received", "acknowledged", "due", "extended", "answered", "closed"]
# Working days to answer in, and the most that an extension adds
DAYS = {"stage1": (10, 10), "stage2": (20, 10)}

BLUE, TEAL, PALE = "#12436D", "#A6DAD6", "#EEF2F6"
FILLS = {
    "Upheld": (BLUE, "", "white"),
    "Partly upheld": (TEAL, "////", "black"),
    "Not upheld": (PALE, "", "black"),
}
WIDTH, DPI = 6.3, 200
plt.rcParams.update({"font.size": 8, "axes.titlesize": 8.5, "axes.titleweight": "bold"})


# Words


def percent(part: Any, whole: Any, decimals: int = 0) -> str:
    """A percentage, halves rounded up."""
    scale = 10**decimals
    return f"{np.floor(100 * scale * part / whole + 0.5) / scale:.{decimals}f}%"


def with_share(part: Any, whole: Any) -> str:
    """A count with its percentage."""
    return f"{part} ({percent(part, whole)})"


def pounds(amount: float) -> str:
    """Whole pounds."""
    return f"£{amount:,.0f}"


def change(now: float, before: float) -> str:
    """The change on last year in words."""
    return (
        f"{'an increase' if now > before else 'a decrease'} of {percent(abs(now - before), before)}"
    )


def signed_change(now: float, before: float) -> str:
    """The change on last year with its sign."""
    return f"{'+' if now > before else '-'}{percent(abs(now - before), before)}"


def listed(words: list[str]) -> str:
    """Join as "a, b and c"."""
    return " and ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else "".join(words)


def lower(label: Any) -> str:
    """A label as it stands within a sentence."""
    return f"{label[0].lower()}{label[1:]}"


# Data


def add_working_days(dates: pd.Series, days: int) -> pd.Series:
    """The date so many working days after each date; no date stays none."""
    known = dates.dropna()
    ends = np.busday_offset(
        known.to_numpy().astype("datetime64[D]"), days, roll="backward", holidays=BANK_HOLIDAYS
    )
    return pd.Series(ends.astype("datetime64[s]"), index=known.index).reindex(dates.index)


def working_days(start: pd.Series, end: pd.Series) -> np.ndarray:
    """How many working days after the start the end is."""
    day = np.timedelta64(1, "D")
    return np.busday_count(
        start.to_numpy().astype("datetime64[D]") + day,
        end.to_numpy().astype("datetime64[D]") + day,
        holidays=BANK_HOLIDAYS,
    )


def read_stage(cases: pd.DataFrame, stage: str, columns: dict[str, str]) -> pd.DataFrame:
    """One row per complaint at a stage, with its timeliness."""
    columns = COLUMNS | columns
    frame = cases[list(columns)].rename(columns=columns)
    for column in DATES:
        frame[column] = pd.to_datetime(frame[column])
    frame = frame[frame["received"].notna()].copy()
    limit, extension = DAYS[stage]

    # The case system's own target, then an extension as far as the Code allows one
    latest = add_working_days(frame["due"], extension)
    last = frame["extended"].mask(frame["extended"] > latest, latest)
    met = frame["in_target"].eq("Yes") | (
        frame["in_target"].isna() & (frame["answered"] <= frame["due"])
    )
    frame["timeliness"] = np.select(
        [met, frame["answered"] <= last, frame["answered"].notna()],
        ["On time", "With valid extension", "Late"],
        default="",
    )
    # The Code's target, for the tenant satisfaction measures
    acknowledge_by = add_working_days(frame["received"], 5)
    frame["acknowledged_in_time"] = frame["acknowledged"] <= acknowledge_by
    begun = frame["acknowledged"].where(frame["acknowledged_in_time"], acknowledge_by)
    due = add_working_days(begun, limit)
    latest = add_working_days(due, extension)
    last = frame["extended"].mask(frame["extended"] > latest, latest)
    last = last.where(last > due, due)
    unclear = frame["acknowledged"].isna() & frame["answered"].between(
        add_working_days(frame["received"], limit), due, inclusive="right"
    )
    frame["within_code"] = np.select(
        [unclear, frame["answered"] <= last, frame["answered"].notna() | (last < DATA_AS_AT)],
        ["", "Yes", "No"],
        default="",
    )
    return frame


def cohorts(frame: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """The complaints that each part of the report counts."""
    refused = frame["outcome"] == "Rejected"
    in_year = frame["received"].between(START, END)
    taken = frame[~refused]
    return {
        "received": taken[in_year[~refused]],
        "refused": frame[refused & in_year],
        "closed": taken[taken["closed"].between(START, END)],
        "answered": taken[taken["answered"].between(START, END)],
        "due": taken[taken["due"].between(START, END)],
        "opening": taken[(taken["received"] < START) & ~(taken["closed"] < START)],
        "closing": taken[(taken["received"] <= END) & ~(taken["closed"] <= END)],
    }


def read(project: Path) -> dict[str, Any]:
    """Everything the report counts."""
    cases = pd.read_excel(project / "exports/complaints-2023-24.xlsx", engine="calamine")
    stage1 = read_stage(cases, "stage1", STAGE1_COLUMNS)
    stage2 = read_stage(cases, "stage2", STAGE2_COLUMNS)

    awards = pd.read_csv(project / "exports/compensation-2023-24.csv", parse_dates=["Award date"])
    findings = pd.read_excel(project / "ombudsman-findings.xlsx", engine="calamine")
    log = pd.read_excel(project / "learning-log.xlsx", engine="calamine")
    rows = {
        "cases": len(cases),
        "awards": len(awards),
        "findings": len(findings),
        "log": len(log),
    }

    awards["Amount"] = awards["Amount"].str.replace("[£,]", "", regex=True).astype(float)
    kept = ~awards["Status"].isin(["Declined", "Withdrawn"])
    awards = awards[kept & awards["Award date"].between(START, END)]

    decided = findings["Decision date"].between(OMBUDSMAN_START, OMBUDSMAN_END)
    return {
        "stage1": cohorts(stage1),
        "stage2": cohorts(stage2),
        "escalated": stage2.loc[stage2["outcome"] != "Rejected", "reference"],
        "awards": awards,
        # A complaint at a stage can have several awards and is one case
        "cases": awards.sort_values(
            ["Award date", "Amount"], ascending=[True, False]
        ).drop_duplicates(["Case reference", "Stage"]),
        "findings": findings[decided],
        "log": log,
        "rows": rows,
    }


# Charts


def save(figure: Figure, charts: Path, name: str) -> None:
    """Write a chart and let go of it."""
    figure.tight_layout()
    figure.savefig(charts / f"{name}.png", dpi=DPI)
    plt.close(figure)


def plain(ax: Axes) -> None:
    """Only the bars, their names and their labels."""
    ax.spines[["top", "right", "bottom"]].set_visible(False)
    ax.xaxis.set_visible(False)
    ax.tick_params(left=False)


def draw_bars(
    charts: Path,
    name: str,
    height: float,
    panels: list[Any],
    *,
    sharex: bool = True,
) -> None:
    """Horizontal bars, one panel beside another: (title, numbers, labels)."""
    figure, axes = plt.subplots(
        1, len(panels), figsize=(WIDTH, height), sharey=True, sharex=sharex, squeeze=False
    )
    for ax, (title, numbers, labels) in zip(axes[0], panels, strict=True):
        names = [textwrap.fill(label, 32) for label in numbers.index]
        drawn = ax.barh(names, numbers, color=BLUE)
        ax.bar_label(drawn, labels, padding=3)
        ax.set_title(textwrap.fill(title, 24), loc="left")
        ax.margins(x=0.35)
        plain(ax)
    axes[0][0].invert_yaxis()
    save(figure, charts, name)


def draw_received_by_stage(charts: Path, received: dict[str, int]) -> None:
    """This year over last year."""
    figure, axes = plt.subplots(1, 2, figsize=(WIDTH, 0.91), sharey=True, sharex=True)
    for ax, (stage, label) in zip(axes, STAGES.items(), strict=True):
        drawn = ax.barh(["2023/24", "2022/23"], [received[stage], LAST_YEAR[stage]], color=BLUE)
        drawn[1].set(facecolor=PALE, edgecolor=BLUE, hatch="////")
        ax.bar_label(drawn, padding=3)
        ax.set_title(label, loc="left")
        ax.margins(x=0.2)
        plain(ax)
    axes[0].invert_yaxis()
    save(figure, charts, "received_by_stage")


def draw_received_by_month(charts: Path, months: pd.DataFrame) -> None:
    """A column for each month."""
    figure, axes = plt.subplots(2, 1, figsize=(WIDTH, 3.205), sharex=True, height_ratios=[3, 1])
    names = [
        month.strftime("%b\n%Y" if number in {0, 9} else "%b")
        for number, month in enumerate(months.index)
    ]
    for ax, (stage, label) in zip(axes, STAGES.items(), strict=True):
        drawn = ax.bar(names, months[stage], color=BLUE)
        ax.bar_label(drawn, padding=2)
        ax.set_title(label, loc="left")
        ax.margins(x=0.01, y=0.2)
        ax.spines[["top", "right", "left"]].set_visible(False)
        ax.yaxis.set_visible(False)
        ax.tick_params(bottom=False)
    save(figure, charts, "received_by_month")


def draw_outcomes(charts: Path, outcomes: dict[str, pd.DataFrame]) -> None:
    """Stacked bars of 100%."""
    figure, axes = plt.subplots(2, 1, figsize=(WIDTH, 3.665), sharex=True)
    for ax, (stage, label) in zip(axes, STAGES.items(), strict=True):
        counts = outcomes[stage]
        shares = counts.div(counts.sum(axis="columns"), axis="index") * 100
        names = [textwrap.fill(service, 22) for service in counts.index]
        left = np.zeros(len(counts))
        for outcome, (colour, hatch, ink) in FILLS.items():
            drawn = ax.barh(
                names,
                shares[outcome],
                left=left,
                color=colour,
                hatch=hatch,
                edgecolor=BLUE,
                linewidth=0.5,
                label=outcome,
            )
            texts = [
                with_share(part, whole)
                for part, whole in zip(counts[outcome], counts.sum(axis="columns"), strict=True)
            ]
            written = ax.bar_label(drawn, texts, label_type="center", color=ink, fontsize=7)
            if hatch:
                plt.setp(written, bbox={"facecolor": "white", "edgecolor": "none", "pad": 1})
            left += shares[outcome].to_numpy()
        ax.set_title(label, loc="left")
        ax.invert_yaxis()
        plain(ax)
    axes[0].legend(ncols=3, loc="lower right", bbox_to_anchor=(1, 1), frameon=False)
    save(figure, charts, "outcomes_by_stage")


def draw_timeliness(charts: Path, timeliness: dict[str, pd.DataFrame]) -> None:
    """The share on time over a full-length track."""
    figure, axes = plt.subplots(1, 2, figsize=(WIDTH, 1.215), sharey=True, sharex=True)
    for ax, (stage, label) in zip(axes, STAGES.items(), strict=True):
        on_time, due = timeliness[stage]["On time"], timeliness[stage].sum(axis="columns")
        track = ax.barh(due.index, 100, color=PALE, edgecolor="#7C8B98", linewidth=0.5)
        ax.barh(due.index, on_time / due * 100, color=BLUE)
        texts = [
            f"{percent(part, whole)} ({part} of {whole})"
            for part, whole in zip(on_time, due, strict=True)
        ]
        ax.bar_label(track, texts, padding=3)
        ax.set_title(label, loc="left")
        ax.margins(x=0.9)
        plain(ax)
    axes[0].invert_yaxis()
    save(figure, charts, "timeliness_by_service")


# Parts of the report


def by_service(frame: pd.DataFrame, column: str) -> pd.DataFrame:
    """Counts of a column: a column for each service, then all, the most frequent first."""
    counts = pd.crosstab(frame[column], frame["service"])[SERVICES]
    counts["All services"] = counts.sum(axis="columns")
    return counts[SERVICES_AND_ALL].sort_values("All services", ascending=False)


def crossed_rows(counts: pd.DataFrame) -> list[list[Any]]:
    """Rows of counts with their shares of each column, and a total."""
    totals = counts.sum()
    rows = [
        [label, *(with_share(line[name], totals[name]) for name in SERVICES_AND_ALL)]
        for label, line in counts.iterrows()
    ]
    return [*rows, ["Total", *totals]]


def crossed_panels(counts: pd.DataFrame) -> list[Any]:
    """A panel for each service."""
    return [
        (service, numbers, [with_share(number, numbers.sum()) for number in numbers])
        for service, numbers in counts.drop(columns="All services").items()
    ]


def received(data: dict[str, Any], charts: Path) -> dict[str, Any]:
    """Complaints received by stage, service and month."""
    frames = {stage: data[stage]["received"] for stage in STAGES}
    totals = {stage: len(frame) for stage, frame in frames.items()}
    services = pd.DataFrame(
        {stage: frame["service"].value_counts() for stage, frame in frames.items()}
    )
    services = services.sort_values("stage1", ascending=False)
    months: Any = pd.DataFrame(
        {s: f["received"].dt.to_period("M").value_counts() for s, f in frames.items()}
    ).sort_index()
    draw_received_by_stage(charts, totals)
    draw_bars(
        charts,
        "received_by_service",
        0.91,
        [
            (label, services[s], [with_share(n, totals[s]) for n in services[s]])
            for s, label in STAGES.items()
        ],
    )
    draw_received_by_month(charts, months)
    rates = {name: percent(line["stage2"], line["stage1"]) for name, line in services.iterrows()}
    busiest = months["stage1"].idxmax()
    return {
        "received": totals,
        "received_change": {s: change(n, LAST_YEAR[s]) for s, n in totals.items()},
        "last_year": LAST_YEAR,
        "most_services": listed(
            [
                f"{n} for {name} ({percent(n, totals['stage1'])})"
                for name, n in services["stage1"].items()
            ]
        ),
        "busiest_month": busiest.strftime("%B %Y"),
        "busiest_number": months["stage1"].max(),
        "escalation_rate": percent(totals["stage2"], totals["stage1"]),
        "escalation_by_service": listed(
            [
                f"{rates[name]} for {name} ({line['stage2']} of {line['stage1']})"
                for name, line in services.iterrows()
            ]
        ),
        "received_by_stage": [
            [label, totals[s], LAST_YEAR[s], signed_change(totals[s], LAST_YEAR[s])]
            for s, label in STAGES.items()
        ],
        "received_by_service": [
            *(
                [name, *(with_share(line[s], totals[s]) for s in STAGES), rates[name]]
                for name, line in services.iterrows()
            ),
            ["Total", *totals.values(), percent(totals["stage2"], totals["stage1"])],
        ],
        "received_by_month": [
            *([month.strftime("%B %Y"), *line] for month, line in months.iterrows()),
            ["Total", *totals.values()],
        ],
    }


def causes(data: dict[str, Any], charts: Path) -> dict[str, Any]:
    """Root causes and what lay behind them."""
    closed = data["stage1"]["closed"]
    counts = by_service(closed, "cause")
    draw_bars(charts, "root_causes_by_service", 1.215, crossed_panels(counts))
    sentences, details = [], []
    for service in counts:
        within = closed if service == "All services" else closed[closed["service"] == service]
        ordered = counts[service].sort_values(ascending=False)
        top, whole = ordered.index[0], len(within)
        behind = within.loc[within["cause"] == top, "detail"].value_counts()
        sentences.append(
            {
                "opening": "Across all services" if within is closed else f"For {service}",
                "cause": lower(top),
                "number": ordered[top],
                "whole": whole,
                "share": percent(ordered[top], whole),
                "detail": lower(behind.index[0]),
                "detail_number": behind.iloc[0],
                "rest": listed(
                    [f"{lower(c)} ({n}, {percent(n, whole)})" for c, n in ordered[1:].items()]
                ),
            }
        )
    for cause, number in counts["All services"].items():
        behind = closed.loc[closed["cause"] == cause, "detail"].value_counts()
        details += [[cause, detail, n, percent(n, number)] for detail, n in behind.items()]
    return {
        "causes": sentences,
        "root_causes_by_service": crossed_rows(counts),
        "root_cause_details": details,
    }


def escalation(data: dict[str, Any], charts: Path) -> dict[str, Any]:
    """Why complaints went on to stage 2."""
    opening, arrived = data["stage2"]["opening"], data["stage2"]["received"]
    counts = by_service(pd.concat([opening, arrived]), "reason")
    draw_bars(charts, "escalation_reasons_by_service", 1.845, crossed_panels(counts))
    answered = data["stage1"]["answered"]
    went_on = answered["reference"].isin(data["escalated"]).sum()
    sentences = []
    for service in counts:
        ordered = counts[service].sort_values(ascending=False)
        whole = ordered.sum()
        sentences.append(
            {
                "opening": f"For {service}" if service != "All services" else "Across all services",
                "reason": ordered.index[0],
                "number": ordered.iloc[0],
                "whole": whole,
                "share": percent(ordered.iloc[0], whole),
                "rest": listed(
                    [f"“{r}” ({n}, {percent(n, whole)})" for r, n in ordered[1:].items()]
                ),
            }
        )
    return {
        "live": len(opening) + len(arrived),
        "live_opening": len(opening),
        "went_on": went_on,
        "went_on_base": len(answered),
        "went_on_rate": percent(went_on, len(answered)),
        "reasons": sentences,
        "escalation_reasons_by_service": crossed_rows(counts),
    }


def outcomes(data: dict[str, Any], charts: Path) -> dict[str, Any]:
    """What was decided."""
    tables, rows, sentences, upheld = {}, [], {}, {}
    for stage, label in STAGES.items():
        closed = data[stage]["closed"]
        counts = pd.crosstab(closed["service"], closed["outcome"]).loc[SERVICES, OUTCOMES]
        counts.loc["All services"] = counts.sum()
        tables[stage] = counts
        found = []
        for service, line in counts.iterrows():
            whole, both = line.sum(), line["Upheld"] + line["Partly upheld"]
            shares = [with_share(n, whole) for n in line]
            name = lower(service) if service == "All services" else service
            rows.append([f"{label}: {name}", *shares, whole, percent(both, whole)])
            found.append(
                {
                    "stage": label.lower(),
                    "service": service,
                    "upheld": line["Upheld"],
                    "upheld_share": percent(line["Upheld"], whole),
                    "partly": line["Partly upheld"],
                    "partly_share": percent(line["Partly upheld"], whole),
                    "both": both,
                    "whole": whole,
                    "rate": percent(both, whole),
                }
            )
        *sentences[stage], upheld[stage] = found
    draw_outcomes(charts, tables)
    return {"outcomes": sentences, "upheld": upheld, "outcomes_by_service": rows}


def refusals(data: dict[str, Any], charts: Path) -> dict[str, Any]:
    """Complaints that were not accepted."""
    counts = pd.DataFrame({s: data[s]["refused"]["refusal"].value_counts() for s in STAGES})
    counts = counts.fillna(0).astype(int).sort_values("stage1", ascending=False, kind="stable")
    totals = counts.sum()
    labels = [with_share(n, totals["stage1"]) for n in counts["stage1"]]
    draw_bars(charts, "refusal_reasons", 1.525, [("Stage 1", counts["stage1"], labels)])
    return {
        "refused": totals.to_dict(),
        "refusal_reasons": listed(
            [
                f"“{reason}” ({n}, {percent(n, totals['stage1'])})"
                for reason, n in counts["stage1"].items()
            ]
        ),
        "refusal_reason_stage2": counts["stage2"].idxmax(),
        "refusals_by_reason": [
            *(
                [reason, *(with_share(line[s], totals[s]) for s in STAGES)]
                for reason, line in counts.iterrows()
            ),
            ["Total", *totals],
        ],
    }


def timeliness(data: dict[str, Any], charts: Path) -> dict[str, Any]:
    """How quickly complaints were answered and acknowledged."""
    kinds = ["On time", "With valid extension", "Late"]
    tables, rows, sentences, days, acknowledged = {}, [], [], {}, {}
    for stage, label in STAGES.items():
        due = data[stage]["due"]
        counts = pd.crosstab(due["service"], due["timeliness"])
        counts = counts.reindex(index=SERVICES, columns=kinds, fill_value=0)
        services = [
            f"{percent(line['On time'], line.sum())} for {service} "
            f"({line['On time']} of {line.sum()})"
            for service, line in counts.iterrows()
        ]
        counts.loc["All services"] = counts.sum()
        tables[stage] = counts
        for service, line in counts.iterrows():
            name = lower(service) if service == "All services" else service
            rows.append([f"{label}: {name}", *line, percent(line["On time"], line.sum())])
        whole = counts.loc["All services"]
        sentences.append(
            {
                "stage": label.lower(),
                "on_time": whole["On time"],
                "due": whole.sum(),
                "rate": percent(whole["On time"], whole.sum()),
                "extended": whole["With valid extension"],
                "late": whole["Late"],
                "services": listed(services),
            }
        )
        answered, arrived = data[stage]["answered"], data[stage]["received"]
        days[stage] = f"{np.median(working_days(answered['received'], answered['answered'])):.0f}"
        in_time = arrived["acknowledged_in_time"].sum()
        acknowledged[stage] = f"{percent(in_time, len(arrived))} at {label.lower()} "
        acknowledged[stage] += f"({in_time} of {len(arrived)})"
    draw_timeliness(charts, tables)
    return {
        "timeliness": sentences,
        "median_days": days,
        "acknowledged": acknowledged,
        "timeliness_by_service": rows,
    }


def compensation(data: dict[str, Any], charts: Path) -> dict[str, Any]:
    """What was awarded, at which stage and for what."""
    awards, cases = data["awards"], data["cases"]
    total = awards["Amount"].sum()
    by_stage = pd.DataFrame(
        {
            "cases": cases["Stage"].value_counts(),
            "amount": awards.groupby("Stage")["Amount"].sum(),
        }
    )
    by_reason = pd.DataFrame(
        {
            "cases": cases["Reason"].value_counts(),
            "amount": awards.groupby("Reason")["Amount"].sum(),
        }
    ).sort_values("cases", ascending=False)
    shares = [with_share(n, len(cases)) for n in by_reason["cases"]]
    amounts = [pounds(amount) for amount in by_reason["amount"]]
    panels = [
        ("Cases", by_reason["cases"], shares),
        ("Amount awarded", by_reason["amount"], amounts),
    ]
    draw_bars(charts, "compensation_by_reason", 1.83, panels, sharex=False)
    first, *others = by_reason["cases"].items()
    return {
        "awarded": pounds(total),
        "awarded_before": pounds(LAST_YEAR["compensation"]),
        "awarded_change": change(total, LAST_YEAR["compensation"]),
        "award_cases": len(cases),
        "award_stages": listed(
            [
                f"{pounds(line['amount'])} over {line['cases']:.0f} cases at {lower(stage)}"
                for stage, line in by_stage.iterrows()
            ]
        ),
        "award_reason": lower(first[0]),
        "award_reason_number": first[1],
        "award_reason_share": percent(first[1], len(cases)),
        "award_others": listed(
            [f"{lower(r)} ({n} cases, {percent(n, len(cases))})" for r, n in others]
        ),
        "compensation_by_stage": [
            *(
                [s, f"{line['cases']:.0f}", pounds(line["amount"])]
                for s, line in by_stage.iterrows()
            ),
            ["Total", len(cases), pounds(total)],
        ],
        "compensation_by_reason": [
            *(list(row) for row in zip(by_reason.index, shares, amounts, strict=True)),
            ["Total", len(cases), pounds(total)],
        ],
    }


def tenant_measures(data: dict[str, Any]) -> dict[str, Any]:
    """CH01 and CH02."""
    rows, sentences = [], []
    for stage, label in STAGES.items():
        complaints = data[stage]["received"]
        unknown = complaints["tenure"].isna().sum()
        complaints = complaints[complaints["tenure"].isin(list(HOMES))]
        judged = complaints[complaints["within_code"] != ""]
        received_by = complaints["tenure"].value_counts()
        judged_by = judged["tenure"].value_counts()
        within_by = judged.loc[judged["within_code"] == "Yes", "tenure"].value_counts()
        per_home = [f"{1000 * received_by[t] / homes:.1f}" for t, homes in HOMES.items()]
        per_home.append(f"{1000 * len(complaints) / sum(HOMES.values()):.1f}")
        within = [percent(within_by[tenure], judged_by[tenure], 1) for tenure in HOMES]
        within.append(percent(within_by.sum(), len(judged), 1))
        rows.append([f"CH01: {label.lower()}, complaints per 1,000 homes", *per_home])
        rows.append([f"CH02: {label.lower()}, within the Code", *within])
        sentences.append(
            {
                "stage": label.lower(),
                "per_home": per_home[-1],
                "unknown": unknown,
                "rate": within[-1],
                "within": within_by.sum(),
                "judged": len(judged),
            }
        )
    return {"measures": sentences, "tsm": sorted(rows)}


def ombudsman(data: dict[str, Any]) -> dict[str, Any]:
    """What the Housing Ombudsman decided."""
    findings = data["findings"]
    counts = pd.crosstab(findings["Category"], findings["Finding"])[FINDINGS]
    counts["Total"] = counts.sum(axis="columns")
    counts.loc["Total"] = counts.sum()
    bad = findings["Finding"].isin(["Maladministration", "Service failure"]).sum()
    kinds = (
        findings["Finding"].value_counts().sort_index().sort_values(ascending=False, kind="stable")
    )
    subjects = findings["Sub-category"].value_counts().sort_index()
    subjects = subjects.sort_values(ascending=False, kind="stable")
    complied, orders = findings["Orders complied"].sum(), findings["Orders"].sum()
    return {
        "determinations": findings["Case"].nunique(),
        "findings": len(findings),
        "maladministration": bad,
        "maladministration_rate": percent(bad, len(findings)),
        "finding_kinds": listed([f"{lower(kind)} ({n})" for kind, n in kinds.items()]),
        "finding_subjects": listed([f"{lower(subject)} ({n})" for subject, n in subjects.items()]),
        "orders": int(orders),
        "orders_complied": int(complied),
        "orders_complied_rate": percent(complied, orders),
        "compensation_ordered": pounds(findings["Compensation ordered"].sum()),
        "compensation_offered": pounds(findings["Compensation offered before"].sum()),
        "findings_by_category": [[category, *line] for category, line in counts.iterrows()],
    }


def learning(data: dict[str, Any]) -> dict[str, Any]:
    """What complaints taught."""
    log = data["log"]
    statuses, themes = log["Status"].value_counts(), log["Theme"].value_counts().sort_index()
    return {
        "actions": len(log),
        "action_statuses": listed([f"{n} {lower(status)}" for status, n in statuses.items()]),
        "actions_completed": percent(statuses["Completed"], len(log)),
        "action_themes": listed([f"{lower(theme)} ({n})" for theme, n in themes.items()]),
        "log": log[["Theme", "What happened", "Action", "Status"]].to_numpy().tolist(),
    }


def overview(found: dict[str, Any]) -> dict[str, Any]:
    """The year at a glance."""
    received_, upheld, none = found["received"], found["upheld"], "not given"
    on_time = dict(zip(STAGES, found["timeliness"], strict=True))
    rows = [
        ["Stage 1 complaints received", received_["stage1"], LAST_YEAR["stage1"]],
        ["Stage 2 complaints received", received_["stage2"], LAST_YEAR["stage2"]],
        [
            f"Escalation rate ({received_['stage2']} of {received_['stage1']})",
            found["escalation_rate"],
            none,
        ],
    ]
    for stage, label in STAGES.items():
        row = upheld[stage]
        name = f"{label} uphold rate ({row['both']} of {row['whole']})"
        rows.append([name, row["rate"], none])
    for stage, label in STAGES.items():
        row = on_time[stage]
        name = f"{label} answered on time ({row['on_time']} of {row['due']})"
        rows.append([name, row["rate"], none])
    bad = f"({found['maladministration']} of {found['findings']})"
    rows += [
        ["Stage 1 complaints not accepted", found["refused"]["stage1"], none],
        ["Compensation awarded", found["awarded"], found["awarded_before"]],
        [f"Ombudsman maladministration rate {bad}", found["maladministration_rate"], none],
        ["Satisfied with complaint handling (TP09)", SURVEY[2][2], none],
    ]
    return {"at_a_glance": rows, "on_time": on_time, "survey": SURVEY}


def balance(data: dict[str, Any]) -> dict[str, Any]:
    """How the complaints received and ended fit together."""
    lines = {
        "Open at the start": "opening",
        "and received": "received",
        "less closed": "closed",
        "makes open at the end": "closing",
    }
    rows = [[label, *(len(data[s][cohort]) for s in STAGES)] for label, cohort in lines.items()]
    rows.insert(3, ["less withdrawn", 0, 0])
    return {"reconciliation": rows}


def main(project: Path, output: Path) -> None:
    """Read the exports and write the report."""
    charts = output / "charts"
    charts.mkdir(parents=True, exist_ok=True)
    data = read(project)
    found = {
        **received(data, charts),
        **causes(data, charts),
        **escalation(data, charts),
        **outcomes(data, charts),
        **refusals(data, charts),
        **timeliness(data, charts),
        **compensation(data, charts),
        **tenant_measures(data),
        **ombudsman(data),
        **learning(data),
        **balance(data),
        "rows": data["rows"],
    }
    template = DocxTemplate(TEMPLATE)
    pictures = {
        path.stem: InlineImage(template, str(path), width=Cm(16)) for path in charts.glob("*.png")
    }
    template.render({**found, **overview(found), "charts": pictures})
    template.save(output / "report.docx")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
