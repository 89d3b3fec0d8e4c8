"""What is found out about a model before it is in service."""

import json
import os
import subprocess
import sys
from pathlib import Path

from recommendation.main.rehearse import rehearse

from .artifact import ModelFolder, product
from .shop import SHOPPER

SERVICES = Path(__file__).resolve().parents[2]


def folder(version: str) -> ModelFolder:
    categories = {product(number): f"Category {number % 5}" for number in range(1, 41)}
    return ModelFolder(version, categories, users={SHOPPER: list(categories)}, popular=list(categories))


def test_a_good_model_answers_in_time(tmp_path: Path) -> None:
    folder("v1").write(tmp_path)
    run = subprocess.run(  # noqa: S603
        [sys.executable, "-m", "recommendation.main.rehearse", str(tmp_path), "v1"],
        env={**os.environ, "PYTHONPATH": str(SERVICES)},
        input=f"{SHOPPER}\n",
        capture_output=True,
        text=True,
        check=True,
    )
    found = json.loads(run.stdout)
    assert found["answers"] == 3_000
    assert 0 < found["p99_ms"] < 20


def test_a_model_that_the_service_would_refuse(tmp_path: Path) -> None:
    folder("v1").write(tmp_path)
    (tmp_path / "v1/user_items.npy").write_bytes(b"nonsense")
    assert "user_items" in str(rehearse(tmp_path, "v1", [])["refused"])
    assert "manifest.json" in str(rehearse(tmp_path, "v2", [])["refused"])
    ModelFolder("v3").write(tmp_path)
    assert rehearse(tmp_path, "v3", []) == {"refused": "it has no products"}
