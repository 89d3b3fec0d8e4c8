"""The service without its process."""

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from recommendation.adapters.http.app import Health, Parts, make_app
from recommendation.adapters.http.tokens import Issuer, TokenVerifier
from recommendation.adapters.memory.state_store import MemoryStateStore
from recommendation.adapters.metrics import Metrics
from recommendation.core.application.answer import Models, Recommending
from recommendation.core.application.intake import Learner
from recommendation.core.application.learn import Learning
from recommendation.core.application.state import State
from recommendation.core.ports.exposures import Exposure
from recommendation.core.ports.state_store import StateStore
from recommendation.main.ids import next_id

from .asgi import Response, ask
from .tokens import CART, GATEWAY, ISSUER, USERS


class Kept:
    """Exposures in a list."""

    def __init__(self) -> None:
        self.all: list[Exposure] = []

    def note(self, exposure: Exposure) -> None:
        self.all.append(exposure)

    def close(self) -> None:
        pass


class Service:
    def __init__(self, store: StateStore | None = None) -> None:
        self.state = State()
        self.models = Models()
        self.exposures = Kept()
        self.metrics = Metrics()
        self.store = store or MemoryStateStore()
        self.is_ready = True
        self.learning = Learning(self.state)
        self.learner = Learner(self.state, self.learning, self.store, ThreadPoolExecutor(1), self.metrics.event)

        async def keys() -> Mapping[str, Any]:
            return {"keys": [USERS.public]}

        self.app = make_app(
            Parts(
                recommending=Recommending(self.state, self.models, self.exposures, next_id, "1"),
                learner=self.learner,
                verifier=TokenVerifier(
                    "recommendation", {"keys": [GATEWAY.public, CART.public]}, [Issuer(ISSUER, keys)]
                ),
                health=lambda: Health(self.is_ready, self.models.refused),
                lag=lambda: 3,
                metrics=self.metrics.text,
                observe=self.metrics.observe,
                on_answer=self.metrics.answered,
            )
        )

    def ask(self, method: str, target: str, body: Any = None, **more: Any) -> Response:
        return ask(self.app, method, target, body, **more)

    def recommends(self, query: str, **more: Any) -> Response:
        return self.ask("GET", f"/api/v1/recommendations?{query}", **more)
