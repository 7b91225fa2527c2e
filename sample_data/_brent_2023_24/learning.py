"""The learning log: invented, in our own words, with roles and never names."""

from datetime import date

from _files import Cell

from _brent_2023_24.quotas import COMMUNICATION, POLICY, SERVICE_FAILURE

HEADINGS = ("Theme", "What happened", "Action", "Owner role", "Status", "Due", "Completed")

_DONE, _UNDER_WAY, _TO_DO = "Completed", "In progress", "Not started"

LEARNING: tuple[tuple[Cell, ...], ...] = (
    (
        SERVICE_FAILURE,
        "Follow-on repairs were left off the diary when the first visit only made things safe.",
        "The operative now books the second visit before leaving the home.",
        "Repairs Manager",
        _DONE,
        date(2023, 7, 31),
        date(2023, 7, 21),
    ),
    (
        SERVICE_FAILURE,
        "Damp reports waited for a survey even where the cause could be seen in photographs.",
        "Photographs are looked at within two working days and simple work is ordered at once.",
        "Damp and Mould Lead",
        _DONE,
        date(2023, 10, 31),
        date(2023, 11, 10),
    ),
    (
        SERVICE_FAILURE,
        "Residents stayed at home for appointments that the contractor had moved.",
        "A moved appointment now sends a text message, and three moves alert the contract manager.",
        "Contract Manager",
        _DONE,
        date(2023, 12, 15),
        date(2023, 12, 8),
    ),
    (
        SERVICE_FAILURE,
        "Communal heating failed twice in the same blocks during the cold weeks of January.",
        "Replace the pumps in the four blocks with most failures before next winter.",
        "Head of Property Services",
        _UNDER_WAY,
        date(2024, 9, 30),
        None,
    ),
    (
        COMMUNICATION,
        "Nobody told residents that a repair was waiting for a part.",
        "Jobs on hold for a part are listed each Monday and every resident on the list is called.",
        "Customer Liaison Manager",
        _DONE,
        date(2023, 9, 29),
        date(2023, 9, 26),
    ),
    (
        COMMUNICATION,
        "Stage 1 replies promised work but gave no date for it.",
        "The reply form cannot be sent until each promise has a date and an owner.",
        "Complaints Manager",
        _DONE,
        date(2024, 1, 31),
        date(2024, 1, 24),
    ),
    (
        COMMUNICATION,
        "People who reported noise heard nothing between opening and closing the case.",
        "Neighbourhood officers give an update every ten working days, and a sample is checked.",
        "Neighbourhoods Manager",
        _UNDER_WAY,
        date(2024, 6, 28),
        None,
    ),
    (
        POLICY,
        "Compensation for similar delays differed from one team to another.",
        "One scale with worked examples replaces the teams' own, and covers both stages.",
        "Head of Housing",
        _DONE,
        date(2024, 2, 29),
        date(2024, 3, 5),
    ),
    (
        POLICY,
        "The transfer policy did not say what evidence of a medical need is enough.",
        "Rewrite the section with residents and publish a one-page guide beside it.",
        "Tenancy Services Manager",
        _TO_DO,
        date(2024, 7, 31),
        None,
    ),
)
