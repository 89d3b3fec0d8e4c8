"""Reads settings from the environment; each error names its variable."""

from collections.abc import Mapping, Sequence

TRUE = ("true", "1", "yes", "on", "y", "enabled")
FALSE = ("false", "0", "no", "off", "n", "disabled")


class InvalidConfig(Exception):
    def __init__(self, issue: str) -> None:
        super().__init__(f"configuration: {issue}")


def required(env: Mapping[str, str], name: str) -> str:
    found = env.get(name, "")
    if found == "":
        raise InvalidConfig(f"{name}: is missing")
    return found


def flag(env: Mapping[str, str], name: str, *, default: bool) -> bool:
    found = env.get(name, "").lower()
    if found in TRUE:
        return True
    if found in FALSE:
        return False
    if found:
        raise InvalidConfig(f"{name}: must be true or false")
    return default


def number(env: Mapping[str, str], name: str, default: int, least: int, most: int) -> int:
    found = env.get(name, "")
    if found == "":
        return default
    if not found.isdecimal() or not least <= int(found) <= most:
        raise InvalidConfig(f"{name}: must be a number from {least} to {most}")
    return int(found)


def one_of(env: Mapping[str, str], name: str, values: Sequence[str]) -> str | None:
    found = env.get(name) or None
    if found is not None and found not in values:
        raise InvalidConfig(f"{name}: must be one of {', '.join(values)}")
    return found
