"""A second process that draws the charts while the report is being written.

Importing matplotlib and drawing take a third of a build. The studio opens with the command, gets
its libraries ready while the exports are read, and draws while the template is filled. Should it
fail for any reason, the charts are drawn in this process, with the same bytes.
"""

from __future__ import annotations

import gc
import pickle
import subprocess
import sys
from typing import TYPE_CHECKING, Self

from hcreport.look import Look

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hcreport.charts import Chart

# -P keeps a file in the user's folder from standing in for one of Python's own modules.
_COMMAND = ("-P", "-c", "from hcreport.studio import work; work()")


class Studio:
    """Draws charts: ``begin`` hands them over, and ``picture`` waits for one to be ready."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._charts: Mapping[str, Chart] = {}
        self._look = Look()
        self._pictures: Mapping[str, bytes] | None = None

    def __enter__(self) -> Self:
        try:
            self._process = subprocess.Popen(  # noqa: S603  (our own interpreter, our own module)
                (sys.executable, *_COMMAND),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            )
        except (OSError, ValueError):
            self._process = None
        return self

    def __exit__(self, *_: object) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            for pipe in (self._process.stdin, self._process.stdout):
                if pipe is not None:
                    pipe.close()

    def begin(self, charts: Mapping[str, Chart], look: Look) -> None:
        """Hand over the charts to be drawn, by name, and how they are to look."""
        self._charts, self._look, self._pictures = charts, look, None
        if self._process is not None and self._process.stdin is not None:
            try:
                pickle.dump((dict(charts), look), self._process.stdin)
                self._process.stdin.close()
            except OSError:
                self._process.kill()

    def pictures(self) -> Mapping[str, bytes]:
        """Every chart as a PNG, by name; waits until all are drawn."""
        if self._pictures is None:
            drawn = self._collected()
            self._pictures = _drawn(self._charts, self._look) if drawn is None else drawn
        return self._pictures

    def _collected(self) -> Mapping[str, bytes] | None:
        """What the second process drew; None if it did not."""
        if self._process is None or self._process.stdout is None:
            return None
        content = self._process.stdout.read()
        if self._process.wait() != 0:
            return None
        found: dict[str, bytes] = pickle.loads(content)  # noqa: S301  (written by our own process)
        return found


def work() -> None:
    """What the second process does: get ready, take the charts, hand back the pictures."""
    gc.disable()  # as in the first process: too short a life to tidy up in
    import hcreport.drawing  # noqa: F401, PLC0415  (the slow part, done before the charts come)

    charts, look = pickle.load(sys.stdin.buffer)  # noqa: S301  (written by the process that began us)
    pickle.dump(_drawn(charts, look), sys.stdout.buffer)


def _drawn(charts: Mapping[str, Chart], look: Look) -> dict[str, bytes]:
    from hcreport.drawing import draw, style_of  # noqa: PLC0415  (slow, and needed by builds only)

    style = style_of(look)
    return {name: draw(chart, style) for name, chart in charts.items()}
