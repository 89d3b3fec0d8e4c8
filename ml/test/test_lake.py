"""From events to the dataset: each event once, on its own day, and nothing of the future."""

import json
import random
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from jsonschema import Draft202012Validator, FormatChecker
from referencing import Registry, Resource

from shop_ml.conform import conform
from shop_ml.features import dataset, load_dataset
from shop_ml.lake.bronze import Bronze, contract_of, write_batch
from shop_ml.lake.silver import Silver, rows_hash
from shop_ml.simulate.events import START, Envelope, events_of, lake_row
from shop_ml.simulate.world import WORLDS, World, make_world

EVENTS = Path(__file__).resolve().parents[2] / "contracts" / "events"


@cache
def world() -> World:
    return make_world(replace(WORLDS["complements"], users=40, items=30, types=3, days=10, events=10, new_items=0), 1)


@cache
def envelopes() -> Sequence[Envelope]:
    return list(events_of(world()))


def rows(found: Sequence[Envelope]) -> Mapping[str, list[dict[str, Any]]]:
    by_type: dict[str, list[dict[str, Any]]] = {}
    for one in found:
        columns = contract_of(one.event_type)["columns"]
        by_type.setdefault(one.event_type, []).append(lake_row(one, columns, Pseudonyms()))
    return by_type


class Pseudonyms(dict[str, str]):
    def get(self, key: str, default: Any = None) -> Any:  # noqa: ARG002
        return f"shopper-{key[-4:]}"


def write(lake: Path, found: Sequence[Envelope], batch: str = "one") -> None:
    for event_type, part in rows(found).items():
        write_batch(lake, event_type, batch, part)


def day(number: int) -> date:
    return START.date() + timedelta(days=number)


def hashes(silver: Silver, days: int = 10) -> list[str]:
    return [rows_hash(silver.read("interactions", day(number))) for number in range(days)]


