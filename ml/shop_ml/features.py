"""The dataset as of the end of a day: nothing that happened later is in it."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import scipy.sparse as sp
from numpy.typing import NDArray

from .dataset import Dataset, Products
from .interactions import Interactions
from .lake.silver import CANCELLED, Silver, rows_hash
from .lineage import Hashed

EPOCH = date(1970, 1, 1)
MOST_DAYS = 365


def end_of(day: date) -> float:
    """In days since the epoch."""
    return float((day - EPOCH).days + 1)


def load_dataset(silver: Silver, day: date, days: int = MOST_DAYS) -> tuple[Dataset, Sequence[Hashed]]:
    """With what it was made from."""
    wanted = [one for one in silver.days("interactions") if day - timedelta(days=days) < one <= day]
    table = pa.concat_tables([silver.read("interactions", one) for one in wanted] or [silver.read("interactions", day)])
    known = silver.read("products", day)
    cancelled = pa.concat_tables(
        [silver.read("cancelled", one) for one in silver.days("cancelled") if one <= day] or [CANCELLED.empty_table()]
    )
    inputs = [
        silver.hashed("products", day),
        Hashed("cancelled", rows_hash(cancelled), cancelled.num_rows),
        *(silver.hashed("interactions", one) for one in wanted),
    ]
    return dataset(_kept(table, cancelled), known, end_of(day)), inputs


def _kept(events: pa.Table, cancelled: pa.Table) -> pa.Table:
    """Without orders that were cancelled: nobody has got what was in them."""
    return events.filter(pc.invert(pc.is_in(events["order"], value_set=cancelled["order"], skip_nulls=True)))


def dataset(events: pa.Table, products: pa.Table, as_of: float) -> Dataset:
    found = _products(products)
    row_of = {one.tobytes(): row for row, one in enumerate(found.ids)}
    items = np.array([row_of.get(UUID(one).bytes, -1) for one in events["product"].to_pylist()], dtype=np.int64)
    times = _days(events["occurred_at"])
    shoppers, who = _codes(events["shopper"].to_pylist())
    # A visit; of what has none, what the same shopper did on the same day.
    visits, visit = _codes(
        [
            session or (f"{shopper} {int(at)}" if shopper else None)
            for session, shopper, at in zip(
                events["session"].to_pylist(), events["shopper"].to_pylist(), times, strict=True
            )
        ]
    )
    orders, order = _codes(events["event_id"].to_pylist())
    is_order = np.array(events["kind"].to_pylist(), dtype=object) == "order"
    exists = (items >= 0) & (times < as_of)

    def made(rows: NDArray[np.int64], count: int, chosen: NDArray[np.bool_], *, daily: bool) -> Interactions:
        at = np.flatnonzero(chosen & exists & (rows >= 0))
        if daily:
            at = at[np.lexsort((times[at], times[at].astype(int), items[at], rows[at]))]
            keys = np.stack([rows[at], items[at], times[at].astype(np.int64)])
            at = at[np.append(True, (keys[:, 1:] != keys[:, :-1]).any(0))[: len(at)]]
        return Interactions.of(rows[at], items[at], times[at], count, len(found), as_of, found.first_sold)

    everything = np.ones(len(items), dtype=bool)
    chosen = is_order & exists
    baskets = sp.csr_matrix(
        (np.ones(int(chosen.sum()), np.float32), (order[chosen], items[chosen])), shape=(len(orders), len(found))
    )
    baskets.data[:] = 1
    return Dataset(
        products=found,
        shoppers=shoppers,
        acted=made(who, len(shoppers), everything, daily=True),
        bought=made(who, len(shoppers), is_order, daily=False),
        visits=made(visit, len(visits), everything, daily=True),
        baskets=baskets,
    )


def _products(table: pa.Table) -> Products:
    rows = sorted(table.to_pylist(), key=lambda row: UUID(row["product"]).bytes)
    ids = np.frombuffer(b"".join(UUID(row["product"]).bytes for row in rows), dtype=np.uint8).reshape(-1, 16)
    return Products(
        ids=ids,
        categories=[row["category"] for row in rows],
        first_sold=np.array([_day_of(row["first_sold"]) for row in rows], dtype=np.float64),
        is_sold=np.array([row["is_sold"] for row in rows], dtype=bool),
        texts=[row["text"] for row in rows],
    )


def _day_of(at: datetime) -> float:
    return (at - datetime(1970, 1, 1, tzinfo=UTC)) / timedelta(days=1)


def _days(column: pa.ChunkedArray) -> NDArray[np.float64]:
    micros = column.cast(pa.int64()).to_numpy()
    return np.asarray(micros / 86_400e6, dtype=np.float64)


def _codes(names: Sequence[str | None]) -> tuple[list[str], NDArray[np.int64]]:
    """The names in order, and the row of each given one; -1 for None."""
    known = sorted({name for name in names if name is not None})
    row_of = {name: row for row, name in enumerate(known)}
    return known, np.array([-1 if name is None else row_of[name] for name in names], dtype=np.int64)
