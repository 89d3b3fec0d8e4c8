"""What models are made of: the shop's products and what shoppers did, as of a time."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from .interactions import Interactions


@dataclass(frozen=True)
class Products:
    ids: NDArray[np.uint8]
    """P × 16: UUIDs in the order of their bytes. A product's row is its index here, in everything."""
    categories: Sequence[str]
    """Per product; empty if it has none."""
    first_sold: NDArray[np.float64]
    """Days since the epoch."""
    is_sold: NDArray[np.bool_]
    """False once it is hidden or deleted."""
    texts: Sequence[str]

    def __len__(self) -> int:
        return len(self.ids)


@dataclass(frozen=True)
class Dataset:
    products: Products
    shoppers: Sequence[str]
    """Pseudonyms. A shopper's row is the index here."""
    acted: Interactions
    """One per shopper, product and day, whatever they did with it."""
    bought: Interactions
    """Order lines."""
    visits: Interactions
    """As `acted`, by visits in place of shoppers: also of those that nobody is known of."""
    baskets: sp.csr_matrix
    """Orders × products: 1 where it was in the order."""

    @property
    def as_of(self) -> float:
        return self.acted.as_of
