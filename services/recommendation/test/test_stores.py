"""Every state store keeps what it is given."""

import os
import stat
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from recommendation.adapters.memory.state_store import MemoryStateStore
from recommendation.adapters.redis.state_store import RedisStateStore
from recommendation.adapters.sqlite.state_store import SqliteStateStore
from recommendation.core.ports.state_store import Record, StateStore

REDIS_URL = os.environ.get("TEST_REDIS_URL")

Open = Callable[[], StateStore]


def _memory(_: Path) -> Open:
    store = MemoryStateStore()
    return lambda: store


def _sqlite(folder: Path) -> Open:
    return lambda: SqliteStateStore(folder / "state/state.sqlite")


def _redis(_: Path) -> Open:
    prefix = f"test-{uuid4()}:"
    return lambda: RedisStateStore(REDIS_URL or "", prefix)


KINDS = {"memory": _memory, "sqlite": _sqlite, "redis": _redis}


@pytest.fixture(params=KINDS)
def open_store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Open]:
    if request.param == "redis" and REDIS_URL is None:
        pytest.skip("TEST_REDIS_URL names no Redis")
    opened: list[StateStore] = []
    open_one = KINDS[request.param](tmp_path)

    def opening() -> StateStore:
        opened.append(open_one())
        return opened[-1]

    yield opening
    for store in opened:
        store.close()


def contents(store: StateStore) -> set[tuple[str, str, str | None]]:
    return {(record.kind, record.key, record.value) for record in store.load()}


def test_is_empty_at_first(open_store: Open) -> None:
    assert contents(open_store()) == set()


def test_keeps_the_last_value_for_the_next_process(open_store: Open) -> None:
    open_store().save([Record("a", "1", "old"), Record("a", "2", "x"), Record("b", "1", "y"), Record("a", "1", "new")])
    assert contents(open_store()) == {("a", "1", "new"), ("a", "2", "x"), ("b", "1", "y")}


def test_forgets_what_has_no_value(open_store: Open) -> None:
    store = open_store()
    store.save([Record("a", "1", "x"), Record("a", "2", "y")])
    store.save([Record("a", "1", None), Record("a", "3", None)])
    assert contents(store) == {("a", "2", "y")}


def test_keeps_what_lasts_and_keys_with_any_sign(open_store: Open) -> None:
    store = open_store()
    store.save([Record("a", "user:1:ä€", '{"ü": 1}', lasts_s=3_600)])
    assert contents(open_store()) == {("a", "user:1:ä€", '{"ü": 1}')}


def test_takes_many(open_store: Open) -> None:
    store = open_store()
    store.save([Record("many", str(number), "x") for number in range(2_500)])
    assert len(contents(store)) == 2_500


@pytest.mark.parametrize("kind", ["memory", "sqlite"])
def test_forgets_what_has_expired(kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    now = 1_000.0
    monkeypatch.setattr(f"recommendation.adapters.{kind}.state_store.time", lambda: now)
    store = KINDS[kind](tmp_path)()
    store.save([Record("a", "1", "x", lasts_s=10), Record("a", "2", "y", lasts_s=20)])
    now = 1_010.0
    assert contents(store) == {("a", "2", "y")}
    store.close()


def test_a_file_is_its_owner_s_and_a_failure_leaves_nothing_half(tmp_path: Path) -> None:
    file = tmp_path / "state.sqlite"
    store = SqliteStateStore(file)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    with pytest.raises(Exception, match="NOT NULL"):
        store.save([Record("a", "1", "x"), Record("a", None, "y")])  # type: ignore[arg-type]
    assert contents(store) == set()
    store.close()


def test_what_is_forgotten_is_in_no_file(tmp_path: Path) -> None:
    store = SqliteStateStore(tmp_path / "state.sqlite")
    store.save([Record("shopper", "user:of-somebody", "[what they did]"), Record("a", "1", "x")])
    store.save([Record("shopper", "user:of-somebody", None)])
    assert all(b"of-somebody" not in path.read_bytes() for path in tmp_path.iterdir())
    store.close()