@pytest.fixture(scope="module")
def lake(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("lake")
    write(folder, envelopes())
    return folder


def test_simulated_events_are_the_shops(subtests: pytest.Subtests) -> None:
    common = json.loads((EVENTS / "common.json").read_text())
    registry = Registry().with_resource("common.json", Resource.from_contents(common))
    for event_type, some in groups().items():
        schema = json.loads((EVENTS / f"{event_type}.v{some[0].event_version}.json").read_text())
        validator = Draft202012Validator(schema, registry=registry, format_checker=FormatChecker())
        for one in some[:50]:
            with subtests.test(event_type=event_type):
                validator.validate(one.payload)


def groups() -> Mapping[str, list[Envelope]]:
    found: dict[str, list[Envelope]] = {}
    for one in envelopes():
        found.setdefault(one.event_type, []).append(one)
    return found


def test_every_interaction_of_the_world_arrives(lake: Path, tmp_path: Path) -> None:
    silver = Silver(tmp_path)
    for number in range(10):
        conform(Bronze(str(lake)), silver, day(number))
    data, inputs = load_dataset(silver, day(9))
    assert len(inputs) == 12 + 3  # also the days before the first, to which events might have come late
    expected = world().interactions
    assert len(data.bought) == len(expected)
    assert np.array_equal(np.sort(data.bought.items), np.sort(expected.items))
    assert len(data.products) == 30
    assert data.baskets.shape[0] >= data.visits.user_count > 100


def test_twice_late_and_shuffled_change_nothing(lake: Path, tmp_path: Path) -> None:
    mixed = [*envelopes(), *random.Random(1).sample(list(envelopes()), 200)]
    random.Random(2).shuffle(mixed)
    other = tmp_path / "lake"
    # Events of one time come in several files, and many are recorded up to three days late.
    late = [
        replace(one, recorded_at=one.recorded_at + timedelta(days=number % 4))
        if one.event_type in ("product.viewed", "order.placed")
        else one
        for number, one in enumerate(mixed)
    ]
    for number in range(3):
        write(other, late[number::3], f"batch{number}")
    results = []
    for place in (lake, other):
        silver = Silver(tmp_path / f"silver-{place.name}")
        for number in range(13):
            conform(Bronze(str(place)), silver, day(number))
        results.append(hashes(silver))
    assert results[0] == results[1]


def test_a_week_in_any_order_is_seven_days(lake: Path, tmp_path: Path) -> None:
    orders = [
        list(range(10)),
        list(reversed(range(10))),
        random.Random(3).sample(range(10), 10),
        [*range(10), *range(10)],
    ]
    results = []
    for number, order in enumerate(orders):
        silver = Silver(tmp_path / str(number))
        for one in order:
            conform(Bronze(str(lake)), silver, day(one))
        results.append(hashes(silver))
    assert all(result == results[0] for result in results)
    assert len(set(results[0])) == 10


def test_events_of_the_future_change_no_feature(lake: Path, tmp_path: Path) -> None:
    more = [
        replace(one, event_id=one.event_id.replace("0", "1", 1))
        for one in envelopes()
        if one.recorded_at.date() > day(5)
    ]
    write(lake.parent / "more", [*envelopes(), *random.Random(1).sample(more, 300)])
    found = []
    for place in (lake, lake.parent / "more"):
        silver = Silver(tmp_path / place.name)
        for number in range(10):
            conform(Bronze(str(place)), silver, day(number))
        tables = pa.concat_tables([silver.read("interactions", day(number)) for number in range(10)])
        found.append(dataset(tables, silver.read("products", day(5)), float((day(6) - date(1970, 1, 1)).days)))
    one, other = found
    for name in ("acted", "bought"):
        for column in ("items", "times"):
            assert getattr(getattr(one, name), column).tobytes() == getattr(getattr(other, name), column).tobytes()
    assert one.acted.times.max() < one.as_of


def test_an_order_is_no_interaction_any_more_once_it_is_cancelled(lake: Path, tmp_path: Path) -> None:
    orders = [one for one in envelopes() if one.event_type == "order.placed"]
    placed = next(one for one in orders if one.recorded_at.date() == day(2))
    late = placed.recorded_at + timedelta(days=5)
    cancelled = Envelope("c", "order.cancelled", 3, late, placed.aggregate_id, {"order_id": placed.aggregate_id})
    shutil.copytree(lake, tmp_path / "lake")
    write(tmp_path / "lake", [cancelled, replace(cancelled, event_id="again")], "two")
    silver = Silver(tmp_path / "silver")
    for number in (9, *range(9)):  # in any order
        conform(Bronze(str(tmp_path / "lake")), silver, day(number))
    lines = {number: len(load_dataset(silver, day(number))[0].bought) for number in (6, 7)}
    of_day = sum(len(one.payload["items"]) for one in orders if one.recorded_at.date() == day(7))
    assert lines[7] - lines[6] == of_day - len(placed.payload["items"])  # until that day nobody knew
    data = load_dataset(silver, day(9))[0]
    assert np.count_nonzero(data.baskets.getnnz(axis=1)) == len(orders) - 1
    # What was looked at, was.
    assert len(data.acted) == len(load_dataset(conformed(lake, tmp_path / "other"), day(9))[0].acted)


def conformed(lake: Path, folder: Path) -> Silver:
    silver = Silver(folder)
    for number in range(10):
        conform(Bronze(str(lake)), silver, day(number))
    return silver


def test_what_is_no_interaction_is_rejected_and_counted(tmp_path: Path) -> None:
    good = next(one for one in envelopes() if one.event_type == "product.viewed")
    bad = replace(good, event_id="x", payload={**good.payload, "product_id": "nonsense"})
    summed = replace(
        good,
        event_id="y",
        payload={"product_id": good.payload["product_id"], "views": 7, "viewed_at": good.payload["viewed_at"]},
    )
    write(tmp_path / "lake", [good, bad, summed])
    result = conform(Bronze(str(tmp_path / "lake")), Silver(tmp_path / "silver"), good.recorded_at.date())
    assert (result.rows, result.rejected) == (1, 1)


def test_an_empty_lake_is_no_trouble(tmp_path: Path) -> None:
    silver = Silver(tmp_path / "silver")
    assert conform(Bronze(str(tmp_path / "nothing")), silver, day(0)).rows == 0
    assert len(load_dataset(silver, day(0))[0].acted) == 0


def test_nothing_personal_is_in_the_simulated_lake(lake: Path) -> None:
    for file in lake.rglob("*.parquet"):
        content = file.read_bytes()
        assert b"jo@example.com" not in content
        assert b"Jo Doe" not in content
