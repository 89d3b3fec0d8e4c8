"""Watches the pointer to the current model, and puts each new one in service."""

import asyncio
import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from ...core.application.answer import Models
from .artifact import BadArtifact, Checked, Pointer, be_unhurried, load_model, read_pointer

EVERY_S = 0.5
RETRY_S = 30.0
"""A refused folder is looked at again: a disk may have been away."""

logger = logging.getLogger("recommendation")


class ModelWatcher:
    def __init__(
        self, folder: Path, models: Models, on_swap: Callable[[], None], on_refusal: Callable[[], None]
    ) -> None:
        self._folder = folder
        self._models = models
        self._on_swap = on_swap
        self._on_refusal = on_refusal
        self._checked = Checked()
        self._tried: tuple[Pointer | str, float] | None = None
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="models", initializer=be_unhurried)

    async def look(self) -> None:
        """Puts the model that the pointer names in service, if it is another one and good."""
        loop = asyncio.get_running_loop()
        try:
            pointer = read_pointer(self._folder)
        except BadArtifact as error:
            self._refuse(str(error), str(error), loop.time())
            return
        if pointer is None:
            self._models.refused = None
            return
        if self._tried is not None and self._tried[0] == pointer:
            is_due = self._models.refused is not None and loop.time() - self._tried[1] >= RETRY_S
            if not is_due:
                return
        try:
            model = await loop.run_in_executor(self._thread, load_model, self._folder, pointer, self._checked)
        except BadArtifact as error:
            self._refuse(pointer, str(error), loop.time())
            return
        self._models.current = model
        self._models.refused = None
        self._tried = (pointer, loop.time())
        self._on_swap()
        logger.info("a model is in service", extra={"model_id": model.version, "products": len(model)})

    async def run(self) -> None:
        while True:
            await asyncio.sleep(EVERY_S)
            await self.look()

    def close(self) -> None:
        self._thread.shutdown(wait=False, cancel_futures=True)

    def _refuse(self, tried: Pointer | str, why: str, now: float) -> None:
        if self._tried is None or self._tried[0] != tried:
            self._on_refusal()
            logger.error("the model is refused, the one before it goes on", extra={"why": why})
        self._tried = (tried, now)
        self._models.refused = why
