"""Calls of other services, which no proxy stands before."""

import json
import urllib.request
from typing import Any

_opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))


def get_json(url: str, timeout_s: float) -> dict[str, Any]:
    """Blocks. Raises OSError or ValueError."""
    with _opener.open(url, timeout=timeout_s) as response:
        found = json.load(response)
    if not isinstance(found, dict):
        raise ValueError(f"{url} did not return an object")
    return found
