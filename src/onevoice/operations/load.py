"""Load for measurements: clients that keep their connection, and what a first visit fetches. Loopback only."""

import re
import socket
import statistics
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit


@dataclass(frozen=True)
class Answer:
    """One answer: what came over the wire, head and body apart."""

    status: int
    head: bytes
    body: bytes

    @property
    def size(self) -> int:
        return len(self.head) + len(self.body)


class Client:
    """One reader's connection, kept open as a browser keeps it."""

    def __init__(self, address: str, cookies: str = "") -> None:
        parts = urlsplit(address)
        if parts.hostname not in ("127.0.0.1", "localhost"):
            raise ValueError("Load is sent to this machine only.")
        self.host, self.port = parts.hostname, parts.port or 80
        self.cookies = cookies
        self.socket = socket.create_connection((self.host, self.port), timeout=30)
        self.left = b""

    def get(self, path: str) -> Answer:
        """Ask for a page as a browser would, compressed."""
        return self.ask("GET", path)

    def ask(self, method: str, path: str, body: bytes = b"", *headers: str) -> Answer:
        lines = [
            f"{method} {path} HTTP/1.1",
            f"Host: {self.host}:{self.port}",
            "Accept-Encoding: gzip",
            *headers,
        ]
        if self.cookies:
            lines.append(f"Cookie: {self.cookies}")
        if body:
            lines.append(f"Content-Length: {len(body)}")
        self.socket.sendall("\r\n".join([*lines, "", ""]).encode() + body)
        return self._answer()

    def close(self) -> None:
        self.socket.close()

    def _answer(self) -> Answer:
        got = self.left
        while b"\r\n\r\n" not in got:
            got += self._more()
        head, _, rest = got.partition(b"\r\n\r\n")
        length = re.search(rb"(?i)content-length: (\d+)", head)
        wanted = int(length[1]) if length else 0
        while len(rest) < wanted:
            rest += self._more()
        self.left = rest[wanted:]
        return Answer(int(head.split(b" ", 2)[1]), head + b"\r\n\r\n", rest[:wanted])

    def _more(self) -> bytes:
        if not (piece := self.socket.recv(65536)):
            raise ConnectionError("The server closed the connection.")
        return piece


def latencies(
    client: Client, path: str, count: int, before: Callable[[], object] | None = None
) -> list[float]:
    """Milliseconds of each of some requests, one after the other. With something done `before` each, each also
    has an address of its own, so that no answer that was kept will do."""
    took = []
    for number in range(count):
        if before:
            before()
        started = time.perf_counter()
        answer = client.get(f"{path}?asked={number}" if before else path)
        took.append((time.perf_counter() - started) * 1000)
        if answer.status != 200:
            raise ConnectionError(f"{path} answered {answer.status}.")
    return took


def median_and_p99(took: list[float]) -> tuple[float, float]:
    """In milliseconds."""
    return statistics.median(took), sorted(took)[max(0, round(len(took) * 0.99) - 1)]


def throughput(address: str, path: str, clients: int, seconds: float, cookies: str = "") -> float:
    """Requests a second that some clients get answered together."""
    counts, until = [0] * clients, time.monotonic() + seconds

    def work(number: int) -> None:
        client = Client(address, cookies)
        while time.monotonic() < until:
            if client.get(path).status == 200:
                counts[number] += 1
        client.close()

    threads = [threading.Thread(target=work, args=(number,)) for number in range(clients)]
    started = time.monotonic()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(counts) / (time.monotonic() - started)


def first_visit(
    address: str, path: str, decode: Callable[[Answer], str], cookies: str = ""
) -> tuple[int, int]:
    """Bytes over the wire and requests of a visit with an empty cache: the page and all it loads."""
    client = Client(address, cookies)
    page = client.get(path)
    answers = [page, *(client.get(part) for part in parts_of(decode(page), path))]
    client.close()
    return sum(answer.size for answer in answers), len(answers)


def parts_of(page: str, path: str) -> Iterable[str]:
    """Addresses that the page loads at once, each once."""
    found: dict[str, None] = {}
    for tag in re.findall(r"<(?:link|script|img)\b[^>]*>", page):
        is_link = tag.startswith("<link")
        if is_link and not re.search(r'rel="?(?:stylesheet|icon|preload)', tag):
            continue
        if target := re.search(r'(?:href|src)="([^"]+)"', tag):
            where = urljoin(path, target[1].replace("&amp;", "&"))
            if where.startswith("/"):
                found[where] = None
    return found
