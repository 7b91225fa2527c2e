"""The Housing Ombudsman's findings of 2022/23: totals published, the cases behind them invented."""

from datetime import date

from _files import Cell

HEADINGS = (
    "Case",
    "Decision date",
    "Category",
    "Sub-category",
    "Finding",
    "Orders",
    "Orders complied",
    "Recommendations",
    "Compensation ordered",
    "Compensation offered before",
)

_PROPERTY, _ASB, _HANDLING = "Property condition", "Anti-social behaviour", "Complaints handling"
_LEAKS = "Responsive repairs: leaks, damp and mould"
_REPAIRS = "Responsive repairs: general"
_NOISE, _COMPLAINT = "Noise", "Complaint handling"
_MAL, _NO_MAL = "Maladministration", "No maladministration"
_FAILURE, _REDRESS = "Service failure", "Reasonable redress"
_ON_THE_ROW_ABOVE = (None, None, None, None, None)

# A case's orders, recommendations and money stand on its first row: they belong to the case, and
# repeating them on each finding would count them twice.
FINDINGS: tuple[tuple[Cell, ...], ...] = (
    ("202200117", date(2022, 5, 19), _PROPERTY, _LEAKS, _MAL, 5, 5, 1, 5_200, 4_000),
    ("202200117", date(2022, 5, 19), _HANDLING, _COMPLAINT, _MAL, *_ON_THE_ROW_ABOVE),
    ("202200123", date(2022, 7, 7), _PROPERTY, _LEAKS, _MAL, 2, 2, 1, 2_150, 1_500),
    ("202200258", date(2022, 8, 30), _ASB, _NOISE, _FAILURE, 1, 1, 0, 500, 250),
    ("202200304", date(2022, 10, 12), _PROPERTY, _REPAIRS, _MAL, 4, 4, 1, 3_600, 2_600),
    ("202200304", date(2022, 10, 12), _HANDLING, _COMPLAINT, _MAL, *_ON_THE_ROW_ABOVE),
    ("202200391", date(2022, 12, 6), _PROPERTY, _REPAIRS, _NO_MAL, 0, 0, 2, 0, 0),
    ("202200391", date(2022, 12, 6), _ASB, _NOISE, _REDRESS, *_ON_THE_ROW_ABOVE),
    ("202200446", date(2023, 1, 26), _PROPERTY, _LEAKS, _MAL, 2, 2, 1, 2_500, 2_000),
    ("202200446", date(2023, 1, 26), _PROPERTY, _REPAIRS, _REDRESS, *_ON_THE_ROW_ABOVE),
    ("202200502", date(2023, 3, 15), _ASB, _NOISE, _FAILURE, 1, 1, 0, 400, 200),
)
