"""The house rules, held by reading the source: who may import whom, and what must be written."""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
import sys
import tomllib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from pydantic import BaseModel
from tests.projects import ROOT, sample_run

import hcreport
from hcreport import cli, problems, rulebook, settings
from hcreport.figures import catalogue
from hcreport.problems import Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

SRC = ROOT / "src" / "hcreport"
DOCS = ROOT / "docs"
# Top to bottom: a part imports only from parts below it. A new part is given its place here.
LAYERS = (
    "__main__",
    "cli",
    "diff",
    "refresh",
    "explain",
    "output",  # puts files in place; knows nothing of what is in them
    "pipeline",
    "content",
    "texts",
    "previous",
    "run",
    "rulebook",  # every rule of every part, for whoever asks by code
    "init",
    "proofread",
    "report",
    "studio",
    "drawing",
    "sections",
    "marks",
    "tables",
    "charts",
    "look",
    "figures",
    "checks",
    "derive",
    "intake",
    "settings",
    "records",
    "calendar",
    "colours",
    "archive",
    "problems",
    "__init__",  # the version
)
FORBIDDEN_NAMES = {"util", "utils", "helper", "helpers", "common", "misc", "data", "df"}


def sources() -> list[Path]:
    """Every module of the program."""
    return sorted(SRC.rglob("*.py"))


@cache
def parsed(path: Path) -> ast.Module:
    """A module's syntax tree."""
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def part_of(module: str) -> str:
    """The part of the program a module belongs to: the first name below the package."""
    names = module.split(".")
    return names[1] if len(names) > 1 else "__init__"


def module_of(path: Path) -> str:
    """The name a module is imported by."""
    names = path.relative_to(SRC.parent).with_suffix("").parts
    return ".".join(names[:-1] if names[-1] == "__init__" else names)


def imported(path: Path) -> Iterator[tuple[str, int]]:
    """Every name of ours that a module imports, wherever it does so, with the line."""
    known = {module_of(other) for other in sources()}
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Import):
            found = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: imports are written in full"
            whole = [f"{node.module}.{alias.name}" for alias in node.names]
            found = [name if name in known else str(node.module) for name in whole]
        else:
            continue
        yield from ((name, node.lineno) for name in found if name.split(".")[0] == "hcreport")


def test_every_part_has_its_place() -> None:
    """Each file and folder of the package stands in the order, and nothing in it is gone."""
    assert {part_of(module_of(path)) for path in sources()} == set(LAYERS)


def test_imports_only_go_down() -> None:
    """A part imports only from parts below it, for types too."""
    place = {part: number for number, part in enumerate(LAYERS)}
    wrong = [
        f"{path.relative_to(ROOT)}:{line} imports {name}"
        for path in sources()
        for name, line in imported(path)
        if (own := part_of(module_of(path))) != (other := part_of(name))
        and place[other] <= place[own]
    ]
    assert wrong == []


def test_no_two_modules_import_each_other() -> None:
    """Inside a part, too, no module comes back to itself along its imports."""
    graph = {module_of(path): {name for name, _ in imported(path)} for path in sources()}

    def leads_back(start: str) -> bool:
        seen: set[str] = set()
        ahead = set(graph[start]) - {start}
        while ahead:
            name = ahead.pop()
            seen.add(name)
            ahead |= graph.get(name, set()) - seen
        return start in seen

    assert [name for name in graph if leads_back(name)] == []


def test_only_the_command_line_prints_or_exits() -> None:
    """No other module prints or ends the program."""
    wrong = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in sources()
        if part_of(module_of(path)) not in {"cli", "__main__"}
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Call) and ast.unparse(node.func) in {"print", "exit", "sys.exit"}
    ]
    assert wrong == []


def test_the_clock_of_the_machine_is_never_read() -> None:
    """Nothing asks what day it is: the same exports make the same report next year."""
    wrong = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in sources()
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Attribute) and node.attr in {"today", "now", "utcnow", "localtime"}
    ]
    assert wrong == []


