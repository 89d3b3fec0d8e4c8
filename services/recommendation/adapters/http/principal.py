"""Who calls."""

from dataclasses import dataclass
from typing import Literal, TypeAlias


@dataclass(frozen=True, slots=True)
class Guest:
    kind: Literal["guest"] = "guest"


@dataclass(frozen=True, slots=True)
class User:
    user_id: str
    roles: tuple[str, ...] = ()
    kind: Literal["user"] = "user"


@dataclass(frozen=True, slots=True)
class Service:
    service: str
    scopes: tuple[str, ...]
    acts_for: str | None = None
    kind: Literal["service"] = "service"


Principal: TypeAlias = Guest | User | Service
GUEST = Guest()


def name_of(principal: Principal) -> str:
    match principal:
        case User():
            return f"user:{principal.user_id}"
        case Service():
            return f"service:{principal.service}:{principal.acts_for or ''}"
        case Guest():
            return "guest"
