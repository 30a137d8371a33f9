"""How long a collector waits before a phone's browser: at the first opening, and without a network.

The network and processor of Lighthouse's mobile preset, as its DevTools throttling applies them
(lighthouse/core/config/constants.js, mobileSlow4G), and of a bad street.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from statistics import median
from time import perf_counter
from typing import TYPE_CHECKING, Any
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
BYTES_A_HEADER = 400
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


def asks_for_the_day(url: str, cookie: str) -> dict[str, float]:
    """Return milliseconds of a day's first file, and of each time it is asked for again."""
    waited = []
    for _ in range(1 + AGAIN):
        began = perf_counter()
        read(f"{url}/my/day.json", cookie)
        waited.append(1000 * (perf_counter() - began))
    return {"first file": waited[0], "same file": median(waited[1:])}


def first_use_kb(url: str, cookie: str) -> float:
    """Return what the first use sends, compressed: the page, all that it keeps, and the day."""
    script = read(f"{url}/my/worker.js", cookie, packed=False).decode()
    kept = json.loads(script.removeprefix("const KEPT = ").split(";\n", 1)[0])
    addresses = [f"{url}/my/worker.js", f"{url}/my/day.json", *(url + one for one in kept["files"])]
    return sum(len(read(one, cookie)) + BYTES_A_HEADER for one in addresses) / 1000


def read(address: str, cookie: str, *, packed: bool = True) -> bytes:
    """Return an answer as it is sent."""
    headers = {"Cookie": cookie, **({"Accept-Encoding": "gzip"} if packed else {})}
    with urlopen(Request(address, headers=headers)) as answer:
        return bytes(answer.read())
