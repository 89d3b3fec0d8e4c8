"""The settings of the process; the README lists them."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..adapters.http.tokens import SHOP_AUDIENCE, Issuer, fetched_keys
from ..adapters.kafka.settings import KafkaSettings, read_kafka_settings
from ..adapters.log import LEVELS
from ..adapters.settings import InvalidConfig, number, one_of, required

DAY_MS = 86_400_000


@dataclass(frozen=True, slots=True)
class Settings:
    host: str
    port: int
    log_level: str
    drain_s: float
    service_keys: Mapping[str, Any]
    issuers: tuple[Issuer, ...]
    models: Path
    state_file: Path | None
    redis_url: str | None
    exposures: Path | None
    kafka: KafkaSettings | None
    search_url: str | None
    salt: str


def read_settings(env: Mapping[str, str]) -> Settings:
    """Raises InvalidConfig."""
    return Settings(
        host=env.get("HOST") or "127.0.0.1",
        port=number(env, "PORT", 0, 0, 65_535),
        log_level=one_of(env, "LOG_LEVEL", tuple(LEVELS)) or "info",
        drain_s=number(env, "SHUTDOWN_DRAIN_MS", 5_000, 0, DAY_MS) / 1_000,
        service_keys=_read_keys(required(env, "SERVICE_KEYS_FILE")),
        issuers=_read_issuers(env),
        models=Path(env.get("RECOMMENDATION_MODELS") or "models"),
        state_file=_path(env, "RECOMMENDATION_STATE_FILE"),
        redis_url=env.get("REDIS_URL") or None,
        exposures=_path(env, "RECOMMENDATION_EXPOSURES"),
        kafka=read_kafka_settings(env) if env.get("KAFKA_BROKERS") else None,
        search_url=(env.get("SEARCH_URL") or "").split(",")[0] or None,
        salt=env.get("RECOMMENDATION_EXPERIMENT") or "1",
    )


def _path(env: Mapping[str, str], name: str) -> Path | None:
    found = env.get(name)
    return Path(found) if found else None


def _read_keys(file: str) -> Mapping[str, Any]:
    try:
        found = json.loads(Path(file).read_text())
    except (OSError, ValueError) as error:
        raise InvalidConfig(f"SERVICE_KEYS_FILE: {file} cannot be read as JSON") from error
    if not isinstance(found, dict) or not isinstance(found.get("keys"), list):
        raise InvalidConfig(f"SERVICE_KEYS_FILE: {file} is no key set")
    return found


def _read_issuers(env: Mapping[str, str]) -> tuple[Issuer, ...]:
    user_url = required(env, "USER_URL").split(",")[0]
    own = Issuer(env.get("USER_ISSUER") or "https://shop.local", fetched_keys(f"{user_url}/.well-known/jwks.json"))
    oidc = env.get("OIDC_ISSUER")
    if not oidc:
        return (own,)
    keys = env.get("OIDC_JWKS_URL") or f"{oidc}/protocol/openid-connect/certs"
    external = Issuer(
        issuer=oidc,
        keys=fetched_keys(keys),
        audience=env.get("OIDC_AUDIENCE") or SHOP_AUDIENCE,
        type=env.get("OIDC_TOKEN_TYPE") or "Bearer",
        is_own=False,
        roles_claim=env.get("OIDC_ROLES_CLAIM") or "realm_access.roles",
    )
    return (own, external)
