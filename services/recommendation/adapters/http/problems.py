"""Refusals, as RFC 9457 problems with the codes of the platform."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import orjson
from starlette.responses import Response

CODES: Mapping[str, tuple[int, str]] = {
    "VALIDATION_FAILED": (400, "Invalid request"),
    "MALFORMED_BODY": (400, "Malformed body"),
    "UNAUTHENTICATED": (401, "A valid access token is required"),
    "FORBIDDEN": (403, "Not allowed"),
    "NOT_FOUND": (404, "Not found"),
    "METHOD_NOT_ALLOWED": (405, "Method not allowed"),
    "PAYLOAD_TOO_LARGE": (413, "The body is too large"),
    "UNSUPPORTED_MEDIA_TYPE": (415, "Unsupported media type"),
    "PRODUCT_REQUIRED": (422, "The list needs a product"),
    "INTERNAL": (500, "Internal error"),
    "UNAVAILABLE": (503, "Temporarily unavailable"),
}


@dataclass
class Refusal(Exception):
    code: str
    detail: str
    errors: Sequence[Mapping[str, str]] = ()
    """JSON pointers with messages."""
    headers: Mapping[str, str] = field(default_factory=dict[str, str])


def problem(refusal: Refusal, instance: str) -> Response:
    status, title = CODES[refusal.code]
    content = {
        "type": f"urn:problem:{refusal.code.lower().replace('_', '-')}",
        "title": title,
        "status": status,
        "detail": refusal.detail,
        "instance": instance,
        "code": refusal.code,
        **({"errors": list(refusal.errors)} if refusal.errors else {}),
    }
    headers = {"cache-control": "private, no-store", **refusal.headers}
    if status == 401:
        headers["www-authenticate"] = "Bearer"
    return Response(orjson.dumps(content), status, headers, "application/problem+json")
