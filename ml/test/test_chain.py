"""The whole chain: events → lake → dataset → model → gate → folder → the service's answers."""

import hashlib
import json
import shutil
import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from recommendation.adapters.files.artifact import Checked, load_model, read_pointer
from recommendation.core.domain.model import Model

from shop_ml.cli import STOPPED, main
from shop_ml.lake.bronze import contract_of, write_batch
from shop_ml.registry.files import FileRegistry
from shop_ml.simulate.dataset import uuid_of
from shop_ml.simulate.events import START, events_of, lake_row
from shop_ml.simulate.world import WORLDS, World, make_world

SERVICES = Path(__file__).resolve().parents[2] / "services"
REHEARSAL = f"env PYTHONPATH={SERVICES} {sys.executable} -m recommendation.main.rehearse"
DAY = START.date() + timedelta(days=39)


@pytest.fixture(scope="module")
def world() -> World:
    rules = replace(WORLDS["complements"], users=250, items=80, types=4, days=40, events=16)
    return make_world(rules, 4)


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory, world: World) -> Path:
    folder = tmp_path_factory.mktemp("shop")
    write_lake(folder, world, {str(uuid_of(2, user)): str(pseudonym_of(user)) for user in range(world.rules.users)})
    assert run(folder, *(f"conform --day {day}" for day in days(36)), f"pipeline --day {DAY}") == 0
    return folder


def pseudonym_of(user: int) -> UUID:
    return uuid_of(7, 999 - user)


def write_lake(folder: Path, world: World, pseudonyms: Mapping[str, str]) -> None:
    rows: dict[str, list[dict[str, object]]] = {}
    for one in events_of(world):
        columns = contract_of(one.event_type)["columns"]
        rows.setdefault(one.event_type, []).append(lake_row(one, columns, pseudonyms))
    for event_type, part in rows.items():
        write_batch(folder / "lake", event_type, "one", part)


