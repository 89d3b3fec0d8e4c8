"""All lists that the service answers with, made beforehand."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from ..dataset import Dataset
from ..interactions import Floats, Ints, blocks
from ..models.linear import ITEM_KNN, ItemWeights
from ..models.mixture import Mixture
from ..models.model import NEVER, Model, allowed_scores, top
from ..models.popularity import BuyAgain, Popularity
from ..models.transitions import TRANSITIONS, Blend

USER_WIDTH = 100
PRODUCT_WIDTH = 50
RECENT_DAYS = 14.0


@dataclass(frozen=True)
class Table:
    """Rows of products with scores, as the service's README describes them."""

    items: Ints
    scores: Floats

    @staticmethod
    def of(scores: Floats, width: int) -> "Table":
        """The best of each row. Scores that are NEVER end it; the others are brought to (0, 1], the best to 1."""
        width = min(width, scores.shape[1])
        items = top(scores, width)
        found = np.take_along_axis(scores, np.maximum(items, 0), 1)
        found = np.where(items >= 0, found, np.inf)
        least = np.minimum(found.min(1, keepdims=True, initial=0), 0)
        found = np.where(items >= 0, found - least, 0)
        best = found.max(1, keepdims=True, initial=0)
        found = np.divide(found, best, out=np.zeros_like(found), where=best > 0)
        # Rounding may not turn the order round.
        return Table(items, np.minimum.accumulate(found.astype(np.float32), axis=1))


@dataclass(frozen=True)
class Lists:
    users: Ints
    """Rows of the dataset's shoppers, for the tables `user` and `buy_again`."""
    tables: Mapping[str, Table]
    because: Ints | None
    categories: Sequence[str]
    product_category: Ints


def make_lists(model: Model, data: Dataset) -> Lists:
    sold = data.acted.on_sale() & data.products.is_sold
    users = np.flatnonzero(np.diff(data.acted.starts())).astype(np.int32)
    user, because = _for_users(model, data, users, sold)
    bought = BuyAgain(60).scores(data.bought, users)
    categories = sorted({one for one in data.products.categories if one})
    number_of = {name: number for number, name in enumerate(categories)}
    product_category = np.array([number_of.get(one, -1) for one in data.products.categories], dtype=np.int32)
    recent = data.visits.since(data.as_of - RECENT_DAYS)
    counts = np.bincount(recent.items, minlength=len(data.products)).astype(np.float32)
    in_category = np.where(product_category[None] == np.arange(len(categories))[:, None], counts[None], np.float32(0))
    follows = TRANSITIONS.fit(data.visits, {"shrink": 5, "decay": 0}).follows
    alike = ITEM_KNN.fit(data.visits, {"k": PRODUCT_WIDTH, "shrink": 5}).weights
    popular = Table.of(_offered(counts[None], sold), PRODUCT_WIDTH * 2)
    tables = {
        "user": user,
        "buy_again": Table.of(_offered(bought, sold), PRODUCT_WIDTH),
        "similar": _neighbours(alike, sold),
        "together": _neighbours(_together(data.baskets), sold),
        "next": _neighbours(follows, sold),
        "content": _neighbours(_alike_by_text(data.products.texts), sold),
        "popular": Table(popular.items[0], popular.scores[0]),
        "category_popular": Table.of(_offered(in_category, sold), PRODUCT_WIDTH * 2),
    }
    return Lists(users, tables, because, categories, product_category)


def _offered(scores: Floats, sold: NDArray[np.bool_]) -> Floats:
    """NEVER where there is nothing to say, or nothing to sell."""
    return np.where((scores > 0) & sold, scores, NEVER).astype(np.float32)


def _neighbours(scores: Floats, sold: NDArray[np.bool_]) -> Table:
    offered = _offered(scores, sold)
    np.fill_diagonal(offered, NEVER)
    return Table.of(offered, PRODUCT_WIDTH)


def _for_users(model: Model, data: Dataset, users: Ints, sold: NDArray[np.bool_]) -> tuple[Table, Ints | None]:
    if isinstance(model, Popularity):
        # The same for all is no list of a user. The service has it, by category and of what is in stock.
        return Table(np.empty((len(users), 0), np.int32), np.empty((len(users), 0), np.float32)), None
    weights = _weights_of(model)
    seen = data.acted.seen()
    parts, causes = [], []
    for part in blocks(users):
        scores = allowed_scores(model, data.acted, part, with_seen=False)
        scores[:, ~sold] = NEVER
        table = Table.of(scores, USER_WIDTH)
        parts.append(table)
        if weights is not None:
            causes.append(_causes(weights, seen[part], table.items))
    if not parts:
        width = min(USER_WIDTH, len(data.products))
        return Table(np.empty((0, width), np.int32), np.empty((0, width), np.float32)), None
    items, scores = (np.concatenate([getattr(one, name) for one in parts]) for name in ("items", "scores"))
    return Table(items, scores), np.concatenate(causes) if causes else None


def _weights_of(model: Model) -> Floats | None:
    match model:
        case Blend():
            return model.taste.weights
        case Mixture():
            return model.ease.weights
        case ItemWeights():
            return model.weights
        case _:
            return None


def _causes(weights: Floats, seen: sp.csr_matrix, items: Ints) -> Ints:
    """As `items`: the product of the user's history that speaks most for the entry, or -1."""
    found = np.full_like(items, -1)
    for row in range(len(items)):
        history = seen.indices[seen.indptr[row] : seen.indptr[row + 1]]
        listed = items[row][items[row] >= 0]
        support = weights[np.ix_(history, listed)]
        best = support.argmax(0)
        found[row, : len(listed)] = np.where(support.max(0) > 0, history[best], -1)
    return found


def _together(baskets: sp.csr_matrix) -> Floats:
    """Cosine of products by orders, shrunk, so that one order is not a rule."""
    both = np.asarray((baskets.T @ baskets).toarray(), dtype=np.float64)
    norms = np.sqrt(np.diag(both))
    return np.asarray(both / (np.outer(norms, norms) + 2), dtype=np.float32)


def _words(text: str) -> Iterable[str]:
    words = re.findall(r"\w+", text.lower())
    yield from words
    yield from (f"{one} {other}" for one, other in pairwise(words))


def _alike_by_text(texts: Sequence[str]) -> Floats:
    """Cosine of TF-IDF: for products that nobody has looked at yet."""
    counted = [Counter(_words(text)) for text in texts]
    column_of = {word: at for at, word in enumerate(sorted({word for one in counted for word in one}))}
    rows = [row for row, one in enumerate(counted) for _ in one]
    columns = [column_of[word] for one in counted for word in one]
    values = [1 + np.log(count) for one in counted for count in one.values()]
    matrix = sp.csr_matrix((values, (rows, columns)), shape=(len(texts), max(1, len(column_of))))
    rarity = np.log((1 + len(texts)) / (1 + np.asarray((matrix > 0).sum(0)).ravel())) + 1
    matrix = matrix @ sp.diags(rarity)
    norms = np.sqrt(np.asarray(matrix.multiply(matrix).sum(1)).ravel())
    matrix = sp.diags(1 / np.maximum(norms, 1e-12)) @ matrix
    return np.asarray((matrix @ matrix.T).toarray(), dtype=np.float32)
