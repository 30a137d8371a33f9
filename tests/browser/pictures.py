"""The pictures of the guides and of docs/, taken anew: `python -m tests.browser.pictures`.

With `phone` behind it, those of the page that phones keep alone; with `staffing`, those of how many
collectors are enough.

They show the made-up town of `dayround demo` around noon of its day: planned, published, driven
and recorded in a real browser, as somebody with a mouse or a thumb does it.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread
from typing import Any
from zoneinfo import ZoneInfo

from playwright.sync_api import Browser, Page, sync_playwright
from werkzeug.serving import make_server

from tests.browser.camera import Camera
from tests.browser.conftest import FLAGS, chromium_path
from tests.browser.phone_pictures import take_kept_page
from tests.browser.staffing_pictures import take_staffing
from tests.browser.test_phone import PHONE
from tests.conftest import ROOT
from web.app import create_app
from web.jobs.runner import Runner
from web.settings import Settings
from web.wiring import wire

GUIDE, DOCS = ROOT / "web" / "guide" / "static", ROOT / "docs" / "pictures"
DESK: dict[str, Any] = {"viewport": {"width": 1440, "height": 900}}
PART: dict[str, Any] = {"viewport": {"width": 1100, "height": 640}}
HIGH_PART: dict[str, Any] = {"viewport": {"width": 1100, "height": 800}}
OWN_LIST = (
    "loan,who,amount due,where she lives\n"
    "DEMO-900001,John Smith,800,1 Road\nDEMO-900002,Ann Lee,950.50,2 Road\n"
)
BAD_LIST = (
    "contract,name,address,overdue\nDEMO-900001,,,800\n"
    "DEMO-900002,John,1 Road,many\nDEMO-900003,Ann Lee,2 Road,500\n"
)


@dataclass(frozen=True)
class Demo:
    """A made-up town: its home, its city and day, and the passwords of its log-ins."""

    home: Path
    city: str
    on: date
    passwords: dict[str, str]

    @property
    def noon(self) -> datetime:
        """When it is looked at."""
        return datetime.combine(self.on, time(12), ZoneInfo("Asia/Shanghai"))

    @property
    def day(self) -> str:
        """The address of its planned day."""
        return f"/{self.city}/{self.on}/"

    def code_of(self, collector_id: str) -> str:
        """Return the code by which a collector is confirmed at a door."""
        return wire(self.home).day_code(self.city, self.on, collector_id).code

    @property
    def day_after(self) -> str:
        """The address of the next day, which waits for a plan."""
        return f"/{self.city}/{self.on + timedelta(days=1)}/"


def make_demo(home: Path, *options: str) -> Demo:
    """Make a town by the command that a user has."""
    dayround = Path(sys.executable).with_name("dayround")
    command = [str(dayround), "--home", str(home), "demo", "--no-serve", "--json", *options]
    told = json.loads(subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout)
    passwords = {one["name"]: one["password"] for one in told["log_ins"]}
    return Demo(home, told["city"], date.fromisoformat(told["date"]), passwords)


@contextmanager
def served(demo: Demo) -> Iterator[str]:
    """Serve a town's pages, with the worker beside them, from noon of its day on."""
    began = datetime.now(UTC)
    wired = wire(demo.home)
    ports = replace(wired.ports, clock=lambda: demo.noon + (datetime.now(UTC) - began))
    wired, runner = replace(wired, ports=ports), Runner(wired)
    app = create_app(wired, Settings(wired.home.session_secret()))
    server = make_server("127.0.0.1", 0, app, threaded=True)
    Thread(target=server.serve_forever, daemon=True).start()
    runner.start()
    yield f"http://127.0.0.1:{server.server_port}"
    runner.close()
    server.shutdown()


def take_desk(camera: Camera, demo: Demo) -> None:
    """Take the dispatcher's morning: the day after is planned, and the day itself looked at."""
    who, day = "dispatcher", demo.day_after
    camera.take(GUIDE, "steps", who, day)
    camera.take(GUIDE, "columns", who, f"{day}import", send_own_headers)
    camera.take(GUIDE, "import", who, f"{day}import", send_bad_list)
    camera.take(GUIDE, "places", who, f"{day}places")
    camera.act(who, day, begin_to_plan)
    camera.take(GUIDE, "progress", who, day, wait_for_the_curve)
    camera.act(who, day, stop)
    camera.take(GUIDE, "publish", who, f"{day}publish")
    camera.take(GUIDE, "day", who, demo.day)
    camera.take(GUIDE, "remedies", who, f"{demo.day}left-out/crews_full", ask_what_would_help)


