"""IDs are the 16 bytes of a UUID inside, and text at the edges."""

from typing import TypeAlias
from uuid import UUID

Id: TypeAlias = bytes


def id_of(text: str) -> Id:
    """Raises ValueError if the text is no UUID."""
    return UUID(text).bytes


def text_of(one: Id) -> str:
    digits = one.hex()
    return f"{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:]}"
