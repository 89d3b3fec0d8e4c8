"""Who may import what: heavy libraries stay where they are needed."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1] / "shop_ml"

PURE = {"numpy", "scipy"}
PURE_FOLDERS = {"models", "evaluate", "simulate", "publish"}
"""May import these, the standard library and each other."""
ONLY_IN = {"mlflow": "registry/mlflow.py", "pyspark": "spark/", "jax": "models/sasrec.py", "recommendation": "nowhere"}
LOADED_LATE = {"pyarrow": ("lake/", "conform.py", "features.py", "checks.py")}


def imports_of(path: str, source: str) -> Iterator[str]:
    """Full names; of our own those within the package, such as `.lake.silver`."""
    package = [*path.split("/")[:-1]]
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            yield ("." if node.level else "") + ".".join([*base, *([node.module] if node.module else [])])


def faults_of(path: str, source: str) -> list[str]:
    return [name for name in imports_of(path, source) if not is_allowed(path, name)]


def is_allowed(path: str, name: str) -> bool:
    first = name.split(".", maxsplit=1)[0]
    if first in ONLY_IN:
        return path.startswith(ONLY_IN[first])
    if first in LOADED_LATE:
        return path.startswith(LOADED_LATE[first])
    folder = path.split("/", maxsplit=1)[0]
    if folder not in PURE_FOLDERS:
        return True
    if name.startswith("."):
        return not name.startswith((".lake", ".registry", ".steps", ".cli", ".conform", ".features"))
    return first in PURE or first in sys.stdlib_module_names


def test_the_rules_hold() -> None:
    found = {
        str(path.relative_to(ROOT)): faults_of(str(path.relative_to(ROOT)), path.read_text())
        for path in ROOT.rglob("*.py")
    }
    assert {path: faults for path, faults in found.items() if faults} == {}
    assert "models/als.py" in found


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ("models/canary.py", "import sklearn"),
        ("models/canary.py", "import jax"),
        ("evaluate/canary.py", "import pandas"),
        ("evaluate/canary.py", "from ..lake.silver import Silver"),
        ("simulate/canary.py", "import pyarrow"),
        ("steps.py", "import mlflow"),
        ("conform.py", "from pyspark.sql import SparkSession"),
        ("publish/canary.py", "from recommendation.core.domain.model import Model"),
        ("publish/canary.py", "def late():\n    import mlflow"),
    ],
)
def test_a_canary_is_reported(path: str, line: str) -> None:
    assert len(faults_of(path, line)) == 1


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ("models/innocent.py", "import scipy.sparse as sp"),
        ("models/innocent.py", "from ..interactions import Interactions"),
        ("registry/mlflow.py", "from mlflow import MlflowClient"),
        ("conform.py", "import pyarrow as pa"),
    ],
)
def test_nothing_innocent_is_reported(path: str, line: str) -> None:
    assert faults_of(path, line) == []
