"""A world as the dataset of a shop, for what needs no lake."""

from uuid import UUID

import numpy as np
import scipy.sparse as sp

from ..dataset import Dataset, Products
from ..interactions import Interactions
from .world import World


def uuid_of(kind: int, number: int) -> UUID:
    """Of version 7, the same in all worlds: ascending with the number."""
    return UUID(int=(0x0190A000_0000_7000_8000 << 48) + (kind << 40) + int(number))


def category_of(world: World, item: int) -> str:
    """By the direction of the item that is strongest: so that likeness shows in categories."""
    return f"Category {int(np.abs(world.content[item]).argmax())}"


def dataset_of(world: World, as_of: float) -> Dataset:
    known = world.interactions.before(as_of)
    count = known.item_count
    ids = np.frombuffer(b"".join(uuid_of(1, item).bytes for item in range(count)), dtype=np.uint8).reshape(-1, 16)
    categories = [category_of(world, item) for item in range(count)]
    orders = known.users.astype(np.int64) * 100_000 + known.times.astype(np.int64)
    _, baskets = np.unique(orders, return_inverse=True)
    visits = Interactions.of(
        baskets, known.items, known.times, int(baskets.max(initial=-1)) + 1, count, as_of, known.first_sold
    )
    return Dataset(
        products=Products(ids, categories, known.first_sold, np.ones(count, dtype=bool), categories),
        shoppers=[str(uuid_of(2, user)) for user in range(known.user_count)],
        acted=known,
        bought=known,
        visits=visits,
        baskets=sp.csr_matrix((np.ones(len(known), np.float32), (baskets, known.items)), (visits.user_count, count)),
    )
