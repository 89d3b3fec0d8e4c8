"""Reads a question from a query string, as strictly as the OpenAPI file says."""

import re
from collections.abc import Mapping
from typing import get_args

from ...core.domain.ids import id_of, text_of
from ...core.domain.ladder import ListName, Question
from .principal import Principal, User
from .problems import Refusal

UUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
LIMIT = re.compile(r"[0-9]{1,2}", re.ASCII)
LISTS = get_args(ListName)
MOST = 24
DEFAULT_LIMIT = 12
LONGEST_CATEGORY = 100
NEEDS_PRODUCT = ("similar", "bought_together")


def read_question(query: Mapping[str, str], principal: Principal, now: float) -> Question:
    """Raises Refusal."""
    faults: list[dict[str, str]] = []

    def fault(name: str, message: str) -> None:
        faults.append({"pointer": f"/query/{name}", "message": message})

    def uuid(name: str) -> bytes | None:
        text = query.get(name)
        if text is None:
            return None
        if not UUID.fullmatch(text):
            fault(name, 'must match format "uuid"')
            return None
        return id_of(text)

    name = next((one for one in LISTS if one == query.get("list")), None)
    if name is None:
        fault("list", f"must be one of {', '.join(LISTS)}")
    user_id, product_id = uuid("user_id"), uuid("product_id")
    category = query.get("category")
    if category is not None and not (1 <= len(category) <= LONGEST_CATEGORY):
        fault("category", f"must have 1 to {LONGEST_CATEGORY} characters")
    in_stock = query.get("in_stock", "true")
    if in_stock not in ("true", "false"):
        fault("in_stock", "must be boolean")
    limit = query.get("limit", str(DEFAULT_LIMIT))
    if not LIMIT.fullmatch(limit) or not 1 <= int(limit) <= MOST:
        fault("limit", f"must be an integer from 1 to {MOST}")
    if faults or name is None:
        raise Refusal("VALIDATION_FAILED", "See errors.", faults)
    if name in NEEDS_PRODUCT and product_id is None:
        raise Refusal("PRODUCT_REQUIRED", f"{name} needs a product_id.")
    return Question(
        list=name,
        limit=int(limit),
        now=now,
        user_id=_own_id(principal, user_id),
        product_id=product_id,
        category=category,
        in_stock=in_stock == "true",
    )


def read_session(header: str | None) -> str | None:
    """Raises Refusal."""
    return None if header is None else text_of(_id_in("visit-session", header))


def read_shopper(header: str | None, principal: Principal) -> bytes | None:
    """The pseudonym of a user; guests have none. Raises Refusal."""
    if header is None:
        return None
    found = _id_in("shopper-id", header)
    return found if isinstance(principal, User) else None


def _id_in(header: str, text: str) -> bytes:
    if not UUID.fullmatch(text):
        fault = {"pointer": f"/headers/{header}", "message": 'must match format "uuid"'}
        raise Refusal("VALIDATION_FAILED", "See errors.", [fault])
    return id_of(text)


def _own_id(principal: Principal, wanted: bytes | None) -> bytes | None:
    """Whose list it is: nobody gets another's."""
    own = id_of(principal.user_id) if isinstance(principal, User) else None
    if wanted is None or wanted == own:
        return own
    if own is None:
        raise Refusal("UNAUTHENTICATED", "An access token is required.")
    raise Refusal("FORBIDDEN", "Only the user may see their recommendations.")
