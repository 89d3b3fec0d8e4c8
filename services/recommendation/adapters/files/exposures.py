"""Answers as lines of JSON, a file for each day, for the pipeline."""

import logging
import os
import time
from pathlib import Path

import orjson

from ...core.domain.ids import text_of
from ...core.ports.exposures import Exposure

KEPT_DAYS = 14
FLUSH_BYTES = 64 * 1024
FLUSH_S = 1.0
MOST_BYTES = 512 * 1024**2
"""Of a day; what comes after is lost."""

logger = logging.getLogger("recommendation")


class FileExposures:
    """No shopper is named: list IDs connect an answer with what was clicked and bought."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lines: list[bytes] = []
        self._size = 0
        self._flushed_at = 0.0
        self._is_broken = False
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)

    def note(self, exposure: Exposure) -> None:
        question = exposure.question
        line = orjson.dumps(
            {
                "list_id": exposure.list_id,
                "at": round(question.now, 3),
                "list": question.list,
                "strategy": exposure.answer.strategy,
                "model_version": exposure.model_version,
                "bucket": exposure.bucket,
                "product_id": None if question.product_id is None else text_of(question.product_id),
                "category": question.category,
                "items": [
                    [text_of(item.product_id), item.reason.code, item.propensity] for item in exposure.answer.items
                ],
            },
            option=orjson.OPT_APPEND_NEWLINE,
        )
        self._lines.append(line)
        self._size += len(line)
        if self._size >= FLUSH_BYTES or question.now - self._flushed_at >= FLUSH_S:
            self._flush(question.now)

    def close(self) -> None:
        self._flush(time.time())

    def _flush(self, now: float) -> None:
        lines, self._lines, self._size, self._flushed_at = self._lines, [], 0, now
        if not lines:
            return
        path = self._folder / f"{time.strftime('%Y-%m-%d', time.gmtime(now))}.jsonl"
        try:
            if not path.exists():
                self._sweep()
            with open(path, "ab", opener=_private) as stream:
                if stream.tell() < MOST_BYTES:
                    stream.write(b"".join(lines))
            self._is_broken = False
        except OSError as error:
            if not self._is_broken:
                logger.warning("exposures are lost", extra={"why": str(error.strerror)})
            self._is_broken = True

    def _sweep(self) -> None:
        for path in sorted(self._folder.glob("*.jsonl"))[: -(KEPT_DAYS - 1) or None]:
            path.unlink(missing_ok=True)


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)
