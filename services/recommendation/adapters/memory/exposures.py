"""Exposures that nobody keeps."""

from ...core.ports.exposures import Exposure


class NoExposures:
    def note(self, exposure: Exposure) -> None:
        pass

    def close(self) -> None:
        pass
