"""What every request passes: correlation ID, caller, limits, metrics, log. Bodies are read only for known callers."""

import logging
import re
import time
from collections.abc import Callable
from uuid import uuid4

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from .operations import METHODS, OPERATIONS, Operation
from .principal import GUEST, Principal, name_of
from .problems import Refusal, problem
from .tokens import KeysAway, NotValid, TokenVerifier

CORRELATION_ID = re.compile(rb"[\w-]{1,64}")
BEARER = re.compile(r"bearer ([\w.-]+)", re.IGNORECASE)
OPERATORS = {"/health/live", "/health/ready", "/metrics"}
SOON = {"retry-after": "2"}
INTERNAL = 500
UNEXPECTED = Refusal("INTERNAL", "The error is logged under the correlation ID of this response.")

logger = logging.getLogger("recommendation")

Observe = Callable[[str, str, int, float], None]
"""Method, route, status and seconds."""


class Edge:
    def __init__(self, app: ASGIApp, verifier: TokenVerifier, observe: Observe) -> None:
        self._app = app
        self._verifier = verifier
        self._observe = observe

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        if scope["path"] in OPERATORS and scope["method"] in ("GET", "HEAD"):
            await self._app(scope, receive, send)
            return
        await _Exchange(self._app, self._verifier, self._observe, scope, receive, send).run()


class _Exchange:
    def __init__(
        self, app: ASGIApp, verifier: TokenVerifier, observe: Observe, scope: Scope, receive: Receive, send: Send
    ) -> None:
        self._app, self._verifier, self._observe = app, verifier, observe
        self._scope, self._receive, self._send = scope, receive, send
        self._headers: dict[bytes, bytes] = dict(scope["headers"])
        given = self._headers.get(b"x-correlation-id", b"")
        self._correlation_id = given if CORRELATION_ID.fullmatch(given) else str(uuid4()).encode()
        self._status = 0
        self._left = 0

    async def run(self) -> None:
        method, path = self._scope["method"], self._scope["path"]
        started_at = time.perf_counter()
        principal: Principal = GUEST
        try:
            operation = _operation(method, path)
            principal = await self._caller()
            operation.admit(principal)
            self._left = operation.body_bytes
            if int(self._headers.get(b"content-length", b"0") or b"0") > operation.body_bytes:
                raise Refusal("PAYLOAD_TOO_LARGE", "The body is too large.")
            self._scope["state"] = {"principal": principal}
            await self._app(self._scope, self._limited, self._answer)
        except Refusal as refusal:
            await self._refuse(refusal)
        except Exception:
            logger.exception("request failed", extra={"method": method, "path": path, "correlation_id": self._id()})
            if self._status != INTERNAL:  # which the application has answered, and told us of
                await self._refuse(UNEXPECTED)
        finally:
            seconds = time.perf_counter() - started_at
            route = path if path in METHODS else "other"  # counted together, so that scans create no new series
            self._observe(method, route, self._status, seconds)
            if logger.isEnabledFor(logging.DEBUG):
                self._log(method, path, seconds, principal)

    async def _caller(self) -> Principal:
        header = self._headers.get(b"authorization")
        if header is None:
            return GUEST
        found = BEARER.fullmatch(header.decode("latin-1"))
        if found is None:
            raise Refusal("UNAUTHENTICATED", "The Authorization header contains no bearer token.")
        try:
            return await self._verifier.verify(found[1])
        except NotValid as error:
            raise Refusal("UNAUTHENTICATED", "The access token is not valid or has expired.") from error
        except KeysAway as error:
            detail = "A service that this request needs is not responding; try again shortly."
            raise Refusal("UNAVAILABLE", detail, headers=SOON) from error

    async def _limited(self) -> Message:
        message = await self._receive()
        self._left -= len(message.get("body", b""))
        if self._left < 0:
            raise Refusal("PAYLOAD_TOO_LARGE", "The body is too large.")
        return message

    async def _answer(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self._status = message["status"]
            message = {**message, "headers": [*message["headers"], (b"x-correlation-id", self._correlation_id)]}
        await self._send(message)

    async def _refuse(self, refusal: Refusal) -> None:
        if self._status:  # cut off, so that the client does not take the part for the whole
            raise refusal
        await problem(refusal, self._scope["path"])(self._scope, self._receive, self._answer)

    def _id(self) -> str:
        return self._correlation_id.decode()

    def _log(self, method: str, path: str, seconds: float, principal: Principal) -> None:
        logger.debug(
            "",
            extra={
                "method": method,
                "path": path,
                "status": self._status,
                "ms": round(seconds * 1_000, 1),
                "client": name_of(principal),
                "correlation_id": self._id(),
            },
        )


def _operation(method: str, path: str) -> Operation:
    found = OPERATIONS.get((method, path))
    if found is not None:
        return found
    allowed = METHODS.get(path)
    if allowed is None:
        raise Refusal("NOT_FOUND", "There is no such resource.")
    headers = {"allow": ", ".join(allowed)}
    raise Refusal("METHOD_NOT_ALLOWED", "The resource does not support this method; see Allow.", headers=headers)
