"""Folders that the service's own loader accepts, and a pointer that is replaced last."""

import json
from pathlib import Path
from uuid import UUID

import jsonschema
import numpy as np
import pytest
from recommendation.adapters.files.artifact import BadArtifact, Checked, load_model, read_pointer
from recommendation.core.domain.model import Model as ServedModel

from shop_ml.dataset import Dataset
from shop_ml.lineage import Hashed, Lineage
from shop_ml.models.model import recommend
from shop_ml.models.popularity import POPULAR
from shop_ml.models.transitions import BLEND, Blend
from shop_ml.publish.artifact import salt_of, user_key, write_artifact
from shop_ml.publish.lists import Table, make_lists
from shop_ml.publish.pointer import NotPublished, current, publish
from shop_ml.simulate.dataset import dataset_of, uuid_of

from .small import CUT, small_world

CONTRACT = Path(__file__).resolve().parents[2] / "contracts/model/artifact.v1.json"
LINEAGE = Lineage("run", "abc", [Hashed("silver", "0" * 64, 5)], [Hashed("ml.lock", "1" * 64)], {"ndcg_10": 0.1})
PARAMS = {"reg": 100.0, "shrink": 20.0, "decay": 0.0, "share": 0.4}


@pytest.fixture(scope="module")
def data() -> Dataset:
    return dataset_of(small_world(), CUT)


@pytest.fixture(scope="module")
def model(data: Dataset) -> Blend:
    return BLEND.fit(data.acted, PARAMS)


@pytest.fixture(scope="module")
def models(tmp_path_factory: pytest.TempPathFactory, data: Dataset, model: Blend) -> Path:
    folder = tmp_path_factory.mktemp("models")
    write(folder, "v1", data, model)
    publish(folder, "v1")
    return folder


def write(folder: Path, version: str, data: Dataset, model: Blend) -> Path:
    lists = make_lists(model, data)
    return write_artifact(folder, version, "2026-03-01T02:00:00Z", lists, data, LINEAGE)


def served(models: Path) -> ServedModel:
    pointer = read_pointer(models)
    assert pointer is not None
    return load_model(models, pointer, Checked())


def test_the_manifest_is_as_the_contract_says(models: Path) -> None:
    manifest = json.loads((models / "v1/manifest.json").read_text())
    jsonschema.validate(manifest, json.loads(CONTRACT.read_text()), format_checker=jsonschema.FormatChecker())
    assert {one["question"]["table"] for one in manifest["golden"]} == {
        "user", "buy_again", "similar", "together", "next", "content", "popular", "category_popular",
    }  # fmt: skip


def test_the_service_answers_what_the_model_recommends(models: Path, data: Dataset, model: Blend) -> None:
    found = served(models)
    users = np.arange(0, 600, 37, dtype=np.int32)
    lists = recommend(model, data.acted, users, 10)
    for user, row in zip(users.tolist(), lists.tolist(), strict=True):
        answer = [one for one, _ in found.of_shopper("user", UUID(data.shoppers[user]).bytes)]
        assert answer[:10] == [uuid_of(1, item).bytes for item in row]


def test_a_reason_is_something_that_the_user_has_had(models: Path, data: Dataset) -> None:
    found = served(models)
    seen = data.acted.seen()
    for user in range(0, 600, 97):
        reasons = found.reasons_of(UUID(data.shoppers[user]).bytes)
        assert reasons
        had = {uuid_of(1, item).bytes for item in seen[user].indices.tolist()}
        assert set(reasons.values()) <= had
        assert not set(reasons) & had


def test_buy_again_holds_only_what_was_bought(models: Path, data: Dataset) -> None:
    found = served(models)
    bought = data.bought.seen()
    for user in range(0, 600, 97):
        again = {one for one, _ in found.of_shopper("buy_again", UUID(data.shoppers[user]).bytes)}
        assert again == {uuid_of(1, item).bytes for item in bought[user].indices.tolist()} or len(again) == 50


def test_what_is_popular_is_nobody_s_own_list(tmp_path: Path, data: Dataset) -> None:
    lists = make_lists(POPULAR.fit(data.acted, {}), data)
    write_artifact(tmp_path, "v1", "2026-03-01T02:00:00Z", lists, data, LINEAGE)
    publish(tmp_path, "v1")
    found, shopper = served(tmp_path), UUID(data.shoppers[0]).bytes
    assert found.popular()
    assert found.of_shopper("buy_again", shopper)
    assert not found.of_shopper("user", shopper)


def test_keys_of_two_versions_cannot_be_matched(models: Path, tmp_path: Path, data: Dataset, model: Blend) -> None:
    write(tmp_path, "v2", data, model)
    once, again = (set(np.load(folder / "user_keys.npy").tolist()) for folder in (models / "v1", tmp_path / "v2"))
    assert len(once) == len(again) == len(data.shoppers)
    assert not once & again
    assert user_key(salt_of("v2"), UUID(data.shoppers[0])) in again


def test_twice_the_same_bytes(tmp_path: Path, data: Dataset, model: Blend) -> None:
    once, again = (write(tmp_path / name, "v1", data, model) for name in ("a", "b"))
    assert files_of(once) == files_of(again)


def files_of(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_a_pseudonym_is_in_no_file(models: Path, data: Dataset) -> None:
    ids = [UUID(one) for one in data.shoppers]
    for content in files_of(models / "v1").values():
        assert not any(one.bytes in content or str(one).encode() in content for one in ids)


def test_the_pointer_changes_last(models: Path, tmp_path: Path) -> None:
    with pytest.raises(NotPublished, match="no manifest"):
        publish(tmp_path, "v9")
    assert current(tmp_path) is None
    assert current(models) == "v1"


def test_rows_that_are_off_by_one_do_not_pass(tmp_path: Path, data: Dataset, model: Blend) -> None:
    folder = write(tmp_path, "v1", data, model)
    ids = np.load(folder / "similar_items.npy")
    np.save(folder / "similar_items.npy", np.roll(ids, 1, axis=0))
    publish(tmp_path, "v1")
    with pytest.raises(BadArtifact):
        served(tmp_path)


@pytest.mark.parametrize(
    "row", [[-3, -1, -np.inf, -2], [0, 0, 0, 0], [-np.inf, -np.inf, -np.inf, -np.inf], [5, 1e-30, 1e30, 4]]
)
def test_scores_of_a_table_fall_and_are_finite(row: list[float]) -> None:
    table = Table.of(np.array([row], dtype=np.float32), 10)
    assert (np.diff(table.scores) <= 0).all()
    assert ((table.scores >= 0) & np.isfinite(table.scores)).all()
    assert ((table.scores == 0) | (table.items >= 0)).all()
