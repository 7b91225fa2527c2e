"""What a template or a narrative file can name, and what each name becomes: a mark.

``{{ stage1.received }}`` and its facets, ``{{ tables.outcomes_by_service }}``,
``{{ text.foreword }}``, ``{{ landlord.name }}``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, Self, TypeAlias

from jinja2 import Undefined

from hcreport import sections
from hcreport.marks import Block, BlockKind, Inline, Reference, has_mark
from hcreport.problems import CannotRun
from hcreport.report.facts import NOT_GIVEN, facts
from hcreport.report.faults import Unknown
from hcreport.settings import SETTINGS

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from hcreport.figures.ledger import Entry
    from hcreport.report.faults import Faults
    from hcreport.sections.section import Writer

ReferenceKind: TypeAlias = Literal["tables", "charts"]
OF_A_FIGURE = ("previous", "change", "base", "share", "by")


class Figure:
    """One figure in a template: prints its value, and has facets and groups."""

    def __init__(self, writer: Writer, faults: Faults, entry: Entry) -> None:
        self._writer, self._faults, self._entry = writer, faults, entry

    def __str__(self) -> str:
        return self._said(self._writer.show, self._entry.value)

    def _said(self, say: Callable[[Entry], str], value: object) -> str:
        if value is None:
            kept = self._faults.withheld if self._entry.withheld else self._faults.empty
            kept.append(self._entry.id)
        return say(self._entry)

    @property
    def previous(self) -> str:
        """Last period's value."""
        return self._said(self._writer.previous, self._entry.previous)

    @property
    def change(self) -> str:
        """The change as a phrase."""
        return self._said(self._writer.change, self._entry.change)

    @property
    def base(self) -> str:
        """The counts behind it."""
        held = self._entry.result
        return self._said(self._writer.base, None if held.numerator is None else held.denominator)

    @property
    def share(self) -> str:
        """A group's share of its whole."""
        return self._said(self._writer.share, self._entry.share)

    def by(self, /, **group: str) -> Figure:
        """The figure for a group. Raises CannotRun when there is none such."""
        return Figure(self._writer, self._faults, self._writer.at(self._entry.id, **group))

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        return self._faults.note(
            f"{self._entry.id}.{name}", [f"{self._entry.id}.{f}" for f in OF_A_FIGURE]
        )


class Figures:
    """The figures whose ids begin alike: ``stage1`` holds ``stage1.received``."""

    def __init__(self, writer: Writer, faults: Faults, prefix: str) -> None:
        self._writer, self._faults, self._prefix = writer, faults, prefix

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        figure = f"{self._prefix}.{name}"
        known = self._writer.ledger.definitions
        if figure in known:
            return Figure(self._writer, self._faults, self._writer.at(figure))
        if any(other.startswith(f"{figure}.") for other in known):
            return Figures(self._writer, self._faults, figure)
        return self._faults.note(figure, known)

    def __str__(self) -> str:
        self._faults.note(self._prefix, self._writer.ledger.definitions)
        return ""


class Blocks:
    """The blocks of one kind. ``names`` is None where any name will do (a person's own texts)."""

    def __init__(
        self, writer: Writer, faults: Faults, kind: BlockKind, names: Collection[str] | None
    ) -> None:
        self._writer, self._faults, self._kind, self._names = writer, faults, kind, names

    def __str__(self) -> str:
        known = self._names if self._names is not None else ["foreword"]
        self._faults.note(self._kind, [f"{self._kind}.{n}" for n in known])
        return ""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        if self._names is not None and name not in self._names:
            return self._faults.note(
                f"{self._kind}.{name}", [f"{self._kind}.{n}" for n in self._names]
            )
        return self._writer.marks.put(Block(self._kind, name))


class Fact(str):
    """A fact in a template: to compare it is its words, to print it a mark."""

    __slots__ = ("_mark",)
    _mark: str

    def __new__(cls, writer: Writer, name: str, words: str) -> Self:
        """A fact by its placeholder."""
        fact = super().__new__(cls, words)
        fact._mark = writer.marks.put(Inline(words, f"{name}|fact", name))
        return fact

    def __str__(self) -> str:
        return self._mark


