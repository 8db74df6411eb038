"""`./onevoice bench`: what a page costs, what it weighs, what the processes hold, how fast a file is loaded.

It measures a demonstration of its own, in a folder that is removed afterwards: one client for medians, eight for
requests a second, all on this machine. The clients share its cores with the server, so a server alone does better.
"""

import argparse
import gzip
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from urllib.parse import quote, urlencode

import psycopg

from onevoice.operations import large, load, logins, processes
from onevoice.operations.cluster import Cluster
from onevoice.operations.environment import Stop
from onevoice.operations.steps import step

EVENT = "/{}/events/2018-06-14-briefing-to-member-states"
DESK = "/{}/desk"
ROLE = "focal-point-unicef"
REQUESTS, COLD_REQUESTS, CLIENTS = 300, 60, 8
SIZE = (1_000, 10_000, 100_000)  # organisations, meetings, decisions
# What is wanted; printed beside what was measured.
AIMS = {
    "event page, median": "10 ms",
    "event page after a change, median": "40 ms",
    f"event page, {CLIENTS} clients": "400/s",
    "web process": "140 MB",
    "first visit, bytes": "60 KB",
    "first visit, requests": "8",
    "event page, large against small": "1.3",
    "event page after a change, large against small": "1.3",
    "desk, large against small": "1.3",
    "import": "2,000 rows/s",
}


def bench(asked: argparse.Namespace) -> None:
    """Measure and print the table."""
    with ExitStack() as ending:
        folder = ending.enter_context(temporary_folder())
        with step("a demonstration of its own"):
            site = ending.enter_context(demonstration(folder / "data"))
        heading()
        small = group(site, "icat", "icat-demonstration", asked.seconds)
        weight(site)
        memory(site)
        if not asked.small:
            import_large(site, folder)
            big = group(site, large.SLUG, large.SLUG, asked.seconds)
            for page, median in small.items():
                say(f"{page}, large against small", f"{big[page] / median:.2f}")
            memory(site)


class Site:
    """The running demonstration that is measured."""

    def __init__(self, data: Path, process: subprocess.Popen[bytes], address: str) -> None:
        self.data, self.process, self.address = data, process, address
        self.cookies = sign_in(address, ROLE)
        self.owner = psycopg.connect(Cluster(data).url(logins.OWNER), autocommit=True)

    def change(self) -> None:
        """Change a fact, so that nothing prepared for the page holds any more."""
        self.owner.execute(
            "UPDATE meetings_meeting SET title = title || '{}'::jsonb WHERE slug LIKE '2018-06-14%'"
        )


@contextmanager
def temporary_folder() -> Iterator[Path]:
    made = Path(tempfile.mkdtemp(prefix="onevoice-bench-"))
    made.chmod(0o755)
    yield made
    shutil.rmtree(made, ignore_errors=True)


@contextmanager
def demonstration(data: Path) -> Iterator[Site]:
    """`./onevoice demo` as a person would start it."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "onevoice.operations", "demo", "--data", str(data), "--port", str(port)]
    process = subprocess.Popen(  # noqa: S603
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, start_new_session=True,
        preexec_fn=processes.dies_with_parent(),
    )  # fmt: skip
    assert process.stdout
    try:
        for line in process.stdout:
            if line.startswith(b"OneVoice is ready"):
                break
        else:
            raise Stop("The demonstration did not start: run ./onevoice demo to see why.")
        site = Site(data, process, f"http://127.0.0.1:{port}")
        yield site
        site.owner.close()
    finally:
        process.terminate()
        process.wait()
        process.stdout.close()


def sign_in(address: str, role: str) -> str:
    """Be one of the demonstration's roles; returns the cookies. The page of roles names people, not keys."""
    client = load.Client(address)
    name = role.replace("focal-point-", "Focal point, ").replace("unicef", "UNICEF")
    page = client.get("/demonstration")
    text = body(page)
    form = next((one for one in text.split("<form")[1:] if name in one.partition("</form>")[0]), "")
    action, token = (
        re.search(r'action="([^"]+)"', form),
        re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', form),
    )
    if not action or not token:
        raise Stop(f"The demonstration has no role {name}.")
    client.cookies = cookies_of(page)
    sent = urlencode({"csrfmiddlewaretoken": token[1]}, quote_via=quote).encode()
    headers = [
        "Content-Type: application/x-www-form-urlencoded",
        f"Origin: {address}",
        f"Referer: {address}/",
    ]
    answer = client.ask("POST", action[1], sent, *headers)
    client.close()
    if answer.status != 303:
        raise Stop(f"Signing in as {name} answered {answer.status}.")
    return cookies_of(answer)


def cookies_of(answer: load.Answer) -> str:
    return "; ".join(re.findall(r"(?i)set-cookie: ([^;\r]+)", answer.head.decode()))


def body(answer: load.Answer) -> str:
    """The page's text."""
    content = answer.body
    return (gzip.decompress(content) if content[:2] == b"\x1f\x8b" else content).decode()


