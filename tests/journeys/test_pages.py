"""What every page is: right HTML, light, strict about what it loads, and silent to other machines."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from gzip import decompress
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.test import RequestFactory

from access.house import Walker
from browser import watched
from journeys.examples import EXAMPLES
from onevoice.look.errors import error_page
from onevoice.operations import away

HEAVIEST = 60_000  # bytes over the wire at a first visit
MOST_REQUESTS = 8
VNU = Path(__file__).parents[2] / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
LOADED = re.compile(r'<(?:link rel="(?:stylesheet|icon)" href|(?:script|img)[^>]* src)="([^"]+)"')
HIDDEN = re.compile(r'<input type="hidden" name="(once|seen|as)" value="([^"]*)"')
ENTRY = re.compile(r"/record/entries/([0-9]+)$")
EVERY_ENTRY = 50
# The map in parts of about the same size, which workers share out; each address is in one of them.
PARTS = (("", "fr"), ("es", "ar"), ("ru", "zh"))
LANGUAGE = re.compile(r"/(fr|es|ar|ru|zh)(?:/|$)")
COMPRESSED = {"accept-encoding": "gzip"}
FIRST_VISITS = (
    "/", "/icat/", "/icat/about", "/icat/members", "/icat/members/unodc", "/icat/record",
    "/icat/events/2018-06-14-briefing-to-member-states", "/ar/icat/outputs", "/accounts/login/", "/docs/permissions",
)  # fmt: skip


def wire(answer: Any) -> int:
    """How many bytes an answer is, its head included."""
    return len(answer.getvalue()) + sum(len(f"{name}: {value}\r\n") for name, value in answer.headers.items())


def plain(answer: Any) -> str:
    packed = answer.headers.get("Content-Encoding") == "gzip"
    return (decompress(answer.content) if packed else answer.content).decode()


def faults_of(page: str, answer: Any, sizes: dict[str, int], client: Walker) -> list[str]:
    """What is wrong with one page: its policy, its weight, what it loads."""
    policy = answer.headers.get("Content-Security-Policy", "")
    faults = (
        [] if "default-src 'none'" in policy and "unsafe" not in policy else [f"its policy is {policy!r}"]
    )
    loads = sorted(set(LOADED.findall(page)))
    faults += [f"it loads {address} from elsewhere" for address in loads if not address.startswith("/")]
    for address in loads:
        if address not in sizes and address.startswith("/"):
            sizes[address] = wire(client.get(address))
    weight = wire(answer) + sum(sizes.get(address, 0) for address in loads)
    faults += [f"it weighs {weight} bytes"] if weight > HEAVIEST else []
    faults += [f"it takes {len(loads) + 1} requests"] if len(loads) + 1 > MOST_REQUESTS else []
    faults += ["it has style in its elements"] if ' style="' in page or "<style" in page else []
    return faults


def some_entries(addresses: list[str]) -> list[str]:
    """The whole map; of the pages of entries, which are all alike, every fiftieth in each language."""
    return [
        each for each in addresses if not (number := ENTRY.search(each)) or int(number[1]) % EVERY_ENTRY == 0
    ]


def language_of(address: str) -> str:
    """The prefix that an address begins with; English has none."""
    found = LANGUAGE.match(address)
    return found[1] if found else ""


@pytest.mark.parametrize("part", PARTS, ids=lambda part: "+".join(each or "en" for each in part))
def test_every_public_page_is_right_light_and_strict(
    fresh_database: str, part: tuple[str, ...], tmp_path: Path
) -> None:
    """The whole map of the site, two of its six languages at a time, and the validator over each part."""
    client, sizes, faults = Walker(headers=COMPRESSED), {}, []
    addresses = re.findall(r"<loc>http://testserver([^<]*)", plain(client.get("/sitemap.xml")))
    assert len(addresses) > 1000
    assert {language_of(address) for address in addresses} == {each for part in PARTS for each in part}
    for address in some_entries([each for each in addresses if language_of(each) in part]):
        answer = client.get(address)
        page = plain(answer)
        faults += [] if answer.status_code == 200 else [f"{address} answers {answer.status_code}"]
        faults += [f"{address}: {fault}" for fault in faults_of(page, answer, sizes, client)]
        (tmp_path / f"{address.strip('/').replace('/', '+') or 'home'}.html").write_text(page)
    assert faults == []
    assert invalid(tmp_path) == ""


def test_every_other_page_is_right_and_strict(filled: Any, django_db_blocker: Any, tmp_path: Path) -> None:
    """Signed in, erring, empty: the examples that axe looks at too; and the pages of errors."""
    _address, names, cookies = filled
    faults, sizes = [], {}
    with django_db_blocker.unblock():
        for number, example in enumerate(one for examples in EXAMPLES.values() for one in examples):
            for prefix in ("", "/ar"):
                client = Walker(headers=COMPRESSED)
                if example.who:
                    client.cookies["onevoice"] = cookies[example.who]
                path = prefix + example.path.format_map(names)
                answer = client.get(path)
                if answer.status_code != example.status:
                    faults.append(f"{example} answers {answer.status_code}, not {example.status}")
                if example.sends:
                    answer = client.post(path, dict(HIDDEN.findall(plain(answer))))
                page = plain(answer)
                faults += [f"{example}: {fault}" for fault in faults_of(page, answer, sizes, client)]
                if "html" in answer.headers.get("Content-Type", "") and page:
                    (tmp_path / f"{number}{prefix.replace('/', '-')}.html").write_text(
                        f"{page}<!-- {example} -->"
                    )
    for number in (400, 403, 404, 413, 429, 500):
        (tmp_path / f"{number}.html").write_text(error_page(RequestFactory().get("/"), number).text)
    (tmp_path / "away.html").write_text(away.page(RequestFactory().get("/")))
    assert faults == []
    assert invalid(tmp_path) == ""


def invalid(folder: Path) -> str:
    """What the validator of the W3C's HTML checker says of all pages of a folder; nothing when they are right."""
    if not shutil.which("java") or not VNU.exists():
        pytest.skip("java or vnu is not installed; ./onevoice test gets what may be got")
    files = sorted(str(file) for file in folder.glob("*.html"))
    # Half a minute is too short for the compiler that makes long runs fast, and what it does not make needs more stack.
    java = ["java", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xss8m", "-jar", str(VNU)]
    command = [*java, "--errors-only", "--exit-zero-always", "--format", "text", *files]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stderr
    assert files
    return "\n".join(line for line in said.splitlines() if "error:" in line)


@pytest.fixture
def newcomers(chromium: Any, served: str) -> Iterator[Any]:
    """A browser that was never here: `newcomers("/icat/")` is its page, with what it fetched."""
    contexts = []

    def opens(path: str) -> Any:
        context = chromium.new_context()
        contexts.append(context)
        page = watched(context.new_page())
        session = context.new_cdp_session(page)
        page.bytes = []
        session.on("Network.loadingFinished", lambda told: page.bytes.append(told["encodedDataLength"]))
        session.send("Network.enable")
        page.goto(served + path, wait_until="networkidle" if path.endswith("login/") else "load")
        page.here = urlsplit(served).netloc
        return page

    yield opens
    for context in contexts:
        context.close()


def test_a_first_visit_is_light_and_asks_nobody_else(newcomers: Any) -> None:
    for path in FIRST_VISITS:
        page = newcomers(path)
        assert {urlsplit(address).netloc for address in page.asked} == {page.here}, path
        assert (len(page.asked) <= MOST_REQUESTS, sum(page.bytes) <= HEAVIEST) == (True, True), (
            path,
            page.bytes,
        )
        assert page.complaints == [], path
