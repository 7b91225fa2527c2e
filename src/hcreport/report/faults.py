"""What was wrong with the names that a template or a text holds, noted while it is rendered.

An unknown name is noted with the nearest known ones and rendering goes on, so that one run shows
every fault.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from jinja2 import Undefined

from hcreport.problems import CannotRun, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Collection


@dataclass
class Faults:
    """What was wrong with the names met: unknown ones with a hint, and figures without a value.

    ``withheld`` are the figures whose value disclosure control keeps back, ``absent`` the settings
    that were asked for and nobody gave.
    """

    found: list[tuple[str, str]] = field(default_factory=list)
    empty: list[str] = field(default_factory=list)
    withheld: list[str] = field(default_factory=list)
    absent: list[str] = field(default_factory=list)

    def note(self, name: str, known: Collection[str]) -> Unknown:
        """Note an unknown name and hand back something harmless in its place."""
        self.found.append((name, did_you_mean(name, known)))
        return Unknown()

    def undefined(self, known: Collection[str]) -> type[Undefined]:
        """What Jinja puts in place of a first word that means nothing: it notes itself if used."""
        faults = self

        class Noted(Undefined):
            def __getattr__(self, name: str) -> Any:
                if name.startswith("__"):
                    raise AttributeError(name)
                return faults.note(str(self._undefined_name), known)

            def __str__(self) -> str:
                return str(faults.note(str(self._undefined_name), known))

        return Noted

    def stop_if_any(self, where: str) -> None:
        """Raise CannotRun for the first fault, saying how many there are."""
        if self.found:
            name, near = self.found[0]
            more = f" ({len(self.found) - 1} more like it)" if len(self.found) > 1 else ""
            hint = near or "docs/placeholders.md lists every name."
            raise CannotRun(f"{where}: there is no placeholder {{{{ {name} }}}}{more}.", hint)


class Unknown:
    """Stands where an unknown name was, so that rendering can go on to the next fault."""

    def __getattr__(self, name: str) -> Unknown:
        # The sandbox asks for the last two before it calls anything, and takes any answer for yes.
        if name.startswith("__") or name in {"unsafe_callable", "alters_data"}:
            raise AttributeError(name)
        return self

    def __call__(self, *_: object, **__: object) -> Unknown:
        """Be whatever ``by(...)`` would have been."""
        return self

    def __str__(self) -> str:
        return ""
