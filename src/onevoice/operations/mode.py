"""Which command this process belongs to. It comes from the program's entry, never from the environment,
so that nothing set under `serve` can switch on what only the demonstration has."""

from enum import StrEnum


class Mode(StrEnum):
    """What the installation is for."""

    SERVE = "serve"
    DEMO = "demo"
    TEST = "test"


_chosen: Mode | None = None


def choose(mode: Mode) -> None:
    """Say it once, before the settings are read."""
    global _chosen
    if _chosen not in (None, mode):
        raise RuntimeError(f"This process runs for {_chosen} and cannot be turned into {mode}.")
    _chosen = mode


def chosen() -> Mode:
    """The mode; production's unless the entry said otherwise."""
    return _chosen or Mode.SERVE
