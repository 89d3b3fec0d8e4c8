"""A model's folder is served only if it is exactly what the contract says."""

import asyncio
import hashlib
import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import jsonschema
import numpy as np
import pytest

from recommendation.adapters.files.artifact import (
    BadArtifact,
    Checked,
    Pointer,
    load_model,
    read_pointer,
)
from recommendation.adapters.files.watcher import ModelWatcher
from recommendation.core.application.answer import Models
from recommendation.core.domain.ids import id_of, text_of

from .artifact import ModelFolder, npy, point, product, user_key
from .shop import OTHER, SHOPPER

CONTRACTS = Path(__file__).resolve().parents[3] / "contracts/model"


def ids(*some: int) -> list[str]:
    return [product(number) for number in some]


def folder(version: str = "v1", **changes: Any) -> ModelFolder:
    parts: dict[str, Any] = {
        "categories": {product(number): "Home" if number < 7 else "Sport" for number in range(1, 13)},
        "users": {SHOPPER: ids(3, 9, 1), OTHER: ids(2)},
        "buy_again": {SHOPPER: ids(4)},
        "similar": {product(1): ids(2, 3), product(12): ids(11)},
        "together": {product(1): ids(7)},
        "popular": ids(5, 12, 1),
    }
    return ModelFolder(version=version, **{**parts, **changes})


def load(models: Path, version: str, sha256: str) -> Any:
    return load_model(models, Pointer(version, sha256), Checked())


def test_a_valid_folder_is_read_as_it_was_written(tmp_path: Path) -> None:
    model = load(tmp_path, "v1", folder().write(tmp_path))
    assert model.version == "v1"
    assert len(model) == 12
    assert [text_of(one) for one, _ in model.of_shopper("user", id_of(SHOPPER))] == ids(3, 9, 1)
    assert [score for _, score in model.of_shopper("user", id_of(SHOPPER))] == pytest.approx([1, 1 / 2, 1 / 3])
    assert [text_of(one) for one, _ in model.of_product("similar", id_of(product(12)))] == ids(11)
    assert [text_of(one) for one, _ in model.of_category("Sport")] == ids(12)
    assert list(model.of_category("Garden")) == []
    assert list(model.of_product("similar", id_of(product(99)))) == []
    assert list(model.of_shopper("user", id_of(product(1)))) == []


def test_the_manifest_and_the_pointer_are_those_of_the_contract(tmp_path: Path) -> None:
    sha256 = folder().write(tmp_path)
    point(tmp_path, "v1", sha256)
    for schema, file in (("artifact.v1.json", "v1/manifest.json"), ("pointer.v1.json", "current.json")):
        validator = jsonschema.Draft202012Validator(json.loads((CONTRACTS / schema).read_text()))
        assert list(validator.iter_errors(json.loads((tmp_path / file).read_text()))) == []
    assert read_pointer(tmp_path) == Pointer("v1", sha256)


def test_an_empty_model_is_a_model(tmp_path: Path) -> None:
    empty = ModelFolder(version="empty")
    model = load(tmp_path, "empty", empty.write(tmp_path))
    assert (len(model), list(model.popular())) == (0, [])


def test_every_id_is_found_at_its_place(tmp_path: Path) -> None:
    some = ModelFolder(
        categories={f"{number:08x}-0000-7000-8000-0000000000{number % 256:02x}": "C" for number in range(2000)}
    )
    model = load(tmp_path, "v1", some.write(tmp_path))
    assert all(model.row_of(id_of(one)) is not None for one in some.categories)


Change = Callable[[Path], None]


def rewritten(name: str, change: Callable[[Any], Any]) -> Change:
    """Another array, with the hash that belongs to it."""

    def apply(models: Path) -> None:
        path = models / "v1" / f"{name}.npy"
        content = npy(change(np.load(path)))
        path.write_bytes(content)
        manifest = json.loads((models / "v1/manifest.json").read_text())
        array = np.load(path)
        manifest["files"][name] = {
            "dtype": array.dtype.str,
            "shape": list(array.shape),
            "sha256": hashlib.sha256(content).hexdigest(),
        }
        (models / "v1/manifest.json").write_text(json.dumps(manifest))

    return apply


def manifest(change: Callable[[dict[str, Any]], object]) -> Change:
    def apply(models: Path) -> None:
        path = models / "v1/manifest.json"
        found = json.loads(path.read_text())
        change(found)
        path.write_text(json.dumps(found))

    return apply


def file(name: str, change: Callable[[bytes], bytes]) -> Change:
    def apply(models: Path) -> None:
        path = models / "v1" / f"{name}.npy"
        path.write_bytes(change(path.read_bytes()))

    return apply


def shifted(rows: Any) -> Any:
    """Rows off by one: the mistake that nothing but a golden question sees."""
    return np.where(rows > 0, rows - 1, rows)


