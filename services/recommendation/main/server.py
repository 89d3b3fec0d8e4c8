"""The service as a process: `python -m recommendation.main.server`, with `services/` on the path."""

import asyncio
import gc
import os
import signal
import socket
import sys
import threading
from concurrent.futures import ThreadPoolExecutor

import uvicorn

from ..adapters.files.exposures import FileExposures
from ..adapters.files.watcher import ModelWatcher
from ..adapters.http.app import Health, Parts, make_app
from ..adapters.http.listing import Listing
from ..adapters.http.tokens import TokenVerifier
from ..adapters.log import configure_logs
from ..adapters.memory.exposures import NoExposures
from ..adapters.memory.state_store import MemoryStateStore
from ..adapters.metrics import Metrics
from ..adapters.settings import InvalidConfig
from ..core.application.answer import Models, Recommending
from ..core.application.intake import Learner
from ..core.application.learn import Learning
from ..core.application.state import KINDS, State
from ..core.ports.state_store import StateStore
from .ids import next_id
from .settings import Settings, read_settings

NAME = "recommendation"


def open_store(settings: Settings) -> StateStore:
    """Loads only the driver that is needed."""
    if settings.redis_url is not None:
        from ..adapters.redis.state_store import RedisStateStore

        return RedisStateStore(settings.redis_url)
    if settings.state_file is not None:
        from ..adapters.sqlite.state_store import SqliteStateStore

        return SqliteStateStore(settings.state_file)
    return MemoryStateStore()


def restored(store: StateStore) -> State:
    state = State()
    order = {kind: place for place, kind in enumerate(KINDS)}
    state.restore(sorted(store.load(), key=lambda record: order.get(record.kind, len(order))))
    return state


async def run(settings: Settings) -> None:
    loop = asyncio.get_running_loop()
    metrics = Metrics()
    store = open_store(settings)
    state = restored(store)
    models = Models()
    learning = Learning(state)
    saving = ThreadPoolExecutor(1, thread_name_prefix="state")
    learner = Learner(state, learning, store, saving, metrics.event)
    exposures = NoExposures() if settings.exposures is None else FileExposures(settings.exposures)
    watcher = ModelWatcher(settings.models, models, metrics.swapped, metrics.refused)
    await watcher.look()

    follower = None
    if settings.kafka is not None:
        from ..adapters.kafka.consumer import KafkaFollower

        follower = KafkaFollower(settings.kafka, learning.types, state.positions, learner)
    lag = (lambda: 0) if follower is None else (lambda: follower.lag)
    is_stopping = False

    def health() -> Health:
        return Health(not is_stopping and (follower is None or follower.is_caught_up), models.refused)

    metrics.gauge("consumer_lag", "Events that wait for a consumer", lag, {"consumer": NAME})
    metrics.gauge("products_known", "Products that events told of", lambda: len(state.catalogue))
    metrics.gauge("shoppers_known", "Sessions and users that did something lately", lambda: len(state.shoppers))
    app = make_app(
        Parts(
            recommending=Recommending(state, models, exposures, next_id, settings.salt),
            learner=learner,
            verifier=TokenVerifier(NAME, settings.service_keys, settings.issuers),
            health=health,
            lag=lag,
            metrics=metrics.text,
            observe=metrics.observe,
            on_answer=metrics.answered,
        )
    )
    server = _Server(
        uvicorn.Config(
            app,
            host=settings.host,
            port=settings.port,
            loop="none",
            lifespan="off",
            log_config=None,
            access_log=False,
            server_header=False,
            proxy_headers=False,
            timeout_keep_alive=75,
        )
    )
    tasks = [asyncio.create_task(watcher.run())]
    if settings.search_url is not None:
        tasks.append(asyncio.create_task(_list_products(settings.search_url, learning, learner, state)))
    if follower is not None:
        follower.start(loop)
    gc.collect()
    gc.freeze()  # what is there now stays: it need not be looked through again

    stopping = asyncio.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(name, stopping.set)
    _stop_with_parent(loop, stopping)
    serving = asyncio.create_task(server.serve())
    await asyncio.wait([serving, asyncio.create_task(stopping.wait())], return_when=asyncio.FIRST_COMPLETED)
    is_stopping = True
    if not serving.done():
        await asyncio.sleep(settings.drain_s)
        server.should_exit = True
    await serving
    for task in tasks:
        task.cancel()
    if follower is not None:
        await follower.stop()
    await learner.save()
    watcher.close()
    exposures.close()
    saving.shutdown()
    store.close()


class _Server(uvicorn.Server):
    """Says when it listens, and leaves signals to us."""

    def install_signal_handlers(self) -> None:
        pass

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            port = self.servers[0].sockets[0].getsockname()[1]
            sys.stdout.write(f"ready on port {port}\n")
            sys.stdout.flush()


async def _list_products(url: str, learning: Learning, learner: Learner, state: State) -> None:
    await Listing(url, learning.listed).read()
    state.catalogue.is_complete = True
    await learner.save()


def _stop_with_parent(loop: asyncio.AbstractEventLoop, stopping: asyncio.Event) -> None:
    """The process that started this one holds the other end of a channel, and ends with it however it ends."""
    channel = os.environ.pop("NODE_CHANNEL_FD", "")
    if not channel.isdecimal():
        return

    def watch() -> None:
        while os.read(int(channel), 4096):
            pass
        loop.call_soon_threadsafe(stopping.set)

    threading.Thread(target=watch, name="parent", daemon=True).start()


def main() -> None:
    try:
        settings = read_settings(os.environ)
    except InvalidConfig as error:
        sys.exit(str(error))
    configure_logs(settings.log_level)
    try:
        import uvloop

        uvloop.run(run(settings))
    except ImportError:  # on Windows
        asyncio.run(run(settings))


if __name__ == "__main__":
    main()
