"""Who imports whom: the core knows no adapter and no framework."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PURE = {*sys.stdlib_module_names, "numpy"}
NOT_PURE = {"asyncio.subprocess", "http", "os", "socket", "sqlite3", "subprocess", "urllib"}
"""Of the standard library: what reaches out of the process."""


def imports_of(path: Path, source: str) -> Iterator[str]:
    """Full names, such as `recommendation.core.domain.ids`."""
    package = ["recommendation", *path.relative_to(ROOT).parts[:-1]]
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            module = ".".join([*base, *([node.module] if node.module else [])])
            yield from (f"{module}.{alias.name}" for alias in node.names)


def faults_of(path: Path, source: str) -> list[str]:
    layer = path.relative_to(ROOT).parts[:2]
    return [name for name in imports_of(path, source) if not is_allowed(layer, name)]


def is_allowed(layer: tuple[str, ...], name: str) -> bool:
    if layer[0] == "main":
        return True
    own = name.split(".")[1:3] if name.startswith("recommendation.") else None
    if layer[0] == "adapters":
        return own is None or own[0] in ("core", "adapters")
    if own is None:
        return name.split(".", maxsplit=1)[0] in PURE and not any(
            name == one or name.startswith(f"{one}.") for one in NOT_PURE
        )
    inner = {
        "domain": ["domain"],
        "ports": ["domain", "ports"],
        "application": ["domain", "ports", "application"],
    }
    return own[0] == "core" and own[1] in inner[layer[1]]


def sources() -> Iterator[Path]:
    return (path for folder in ("core", "adapters", "main") for path in (ROOT / folder).rglob("*.py"))


def test_the_rules_hold() -> None:
    found = {str(path.relative_to(ROOT)): faults_of(path, path.read_text()) for path in sources()}
    assert {path: faults for path, faults in found.items() if faults} == {}
    assert "core/domain/ladder.py" in found


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ("core/domain/canary.py", "import fastapi"),
        ("core/domain/canary.py", "from ...adapters.http import app"),
        ("core/domain/canary.py", "from ..ports.exposures import Exposures"),
        ("core/domain/canary.py", "import sqlite3"),
        ("core/ports/canary.py", "from ..application.state import State"),
        ("core/application/canary.py", "from recommendation.main import server"),
        ("core/application/canary.py", "def late():\n    import redis"),
        ("adapters/http/canary.py", "from ...main.settings import Settings"),
    ],
)
def test_a_canary_is_reported(path: str, line: str) -> None:
    assert len(faults_of(ROOT / path, line)) == 1


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ("core/domain/innocent.py", "import numpy as np"),
        ("core/domain/innocent.py", "from .ids import Id"),
        ("core/application/innocent.py", "from ..ports.exposures import Exposures"),
        ("adapters/http/innocent.py", "import fastapi"),
    ],
)
def test_nothing_innocent_is_reported(path: str, line: str) -> None:
    assert faults_of(ROOT / path, line) == []
