"""Follows Kafka's topics from where the state stands."""

import asyncio
import logging
import threading
from collections.abc import Mapping, Sequence
from typing import Any

import orjson
from confluent_kafka import OFFSET_BEGINNING, Consumer, KafkaException, Message, TopicPartition

from ...core.application.intake import Learner
from ...core.application.learn import Event
from ..events import to_event
from .settings import KafkaSettings

BATCH = 500
WAIT_S = 0.2
PAUSE_S = 1.0
METADATA_S = 10.0
LOOK_EVERY_S = 30.0
"""For topics and partitions that are new."""

logger = logging.getLogger("recommendation")


def place_of(topic: str, partition: int) -> str:
    return f"{topic}/{partition}"


class KafkaFollower:
    """
    Reads all partitions itself, and joins no group: every instance knows everything. Where it goes on is kept with the
    state, in one write, so that neither is ahead of the other.
    """

    def __init__(
        self, settings: KafkaSettings, types: Sequence[str], positions: Mapping[str, int], learner: Learner
    ) -> None:
        self._prefix = settings.prefix
        self._topics = [settings.prefix + name for name in types]
        self._positions = dict(positions)
        self._learner = learner
        self._options: dict[str, Any] = {
            **settings.options,
            "group.id": f"{settings.prefix}recommendation",  # only a name: it commits nothing
            "enable.auto.commit": False,
            "auto.offset.reset": "earliest",
            "error_cb": lambda error: logger.warning("the broker is away", extra={"why": str(error)}),
            "logger": logging.getLogger("recommendation.kafka"),
        }
        self._stopping = threading.Event()
        self._assigned: dict[str, int] = {}
        self._ends: dict[str, int] = {}
        self._thread: threading.Thread | None = None
        self.is_caught_up = False

    @property
    def lag(self) -> int:
        return sum(max(0, end - self._positions.get(place, 0)) for place, end in self._ends.items())

    def start(self, loop: asyncio.AbstractEventLoop) -> None:
        self._thread = threading.Thread(target=self._run, args=(loop,), name="kafka", daemon=True)
        self._thread.start()

    async def stop(self) -> None:
        self._stopping.set()
        if self._thread is not None:
            await asyncio.to_thread(self._thread.join, PAUSE_S + WAIT_S + METADATA_S)

    def _run(self, loop: asyncio.AbstractEventLoop) -> None:
        while not self._stopping.is_set():
            consumer = Consumer(self._options)
            try:
                self._follow(consumer, loop)
            except Exception as error:
                logger.warning("events are not followed, will go on", extra={"why": repr(error)[:200]})
                self._stopping.wait(PAUSE_S)
            finally:
                consumer.close()

    def _follow(self, consumer: Consumer, loop: asyncio.AbstractEventLoop) -> None:
        look_at = 0.0
        self._assigned = {}
        while not self._stopping.is_set():
            now = loop.time()
            if now >= look_at:
                self._assign(consumer)
                look_at = now + LOOK_EVERY_S
            messages = consumer.consume(BATCH, WAIT_S)
            if messages:
                self._hand_over(messages, loop)
            if not self.is_caught_up or not messages:
                self.is_caught_up = self.is_caught_up or self._is_behind_nothing(consumer)

    def _assign(self, consumer: Consumer) -> None:
        known = consumer.list_topics(timeout=METADATA_S).topics
        wanted = {
            (topic, partition) for topic in self._topics if topic in known for partition in known[topic].partitions
        }
        new = [(topic, partition) for topic, partition in wanted if place_of(topic, partition) not in self._assigned]
        for topic, partition in new:
            self._assigned[place_of(topic, partition)] = partition
        if new:
            consumer.incremental_assign(
                [
                    TopicPartition(topic, partition, self._positions.get(place_of(topic, partition), OFFSET_BEGINNING))
                    for topic, partition in new
                ]
            )
        for topic, partition in wanted:
            _, end = consumer.get_watermark_offsets(TopicPartition(topic, partition), timeout=METADATA_S)
            self._ends[place_of(topic, partition)] = end

    def _is_behind_nothing(self, consumer: Consumer) -> bool:
        """Whether it has seen all that there was when it began."""
        if len({place.rsplit("/", 1)[0] for place in self._assigned}) < len(self._topics):
            return False
        return all(
            position.offset >= self._ends.get(place_of(position.topic, position.partition), 0)
            or self._ends.get(place_of(position.topic, position.partition), 0) == 0
            for position in consumer.position(consumer.assignment())
        )

    def _hand_over(self, messages: Sequence[Message], loop: asyncio.AbstractEventLoop) -> None:
        events: list[Event] = []
        positions: dict[str, int] = {}
        for message in messages:
            error = message.error()
            if error is not None:
                raise KafkaException(error)
            topic, partition, offset = message.topic() or "", message.partition() or 0, message.offset() or 0
            positions[place_of(topic, partition)] = offset + 1
            try:
                events.append(to_event(orjson.loads(message.value() or b"")))
            except (KeyError, TypeError, ValueError) as error:
                logger.error("not an event", extra={"key": place_of(topic, partition), "why": repr(error)[:200]})
        while not self._stopping.is_set():
            try:
                asyncio.run_coroutine_threadsafe(self._learner.take(events, positions), loop).result()
                self._positions.update(positions)
                return
            except Exception as error:
                logger.warning("what was learned cannot be kept, will try again", extra={"why": repr(error)[:200]})
                self._stopping.wait(PAUSE_S)
