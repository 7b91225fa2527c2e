"""LibreOffice, which lays a Word file out in pages: found, and asked for a tagged PDF."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from hcreport.problems import CannotRun

if TYPE_CHECKING:
    from collections.abc import Iterator

SECONDS = 180  # a long report takes a few; the first start on a slow machine a minute
_WANTED = ("UseTaggedPDF", "PDFUACompliance", "ExportBookmarks")
_FILTER = {name: {"type": "boolean", "value": "true"} for name in _WANTED}
_BY_ITSELF = "Open report.docx in LibreOffice to see why, or build without --pdf."


def find() -> str:
    """The program, from PATH or from where its installers put it. Raises CannotRun without it."""
    found = shutil.which("soffice") or shutil.which("libreoffice")
    if found is None:
        found = next((str(path) for path in _usual_places() if path.is_file()), None)
    if found is None:
        raise CannotRun(
            "--pdf needs LibreOffice, and there is none here: no soffice on PATH.",
            "Install it from libreoffice.org (on Debian and Ubuntu: apt install "
            "libreoffice-writer), or build without --pdf.",
        )
    return found


def _usual_places() -> Iterator[Path]:
    yield Path("/Applications/LibreOffice.app/Contents/MacOS/soffice")
    for variable in ("ProgramFiles", "ProgramFiles(x86)"):
        if variable in os.environ:
            yield Path(os.environ[variable]) / "LibreOffice" / "program" / "soffice.exe"


@dataclass(frozen=True)
class Office:
    """LibreOffice with a user profile of its own in ``folder``: no settings of the user's apply.

    ``seconds`` is how long one conversion may take.
    """

    program: str
    folder: Path
    seconds: float = SECONDS

    def pdf_of(self, report: bytes) -> bytes:
        """A Word file as a PDF. Raises CannotRun when LibreOffice fails or takes too long."""
        source, made = self.folder / "report.docx", self.folder / "report.pdf"
        source.write_bytes(report)
        made.unlink(missing_ok=True)
        status = self._run(
            self.program,
            f"-env:UserInstallation={(self.folder / 'profile').resolve().as_uri()}",
            "--headless",
            "--convert-to",
            f"pdf:writer_pdf_Export:{json.dumps(_FILTER)}",
            "--outdir",
            str(self.folder),
            str(source),
        )
        if status != 0 or not made.is_file():  # it may fail and call that 0
            raise CannotRun(f"LibreOffice made no PDF (it ended with {status}).", _BY_ITSELF)
        return made.read_bytes()

    def _run(self, *command: str) -> int:
        try:
            process = subprocess.Popen(  # noqa: S603  (the user's own LibreOffice, our own file)
                command,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
            )
        except OSError as fault:
            raise CannotRun(
                f"LibreOffice cannot be started: {fault.strerror}.", f"Look at {self.program}."
            ) from None
        try:
            return process.wait(self.seconds)
        except subprocess.TimeoutExpired:
            raise CannotRun(
                f"LibreOffice took more than {self.seconds:g} seconds, and was stopped.", _BY_ITSELF
            ) from None
        finally:
            _stop(process)


def _stop(process: subprocess.Popen[bytes]) -> None:
    """End what still runs, with the programs that it started itself."""
    if process.poll() is None:
        if os.name == "posix":
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
        process.wait()
