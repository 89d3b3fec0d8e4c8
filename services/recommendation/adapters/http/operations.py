"""Who may call what: as `openapi/recommendation.yaml` and `openapi/operations.yaml` say, which a test compares."""

from collections.abc import Mapping
from dataclasses import dataclass

from .principal import Principal, Service, User
from .problems import Refusal

BODY_BYTES = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Operation:
    operation_id: str
    roles: tuple[str, ...] | None = None
    """Users with one of them, or `admin`; users at all if empty."""
    is_optional: bool = False
    """Guests as well."""
    scopes: tuple[str, ...] | None = None
    """Services that have them, and are among the consumers."""
    consumers: tuple[str, ...] = ()
    body_bytes: int = BODY_BYTES

    def admit(self, principal: Principal) -> None:
        """Raises Refusal."""
        if self.is_optional:
            return
        if self.roles is not None:
            if not isinstance(principal, User):
                raise Refusal("UNAUTHENTICATED", "An access token is required.")
            if self.roles and not {*self.roles, "admin"} & set(principal.roles):
                raise Refusal("FORBIDDEN", f"Requires one of the roles {', '.join(self.roles)}.")
        if self.scopes is not None:
            self._admit_service(principal, self.scopes)

    def _admit_service(self, principal: Principal, scopes: tuple[str, ...]) -> None:
        if principal.kind == "guest":
            raise Refusal("UNAUTHENTICATED", "An access token is required.")
        if not isinstance(principal, Service) or not set(scopes) <= set(principal.scopes):
            raise Refusal("FORBIDDEN", "Only another service may call this operation.")
        if principal.service not in self.consumers:
            raise Refusal("FORBIDDEN", f"{principal.service} is not a consumer of this operation.")
        if principal.acts_for is not None:
            raise Refusal("FORBIDDEN", "This operation cannot be called on behalf of a user.")


OPERATIONS: Mapping[tuple[str, str], Operation] = {
    ("GET", "/api/v1/recommendations"): Operation("getRecommendations", roles=(), is_optional=True),
    ("POST", "/internal/v1/events"): Operation(
        "takeEvents", scopes=("events:write",), consumers=("gateway",), body_bytes=4 * 1024 * 1024
    ),
    ("GET", "/api/v1/operations/recommendation"): Operation("getServiceOperations", roles=("operator",)),
    ("GET", "/api/v1/operations/recommendation/dead-letters"): Operation("listDeadLetters", roles=("operator",)),
    ("GET", "/api/v1/operations/recommendation/tasks"): Operation("listFailingTasks", roles=("operator",)),
}

METHODS: Mapping[str, tuple[str, ...]] = {
    path: tuple(method for method, other in OPERATIONS if other == path) for _, path in OPERATIONS
}
"""Path → methods."""
