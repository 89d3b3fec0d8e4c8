"""What every registry does: files and MLflow."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from shop_ml.lineage import Hashed, Lineage
from shop_ml.registry.files import FileRegistry
from shop_ml.registry.port import Registry, Unknown, Version, why

LINEAGE = Lineage(
    "run-1", "abc123", [Hashed("silver/day=1", "0" * 64, 10)], [Hashed("ml.lock", "f" * 64, 3)], {"n": 0.5}
)
ONE = Version("v1", "EASE", {"reg": 100.0}, LINEAGE, [])
TWO = replace(ONE, name="v2")
THREE = replace(ONE, name="v3", reasons=["too slow"])


def in_mlflow(folder: Path) -> Registry:
    from shop_ml.registry.mlflow import MlflowRegistry

    return MlflowRegistry(f"sqlite:///{folder}/mlflow.db")


@pytest.fixture(params=[FileRegistry, in_mlflow], ids=["files", "mlflow"])
def registry(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Registry:
    monkeypatch.chdir(tmp_path)
    make: Callable[[Path], Registry] = request.param
    return make(tmp_path)


@pytest.mark.filterwarnings("ignore")
def test_versions_aliases_and_the_way_back(registry: Registry) -> None:
    assert registry.named("champion") is None
    with pytest.raises(Unknown):
        registry.get("v1")
    with pytest.raises(Unknown):
        registry.set_alias("champion", "v1")
    for version in (ONE, TWO, THREE):
        registry.add(version)
    assert registry.get("v1") == ONE
    assert registry.get("v3").reasons == ["too slow"]

    registry.set_alias("champion", "v1")
    with pytest.raises(Unknown):
        registry.rollback()
    registry.set_alias("challenger", "v3")
    registry.set_alias("champion", "v2")
    assert registry.named("champion") == TWO
    assert registry.named("challenger") == THREE

    assert registry.rollback() == ONE
    assert registry.named("champion") == ONE
    with pytest.raises(Unknown):
        registry.rollback()

    registry.add(replace(TWO, kind="ALS", approved=("drift",)))
    assert (registry.get("v2").kind, registry.get("v2").approved) == ("ALS", ("drift",))
    registry.set_alias("champion", "v2")
    registry.set_alias("champion", "v2")  # again: it is no champion before itself
    assert registry.rollback() == ONE


def test_why_tells_inputs_code_and_locks() -> None:
    text = why(THREE)
    for part in ("v3: EASE {'reg': 100.0}", "abc123", "silver/day=1", "ml.lock", "n 0.5000", "too slow"):
        assert part in text