FAULTS: Mapping[str, tuple[Change, str]] = {
    "a byte that changed": (file("similar_items", lambda content: content[:-1] + b"\x01"), "similar_items"),
    "a file that was cut off": (file("user_items", lambda content: content[:-4]), "user_items is shorter"),
    "a file with more in it": (file("user_items", lambda content: content + b"\0\0\0\0"), "user_items is longer"),
    "a file that is no array": (file("next_items", lambda _: b"nothing like it"), "next_items is no array"),
    "a missing file": (lambda models: (models / "v1/content_items.npy").unlink(), "content_items"),
    "a file of another schema": (manifest(lambda it: it.update(schema_version=2)), "schema version 2"),
    "a manifest of another version": (manifest(lambda it: it.update(model_version="v2")), "another version"),
    "a manifest without a table": (manifest(lambda it: it["files"].pop("together_items")), "together_items"),
    "a manifest with an unknown file": (
        manifest(lambda it: it["files"].update(secrets=it["files"]["user_scores"])),
        "secrets",
    ),
    "no golden questions": (manifest(lambda it: it.update(golden=[])), "golden"),
    "no salt": (manifest(lambda it: it.update(user_salt="00")), "salt"),
    "another salt": (manifest(lambda it: it.update(user_salt="ff" * 32, golden=[_user_question()])), "golden"),
    "a type that is not the contract's": (rewritten("user_scores", lambda it: it.astype("<f8")), "user_scores is <f8"),
    "columns of another length": (rewritten("user_scores", lambda it: it[:, :-1]), "user_scores has another shape"),
    "rows of another number": (rewritten("similar_items", lambda it: it[:-1]), "similar_items has the shape"),
    "users out of order": (rewritten("user_keys", lambda it: it[::-1]), "user_keys is not strictly ascending"),
    "a product twice": (rewritten("product_ids", lambda it: np.concatenate([it[:1], it[:-1]])), "ascending"),
    "a row that does not exist": (rewritten("similar_items", lambda it: np.where(it >= 0, 12, it)), "names a row"),
    "a row below -1": (rewritten("popular_items", lambda it: it - 3), "names a row"),
    "a category that does not exist": (rewritten("product_category", lambda it: it + 2), "names a row"),
    "a gap in a row": (rewritten("user_items", lambda it: it[:, ::-1].copy()), "has a gap"),
    "scores that rise": (rewritten("popular_scores", lambda it: it[::-1].copy()), "popular_scores"),
    "a score that is no number": (rewritten("popular_scores", lambda it: it * np.float32("nan")), "popular_scores"),
    "rows that are off by one": (rewritten("similar_items", shifted), "golden question"),
    "an order that is reversed": (
        rewritten("user_items", lambda it: np.array([_reversed(row) for row in it], dtype="<i4")),
        "golden question",
    ),
}


def _reversed(row: Any) -> Any:
    some = row[row >= 0]
    return np.concatenate([some[::-1], row[row < 0]])


def _user_question() -> dict[str, object]:
    return {"question": {"table": "user", "user_key": str(user_key(SHOPPER, b"\xff" * 32))}, "answer": ids(3)}


@pytest.mark.parametrize("fault", FAULTS)
def test_is_refused(tmp_path: Path, fault: str) -> None:
    change, why = FAULTS[fault]
    folder().write(tmp_path)
    change(tmp_path)
    sha256 = hashlib.sha256((tmp_path / "v1/manifest.json").read_bytes()).hexdigest()
    with pytest.raises(BadArtifact, match=why):
        load(tmp_path, "v1", sha256)


def test_a_manifest_that_the_pointer_does_not_mean_is_refused(tmp_path: Path) -> None:
    folder().write(tmp_path)
    with pytest.raises(BadArtifact, match="not the one that the pointer names"):
        load(tmp_path, "v1", "0" * 64)


@pytest.mark.parametrize(
    "text",
    [
        "not JSON",
        "[]",
        '{"schema_version": 2, "model_version": "v1", "manifest_sha256": "%s"}' % ("0" * 64),
        '{"schema_version": 1, "model_version": "../v1", "manifest_sha256": "%s"}' % ("0" * 64),
        '{"schema_version": 1, "model_version": "v1", "manifest_sha256": "x"}',
    ],
)
def test_a_pointer_that_is_none_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "current.json").write_text(text)
    with pytest.raises(BadArtifact):
        read_pointer(tmp_path)


class Watched:
    def __init__(self, models: Path) -> None:
        self.folder = models
        self.models = Models()
        self.swaps = self.refusals = 0
        self.watcher = ModelWatcher(models, self.models, self._swapped, self._refused)

    def _swapped(self) -> None:
        self.swaps += 1

    def _refused(self) -> None:
        self.refusals += 1

    def publish(self, version: str, changes: Mapping[str, object] | None = None) -> None:
        point(self.folder, version, folder(version).write(self.folder, changes))

    def look(self) -> str | None:
        asyncio.run(self.watcher.look())
        return None if self.models.current is None else self.models.current.version


def test_a_new_model_is_put_in_service_once(tmp_path: Path) -> None:
    watched = Watched(tmp_path)
    assert watched.look() is None
    watched.publish("v1")
    assert [watched.look(), watched.look()] == ["v1", "v1"]
    watched.publish("v2")
    assert watched.look() == "v2"
    assert (watched.swaps, watched.refusals, watched.models.refused) == (2, 0, None)


def test_an_earlier_model_comes_back_by_its_pointer(tmp_path: Path) -> None:
    watched = Watched(tmp_path)
    watched.publish("v1")
    first = (tmp_path / "current.json").read_bytes()
    watched.look()
    watched.publish("v2")
    watched.look()
    (tmp_path / "current.json").write_bytes(first)
    assert watched.look() == "v1"


def test_the_model_before_a_bad_one_goes_on_and_it_is_said_why(tmp_path: Path) -> None:
    watched = Watched(tmp_path)
    watched.publish("v1")
    watched.look()
    watched.publish("v2", {"schema_version": 9})
    assert [watched.look(), watched.look()] == ["v1", "v1"]
    assert watched.refusals == 1
    assert watched.models.refused == "the manifest has the schema version 9"
    (tmp_path / "current.json").write_text("{")
    assert watched.look() == "v1"
    assert watched.models.refused == "current.json is not JSON"
    watched.publish("v3")
    assert watched.look() == "v3"
    assert watched.models.refused is None