def days(count: int) -> Sequence[date]:
    return [START.date() + timedelta(days=4 * number + 3) for number in range(count // 4)]


def run(folder: Path, *steps: str) -> int:
    options = ["--lake", f"{folder}/lake", "--work", f"{folder}/work", "--models", f"{folder}/models"]
    return max(main([*step.split(), *options, "--rehearsal", REHEARSAL]) for step in steps)


def served(folder: Path) -> Model:
    pointer = read_pointer(folder / "models")
    assert pointer is not None
    return load_model(folder / "models", pointer, Checked())


def files(folder: Path) -> Mapping[str, str]:
    return {one.name: hashlib.sha256(one.read_bytes()).hexdigest() for one in folder.rglob("*") if one.is_file()}


def test_the_service_answers_from_it(base: Path, world: World) -> None:
    model = served(base)
    assert model.version.startswith(DAY.isoformat())
    shopper = pseudonym_of(int(world.interactions.users[0]))
    answer = model.of_shopper("user", shopper.bytes)
    assert len(answer) >= 20
    had = {uuid_of(1, int(item)).bytes for item in world.interactions.items[world.interactions.users == 0]}
    assert not had & {product for product, _ in answer}
    assert {product for product, _ in model.of_shopper("buy_again", shopper.bytes)} <= had
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
    assert run(tmp_path, f"pipeline --day {DAY}") == STOPPED
    assert "stopped: no products are known" in capsys.readouterr().out


def test_a_step_without_the_one_before_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(tmp_path, f"gate --day {DAY}") == STOPPED
    assert "trained.json of the step before is not there" in capsys.readouterr().out


def test_no_user_id_is_in_any_file_and_no_pseudonym_in_a_model(base: Path, world: World) -> None:
    users = [uuid_of(2, user) for user in range(world.rules.users)]
    shoppers = [pseudonym_of(user) for user in range(world.rules.users)]
    for place, nowhere in (("work", users), ("models", [*users, *shoppers])):
        for file in (base / place).rglob("*"):
            content = file.read_bytes() if file.is_file() else b""
            assert not any(one.bytes in content or str(one).encode() in content for one in nowhere)


def test_a_shop_with_guests_only_has_all_lists_but_those_of_users(
    tmp_path: Path, world: World, capsys: pytest.CaptureFixture[str]
) -> None:
    write_lake(tmp_path, world, {})
    assert run(tmp_path, *(f"conform --day {day}" for day in days(36)), f"pipeline --day {DAY}") == 0
    assert "is published" in capsys.readouterr().out
    model = served(tmp_path)
    product = uuid_of(1, int(world.interactions.items[0])).bytes
    for table in ("similar", "together", "next", "content"):
        assert model.of_product(table, product)
    assert len(model.popular()) >= 10
    for user in range(world.rules.users):
        assert not model.of_shopper("user", pseudonym_of(user).bytes)
        assert not model.of_shopper("buy_again", pseudonym_of(user).bytes)


class TestApproval:
    """Of a run whose inputs have drifted, and which the gate has refused."""

    @pytest.fixture
    def drifted(self, base: Path, tmp_path: Path) -> Path:
        for name in ("lake", "work"):
            shutil.copytree(base / name, tmp_path / name)
        shutil.rmtree(tmp_path / "work/registry")
        change(tmp_path, "trained", candidate={**found(tmp_path, "trained")["candidate"], "psi": 0.4})
        assert run(tmp_path, f"gate --day {DAY}", f"publish --day {DAY}") == 0
        assert not (tmp_path / "models").exists()
        return tmp_path

    def test_lets_a_model_into_service(self, drifted: Path, capsys: pytest.CaptureFixture[str]) -> None:
        version = found(drifted, "trained")["version"]
        assert run(drifted, f"why {version}") == 0
        assert "refused:\n  the inputs have drifted: PSI 0.40" in capsys.readouterr().out
        assert run(drifted, f"approve {version}") == 0
        assert served(drifted).version == version
        assert run(drifted, f"why {version}") == 0
        assert "promoted\napproved by a person: the inputs have drifted" in capsys.readouterr().out
        assert run(drifted, f"gate --day {DAY}", f"publish --day {DAY}", f"why {version}") == 0  # the day again
        assert "approved by a person" in capsys.readouterr().out

    @pytest.mark.parametrize(
        ("file", "changes", "reason"),
        [
            ("rehearsed", {"p99_ms": 9.0}, "too slow: p99 9.0 ms"),
            ("rehearsed", {"refused": "corrupt"}, "the service refuses the folder: corrupt"),
            ("rehearsed", {"version": "another"}, "was not rehearsed"),
        ],
    )
    def test_overrules_nothing_else(
        self, drifted: Path, capsys: pytest.CaptureFixture[str], file: str, changes: Mapping[str, object], reason: str
    ) -> None:
        version = found(drifted, "trained")["version"]
        change(drifted, file, **changes)
        assert run(drifted, f"approve {version}") == STOPPED
        assert reason in capsys.readouterr().out
        assert not (drifted / "models").exists()

    def test_is_of_what_was_trained_last(self, drifted: Path, capsys: pytest.CaptureFixture[str]) -> None:
        version = found(drifted, "trained")["version"]
        for file in ("trained", "rehearsed"):
            change(drifted, file, version="another")
        assert run(drifted, f"approve {version}") == STOPPED
        assert f"{DAY} has been trained again since" in capsys.readouterr().out

    def test_is_of_what_was_compared_with_the_champion(self, drifted: Path, capsys: pytest.CaptureFixture[str]) -> None:
        version = found(drifted, "trained")["version"]
        registry = FileRegistry(drifted / "work/registry")
        registry.add(replace(registry.get(version), name="2026-01-01-other"))
        registry.set_alias("champion", "2026-01-01-other")
        assert run(drifted, f"approve {version}") == STOPPED
        assert f"{version} was not compared with 2026-01-01-other" in capsys.readouterr().out

    def test_is_of_what_is_there(self, drifted: Path, capsys: pytest.CaptureFixture[str]) -> None:
        assert run(drifted, "approve 2026-01-01-nothing") == STOPPED
        assert "unknown: 2026-01-01-nothing" in capsys.readouterr().out
        shutil.rmtree(drifted / f"work/runs/{DAY}/models")
        assert run(drifted, f"approve {found(drifted, 'trained')['version']}") == STOPPED
        assert "no longer kept" in capsys.readouterr().out
        assert FileRegistry(drifted / "work/registry").named("champion") is None


def found(folder: Path, name: str) -> dict[str, Any]:
    """What a step of the day has left."""
    one: dict[str, Any] = json.loads((folder / f"work/runs/{DAY}/{name}.json").read_text())
    return one


def change(folder: Path, name: str, **changes: object) -> None:
    (folder / f"work/runs/{DAY}/{name}.json").write_text(json.dumps({**found(folder, name), **changes}))


def test_a_model_that_is_too_slow_is_not_promoted(base: Path, tmp_path: Path) -> None:
    for name in ("lake", "work"):
        shutil.copytree(base / name, tmp_path / name)
    shutil.rmtree(tmp_path / "work/registry")
    slow = tmp_path / "slow.py"
    slow.write_text("print('{\"p99_ms\": 9.0}')")
    options = ["--lake", f"{tmp_path}/lake", "--work", f"{tmp_path}/work", "--models", f"{tmp_path}/models"]
    for step in ("rehearse", "gate", "publish"):
        assert main([step, "--day", str(DAY), *options, "--rehearsal", f"{sys.executable} {slow}"]) == 0
    assert not (tmp_path / "models").exists()
