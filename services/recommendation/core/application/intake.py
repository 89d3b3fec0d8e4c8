"""Learns from events without holding up requests, and keeps what was learned."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from concurrent.futures import Executor

from ..ports.state_store import Record, StateStore
from .learn import Event, Learning
from .state import State

AT_ONCE = 50
"""Events between two breaths, in which requests are answered."""

logger = logging.getLogger("recommendation")


class Learner:
    """The `Intake` of this process. State changes only in the thread of the event loop; it is saved in another."""

    def __init__(
        self,
        state: State,
        learning: Learning,
        store: StateStore,
        thread: Executor,
        on_event: Callable[[str, str], None] = lambda event_type, outcome: None,
    ) -> None:
        self._state = state
        self._learning = learning
        self._store = store
        self._thread = thread
        self._on_event = on_event
        self._saving = asyncio.Lock()

    async def take(self, events: Sequence[Event], positions: dict[str, int] | None = None) -> None:
        for number, event in enumerate(events, 1):
            self._learn(event)
            if number % AT_ONCE == 0:
                await asyncio.sleep(0)
        for place, offset in (positions or {}).items():
            self._state.positions[place] = offset
            self._state.changed("position", place)
        await self.save()

    async def save(self) -> None:
        """Raises what the store raises; the changes are then tried again with the next ones."""
        async with self._saving:
            records = self._state.changes()
            if records:
                try:
                    await self._in_thread(records)
                except Exception:
                    for record in records:
                        self._state.changed(record.kind, record.key)
                    raise

    def _learn(self, event: Event) -> None:
        try:
            outcome = "learned" if self._learning.take(event) else "known"
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            # It would fail again: it is counted, and nothing waits for it.
            outcome = "unreadable"
            logger.error(
                "an event cannot be read",
                extra={"event_id": event.event_id, "event_type": event.event_type, "why": repr(error)[:200]},
            )
        self._on_event(event.event_type, outcome)

    def _in_thread(self, records: Sequence[Record]) -> Awaitable[None]:
        return asyncio.get_running_loop().run_in_executor(self._thread, self._store.save, records)
