"""Structured logs: one line an event, as JSON or as text, each bounded."""

import json
import logging
import sys
from datetime import UTC, datetime
from typing import Any

MAX_VALUE = 1000
"""Longest value in a line, in characters."""


class StructuredLogger:
    """A logger whose events are a fixed text and named values."""

    def __init__(self, logger: logging.Logger) -> None:
        self._logger = logger

    def info(self, event: str, **values: object) -> None:
        """Something that happened as it should."""
        self._logger.info(event, extra={"values": values})

    def debug(self, event: str, **values: object) -> None:
        """Something of interest when looking for a fault."""
        self._logger.debug(event, extra={"values": values})

    def warning(self, event: str, **values: object) -> None:
        """Something that may need attention."""
        self._logger.warning(event, extra={"values": values})

    def error(self, event: str, *, exc_info: BaseException | None = None, **values: object) -> None:
        """Something that went wrong here."""
        self._logger.error(event, extra={"values": values}, exc_info=exc_info)


def get_logger(name: str) -> StructuredLogger:
    """The structured logger of a module."""
    return StructuredLogger(logging.getLogger(name))


def configure(form: str, level: str) -> None:
    """Send all logs to standard output as `json` or `text`."""
    handler = logging.StreamHandler(sys.stdout)
    handler.setFormatter(_Json() if form == "json" else _Text())
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    logging.getLogger("matchday_operator").setLevel(level)
    # It warns of signals that it cannot handle in its thread, which is as intended.
    logging.getLogger("kopf._core.reactor.running").setLevel(logging.ERROR)
    logging.getLogger("kopf").setLevel(logging.ERROR if level == "ERROR" else logging.WARNING)


class _Json(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        line = {
            "time": _time(record),
            "level": record.levelname.lower(),
            "logger": record.name,
            "event": record.getMessage()[:MAX_VALUE],
            **_values(record),
        }
        if record.exc_info:
            line["trace"] = self.formatException(record.exc_info)[-4000:]
        return json.dumps(line, default=str)


class _Text(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        values = " ".join(f"{key}={value}" for key, value in _values(record).items())
        line = f"{_time(record)} {record.levelname} {record.getMessage()[:MAX_VALUE]} {values}"
        if record.exc_info:
            line += "\n" + self.formatException(record.exc_info)[-4000:]
        return line.rstrip()


def _time(record: logging.LogRecord) -> str:
    return datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")


def _values(record: logging.LogRecord) -> dict[str, Any]:
    values: dict[str, Any] = getattr(record, "values", {})
    return {key: _bounded(value) for key, value in values.items()}


def _bounded(value: object) -> object:
    """A value of one line at most, so that nobody's text can pass for a line of its own."""
    if isinstance(value, int | float | bool):
        return value
    return "".join(c if c.isprintable() else " " for c in str(value)[:MAX_VALUE])
