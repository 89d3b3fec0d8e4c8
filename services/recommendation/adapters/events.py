"""Events as they come in: the envelope, of which little is read."""

from collections.abc import Mapping
from typing import Any

from ..core.application.learn import Event, moment


def to_event(envelope: Any) -> Event:
    """Raises KeyError, TypeError or ValueError if it is none."""
    if not isinstance(envelope, Mapping) or not isinstance(envelope["payload"], Mapping):
        raise TypeError("not an event’s envelope")
    return Event(
        event_id=str(envelope["event_id"]),
        event_type=str(envelope["event_type"]),
        at=moment(str(envelope["timestamp"])),
        payload=envelope["payload"],
    )
