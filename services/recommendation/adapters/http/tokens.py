"""Verifies tokens as all services do: of users by their issuer's keys, of services by the platform's (ADR 9)."""

import asyncio
import hashlib
import json
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import jwt

from .client import get_json
from .principal import Principal, Service, User

ALGORITHMS = ["EdDSA", "RS256"]
CLOCK_SKEW_S = 5
OLDEST_SERVICE_TOKEN_S = 5 * 60
SHOP_AUDIENCE = "shop"
ACCESS_TOKEN = "at+jwt"
REMEMBERED = 20_000
REFETCH_S = 10.0
PATIENCE_S = 5.0


class NotValid(Exception):
    """The token is forged, expired or for another audience."""


class KeysAway(Exception):
    """The issuer does not answer, which is no refusal."""


KeySource = Callable[[], Awaitable[Mapping[str, Any]]]


def fetched_keys(url: str) -> KeySource:
    def fetch() -> Mapping[str, Any]:
        return get_json(url, PATIENCE_S)

    async def source() -> Mapping[str, Any]:
        try:
            return await asyncio.to_thread(fetch)
        except (OSError, ValueError) as error:
            raise KeysAway(url) from error

    return source


@dataclass(frozen=True, slots=True)
class Issuer:
    issuer: str
    keys: KeySource
    audience: str = SHOP_AUDIENCE
    type: str = ACCESS_TOKEN
    is_own: bool = True
    """The shop itself, whose subjects are user IDs."""
    roles_claim: str = "roles"


def user_id_of(issuer: str, subject: str) -> str:
    """The ID of an external issuer's user: the same in every service."""
    text = json.dumps([issuer, subject], ensure_ascii=False, separators=(",", ":"))
    found = bytearray(hashlib.sha256(text.encode()).digest()[:16])
    found[6] = (found[6] & 0x0F) | 0x80
    found[8] = (found[8] & 0x3F) | 0x80
    return str(UUID(bytes=bytes(found)))


class TokenVerifier:
    """Checks a token once, and knows it until it expires."""

    def __init__(self, audience: str, service_keys: Mapping[str, Any], issuers: Sequence[Issuer]) -> None:
        self._audience = audience
        self._service_keys = _by_id(service_keys)
        self._issuers = {one.issuer: one for one in issuers}
        self._user_keys: dict[str, dict[str, jwt.PyJWK]] = {}
        self._fetched_at: dict[str, float] = {}
        self._known: OrderedDict[bytes, tuple[Principal, float]] = OrderedDict()

    async def verify(self, token: str) -> Principal:
        """Raises NotValid or KeysAway."""
        name = hashlib.sha256(token.encode()).digest()
        known = self._known.get(name)
        if known is not None and known[1] > time.time():
            return known[0]
        try:
            principal, expires_at = await self._check(token)
        except (jwt.PyJWTError, KeyError, TypeError, ValueError) as error:
            raise NotValid from error
        self._known[name] = (principal, expires_at)
        if len(self._known) > REMEMBERED:
            self._known.popitem(last=False)
        return principal

    async def _check(self, token: str) -> tuple[Principal, float]:
        claimed = jwt.decode(token, options={"verify_signature": False})
        kid = str(jwt.get_unverified_header(token)["kid"])
        issuer = str(claimed["iss"])
        if issuer.startswith("service:"):
            return self._service(token, kid, issuer.removeprefix("service:"))
        return await self._user(token, kid, self._issuers[issuer])

    def _service(self, token: str, kid: str, name: str) -> tuple[Principal, float]:
        if kid != name:
            raise ValueError("a service may sign only its own tokens")
        claims = _decode(token, self._service_keys[kid], ["EdDSA"], self._audience, f"service:{name}")
        issued, expires = float(claims["iat"]), float(claims["exp"])
        age, oldest = time.time() - issued, OLDEST_SERVICE_TOKEN_S
        if expires - issued > oldest or not -CLOCK_SKEW_S <= age <= oldest + CLOCK_SKEW_S:
            raise ValueError("the service token is valid for too long")
        scopes = tuple(str(claims.get("scope", "")).split(" "))
        acts_for = claims.get("act_for")
        return Service(name, scopes, None if acts_for is None else str(UUID(str(acts_for)))), expires

    async def _user(self, token: str, kid: str, issuer: Issuer) -> tuple[Principal, float]:
        claims = _decode(token, await self._user_key(issuer, kid), ALGORITHMS, issuer.audience, issuer.issuer)
        kind = claims.get("typ", jwt.get_unverified_header(token).get("typ"))
        if not isinstance(kind, str) or _plain(kind) != _plain(issuer.type):
            raise ValueError("not an access token")
        subject = str(claims["sub"])
        # An ID that is no UUID would be the user of no list.
        user_id = str(UUID(subject)) if issuer.is_own else user_id_of(issuer.issuer, subject)
        return User(user_id, _roles(claims, issuer.roles_claim)), float(claims["exp"])

    async def _user_key(self, issuer: Issuer, kid: str) -> jwt.PyJWK:
        name = issuer.issuer
        known = self._user_keys.get(name)
        # The issuer may have a new key. Forged tokens must not make us ask for it all the time.
        if known is None or (kid not in known and time.monotonic() - self._fetched_at[name] >= REFETCH_S):
            known = self._user_keys[name] = _by_id(await issuer.keys())
            self._fetched_at[name] = time.monotonic()
        return known[kid]


def _decode(token: str, key: jwt.PyJWK, algorithms: list[str], audience: str, issuer: str) -> dict[str, Any]:
    return jwt.decode(
        token,
        key,
        algorithms=algorithms,
        audience=audience,
        issuer=issuer,
        leeway=CLOCK_SKEW_S,
        options={"require": ["exp"], "verify_iat": False},
    )


def _by_id(keys: Mapping[str, Any]) -> dict[str, jwt.PyJWK]:
    found: dict[str, jwt.PyJWK] = {}
    for one in keys.get("keys", []):
        try:
            found[str(one["kid"])] = jwt.PyJWK(one)
        except (jwt.PyJWTError, KeyError, TypeError):
            continue  # for encryption, or of an algorithm that is not accepted here
    return found


def _plain(kind: str) -> str:
    """Media types are case-insensitive, and `application/` may be left out (RFC 7515)."""
    return kind.lower().removeprefix("application/")


def _roles(claims: Mapping[str, Any], path: str) -> tuple[str, ...]:
    found: Any = claims
    for part in path.split("."):
        found = found.get(part) if isinstance(found, Mapping) else None
    return tuple(role for role in found if isinstance(role, str)) if isinstance(found, list) else ()
