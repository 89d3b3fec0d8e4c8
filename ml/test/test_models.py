"""What all kinds of models promise."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from shop_ml.interactions import Interactions
from shop_ml.models.kinds import KINDS
from shop_ml.models.model import NEVER, Kind, read_arrays, recommend, save, top

from .small import CUT, small_world

each_kind = pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)


def known() -> Interactions:
    return small_world().interactions.before(CUT)


def everybody(data: Interactions) -> np.ndarray:
    return np.arange(data.user_count, dtype=np.int32)


@each_kind
def test_twice_the_same(kind: Kind) -> None:
    data = known()
    once, again = (kind.fit(data, kind.grid[0]).arrays() for _ in range(2))
    assert once.keys() == again.keys()
    for name, array in once.items():
        assert array.tobytes() == again[name].tobytes()


@each_kind
def test_the_order_of_the_events_given_does_not_matter(kind: Kind) -> None:
    data = known()
    shuffled = np.random.default_rng(1).permutation(len(data))
    other = Interactions.of(
        data.users[shuffled], data.items[shuffled], data.times[shuffled], 600, 150, CUT, data.first_sold
    )
    users = everybody(data)[:50]
    scores = [kind.fit(one, kind.grid[0]).scores(one, users) for one in (data, other)]
    assert scores[0].tobytes() == scores[1].tobytes()


@each_kind
def test_what_was_seen_is_left_out_unless_it_is_wanted(kind: Kind) -> None:
    data = known()
    users = everybody(data)
    model = kind.fit(data, kind.grid[0])
    lists = recommend(model, data, users, 20)
    seen = data.seen().toarray() > 0
    assert not np.any(np.take_along_axis(seen, np.maximum(lists, 0), 1) & (lists >= 0))
    with_seen = recommend(model, data, users, 20, with_seen=True)
    assert np.any(np.take_along_axis(seen, np.maximum(with_seen, 0), 1))


@each_kind
def test_no_item_of_the_future(kind: Kind) -> None:
    data = known()
    assert not data.on_sale().all()
    lists = recommend(kind.fit(data, kind.grid[0]), data, everybody(data), 150)
    assert set(np.unique(lists[lists >= 0])) <= set(np.flatnonzero(data.on_sale()))


@each_kind
def test_events_of_the_future_change_nothing(kind: Kind) -> None:
    data = small_world().interactions
    random = np.random.default_rng(2)
    more = 500
    other = Interactions.of(
        np.append(data.users, random.integers(0, 600, more)),
        np.append(data.items, random.integers(0, 150, more)),
        np.append(data.times, random.uniform(CUT, 90, more)),
        600, 150, 90.0, data.first_sold,
    )  # fmt: skip
    scores = [kind.fit(one.before(CUT), kind.grid[0]).scores(one.before(CUT), everybody(one)) for one in (data, other)]
    assert scores[0].tobytes() == scores[1].tobytes()


@each_kind
def test_saved_and_loaded_it_is_the_same(kind: Kind, tmp_path: Path) -> None:
    data = known()
    model = kind.fit(data, kind.grid[0])
    save(model, tmp_path / "model.npz")
    loaded = kind.load(read_arrays(tmp_path / "model.npz"))
    users = everybody(data)[:100]
    assert loaded.scores(data, users).tobytes() == model.scores(data, users).tobytes()


@each_kind
def test_a_user_without_events_is_no_trouble(kind: Kind) -> None:
    data = known()
    with_a_stranger = replace(data, user_count=data.user_count + 1)
    scores = kind.fit(with_a_stranger, kind.grid[0]).scores(with_a_stranger, np.array([600], dtype=np.int32))
    assert scores.shape == (1, 150)
    assert np.isfinite(scores).all()


@each_kind
def test_no_kind_is_tuned_more_than_others(kind: Kind) -> None:
    assert 1 <= len(kind.grid) <= 6


def test_of_equal_scores_the_lower_row_comes_first() -> None:
    scores = np.array([[1, 3, 3, NEVER, 2], [0, 0, 0, 0, 0]], dtype=np.float32)
    assert top(scores, 5).tolist() == [[1, 2, 4, 0, -1], [0, 1, 2, 3, 4]]
