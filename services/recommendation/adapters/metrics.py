"""Metrics in Prometheus' text format, named as those of the other services."""

from collections.abc import Callable

from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.process_collector import ProcessCollector

SERVICE = "recommendation"
SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5)


class Metrics:
    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        ProcessCollector(registry=self._registry)
        self._requests = Histogram(
            "http_request_duration_seconds",
            "Rate, errors and duration of requests per route",
            ["service", "method", "route", "status"],
            buckets=SECONDS,
            registry=self._registry,
        )
        self._answers = self._counter("recommendations_total", "Lists by what answered", ["list", "strategy"])
        self._events = self._counter("events_taken_total", "Events by what became of them", ["event_type", "outcome"])
        self._swaps = self._counter("models_swapped_total", "Models put in service", [])
        self._refusals = self._counter("models_refused_total", "Models that failed a check", [])
        self._refusals.labels(SERVICE)  # an alert needs a value to increase from

    def observe(self, method: str, route: str, status: int, seconds: float) -> None:
        self._requests.labels(SERVICE, method, route, status).observe(seconds)

    def answered(self, name: str, strategy: str) -> None:
        self._answers.labels(SERVICE, name, strategy).inc()

    def event(self, event_type: str, outcome: str) -> None:
        # Unknown types are counted together, because a caller can invent any number of them.
        self._events.labels(SERVICE, event_type if outcome != "known" else "any", outcome).inc()

    def swapped(self) -> None:
        self._swaps.labels(SERVICE).inc()

    def refused(self) -> None:
        self._refusals.labels(SERVICE).inc()

    def gauge(self, name: str, text: str, read: Callable[[], float], labels: dict[str, str] | None = None) -> None:
        """`read` is called when the metrics are."""
        given = {"service": SERVICE, **(labels or {})}
        Gauge(name, text, list(given), registry=self._registry).labels(**given).set_function(read)

    def text(self) -> tuple[bytes, str]:
        return generate_latest(self._registry), CONTENT_TYPE_LATEST

    def _counter(self, name: str, text: str, labels: list[str]) -> Counter:
        return Counter(name, text, ["service", *labels], registry=self._registry)
