"""Commands that take turns, and what their runs took. Used by the benchmarks beside it.

Each run is a whole process. What the machine does otherwise slows the commands of a pair alike, so
the ratio within a pair says more than the seconds.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
# macOS counts the peak in bytes, Linux in kilobytes.
PEAK_UNIT = 1 if sys.platform == "darwin" else 1024
MB = 1_000_000


@dataclass
class Contender:
    """A command, and what its runs took: seconds by the clock and of the processor, peak MB.

    ``answers`` is an exit status that is no failure, beside 0.

    Windows tells neither the processor's time nor the peak of memory; there both are 0.
    """

    command: Sequence[str]
    answers: int = 0
    seconds: list[float] = field(default_factory=list)
    processor: list[float] = field(default_factory=list)
    memory: list[float] = field(default_factory=list)

    def run(self, *, counted: bool = True) -> None:
        """Run the command once as a process of its own, and end here if it fails."""
        paths = [str(ROOT / "src"), os.environ.get("PYTHONPATH", "")]
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, paths))}
        with tempfile.TemporaryFile() as said:
            start = time.perf_counter()
            process = subprocess.Popen(self.command, env=environment, stdout=said, stderr=said)
            processor, memory = _waited_for(process)
            seconds = time.perf_counter() - start
            if process.returncode not in {0, self.answers}:
                said.seek(0)
                words = said.read().decode(errors="replace")
                sys.exit(f"{' '.join(self.command)} ended with {process.returncode}:\n{words}")
        if counted:
            self.seconds.append(seconds)
            self.processor.append(processor)
            self.memory.append(memory)


def _waited_for(process: subprocess.Popen[bytes]) -> tuple[float, float]:
    """Wait for a process to end: its seconds of the processor and its peak of memory in MB."""
    if sys.platform == "win32":
        process.wait()
        return 0.0, 0.0
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return used.ru_utime + used.ru_stime, used.ru_maxrss * PEAK_UNIT / MB


def take_turns(rivals: Iterable[Contender], runs: int) -> None:
    """Run each once to warm up, then all in turn; who goes first changes from pair to pair."""
    order = list(rivals)
    for rival in order:
        rival.run(counted=False)
    for _ in range(runs):
        for rival in order:
            rival.run()
        order.reverse()


def ratios(over: Sequence[float], under: Sequence[float]) -> dict[str, Any]:
    """What is told of the quotients within pairs; where the machine tells nothing, noughts."""
    return told([a / b if b else 0.0 for a, b in zip(over, under, strict=True)])


@dataclass(frozen=True)
class Told:
    """What is told of several numbers, and the numbers."""

    min: float
    median: float
    max: float
    each: list[float]


def told(numbers: Sequence[float]) -> dict[str, Any]:
    """The least, the middle and the greatest."""
    each = [round(number, 4) for number in numbers]
    return asdict(Told(min(each), round(statistics.median(each), 4), max(each), each))