def group(site: Site, public: str, signed_in: str, seconds: int) -> dict[str, float]:
    """Event page and desk of a group: one client warm, one with a fact changed before each request, eight."""
    medians = {}
    wait_for_quiet(site)
    for page, path, cookies in (
        ("event page", EVENT.format(public), ""),
        ("desk", DESK.format(signed_in), site.cookies),
    ):
        client = load.Client(site.address, cookies)
        load.latencies(client, path, 30)
        medians[page], p99 = load.median_and_p99(load.latencies(client, path, REQUESTS))
        cold, cold_p99 = load.median_and_p99(load.latencies(client, path, COLD_REQUESTS, site.change))
        client.close()
        medians[f"{page} after a change"] = cold
        rate = load.throughput(site.address, path, CLIENTS, seconds, cookies)
        say(f"{page}, median", f"{medians[page]:.1f} ms", public)
        say(f"{page}, 99 of 100", f"{p99:.1f} ms", public)
        say(f"{page} after a change, median", f"{cold:.1f} ms", public)
        say(f"{page} after a change, 99 of 100", f"{cold_p99:.1f} ms", public)
        say(f"{page}, {CLIENTS} clients", f"{rate:.0f}/s", public)
    return medians


def weight(site: Site) -> None:
    """A first visit with an empty cache: what goes over the wire."""
    for page, path, cookies in (
        ("first visit", EVENT.format("icat"), ""),
        ("first visit of the desk", DESK.format("icat-demonstration"), site.cookies),
    ):
        size, requests = load.first_visit(site.address, path, body, cookies)
        say(f"{page}, bytes", f"{size / 1000:.1f} KB")
        say(f"{page}, requests", str(requests))


def memory(site: Site) -> None:
    """What each process holds now: resident, and its share where pages are shared (Linux)."""
    totals: dict[str, list[int]] = {}
    for pid, parent in descendants(site.process.pid):
        kind = kind_of(processes.command_line(pid), processes.command_line(parent))
        held = held_by(pid)
        if not held:
            continue
        if kind == "web process":
            say(kind, f"{held[0] / 1000:.0f} MB, {held[1] / 1000:.0f} MB of its own")
        total = totals.setdefault(kind, [0, 0, 0])
        for at, value in enumerate((*held, 1)):
            total[at] += value
    for kind, (resident, own, count) in totals.items():
        if kind != "web process":
            times = f"{count} x " if count > 1 else ""
            say(kind, f"{times}{resident / count / 1000:.0f} MB, {own / 1000:.0f} MB of its own in all")


def descendants(pid: int, parent: int = 0) -> Iterator[tuple[int, int]]:
    """The process and all that it started, each with its parent."""
    yield pid, parent
    with suppress(OSError):
        for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split():
            yield from descendants(int(child), pid)


def kind_of(command: str, parents: str) -> str:
    """What the process is for, by its command line and its parent's."""
    if "granian" in command:
        return "web process" if "granian" in parents else "web server"
    for sign, kind in (("postgres", "database"), (" worker", "worker"), (" demo", "starter")):
        if sign in command:
            return kind
    return "other"


def held_by(pid: int) -> tuple[int, int] | None:
    """Resident and proportional kilobytes."""
    try:
        text = Path(f"/proc/{pid}/smaps_rollup").read_text()
    except OSError:
        return None
    found = {name: int(size) for name, size in re.findall(r"(?m)^(Rss|Pss): +(\d+)", text)}
    return found["Rss"], found["Pss"]


def import_large(site: Site, folder: Path) -> None:
    """Load a group a thousand times larger, as one act."""
    file = folder / "large.yaml"
    file.write_text(large.record_file(*SIZE, ROLE))
    command = [sys.executable, "-m", "onevoice.operations", "--data", str(site.data), "import", str(file)]
    started = time.monotonic()
    with step(f"import of {SIZE[0]:,} organisations, {SIZE[1]:,} meetings, {SIZE[2]:,} decisions"):
        done = subprocess.run(  # noqa: S603
            [*command, "--origin", "bench.invalid/large"], capture_output=True, text=True
        )
    took = time.monotonic() - started
    if done.returncode:
        raise Stop(f"The import failed: {done.stderr.strip()[-500:]}")
    rows = sum(SIZE) + SIZE[0]
    say("import", f"{rows / took:,.0f} rows/s", f"{rows:,} rows in {took:.0f} s")


def wait_for_quiet(site: Site) -> None:
    """Until the worker has placed what was recorded and indexed what was changed."""
    until = time.monotonic() + 120
    while time.monotonic() < until:
        before = processor_seconds(site)
        time.sleep(1)
        if processor_seconds(site) - before < 0.15:
            return


def processor_seconds(site: Site) -> float:
    """What all of its processes have used so far."""
    ticks = 0
    for pid, _ in descendants(site.process.pid):
        try:
            fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def heading() -> None:
    """On what it was measured."""
    load_now = f", load before {os.getloadavg()[0]:.1f}"
    print(f"\nOn {os.cpu_count()} cores{load_now}, Python {sys.version.split()[0]}, 2 web processes\n")
    print(f"  {'what':<46} {'measured':<30} {'aim':<14} of")


def say(what: str, measured: str, of: str = "") -> None:
    """One row of the table."""
    print(f"  {what:<46} {measured:<30} {AIMS.get(what, ''):<14} {of}".rstrip(), flush=True)
