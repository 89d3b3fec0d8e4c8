"""The operations of the OpenAPI file."""

import re
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any, get_args
from uuid import uuid4

import pytest
import yaml

from recommendation.adapters.http.generated.models import Recommendations
from recommendation.adapters.http.operations import OPERATIONS
from recommendation.adapters.http.problems import CODES
from recommendation.core.domain.ladder import Code, ListName, Strategy

from .artifact import ModelFolder, product
from .model import model_of
from .service import Service
from .shop import NOW, OTHER, SESSION, SHOPPER, USER, created, moment, stocked, viewed
from .tokens import CART, GATEWAY, USERS, Key, service_token, user_token

OPENAPI = Path(__file__).resolve().parents[3] / "openapi"


@pytest.fixture
def service() -> Service:
    made = Service()
    for number in range(1, 9):
        made.learning.take(created(number, category=f"Category {number % 4}"))
        made.learning.take(stocked(number))
    return made


def envelope(event_type: str, payload: dict[str, Any], **changes: Any) -> dict[str, Any]:
    timestamp = moment(NOW)
    event = {"event_id": str(uuid4()), "event_type": event_type, "event_version": "1.0", "timestamp": timestamp}
    return {**event, "payload": payload, **changes}


class TestRecommendations:
    def test_are_as_the_document_says(self, service: Service) -> None:
        answer = service.recommends("list=popular&limit=3")
        assert answer.status == 200
        assert answer.headers["content-type"] == "application/json; charset=utf-8"
        assert answer.headers["cache-control"] == "private, no-store"
        Recommendations.model_validate(answer.body)
        assert [item["position"] for item in answer.body["items"]] == [1, 2, 3]
        assert "bucket" not in answer.body
        assert "model_version" not in answer.body

    def test_have_an_id_each_and_are_noted(self, service: Service) -> None:
        lists = [service.recommends("list=popular&limit=2", headers={"visit-session": SESSION}) for _ in range(2)]
        assert len({one.body["list_id"] for one in lists}) == 2
        assert [one.list_id for one in service.exposures.all] == [one.body["list_id"] for one in lists]
        assert service.exposures.all[0].bucket == lists[0].body["bucket"]

    def test_know_the_session_from_its_header(self, service: Service) -> None:
        service.learning.take(viewed(1, time.time()))
        headers = {"visit-session": SESSION}
        assert service.recommends("list=for_you", headers=headers).body["strategy"] == "session"
        assert service.recommends("list=for_you").body["strategy"] == "popular"

    def test_are_a_user_s_own(self, service: Service) -> None:
        service.learning.take(viewed(1, time.time(), session=None, user=USER))
        own = service.recommends("list=for_you", token=user_token())
        named = service.recommends(f"list=for_you&user_id={USER.upper()}", token=user_token())
        assert own.body["strategy"] == named.body["strategy"] == "session"
        assert own.body["bucket"] == named.body["bucket"]
        other = service.recommends(f"list=for_you&user_id={USER}", token=user_token(OTHER))
        assert (other.status, other.body["code"]) == (403, "FORBIDDEN")
        guest = service.recommends(f"list=for_you&user_id={USER}")
        assert (guest.status, guest.body["code"]) == (401, "UNAUTHENTICATED")
        assert guest.headers["www-authenticate"] == "Bearer"

    @pytest.mark.parametrize(
        ("query", "pointers"),
        [
            ("", ["list"]),
            ("list=all", ["list"]),
            ("list=popular&limit=0", ["limit"]),
            ("list=popular&limit=25", ["limit"]),
            ("list=popular&limit=1.0", ["limit"]),
            ("list=popular&limit=%D9%A1", ["limit"]),
            ("list=popular&in_stock=1", ["in_stock"]),
            ("list=popular&category=", ["category"]),
            (f"list=popular&category={'x' * 101}", ["category"]),
            ("list=similar&product_id=1", ["product_id"]),
            ("list=all&user_id={}&limit=x", ["list", "user_id", "limit"]),
        ],
    )
    def test_need_a_valid_question(self, service: Service, query: str, pointers: list[str]) -> None:
        refused = service.recommends(query)
        assert (refused.status, refused.body["code"]) == (400, "VALIDATION_FAILED")
        assert refused.headers["content-type"] == "application/problem+json"
        assert [one["pointer"] for one in refused.body["errors"]] == [f"/query/{name}" for name in pointers]

    @pytest.mark.parametrize("header", ["visit-session", "shopper-id"])
    def test_need_valid_headers(self, service: Service, header: str) -> None:
        refused = service.recommends("list=popular", headers={header: "of another"})
        assert refused.status == 400
        assert [one["pointer"] for one in refused.body["errors"]] == [f"/headers/{header}"]

    def test_of_a_model_are_those_of_the_pseudonym_and_only_for_users(self, service: Service) -> None:
        folder = ModelFolder(categories={product(1): "Category 1"}, users={SHOPPER: [product(1)]})
        service.models.current = model_of(folder)
        headers = {"shopper-id": SHOPPER.upper()}
        own = service.recommends("list=for_you", token=user_token(), headers=headers)
        assert own.body["strategy"] == "personal"
        assert service.recommends("list=for_you", token=user_token()).body["strategy"] == "popular"
        assert service.recommends("list=for_you", headers=headers).body["strategy"] == "popular"

    @pytest.mark.parametrize("name", ["similar", "bought_together"])
    def test_of_some_lists_need_a_product(self, service: Service, name: str) -> None:
        refused = service.recommends(f"list={name}")
        assert (refused.status, refused.body["code"]) == (422, "PRODUCT_REQUIRED")


