"""What a reading of a number costs, as ``weights.toml`` has it."""

from __future__ import annotations

import tomllib
from importlib.resources import files

WEIGHTS: dict[str, dict[str, float]] = tomllib.loads(
    (files("hcreport.proofread") / "weights.toml").read_text(encoding="utf-8")
)