def take_phone(camera: Camera, demo: Demo) -> None:
    """Take the collector's day up to her first result."""
    who, visit = "collector1", f"/my/{demo.on}/v1/1"
    camera.take(GUIDE, "sign-in", "", "/first-sign-in", show_a_code)
    camera.take(GUIDE, "my-day", who, "/my/day")
    camera.act(who, "/my/day", press)
    camera.take(GUIDE, "on-the-way", who, "/my/day")
    camera.act(who, "/my/day", press)
    camera.take(GUIDE, "result", who, f"{visit}/result")
    camera.take(GUIDE, "promise", who, f"{visit}/result/promised", promise)
    camera.act(who, f"{visit}/result/promised", promise, press, press)
    camera.take(DOCS, "phone", who, "/my/day")


def take_what_came_of_it(camera: Camera, demo: Demo) -> None:
    """Take what the desk knows once a promise was told at a door."""
    camera.take(GUIDE, "borrower", "dispatcher", f"/{demo.city}/promises", open_her_page)
    camera.take(GUIDE, "figures", "dispatcher", f"/{demo.city}/figures", look_at_coverage)


def take_office(camera: Camera, demo: Demo) -> None:
    """Take what an administrator sees who lets people in."""
    who, city = "administrator", f"/settings/cities/{demo.city}"
    camera.take(GUIDE, "first", "", "/first-sign-in", partial(show_a_code, name="ada"))
    camera.take(GUIDE, "city", who, city)
    camera.take(GUIDE, "people", who, "/settings/people")
    camera.take(GUIDE, "log-ins", who, f"{city}/log-ins")


def send_own_headers(page: Page) -> None:
    send_list(page, OWN_LIST)
    page.locator(".columns-told").wait_for()


def send_bad_list(page: Page) -> None:
    send_list(page, BAD_LIST)
    page.locator(".faults").wait_for()


def send_list(page: Page, rows: str) -> None:
    told = {"name": "cases.csv", "mimeType": "text/csv", "buffer": rows.encode()}
    page.locator("#file").set_input_files(told)  # type: ignore[arg-type]
    page.locator("main form .button.main").click()


def begin_to_plan(page: Page) -> None:
    page.locator(".step select").select_option("120")
    page.get_by_role("button", name="Plan without them").click()


def wait_for_the_curve(page: Page) -> None:
    page.locator("#progress .curve polyline").wait_for()
    page.wait_for_timeout(8_000)  # until it has fallen a while


def open_her_page(page: Page) -> None:
    with page.expect_navigation():
        page.locator("main a[href*='/borrowers/']").first.click()


def look_at_coverage(page: Page) -> None:
    page.locator("main .two").last.evaluate("tables => tables.parentElement.scrollIntoView()")


def ask_what_would_help(page: Page) -> None:
    page.locator("main table a[href*=remedies]").first.click()
    page.locator(".remedies").wait_for()


def stop(page: Page) -> None:
    page.get_by_role("button", name="Stop").click()
    page.get_by_role("link", name="Publish").wait_for()  # the page reloads itself


def show_a_code(page: Page, name: str = "wang") -> None:
    page.locator("#name").fill(name)
    page.locator("#code").fill("7K4M-9QXT")


def press(page: Page) -> None:
    """Press the thumb's main button."""
    with page.expect_navigation():
        page.locator(".thumb .main").click()


def promise(page: Page) -> None:
    page.locator("#amount").fill("500")
    due = page.locator("#due")
    due.fill(due.get_attribute("min") or "")
    page.locator("input[name=method][value=transfer]").check()


def take_all(browser: Browser, demo: Demo, address: str) -> None:
    """Take every picture that has no subject of its own."""
    part = Camera(browser, address, demo.passwords, **PART)
    take_desk(part, demo)
    take_office(part, demo)
    full = Camera(browser, address, demo.passwords, **DESK)
    full.take(DOCS, "desk", "dispatcher", demo.day)
    take_phone(Camera(browser, address, demo.passwords, **PHONE), demo)
    take_what_came_of_it(part, demo)


def take_town(browser: Browser, folder: Path, subjects: Collection[str]) -> None:
    """Take the kept page, and all that has no subject of its own, of a town of the usual size."""
    demo = make_demo(folder / "town")
    with served(demo) as address:
        who = "collector1", demo.passwords["collector1"]
        take_kept_page(browser, address, who, demo.code_of, demo.noon, DOCS / "phone")
        if not subjects:
            take_all(browser, demo, address)


def take_question(browser: Browser, folder: Path) -> None:
    """Take how many collectors are enough, of a town so small that this is answered in minutes."""
    demo = make_demo(folder / "small", "--cases", "150")
    with served(demo) as address:
        camera = Camera(browser, address, demo.passwords, **HIGH_PART)
        take_staffing(camera, demo.city, DOCS / "staffing")


def main() -> None:
    subjects = sys.argv[1:]
    with TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=list(FLAGS))
        if not subjects or "phone" in subjects:
            take_town(browser, Path(folder), subjects)
        if not subjects or "staffing" in subjects:
            take_question(browser, Path(folder))
        browser.close()


if __name__ == "__main__":
    main()
