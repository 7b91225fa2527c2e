"""The learning log: invented, in our own words, with roles and never names."""

from datetime import date

from _files import Cell

from _hillingdon_2023_24.quotas import DAMP

HEADINGS = ("Theme", "What happened", "Action", "Owner role", "Status", "Due", "Completed")

_DONE, _UNDER_WAY, _TO_DO = "Completed", "In progress", "Not started"
_PROMISES, _WORDS, _RECORDS = "Promises kept", "Keeping in touch", "Records"

LEARNING: tuple[tuple[Cell, ...], ...] = (
    (
        _PROMISES,
        "Work promised in a stage 1 answer was not booked, and the resident had to ask again.",
        "Whoever signs the answer books the work first and gives its date in the letter.",
        "Repairs Manager",
        _DONE,
        date(2023, 10, 31),
        date(2023, 10, 20),
    ),
    (
        _PROMISES,
        "Jobs that needed a second trade waited because nobody ordered it.",
        "The first operative on site now orders the second trade before leaving.",
        "Repairs Manager",
        _DONE,
        date(2024, 1, 31),
        date(2024, 2, 9),
    ),
    (
        DAMP,
        "Mould came back because only the wall had been treated, and not what made it wet.",
        "A surveyor visits before the second treatment of the same room.",
        "Damp and Mould Lead",
        _DONE,
        date(2023, 12, 15),
        date(2023, 12, 12),
    ),
    (
        DAMP,
        "Residents were not told when the fan or the window that they waited for would come.",
        "Every open case about damp is called once a fortnight until the work is done.",
        "Damp and Mould Lead",
        _UNDER_WAY,
        date(2024, 7, 31),
        None,
    ),
    (
        _WORDS,
        "Answers used the names of forms and teams that residents do not know.",
        "New letters in plain words, tried out with the tenants’ complaints group.",
        "Complaints Manager",
        _DONE,
        date(2024, 3, 29),
        date(2024, 3, 22),
    ),
    (
        _WORDS,
        "Some answers named the wrong Ombudsman.",
        "The letter for each kind of complaint now carries the right Ombudsman, and is locked.",
        "Complaints Manager",
        _DONE,
        date(2024, 4, 1),
        date(2024, 3, 28),
    ),
    (
        _RECORDS,
        "The old system could not say why a complaint had been upheld.",
        "Managers fill in a short form on what was learned before the case can be closed.",
        "Head of Housing Management",
        _UNDER_WAY,
        date(2024, 9, 30),
        None,
    ),
    (
        _RECORDS,
        "Contractors’ notes of their visits could not be found when a complaint came.",
        "Notes and photographs go into the repairs system on the day of the visit.",
        "Contract Manager",
        _TO_DO,
        date(2024, 8, 30),
        None,
    ),
)
