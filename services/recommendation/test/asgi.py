"""Asks an application without a socket."""

import asyncio
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from starlette.types import ASGIApp, Message


@dataclass
class Response:
    status: int
    headers: Mapping[str, str]
    text: str

    @property
    def body(self) -> Any:
        return json.loads(self.text)


def ask(
    app: ASGIApp,
    method: str,
    target: str,
    body: bytes | object | None = None,
    headers: Mapping[str, str] | None = None,
    token: str | None = None,
) -> Response:
    """A body that is no bytes is sent as JSON."""
    sent = body if isinstance(body, bytes) else b"" if body is None else json.dumps(body).encode()
    all_headers = {
        **({} if body is None else {"content-type": "application/json", "content-length": str(len(sent))}),
        **({} if token is None else {"authorization": f"Bearer {token}"}),
        **(headers or {}),
    }
    url = urlsplit(target)
    scope = {
        "type": "http",
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        "path": url.path,
        "raw_path": url.path.encode(),
        "query_string": url.query.encode(),
        "root_path": "",
        "headers": [(name.lower().encode(), value.encode()) for name, value in all_headers.items()],
        "client": ("127.0.0.1", 1),
        "server": ("127.0.0.1", 80),
    }
    answered: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request", "body": sent, "more_body": False}

    async def send(message: Message) -> None:
        answered.append(message)

    asyncio.run(_call(app, scope, receive, send))
    start = answered[0]
    found = {name.decode(): value.decode() for name, value in start["headers"]}
    return Response(start["status"], found, b"".join(one.get("body", b"") for one in answered[1:]).decode())


async def _call(app: ASGIApp, scope: Any, receive: Any, send: Any) -> None:
    await app(scope, receive, send)
