"""A folder: a file per version, and one with the aliases."""

import json
import os
from pathlib import Path
from typing import Any

from .port import Alias, Unknown, Version
from .text import from_text, to_text


class FileRegistry:
    def __init__(self, folder: Path) -> None:
        self._folder = folder
        (folder / "versions").mkdir(parents=True, exist_ok=True)

    def add(self, version: Version) -> None:
        self._write(self._file(version.name), to_text(version))

    def get(self, name: str) -> Version:
        try:
            return from_text(self._file(name).read_text())
        except FileNotFoundError:
            raise Unknown(name) from None

    def named(self, alias: Alias) -> Version | None:
        names = self._aliases().get(alias, [])
        return self.get(names[-1]) if names else None

    def set_alias(self, alias: Alias, name: str) -> None:
        self.get(name)
        aliases = self._aliases()
        former = [one for one in aliases.get(alias, []) if one != name]
        self._write_aliases({**aliases, alias: [*former, name]})

    def rollback(self) -> Version:
        aliases = self._aliases()
        champions = aliases.get("champion", [])
        if len(champions) < 2:
            raise Unknown("there is no champion before")
        version = self.get(champions[-2])
        self._write_aliases({**aliases, "champion": champions[:-1]})
        return version

    def _file(self, name: str) -> Path:
        return self._folder / "versions" / f"{name}.json"

    def _aliases(self) -> dict[str, list[str]]:
        """Per alias: all that had it, the newest last."""
        try:
            found: dict[str, list[str]] = json.loads((self._folder / "aliases.json").read_text())
            return found
        except FileNotFoundError:
            return {}

    def _write_aliases(self, aliases: Any) -> None:
        self._write(self._folder / "aliases.json", json.dumps(aliases))

    def _write(self, file: Path, text: str) -> None:
        aside = file.with_suffix(".new")
        aside.write_text(text)
        os.replace(aside, file)
