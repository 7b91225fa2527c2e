"""What a sample's figures must be, from its quotas alone."""

from collections.abc import Iterator

from _exports.quotas import Quotas, Stage

_HEAD = """\
# What this sample's report must say: the generator's own quotas, not counted by hcreport.
# Money is in pounds. Warnings are the problems that `hcreport check` finds, by code.
"""


def expected(quotas: Quotas) -> bytes:
    """The figures as TOML: id to value, and the warnings to expect."""
    figures = dict(_figures(quotas))
    lines = [_HEAD, "[figures]", *(f'"{name}" = {value}' for name, value in figures.items())]
    lines += ["", "[warnings]", *(f"{c} = {n}" for c, n in (quotas.warnings or {}).items())]
    return ("\n".join(lines) + "\n").encode()


def _figures(quotas: Quotas) -> Iterator[tuple[str, int | str]]:
    for name, stage in (("stage1", quotas.first), ("stage2", quotas.second)):
        yield from ((f"{name}.{key}", value) for key, value in _counts(stage))
    if quotas.service_requests:
        yield "service_requests.received", quotas.service_requests
    for name, stage in (("stage1", quotas.first), ("stage2", quotas.second)):
        yield f"compensation.{name}.cases", len(stage.awards)
        yield f"compensation.{name}.amount", f'"{sum(stage.awards) / 100:.2f}"'
    for name, count in (quotas.ombudsman or {}).items():
        yield f"ombudsman.{name}", count


def _counts(stage: Stage) -> Iterator[tuple[str, int]]:
    yield "received", stage.received
    yield "responded", stage.answered
    yield "upheld", stage.upheld
    yield "partly_upheld", stage.partly_upheld
    yield "not_upheld", stage.not_upheld
    yield "open_at_start", stage.before
    yield "open_at_end", stage.open
    yield "withdrawn", stage.withdrawn
    yield "refused", stage.refused
