"""The shop's own list of products, for what happened before the service was there, or while it was away."""

import asyncio
import logging
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from .client import get_json

AT_ONCE = 100
PAUSE_S = 0.05
"""Between pages: customers search as well."""
RETRY_S = 5.0
PATIENCE_S = 10.0

logger = logging.getLogger("recommendation")

Listed = Callable[[str, str, str, bool], None]
"""Product, category, subcategory, and whether it is in stock."""


class Listing:
    def __init__(self, search_url: str, listed: Listed) -> None:
        self._url = f"{search_url}/api/v1/search"
        self._listed = listed

    async def read(self) -> None:
        """Resolves when all products have been listed; tries again until then."""
        cursor: str | None = None
        while True:
            try:
                page = await asyncio.to_thread(self._page, cursor)
                for hit in page["items"]:
                    self._listed(hit["product_id"], hit["category"], hit["subcategory"], hit["in_stock"] is True)
                cursor = page.get("next_cursor")
                if cursor is None:
                    return
                await asyncio.sleep(PAUSE_S)
            except (OSError, ValueError, KeyError, TypeError) as error:
                logger.warning("the shop does not list its products, will ask again", extra={"why": repr(error)[:200]})
                cursor = None
                await asyncio.sleep(RETRY_S)

    def _page(self, cursor: str | None) -> dict[str, Any]:
        query = {"sort": "newest", "facets": "false", "limit": str(AT_ONCE), **({"cursor": cursor} if cursor else {})}
        return get_json(f"{self._url}?{urlencode(query)}", PATIENCE_S)