def test_no_module_is_a_drawer_for_odds_and_ends() -> None:
    """No module is named for holding anything whatever."""
    assert [path for path in sources() if path.stem in FORBIDDEN_NAMES] == []


def test_no_cell_is_looked_up_one_by_one() -> None:
    """`table.cell(r, c)` of python-docx reads the whole table each time, so it is never called."""
    calls = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in sources()
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "cell"
    ]
    assert calls == []


def test_pyplot_is_never_imported() -> None:
    """Charts are drawn through objects: pyplot's global state would make runs depend on others."""
    for path in sources():
        assert "pyplot" not in {
            part
            for node in ast.walk(parsed(path))
            if isinstance(node, ast.Import | ast.ImportFrom)
            for name in [getattr(node, "module", "") or "", *(a.name for a in node.names)]
            for part in name.split(".")
        }, path


def test_every_module_says_what_it_is_for() -> None:
    """Each begins with a docstring that ends properly."""
    for path in sources():
        told = ast.get_docstring(parsed(path))
        if path.name != "__init__.py" or told or path.stat().st_size:
            assert told, path
            assert told.rstrip().endswith((".", ")", ":", "`")), path


# --- Lint -------------------------------------------------------------------------------------


def ignored_rules() -> dict[str, list[str]]:
    """Each lint rule that pyproject.toml turns off, with the comments beside it."""
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    lint = text.partition("[tool.ruff.lint]")[2].partition("[tool.ruff.lint.pydocstyle]")[0]
    found: dict[str, list[str]] = {}
    for line in lint.splitlines():
        code, _, comment = line.partition("#")
        if "select" not in code:
            for rule in re.findall(r'"([A-Z]+\d*)"', code):
                found.setdefault(rule, []).append(comment.strip())
    return found


def test_every_lint_rule_that_is_off_has_its_reason() -> None:
    """A rule is turned off with a reason beside it, at least where it is first turned off."""
    rules = ignored_rules()
    assert len(rules) > 10
    assert [rule for rule, reasons in rules.items() if not any(reasons)] == []


def test_every_exception_in_the_code_has_its_reason() -> None:
    """So is each single exception: the first of its kind in a module says why, in brackets."""
    mark = re.compile(r"# noqa: ([A-Z]+\d+(?:, [A-Z]+\d+)*)(  \(.+\))?")
    for path in sources():
        marks = mark.findall(path.read_text(encoding="utf-8"))
        explained = {code for codes, reason in marks if reason for code in codes.split(", ")}
        used = {code for codes, _ in marks for code in codes.split(", ")}
        assert used == explained, path.relative_to(ROOT)


# --- What is written about the program --------------------------------------------------------


def test_the_changelog_has_this_version() -> None:
    """The newest heading of the changelog is the version of the program."""
    path = ROOT / "CHANGELOG.md"
    if not path.is_file():
        pytest.skip("no CHANGELOG.md yet")
    headings = re.findall(r"^## (\d+\.\d+\.\d+)", path.read_text(encoding="utf-8"), re.MULTILINE)
    assert headings[0] == hcreport.__version__


@cache
def rules() -> list[Rule]:
    """Every rule that any module of the program declares."""
    modules = [
        importlib.import_module(found.name)
        for found in pkgutil.walk_packages(hcreport.__path__, "hcreport.")
        if not found.name.endswith("__main__")
    ]
    held = (value for module in modules for value in vars(module).values())
    return list({id(value): value for value in held if isinstance(value, Rule)}.values())


def test_no_two_rules_share_a_code() -> None:
    """A code that a person quotes means one thing."""
    assert len(problems.index(rules())) == len(rules()) > 20


def test_the_rule_book_holds_every_rule() -> None:
    """What ``explain`` and the documents look a code up in leaves out no module's rules."""
    assert set(rulebook.rules()) == {rule.code for rule in rules()}


def test_every_rule_can_be_read() -> None:
    """Each has a code of its kind, a title without a full stop, and advice in sentences."""
    for rule in rules():
        assert re.fullmatch(r"[RDCTXL]\d{3}", rule.code)
        assert re.match(r"[A-Z]", rule.title), rule.code
        assert rule.title[-1] not in ".!?:", rule.code
        assert re.match(r"[A-Z]", rule.advice), rule.code
        assert rule.advice.endswith("."), rule.code
        assert rule.severity in Severity
        assert "  " not in f"{rule.title} {rule.advice}", rule.code


