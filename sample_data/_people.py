"""Invented complainants: nobody real, and every cell that names one carries a token.

A test that finds the token in anything the tool writes has found a leak of personal data. Phone
numbers are from the range Ofcom keeps for drama, email addresses from a domain that cannot exist
(RFC 2606) and postcodes from an area that Royal Mail does not use.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

TOKEN = "zq-private"  # noqa: S105  not a secret: a marker that must never reach an output

_FIRST = (
    "Aspen", "Briar", "Clover", "Damson", "Elder", "Fennel", "Gorse", "Hazelnut", "Juniper",
    "Larkspur", "Medlar", "Nettle", "Quince", "Rushes", "Sorrel", "Teasel", "Vetch", "Yarrow",
)  # fmt: skip
_SURNAMES = (
    "Exampleby", "Sampleworth", "Placeholme", "Fictionham", "Inventley", "Mockingford",
    "Dummyworth", "Testerton", "Specimanby", "Fillerthwaite", "Loremstead", "Notrealby",
)  # fmt: skip
_STREETS = ("Placeholder Road", "Sample Street", "Example Close", "Invented Way", "Dummy Terrace")
_OLDEST = date(1938, 1, 1)
_BIRTHDAYS = (date(2003, 12, 31) - _OLDEST).days


@dataclass(frozen=True)
class Person:
    """Someone who complained."""

    name: str
    address: str
    postcode: str
    email: str
    phone: str
    born: date


def invent_person(rng: Random, number: int) -> Person:
    """Make up one person; the number keeps their email address their own."""
    first, surname = rng.choice(_FIRST), rng.choice(_SURNAMES)
    lines = [
        f"Flat {rng.randint(1, 60)} ({TOKEN})",
        f"{rng.randint(1, 250)} {rng.choice(_STREETS)}",
        "Exampletown",
    ]
    letters = "ABDEFGHJLNPQRSTUWXYZ"
    return Person(
        name=f"{first} {surname} ({TOKEN})",
        address="\n".join(lines),
        postcode=f"ZZ{rng.randint(1, 9)} {rng.randint(1, 9)}{''.join(rng.choices(letters, k=2))}",
        email=f"{first}.{surname}.{TOKEN}.{number}@example.invalid".lower(),
        phone=f"07700 900{rng.randint(0, 999):03}",
        born=_OLDEST + timedelta(days=rng.randint(0, _BIRTHDAYS)),
    )
