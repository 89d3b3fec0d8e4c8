"""Keys and tokens for tests."""

import json
import time
from collections.abc import Mapping
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from jwt.algorithms import OKPAlgorithm

from .shop import USER

ISSUER = "https://shop.test"


class Key:
    def __init__(self, kid: str) -> None:
        self.kid = kid
        self._private = Ed25519PrivateKey.generate()

    @property
    def public(self) -> dict[str, Any]:
        return {**json.loads(OKPAlgorithm.to_jwk(self._private.public_key())), "kid": self.kid, "alg": "EdDSA"}

    def sign(self, claims: Mapping[str, Any], typ: str = "JWT") -> str:
        now = int(time.time())
        all_claims = {"iat": now, "exp": now + 60, **claims}
        return jwt.encode(all_claims, self._private, "EdDSA", headers={"kid": self.kid, "typ": typ})


USERS = Key("user-1")
GATEWAY = Key("gateway")
CART = Key("cart")


def user_token(user_id: str = USER, roles: tuple[str, ...] = (), key: Key = USERS, **claims: Any) -> str:
    all_claims = {"iss": ISSUER, "aud": "shop", "sub": user_id, "email": "a@example.com", "roles": list(roles)}
    return key.sign({**all_claims, **claims}, claims.pop("typ", "at+jwt"))


def service_token(key: Key = GATEWAY, scope: str = "events:write", **claims: Any) -> str:
    return key.sign({"iss": f"service:{key.kid}", "aud": "recommendation", "scope": scope, **claims})