class References:
    """References to tables or charts: ``ref.tables.at_a_glance`` prints "Table 1"."""

    def __init__(
        self, writer: Writer, faults: Faults, named: Mapping[ReferenceKind, Collection[str]]
    ) -> None:
        self._writer, self._faults, self._named = writer, faults, named

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        for kind, names in self._named.items():
            if name == kind:
                return _Referred(self._writer, self._faults, kind, names)
        return self._faults.note(f"ref.{name}", [f"ref.{kind}" for kind in self._named])

    def __str__(self) -> str:
        return str(self._faults.note("ref", [f"ref.{kind}" for kind in self._named]))


class _Referred:
    """The references of one kind."""

    def __init__(
        self, writer: Writer, faults: Faults, kind: ReferenceKind, names: Collection[str]
    ) -> None:
        self._writer, self._faults, self._kind, self._names = writer, faults, kind, names

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        if name not in self._names:
            prefix = f"ref.{self._kind}"
            return self._faults.note(f"{prefix}.{name}", [f"{prefix}.{n}" for n in self._names])
        return self._writer.marks.put(Reference(self._kind, name))

    def __str__(self) -> str:
        known = [f"ref.{self._kind}.{name}" for name in self._names]
        return str(self._faults.note(f"ref.{self._kind}", known))


class Facts:
    """Plain facts from settings: ``landlord.name``, ``period.label``.

    Those that the tool words are marked; those that a landlord words (``is_open``) are as typed.
    """

    def __init__(
        self,
        writer: Writer,
        faults: Faults,
        prefix: str,
        facts: Mapping[str, str],
        *,
        is_open: bool,
    ) -> None:
        self._writer, self._faults = writer, faults
        self._prefix, self._facts, self._is_open = prefix, facts, is_open

    def __str__(self) -> str:
        self._faults.note(self._prefix, [f"{self._prefix}.{n}" for n in self._facts])
        return ""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        if name in self._facts or self._is_open:
            words = self._facts.get(name)
            if not words:
                self._faults.absent.append(_setting(self._prefix, name))
            return self._printed(name, words or NOT_GIVEN)
        return self._faults.note(
            f"{self._prefix}.{name}", [f"{self._prefix}.{n}" for n in self._facts]
        )

    def _printed(self, name: str, words: str) -> str:
        # A fact that is made of figures has their marks already.
        if self._is_open or has_mark(words):
            return words
        return Fact(self._writer, f"{self._prefix}.{name}", words)


def printed(value: object) -> str:
    """What a placeholder prints. Raises CannotRun for what has no words, as ``x.by`` has none."""
    if callable(value) and not isinstance(value, Unknown | Undefined):
        hint = 'Write a group as .by(service="Repairs"), and nothing else with brackets.'
        raise CannotRun("A placeholder names nothing that can be printed.", hint)
    return str(value)


def _setting(prefix: str, name: str) -> str:
    """Where settings give a fact: "[details] contact in report.toml"."""
    part = "" if prefix == "report" else f"[{prefix}] "
    return f"{part}{name} in {SETTINGS}"


def context(w: Writer, faults: Faults) -> dict[str, Any]:
    """Everything a template can name, by its first word."""
    named: dict[str, Any] = {
        prefix: Figures(w, faults, prefix)
        for prefix in dict.fromkeys(figure.split(".")[0] for figure in w.ledger.definitions)
    }
    known = sections.of(w.settings)
    tables, charts = [n for s in known for n in s.tables], [n for s in known for n in s.charts]
    named["tables"] = Blocks(w, faults, "tables", tables)
    named["charts"] = Blocks(w, faults, "charts", charts)
    named["ref"] = References(w, faults, {"tables": tables, "charts": charts})
    named["commentary"] = Blocks(w, faults, "commentary", [s.id for s in sections.SECTIONS])
    named["text"] = Blocks(w, faults, "text", None)
    named["contents"] = w.marks.put(Block("contents", ""))
    for prefix, held in facts(w).items():
        named[prefix] = Facts(w, faults, prefix, held, is_open=False)
    named["details"] = Facts(w, faults, "details", w.settings.details, is_open=True)
    return named
