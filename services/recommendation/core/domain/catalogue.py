"""What can be bought: products and stock as events tell of them, in any order."""

from bisect import bisect_left, insort
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from .ids import Id

UNKNOWN_VERSION = -1
"""Of a product that was listed, and that no event has told of yet."""


@dataclass(frozen=True, slots=True)
class Product:
    product_id: Id
    version: int
    category: str
    subcategory: str
    skus: tuple[str, ...]
    created_at: float
    """Seconds since the epoch."""
    is_shown: bool = True
    """False if it is hidden or deleted: stays, so that a late event does not bring it back."""
    was_in_stock: bool = False
    """When it was listed; its SKUs are unknown until an event names them."""


@dataclass(frozen=True, slots=True)
class Stock:
    sku: str
    version: int
    is_available: bool


class Catalogue:
    """The newest version of each product and stock wins."""

    def __init__(self) -> None:
        self._products: dict[Id, Product] = {}
        self._stocks: dict[str, Stock] = {}
        self._product_of: dict[str, Id] = {}
        self._in_stock: set[Id] = set()
        self._kin: dict[tuple[str, str], dict[Id, None]] = {}
        self._of_category: dict[str, dict[Id, None]] = {}
        self._by_age: list[tuple[float, Id]] = []
        self.is_complete = False
        """Whether all products are known, so that an unknown one does not exist."""

    def __len__(self) -> int:
        return len(self._products)

    def put(self, product: Product) -> bool:
        """Returns whether it is news."""
        known = self._products.get(product.product_id)
        if known is not None and known.version >= product.version:
            return False
        if known is not None:
            self._forget(known)
        self._products[product.product_id] = product
        for sku in product.skus:
            self._product_of[sku] = product.product_id
        if product.is_shown:
            self._kin.setdefault((product.category, product.subcategory), {})[product.product_id] = None
            self._of_category.setdefault(product.category, {})[product.product_id] = None
            insort(self._by_age, (product.created_at, product.product_id))
        self._restock(product)
        return True

    def set_stock(self, stock: Stock) -> bool:
        """Returns whether it is news."""
        known = self._stocks.get(stock.sku)
        if known is not None and known.version >= stock.version:
            return False
        self._stocks[stock.sku] = stock
        product = self._products.get(self._product_of.get(stock.sku, b""))
        if product is not None:
            self._restock(product)
        return True

    def product(self, product_id: Id) -> Product | None:
        return self._products.get(product_id)

    def stock(self, sku: str) -> Stock | None:
        return self._stocks.get(sku)

    def is_offered(self, product_id: Id, in_stock: bool) -> bool:
        """Whether it may be shown: in stock, if that is asked for."""
        product = self._products.get(product_id)
        if product is None:
            return not self.is_complete
        return product.is_shown and (not in_stock or product_id in self._in_stock)

    def category_of(self, product_id: Id) -> str | None:
        product = self._products.get(product_id)
        return None if product is None else product.category

    def like(self, product_id: Id) -> Iterator[Id]:
        """Products of the same subcategory, then of the same category."""
        product = self._products.get(product_id)
        if product is None:
            return
        closest = self._kin.get((product.category, product.subcategory), {})
        yield from closest
        yield from (one for one in self._of_category.get(product.category, {}) if one not in closest)

    def in_category(self, category: str) -> Iterable[Id]:
        return self._of_category.get(category, {})

    def newest(self) -> Iterator[tuple[float, Id]]:
        """When products were created, the newest first."""
        return reversed(self._by_age)

    def _restock(self, product: Product) -> None:
        stocks = [self._stocks[sku] for sku in product.skus if sku in self._stocks]
        if any(stock.is_available for stock in stocks) or (not product.skus and product.was_in_stock):
            self._in_stock.add(product.product_id)
        else:
            self._in_stock.discard(product.product_id)

    def _forget(self, product: Product) -> None:
        for sku in product.skus:
            if self._product_of.get(sku) == product.product_id:
                del self._product_of[sku]
        self._kin.get((product.category, product.subcategory), {}).pop(product.product_id, None)
        self._of_category.get(product.category, {}).pop(product.product_id, None)
        if product.is_shown:
            del self._by_age[bisect_left(self._by_age, (product.created_at, product.product_id))]
