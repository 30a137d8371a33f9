"""How long a collector waits before a phone's browser: at the first opening, and without a network.

The network and processor of Lighthouse's mobile preset, as its DevTools throttling applies them
(lighthouse/core/config/constants.js, mobileSlow4G), and of a bad street.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.client import HTTPConnection
from statistics import median
from time import perf_counter
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

from benchmarks.day import ON, Size
from benchmarks.desk_browser import chromium
from benchmarks.load import log_in
from benchmarks.measure import Figures
from benchmarks.page_server import served
from benchmarks.pages import PASSWORD
from benchmarks.phones_back import publish
from benchmarks.planned import Planned, planned

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

PHONE: Mapping[str, Any] = {"viewport": {"width": 390, "height": 844}, "is_mobile": True}
COLLECTOR, PIN = "collector", "482913"
LINE_END = b"\r\n"
BESIDE = ("/my/app.webmanifest", "/phone/icon-192.png", "/static/js/element.js")
"""What a browser fetches, and the worker does not keep."""

AGAIN = 20
PATIENCE_MS = 120_000


def kbit(rate: float) -> float:
    """Return bytes a second."""
    return rate * 1024 / 8


NETWORKS: Mapping[str, tuple[Mapping[str, float], int]] = {
    "Lighthouse mobile": (
        {"latency": 562.5, "downloadThroughput": kbit(1474.56), "uploadThroughput": kbit(675)},
        4,
    ),
    "400 kbit/s": (
        {"latency": 400, "downloadThroughput": kbit(400), "uploadThroughput": kbit(400)},
        1,
    ),
}
"""What a network adds and lets through, and how many times slower the phone is than we are."""


def before_a_phone(size: Size) -> Figures:
    """Return kilobytes of the first use, and milliseconds until a PIN can be typed, by network."""
    with planned(size) as made:
        publish(made.desk.wired, made)
        add_collector(made)
        with served(made.desk.wired.home, made.at) as url, chromium() as browser:
            cookie = log_in(url, COLLECTOR, PASSWORD)
            asked = asks_for_the_day(url, cookie)
            waits = {name: opened(browser, url, cookie, made, name) for name in NETWORKS}
            waits |= asked
            return {"kB": first_use_kb(url, cookie), **waits, **alone(browser, url, cookie, made)}


def add_collector(made: Planned) -> None:
    """Let the collector of the longest trip log in."""
    from data.access import Grant, Role
    from scheduler.ports import By

    record = made.desk.wired.store.plan(made.desk.city.name, ON)
    trip = max(record.content.plan.itineraries, key=lambda one: len(one.visits))
    crew = next(one for one in record.content.crews if one.id == trip.crew_id)
    grant = Grant(Role.COLLECTOR, made.desk.city.name, collector_id=crew.members[0])
    home = made.desk.wired
    code = home.users.add(COLLECTOR, [grant], By("benchmark", made.at))
    home.logins.first_sign_in(COLLECTOR, code, PASSWORD, "127.0.0.1", made.at)


@contextmanager
def phone(browser: Browser, url: str, cookie: str, made: Planned) -> Iterator[Page]:
    """Open a page of a phone that has never been here, whose clock is right."""
    name, _, value = cookie.partition("=")
    context = browser.new_context(**PHONE, locale="en")
    context.add_cookies([{"name": name, "value": value, "url": url}])
    page = context.new_page()
    page.clock.install(time=made.at)
    yield page
    context.close()


def opened(browser: Browser, url: str, cookie: str, made: Planned, network: str) -> float:
    """Open the page by a network; return milliseconds until a PIN can be typed."""
    conditions, slower = NETWORKS[network]
    with phone(browser, url, cookie, made) as page:
        session = page.context.new_cdp_session(page)
        session.send("Network.enable")
        session.send("Network.emulateNetworkConditions", {"offline": False, **conditions})
        session.send("Emulation.setCPUThrottlingRate", {"rate": slower})
        began = perf_counter()
        page.goto(f"{url}/my/", wait_until="commit")
        page.get_by_label("Choose a PIN for today").wait_for(timeout=PATIENCE_MS)
        return 1000 * (perf_counter() - began)


def alone(browser: Browser, url: str, cookie: str, made: Planned) -> dict[str, float]:
    """Return milliseconds until a phone without a network asks for the PIN, and shows the day."""
    with phone(browser, url, cookie, made) as page:
        page.goto(f"{url}/my/")
        page.get_by_label("Choose a PIN for today").fill(PIN)
        page.get_by_label("The same PIN again").fill(PIN)
        page.get_by_role("button", name="Take the day along").click()
        page.get_by_role("heading", name="Stops of the day").wait_for()
        page.evaluate("navigator.serviceWorker.ready.then(() => null)")
        page.context.set_offline(True)
        began = perf_counter()
        page.reload(wait_until="commit")
        field = page.get_by_label("PIN of the day")
        field.wait_for()
        asked = perf_counter()
        field.fill(PIN)
        pressed = perf_counter()
        page.get_by_role("button", name="Open").click()
        page.get_by_role("heading", name="Stops of the day").wait_for()
        return {"asks": 1000 * (asked - began), "opens": 1000 * (perf_counter() - pressed)}


def read_day(url: str, cookie: str) -> None:
    asked = {"Cookie": cookie, "Accept-Encoding": "gzip"}
    with urlopen(Request(f"{url}/my/day.json", headers=asked)) as answer:
        answer.read()


def asks_for_the_day(url: str, cookie: str) -> dict[str, float]:
    """Return milliseconds of a day's first file, and of each time it is asked for again."""
    waited = []
    for _ in range(1 + AGAIN):
        began = perf_counter()
        read_day(url, cookie)
        waited.append(1000 * (perf_counter() - began))
    return {"first file": waited[0], "same file": median(waited[1:])}


def first_use_kb(url: str, cookie: str) -> float:
    """Return what the first use sends, in the longer language: page, all that it keeps, the day.

    The worker asks for the page once more: what that costs beside it is counted, too.
    """
    return max(_sent_b(url, cookie, language) for language in ("en", "zh")) / 1000


def _sent_b(url: str, cookie: str, language: str) -> int:
    """Return the bytes of all answers, with their headers as they come over the line."""
    asked = {"Cookie": cookie, "Accept-Language": language}
    with urlopen(Request(f"{url}/my/worker.js", headers=asked)) as answer:
        known = answer.read().decode().removeprefix("const KEPT = ").split(";\n", 1)[0]
    page, *files = json.loads(known)["files"]
    first, tag = sent(url + page, asked)
    again, _ = sent(url + page, {**asked, **({"If-None-Match": tag} if tag else {})})
    others = ["/my/worker.js", "/my/day.json", *BESIDE, *files]
    return first + again + sum(sent(url + one, asked)[0] for one in others)


def sent(address: str, asked: Mapping[str, str]) -> tuple[int, str]:
    """Return how long an answer is by gzip, headers and all, and its ETag."""
    where = urlsplit(address)
    connection = HTTPConnection(where.netloc)
    headers = {"Accept-Encoding": "gzip", **asked}
    connection.request(
        "GET", address.removeprefix(f"{where.scheme}://{where.netloc}"), None, headers
    )
    answer = connection.getresponse()
    lines = [f"HTTP/1.1 {answer.status} {answer.reason}", *map(": ".join, answer.getheaders()), ""]
    told = sum(len(line.encode()) + len(LINE_END) for line in lines)
    length = told + len(answer.read())
    connection.close()
    return length, answer.headers.get("ETag", "")
