"""`./onevoice histories`: random histories of procedure against an independent model, from the checkout's tests."""

import importlib
import sys

from onevoice.operations.environment import CHECKOUT, Stop


def command(words: list[str]) -> int:
    """Run tests/histories; its words are its own."""
    if not (CHECKOUT / "tests" / "histories" / "running.py").exists():
        raise Stop("The histories stand in a checkout's tests: run this command there.")
    sys.path.insert(0, str(CHECKOUT / "tests"))
    return int(importlib.import_module("histories.running").main(words))
