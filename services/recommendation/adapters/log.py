"""Structured logs, a line of JSON each, restricted to known fields, as those of the other services."""

import logging
import sys
import traceback
from datetime import datetime, timezone

import orjson

SERVICE = "recommendation"
LEVELS = {"trace": 10, "debug": 10, "info": 20, "warn": 30, "error": 40, "silent": 100}
PINO = {logging.DEBUG: 20, logging.INFO: 30, logging.WARNING: 40, logging.ERROR: 50, logging.CRITICAL: 60}
FIELDS = {"client", "event_type", "key", "method", "ms", "path", "products", "status", "why"}
"""Besides IDs (`…_id`). Everything else is left out, because it may be a secret or personal data."""


class JsonLines(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        at = datetime.fromtimestamp(record.created, timezone.utc).isoformat(timespec="milliseconds")
        line: dict[str, object] = {
            "level": PINO.get(record.levelno, 30),
            "time": at.replace("+00:00", "Z"),
            "service": SERVICE,
            **{name: value for name, value in vars(record).items() if name in FIELDS or name.endswith("_id")},
        }
        error = record.exc_info[1] if record.exc_info else None
        if error is not None:
            stack = "".join(traceback.format_exception(error))
            line["err"] = {"type": type(error).__name__, "message": str(error), "stack": stack}
        message = record.getMessage()
        if message:
            line["msg"] = message
        return orjson.dumps(line, default=str).decode()


def configure_logs(level: str) -> None:
    handler = logging.StreamHandler(sys.stdout)
    handler.setFormatter(JsonLines())
    logging.root.handlers = [handler]
    logging.root.setLevel(logging.WARNING)
    logging.getLogger("recommendation").setLevel(LEVELS[level])
