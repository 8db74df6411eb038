"""Child processes that end with us: started apart from the terminal, told when we die, ended in order."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

_PR_SET_PDEATHSIG = 1
_LIBC = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None


def dies_with_parent(sent: signal.Signals = signal.SIGTERM) -> Callable[[], None]:
    """A step for the child before it starts: the kernel sends it the signal when we end, even by kill -9.

    Elsewhere than on Linux nothing is asked for; the next start then ends what was left behind.
    """
    parent = os.getpid()
    return lambda: die_with(parent, sent)


def die_with(parent: int, sent: signal.Signals) -> None:
    """Ask the kernel to send us the signal when our parent ends; end at once where it has ended already."""
    if _LIBC is not None:
        _LIBC.prctl(_PR_SET_PDEATHSIG, int(sent))
        if os.getppid() != parent:
            os._exit(1)


def is_running(pid: int) -> bool:
    """Whether the process still works; a zombie that nobody has collected yet does not."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except OSError:
        return sys.platform != "linux"


def command_line(pid: int) -> str:
    """How the process was started, words parted by spaces; empty when it is gone or another's."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace").strip()
    except OSError:
        return ""


def ended_within(pid: int, seconds: float) -> bool:
    """Wait for a process that is not our child to end."""
    until = time.monotonic() + seconds
    while is_running(pid):
        if time.monotonic() > until:
            return False
        time.sleep(0.02)
    return True


def end(process: subprocess.Popen[bytes], *signals: tuple[signal.Signals, float]) -> None:
    """Send each signal in turn and wait its seconds, until the process has ended; at last kill its group."""
    for sent, seconds in signals:
        if process.poll() is not None:
            break
        process.send_signal(sent)
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            continue
    kill_group(process)


def kill_group(process: subprocess.Popen[bytes]) -> None:
    """Kill what is left of a child that leads its own group, workers included."""
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
