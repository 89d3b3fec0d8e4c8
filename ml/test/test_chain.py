"""The whole chain: events → lake → dataset → model → gate → folder → the service's answers."""

import hashlib
import json
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from recommendation.adapters.files.artifact import Checked, load_model, read_pointer
from recommendation.core.domain.model import Model

from shop_ml.cli import STOPPED, main
from shop_ml.lake.bronze import contract_of, write_batch
from shop_ml.publish.artifact import user_key
from shop_ml.simulate.dataset import uuid_of
from shop_ml.simulate.events import START, events_of, lake_row
from shop_ml.simulate.world import WORLDS, World, make_world

SALT = bytes(range(32))
DAY = START.date() + timedelta(days=39)


@pytest.fixture(scope="module")
def world() -> World:
    rules = replace(WORLDS["complements"], users=250, items=80, types=4, days=40, events=16)
    return make_world(rules, 4)


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory, world: World) -> Path:
    folder = tmp_path_factory.mktemp("shop")
    users = [str(uuid_of(2, user)) for user in range(world.rules.users)]
    pseudonyms = {user: str(uuid_of(7, 999 - number)) for number, user in enumerate(users)}
    rows: dict[str, list[dict[str, object]]] = {}
    for one in events_of(world):
        columns = contract_of(one.event_type)["columns"]
        rows.setdefault(one.event_type, []).append(lake_row(one, columns, pseudonyms))
    for event_type, part in rows.items():
        write_batch(folder / "lake", event_type, "one", part)
    keys = {pseudonyms[user]: str(user_key(SALT, UUID(user))) for user in users}
    (folder / "keys.json").write_text(json.dumps({"salt": SALT.hex(), "keys": keys}))
    assert run(folder, *(f"conform --day {day}" for day in days(36)), f"pipeline --day {DAY}") == 0
    return folder


def days(count: int) -> Sequence[date]:
    return [START.date() + timedelta(days=4 * number + 3) for number in range(count // 4)]


def run(folder: Path, *steps: str) -> int:
    options = ["--lake", f"{folder}/lake", "--work", f"{folder}/work", "--models", f"{folder}/models"]
    keys = ["--keys", f"{folder}/keys.json"]
    return max(main([*step.split(), *options, *keys]) for step in steps)


def served(folder: Path) -> Model:
    pointer = read_pointer(folder / "models")
    assert pointer is not None
    return load_model(folder / "models", pointer, Checked())


def files(folder: Path) -> Mapping[str, str]:
    return {one.name: hashlib.sha256(one.read_bytes()).hexdigest() for one in folder.rglob("*") if one.is_file()}


def test_the_service_answers_from_it(base: Path, world: World) -> None:
    model = served(base)
    assert model.version.startswith(DAY.isoformat())
    user = uuid_of(2, int(world.interactions.users[0]))
    answer = model.of_user("user", user.bytes)
    assert len(answer) >= 20
    had = {uuid_of(1, int(item)).bytes for item in world.interactions.items[world.interactions.users == 0]}
    assert not had & {product for product, _ in answer}
    assert {product for product, _ in model.of_user("buy_again", user.bytes)} <= had
    product = uuid_of(1, int(world.interactions.items[0])).bytes
    for table in ("similar", "together", "next", "content"):
        assert model.of_product(table, product)
    assert len(model.popular()) >= 10


def test_the_same_day_again_changes_no_byte(base: Path) -> None:
    before = files(base / "models")
    assert run(base, f"pipeline --day {DAY}") == 0
    assert files(base / "models") == before


def test_trained_twice_it_is_the_same_folder(base: Path, tmp_path: Path) -> None:
    shutil.copytree(base / "lake", tmp_path / "lake")
    shutil.copy(base / "keys.json", tmp_path / "keys.json")
    assert run(tmp_path, *(f"conform --day {day}" for day in reversed(days(36))), f"pipeline --day {DAY}") == 0
    assert files(tmp_path / "models") == files(base / "models")


def test_why_tells_what_it_comes_from(base: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(base, f"why {served(base).version}") == 0
    told = capsys.readouterr().out
    assert f"interactions/day={DAY}" in told
    assert "ml.lock" in told
    assert "promoted" in told


def test_a_rollback_serves_the_version_before(base: Path, tmp_path: Path) -> None:
    for name in ("lake", "work/silver"):
        shutil.copytree(base / name, tmp_path / name)
    shutil.copy(base / "keys.json", tmp_path / "keys.json")
    former = DAY - timedelta(days=3)
    assert run(tmp_path, f"pipeline --day {former}", f"pipeline --day {DAY}") == 0
    assert served(tmp_path).version.startswith(str(DAY))
    assert run(tmp_path, f"pipeline --day {former}") == 0  # a day that is run again does not bring an old model back
    assert served(tmp_path).version.startswith(str(DAY))
    assert run(tmp_path, "rollback") == 0
    assert served(tmp_path).version.startswith(str(former))
    assert run(tmp_path, "rollback") == STOPPED


def test_a_day_that_is_missing_stops_with_the_reason(base: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(base, f"pipeline --day {DAY + timedelta(days=5)}") == STOPPED
    assert "stopped: nothing happened on" in capsys.readouterr().out


def test_a_shop_without_products_stops_with_the_reason(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "keys.json").write_text("{}")
    assert run(tmp_path, f"pipeline --day {DAY}") == STOPPED
    assert "stopped: no products are known" in capsys.readouterr().out


def test_a_step_without_the_one_before_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "keys.json").write_text("{}")
    assert run(tmp_path, f"gate --day {DAY}") == STOPPED
    assert "trained.json of the step before is not there" in capsys.readouterr().out


def test_no_user_id_is_in_any_file(base: Path, world: World) -> None:
    users = [uuid_of(2, user) for user in range(world.rules.users)]
    for place in ("work", "models"):
        for file in (base / place).rglob("*"):
            content = file.read_bytes() if file.is_file() else b""
            assert not any(user.bytes in content or str(user).encode() in content for user in users)