class TestAnErasedUser:
    def test_gets_what_everybody_gets(self, service: Service) -> None:
        folder = ModelFolder(categories={product(1): "Category 1"}, users={SHOPPER: [product(1)]})
        service.models.current = model_of(folder)
        headers = {"shopper-id": SHOPPER}
        asked = {"token": user_token(), "headers": headers}
        assert service.recommends("list=for_you", **asked).body["strategy"] == "personal"
        erased = envelope("user.forgotten", {"user_id": USER})
        assert service.ask("POST", "/internal/v1/events", {"events": [erased]}, token=service_token()).status == 204
        # Also while the gateway still has the pseudonym.
        assert service.recommends("list=for_you", **asked).body["strategy"] == "popular"


class TestEvents:
    def send(self, service: Service, *events: object, token: str | None = None) -> int:
        return service.ask("POST", "/internal/v1/events", {"events": events}, token=token or service_token()).status

    def test_change_what_is_recommended_and_are_kept(self, service: Service) -> None:
        sold_out = {"sku": "SKU-1", "version": 2, "is_available": False}
        assert self.send(service, envelope("inventory.availability_changed", sold_out)) == 204
        shown = service.recommends("list=popular&limit=24").body["items"]
        assert product(1) not in [item["product_id"] for item in shown]
        assert "stock" in {record.kind for record in service.store.load()}

    def test_that_cannot_be_read_hold_up_no_others(self, service: Service) -> None:
        bad = envelope("order.placed", {"order_id": 1})
        good = envelope("inventory.availability_changed", {"sku": "SKU-1", "version": 2, "is_available": False})
        assert self.send(service, bad, envelope("weather.changed", {}), good) == 204
        assert product(1) not in service.recommends("list=popular&limit=24").text
        assert b'outcome="unreadable",' in service.metrics.text()[0]

    def test_are_tried_again_if_they_could_not_be_kept(self, service: Service) -> None:
        class Broken:
            def save(self, records: object) -> None:  # noqa: ARG002
                raise OSError

        learner, store = service.learner, service.store
        learner._store = Broken()  # type: ignore[assignment]
        view = envelope("product.viewed", {**viewed(1).payload})
        assert self.send(service, view) == 500
        learner._store = store
        assert self.send(service, view) == 204
        assert "shopper" in {record.kind for record in store.load()}

    @pytest.mark.parametrize(
        ("token", "status"),
        [
            (None, 401),
            (user_token(), 403),
            (service_token(scope="views:write"), 403),
            (service_token(CART), 403),
            (service_token(act_for=USER), 403),
            (service_token(aud="catalog"), 401),
            (service_token(exp=int(time.time()) + 3_600), 401),
            (service_token(iat=int(time.time()) - 3_600), 401),
            (GATEWAY.sign({"iss": "service:cart", "aud": "recommendation", "scope": "events:write"}), 401),
            (service_token(Key("gateway")), 401),
        ],
    )
    def test_come_from_the_gateway_only(self, service: Service, token: str | None, status: int) -> None:
        refused = service.ask("POST", "/internal/v1/events", {"events": [envelope("a", {})]}, token=token)
        assert refused.status == status

    @pytest.mark.parametrize(
        ("body", "code"),
        [
            (b"{", "MALFORMED_BODY"),
            ([], "VALIDATION_FAILED"),
            ({"events": []}, "VALIDATION_FAILED"),
            ({"events": [{}]}, "VALIDATION_FAILED"),
            ({"events": [envelope("a", {})] * 501}, "VALIDATION_FAILED"),
            ({"events": [envelope("a", {}, timestamp="yesterday")]}, "VALIDATION_FAILED"),
            ({"events": [envelope("a", {})], "more": 1}, "VALIDATION_FAILED"),
            (b"x" * (4 * 1024 * 1024 + 1), "PAYLOAD_TOO_LARGE"),
        ],
    )
    def test_are_valid(self, service: Service, body: object, code: str) -> None:
        refused = service.ask("POST", "/internal/v1/events", body, token=service_token())
        assert refused.body["code"] == code
        assert refused.status == CODES[code][0]

    def test_are_json(self, service: Service) -> None:
        headers = {"content-type": "text/plain"}
        refused = service.ask("POST", "/internal/v1/events", {"events": []}, headers=headers, token=service_token())
        assert refused.status == 415

    def test_are_limited_whatever_length_is_claimed(self, service: Service) -> None:
        headers = {"content-length": "1"}
        body = b"x" * (4 * 1024 * 1024 + 1)
        refused = service.ask("POST", "/internal/v1/events", body, headers=headers, token=service_token())
        assert refused.status == 413


