"""The operations of `openapi/recommendation.yaml`."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import orjson
from fastapi import FastAPI, Request, Response
from pydantic import ValidationError
from starlette.types import ASGIApp

from ...core.application.answer import Recommended, Recommending
from ...core.application.intake import Learner
from ...core.domain.ids import text_of
from ...core.domain.ladder import Item
from ..events import to_event
from .edge import UNEXPECTED, Edge, Observe
from .generated.models import Events, Recommendations
from .problems import Refusal, problem
from .questions import read_question, read_session, read_shopper
from .tokens import TokenVerifier

NOT_KEPT = {"cache-control": "private, no-store"}
JSON = "application/json; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Health:
    is_ready: bool
    why_degraded: str | None = None


@dataclass(frozen=True, slots=True)
class Parts:
    recommending: Recommending
    learner: Learner
    verifier: TokenVerifier
    health: Callable[[], Health]
    lag: Callable[[], int]
    metrics: Callable[[], tuple[bytes, str]]
    observe: Observe
    on_answer: Callable[[str, str], None] = lambda name, strategy: None


def make_app(parts: Parts) -> ASGIApp:
    app = FastAPI(openapi_url=None, docs_url=None, redoc_url=None)

    @app.exception_handler(Refusal)
    async def refuse(request: Request, refusal: Refusal) -> Response:
        return problem(refusal, request.url.path)

    @app.exception_handler(Exception)
    async def fail(request: Request, _: Exception) -> Response:
        return problem(UNEXPECTED, request.url.path)

    @app.get("/api/v1/recommendations")
    async def get_recommendations(request: Request) -> Response:
        principal = request.state.principal
        shopper_id = read_shopper(request.headers.get("shopper-id"), principal)
        question = replace(read_question(request.query_params, principal, time.time()), shopper_id=shopper_id)
        session = read_session(request.headers.get("visit-session"))
        found = parts.recommending.answer(question, session)
        parts.on_answer(question.list, found.answer.strategy)
        body = _from_answer(question.list, found)
        return Response(body.model_dump_json(exclude_none=True), 200, NOT_KEPT, JSON)

    @app.post("/internal/v1/events")
    async def take_events(request: Request) -> Response:
        if request.headers.get("content-type", "").split(";")[0].strip().lower() != "application/json":
            raise Refusal("UNSUPPORTED_MEDIA_TYPE", "The body is application/json.")
        try:
            sent = orjson.loads(await request.body())
        except orjson.JSONDecodeError as error:
            raise Refusal("MALFORMED_BODY", "The body is not valid JSON.") from error
        try:
            Events.model_validate(sent)
            events = [to_event(one) for one in sent["events"]]
        except ValidationError as error:
            raise Refusal("VALIDATION_FAILED", "See errors.", _faults(error)) from error
        except (KeyError, TypeError, ValueError) as error:
            raise Refusal("VALIDATION_FAILED", "A time is not valid.") from error
        await parts.learner.take(events)
        return Response(None, 204, NOT_KEPT)

    @app.get("/api/v1/operations/recommendation")
    async def get_operations() -> Response:
        consumers = [{"consumer": "recommendation", "lag": parts.lag()}]
        waiting = {"service": "recommendation", "outbox_events": 0, "consumers": consumers}
        return _json({**waiting, "dead_letters": 0, "failing_tasks": 0})

    @app.get("/api/v1/operations/recommendation/dead-letters")
    @app.get("/api/v1/operations/recommendation/tasks")
    async def list_nothing() -> Response:
        return _json({"items": [], "more": False})

    @app.get("/health/live")
    async def live() -> Response:
        return _json({"status": "live"})

    @app.get("/health/ready")
    async def ready() -> Response:
        health = parts.health()
        if not health.is_ready:
            return _json({"status": "not ready"}, 503)
        if health.why_degraded is not None:
            return _json({"status": "degraded", "why": health.why_degraded})
        return _json({"status": "ready"})

    @app.get("/metrics")
    async def metrics() -> Response:
        text, content_type = parts.metrics()
        return Response(text, 200, None, content_type)

    return Edge(app, parts.verifier, parts.observe)


def _from_answer(name: str, found: Recommended) -> Recommendations:
    return Recommendations.model_validate(
        {
            "list_id": found.list_id,
            "list": name,
            "strategy": found.answer.strategy,
            "model_version": found.model_version,
            "bucket": found.bucket,
            "items": [_from_item(item, place) for place, item in enumerate(found.answer.items, 1)],
        }
    )


def _from_item(item: Item, place: int) -> dict[str, Any]:
    about = item.reason.product_id
    return {
        "product_id": text_of(item.product_id),
        "position": place,
        "reason": {"code": item.reason.code, "product_id": None if about is None else text_of(about)},
        "propensity": item.propensity,
    }


def _json(body: Mapping[str, Any], status: int = 200) -> Response:
    return Response(orjson.dumps(body), status, NOT_KEPT, JSON)


MOST_FAULTS = 20


def _faults(error: ValidationError) -> list[dict[str, str]]:
    return [
        {"pointer": "/body/" + "/".join(str(part) for part in one["loc"]), "message": one["msg"]}
        for one in error.errors(include_url=False, include_context=False, include_input=False)[:MOST_FAULTS]
    ]