def test_every_figure_can_be_read() -> None:
    """Each has an id in small letters, a label that begins a line, and a definition in words."""
    ledger = sample_run().ledger
    for figure in catalogue.figures(sample_run().settings).values():
        assert re.fullmatch(r"[a-z]\w*(\.[a-z]\w*)+", figure.id)
        assert re.match(r"[A-Z]", figure.label), figure.id
        assert not figure.label.endswith("."), figure.id
        told = ledger.definitions[figure.id]
        assert re.match(r"[A-Z]", told), figure.id
        assert told.endswith("."), figure.id
        assert "  " not in told, figure.id


def document(name: str) -> str:
    """A document of the project; without it there is nothing to hold it to yet."""
    path = ROOT / name
    if not path.is_file():
        pytest.skip(f"no {name} yet")
    return path.read_text(encoding="utf-8")


def test_the_readme_names_every_command() -> None:
    """Whoever reads the README meets each command."""
    told = document("README.md")
    names = [
        str(command.name or getattr(command.callback, "__name__", ""))
        for command in cli.app.registered_commands
    ]
    for group in cli.app.registered_groups:
        assert group.typer_instance is not None
        names += [
            f"{group.name} {command.callback.__name__}"
            for command in group.typer_instance.registered_commands
            if command.callback is not None
        ]
    assert len(names) >= 2
    assert [name for name in names if f"hcreport {name}" not in told] == []


def test_the_documents_name_every_figure() -> None:
    """docs/figures.md lists the id of every figure there is."""
    told = document("docs/figures.md")
    figures = catalogue.figures(sample_run().settings)
    assert [name for name in figures if f"`{name}`" not in told] == []


def test_the_documents_name_every_problem() -> None:
    """docs/problems.md lists the code of every rule there is."""
    told = document("docs/problems.md")
    assert [rule.code for rule in rules() if rule.code not in told] == []


def test_the_documents_name_every_setting() -> None:
    """docs/settings.md names every key that report.toml can have."""
    told = document("docs/settings.md")
    models = [
        model
        for model in vars(settings).values()
        if isinstance(model, type) and issubclass(model, BaseModel) and model is not BaseModel
    ]
    keys = {key for model in models for key in model.model_fields}
    assert [key for key in sorted(keys) if not re.search(rf"\b{key}\b", told)] == []


def test_links_between_documents_lead_somewhere() -> None:
    """A link from the README or from docs/ to a file of the project finds it."""
    pages = [ROOT / "README.md", *sorted(DOCS.glob("*.md"))]
    for page in (page for page in pages if page.is_file()):
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), f"{page.name}: {target}"


def test_the_package_needs_what_it_imports() -> None:
    """Each library that the program imports is among its dependencies."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    needed = {re.split(r"[><=\[]", name)[0] for name in project["dependencies"]}
    names = {"docx": "python-docx", "PIL": "pillow", "markdown_it": "markdown-it-py"}
    names |= {"python_calamine": "python-calamine", "font_lato": "font-lato"}
    names |= {"msoffcrypto": "msoffcrypto-tool"}
    own = {"hcreport", "__future__"}
    for path in sources():
        for node in ast.walk(parsed(path)):
            if isinstance(node, ast.Import):
                found = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom):
                found = [str(node.module)]
            else:
                continue
            for name in {full.split(".")[0] for full in found} - own:
                if name not in sys.stdlib_module_names:
                    assert names.get(name, name) in needed, f"{path.name}: {name}"


def test_every_template_is_part_of_the_package() -> None:
    """What is installed holds each template that a checkout has."""
    told = document("pyproject.toml")
    templates = sorted(path.name for path in (ROOT / "templates").glob("*.docx"))
    assert len(templates) == 3
    assert [name for name in templates if f'"hcreport/templates/{name}"' not in told] == []