class TestCallers:
    @pytest.mark.parametrize(
        "token",
        [
            "not.a.token",
            user_token(exp=int(time.time()) - 60),
            user_token(aud="another"),
            user_token(iss="https://elsewhere.test"),
            user_token(typ="JWT"),
            user_token(key=Key("user-1")),
            user_token(key=Key("user-2")),
            user_token("not-an-id"),
        ],
    )
    def test_with_a_bad_token_are_refused(self, service: Service, token: str) -> None:
        assert service.recommends("list=popular", token=token).status == 401

    def test_with_another_scheme_are_refused(self, service: Service) -> None:
        assert service.recommends("list=popular", headers={"authorization": "Basic eA=="}).status == 401

    def test_are_known_by_a_new_key_of_their_issuer(self, service: Service) -> None:
        assert service.recommends("list=popular", token=user_token()).status == 200
        assert USERS.kid == "user-1"


class TestOperators:
    def test_see_what_waits(self, service: Service) -> None:
        token = user_token(roles=("operator",))
        answer = service.ask("GET", "/api/v1/operations/recommendation", token=token)
        assert answer.body == {
            "service": "recommendation",
            "outbox_events": 0,
            "consumers": [{"consumer": "recommendation", "lag": 3}],
            "dead_letters": 0,
            "failing_tasks": 0,
        }
        for path in ("dead-letters", "tasks"):
            assert service.ask("GET", f"/api/v1/operations/recommendation/{path}", token=token).body["items"] == []

    def test_are_no_customers(self, service: Service) -> None:
        for token, status in ((None, 401), (user_token(roles=("customer",)), 403), (user_token(roles=("admin",)), 200)):
            assert service.ask("GET", "/api/v1/operations/recommendation", token=token).status == status

    def test_see_health(self, service: Service) -> None:
        assert service.ask("GET", "/health/live").body == {"status": "live"}
        assert service.ask("GET", "/health/ready").body == {"status": "ready"}
        service.models.refused = "the model is corrupt"
        assert service.ask("GET", "/health/ready").body == {"status": "degraded", "why": "the model is corrupt"}
        service.is_ready = False
        assert service.ask("GET", "/health/ready").status == 503

    def test_see_metrics_by_route(self, service: Service) -> None:
        service.recommends("list=popular")
        service.ask("GET", "/api/v1/nothing")
        text = service.ask("GET", "/metrics").text
        labels = 'service="recommendation",method="GET",route="/api/v1/recommendations",status="200"'
        assert re.search(r"http_request_duration_seconds_count{(.*)} 1", text)
        assert all(part in text for part in (*labels.split(","), 'route="other"', 'strategy="popular"'))


