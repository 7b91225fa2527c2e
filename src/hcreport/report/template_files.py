"""Where templates lie: the bundled ones, and a project's own."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from hcreport.problems import CannotRun, did_you_mean

# The settings that name a template: that of the report, and that of the summary for residents.
NAMED_BY = ("template", "summary")


def find_template(folder: Path, name: str, setting: str = "") -> Path:
    """A template by its name: a bundled one, or a file of the project's own.

    ``setting`` is the one that gives the name; it is blank where a person gave it to a command.

    Raises CannotRun when there is none such.
    """
    if setting == "template" and name == "summary":
        others = " or ".join(repr(n) for n in bundled() if n != name)
        raise CannotRun(
            "report.toml: template: 'summary' is the template of the summary for residents.",
            f"Set template to {others}, or to a .docx file of your own.",
        )
    own = folder / name
    if own.suffix and own.is_file():
        return own
    path = _bundled_folder() / f"{name}.docx"
    if path.is_file():
        return path
    known = [*bundled(), *(p.name for p in sorted(folder.glob("*.docx")))]
    hint = did_you_mean(name, known) or f"Bundled templates: {', '.join(bundled())}."
    said = f"report.toml: {setting}: there" if setting else "There"
    raise CannotRun(f"{said} is no template {name!r}.", hint)


def bundled() -> list[str]:
    """The names of the bundled templates."""
    return sorted(path.stem for path in _bundled_folder().glob("*.docx"))


def _bundled_folder() -> Path:
    """Where the templates lie: inside the installed package, or at the top of a checkout."""
    inside = Path(str(files("hcreport"))) / "templates"
    return inside if inside.is_dir() else inside.parents[2] / "templates"
