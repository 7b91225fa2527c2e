"""A paragraph cut into sentences."""

from __future__ import annotations

import re

_END = re.compile(r"[.!?][)”’\"']?\s+(?=[A-Z“‘\"'(£\d•])|\n+")
_SHORTENED = re.compile(
    r"(?:(?<!['’])\b(?:no|nos|para|paras|e\.g|i\.e|etc|approx|vs|cllr|mr|mrs|ms|dr|st|p|pp|c|s|ss|fig|incl|inc)|^\s*\(?\w{1,3}|\b[A-Z])\.\s*\Z",
    re.IGNORECASE,
)


def sentences(text: str) -> tuple[tuple[int, int], ...]:
    """Where each sentence of a text begins and ends."""
    found, at = [], 0
    for end in _END.finditer(text):
        if text[end.start()] != "\n" and _SHORTENED.search(text[at : end.end()]):
            continue
        found.append((at, end.end()))
        at = end.end()
    if at < len(text):
        found.append((at, len(text)))
    return tuple(found)