class TestEveryAnswer:
    def test_has_the_correlation_id_that_was_given_or_a_new_one(self, service: Service) -> None:
        given = service.recommends("list=popular", headers={"x-correlation-id": "story-1"})
        assert given.headers["x-correlation-id"] == "story-1"
        made = service.ask("GET", "/nothing", headers={"x-correlation-id": "a b"})
        assert re.fullmatch(r"[\w-]{36}", made.headers["x-correlation-id"])

    def test_to_what_is_not_there(self, service: Service) -> None:
        assert service.ask("GET", "/api/v1/nothing").body["code"] == "NOT_FOUND"
        refused = service.ask("DELETE", "/api/v1/recommendations")
        assert (refused.status, refused.headers["allow"]) == (405, "GET")

    def test_hides_what_went_wrong(self, service: Service) -> None:
        service.models.current = "broken"  # type: ignore[assignment]
        failed = service.recommends("list=popular")
        assert (failed.status, failed.body["code"]) == (500, "INTERNAL")
        assert "broken" not in failed.text


def read(name: str) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((OPENAPI / f"{name}.yaml").read_text())
    return found


class TestTheDocument:
    def test_has_the_operations_and_their_callers(self) -> None:
        own = read("recommendation")["paths"]
        common = {
            path.replace("{service}", "recommendation"): item
            for path, item in read("operations")["paths"].items()
            if "get" in item
        }
        documented: dict[tuple[str, str], Mapping[str, Any]] = {
            (method.upper(), path): operation
            for path, item in {**own, **common}.items()
            for method, operation in item.items()
            if method in ("get", "post")
        }
        assert set(OPERATIONS) == set(documented)
        for name, operation in OPERATIONS.items():
            said = documented[name]
            merged = {scheme: tuple(names) for one in said["security"] for scheme, names in one.items()}
            assert operation.operation_id == said["operationId"]
            assert (operation.roles, operation.scopes) == (merged.get("bearer"), merged.get("service"))
            assert operation.is_optional == ({} in said["security"])
            assert operation.consumers == tuple(said.get("x-consumers", ()))
            assert operation.body_bytes == said.get("x-max-body-bytes", 1024 * 1024)

    def test_has_the_lists_strategies_and_reasons_of_the_core(self) -> None:
        schemas = read("recommendation")["components"]["schemas"]
        assert tuple(schemas["ListName"]["enum"]) == get_args(ListName)
        assert {*schemas["Strategy"]["enum"]} == {*get_args(Strategy), "fallback"}
        assert {*schemas["Reason"]["properties"]["code"]["enum"]} == {*get_args(Code)}
