"""The steps of a dispatcher's afternoon, each by itself: where it is pressed, how it is seen."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Error, Page, expect

from data.jobs import JobKind
from scheduler.ports import PlanStatus
from tests.browser.afternoon_day import ALONE, DAY, GONE, ON, PARTNER, SICK
from tests.browser.breaks import Step
from tests.browser.desk_hand import PATIENCE_MS, drawn, lane
from tests.web.pages import World

URGENT = "C99"
TYPED = (
    ("contract", URGENT),
    ("name", "演示急"),
    ("home_address", "中山路20号"),
    ("overdue", "9000"),
    ("days_past_due", "45"),
    ("agency", "North"),
)
PAIR = "+".join(sorted((PARTNER, ALONE)))


def the_steps(address: str, world: World) -> list[Step]:
    """Return all steps of an afternoon at the desk, in their order."""
    day = f"{address}{DAY}/"
    return [
        Step("a sick call", at_the_choices(day), choose_the_pair, drives_together(day)),
        Step("an urgent case", at_the_form(day), button("Into the book"), in_the_book(world)),
        Step("its way", at_the_ways(day), take_a_way, is_visited(world)),
        Step("publish", at_publishing(day), button("Publish"), is_published(world, 3)),
        Step("plan the rest", at_the_run(day), button("Plan the rest"), is_asked_for(world)),
        Step("stop", at_the_search(day), button("Stop"), has_a_draft(day, world)),
        Step("publish the rest", at_publishing(day), button("Publish"), is_published(world, 4)),
        Step("take back", at_taking_back(day), button("Take it back"), is_back(world, 4)),
    ]


def button(name: str) -> Callable[[Page], object]:
    return lambda page: page.get_by_role("button", name=name, exact=True).click(no_wait_after=True)


def kept(is_so: Callable[[], bool]) -> Callable[[Page], None]:
    """Look into the book until it is so."""

    def look(page: Page) -> None:
        for _ in range(30):
            if is_so():
                return
            page.wait_for_timeout(100)
        raise AssertionError("it is not in the book")

    return look


def at_the_choices(day: str) -> Callable[[Page], None]:
    def ready(page: Page) -> None:
        drawn_at(page, day)
        if not lane(page, "+".join(GONE)).count():
            return  # it was taken
        lane(page, "+".join(GONE)).locator(".tl-name").click()
        member = page.locator("#sheet li", has_text=SICK)
        member.get_by_role("link", name="Call in sick").click()
        choices = page.locator("#sheet section:has(> form)")
        expect(choices).to_have_count(3, timeout=PATIENCE_MS)

    return ready


def choose_the_pair(page: Page) -> None:
    choice = page.locator("#sheet section:has(> form)").filter(has_text="Paired with")
    choice.get_by_role("button").first.click(no_wait_after=True)


def drives_together(day: str) -> Callable[[Page], None]:
    def look(page: Page) -> None:
        drawn_at(page, day)
        expect(lane(page, PAIR)).to_be_visible()

    return look


def drawn_at(page: Page, day: str) -> None:
    go(page, day)
    drawn(page)


def go(page: Page, url: str) -> None:
    """Open an address, also where a form or a page that waits for work just leads somewhere."""
    for _ in range(3):
        try:
            page.goto(url)
        except Error:
            page.wait_for_timeout(300)
        else:
            return
    page.goto(url)


def at_the_form(day: str) -> Callable[[Page], None]:
    def ready(page: Page) -> None:
        go(page, f"{day}desk/urgent")
        for label, typed in TYPED:
            page.locator(f"#{label}").fill(typed)

    return ready


def in_the_book(world: World) -> Callable[[Page], None]:
    return kept(lambda: URGENT in world.wired.store.borrowers_by_case("Town"))


def at_the_ways(day: str) -> Callable[[Page], object]:
    return lambda page: go(page, f"{day}desk/urgent/{URGENT}")


def take_a_way(page: Page) -> None:
    alone = page.locator("li", has_text=re.compile("Nobody else's visit changes|at another hour"))
    stay = alone.filter(has_not_text=re.compile("moves?:|lost"))
    stay.first.locator("button[name=way]").click(no_wait_after=True)


def is_visited(world: World) -> Callable[[Page], None]:
    who = world.wired.store.borrowers_by_case

    def is_so() -> bool:
        return who("Town")[URGENT] in world.wired.store.plan("Town", ON).content.plan.served

    return kept(is_so)


def at_publishing(day: str) -> Callable[[Page], None]:
    def ready(page: Page) -> None:
        go(page, f"{day}publish")
        expect(page.get_by_text("It holds:")).to_be_visible()

    return ready


def is_published(world: World, version: int) -> Callable[[Page], None]:
    return kept(lambda: state_of(world, version) is PlanStatus.PUBLISHED)


def is_back(world: World, version: int) -> Callable[[Page], None]:
    return kept(lambda: state_of(world, version) is PlanStatus.WITHDRAWN)


def state_of(world: World, version: int) -> PlanStatus | None:
    plans = world.wired.store.plans("Town", ON)
    return next((one.state for one in plans if one.version == version), None)


def at_the_run(day: str) -> Callable[[Page], None]:
    def ready(page: Page) -> None:
        go(page, f"{day}running")
        page.get_by_label("How long").last.select_option("600")

    return ready


def is_asked_for(world: World) -> Callable[[Page], None]:
    return kept(lambda: world.wired.jobs.newest("Town", ON, JobKind.REPLAN) is not None)


def at_the_search(day: str) -> Callable[[Page], None]:
    def ready(page: Page) -> None:
        go(page, f"{day}running")
        expect(page.locator("#progress .curve polyline")).to_be_visible(timeout=PATIENCE_MS)

    return ready


def has_a_draft(day: str, world: World) -> Callable[[Page], None]:
    def look(page: Page) -> None:
        kept(lambda: state_of(world, 4) is PlanStatus.DRAFT)(page)
        go(page, f"{day}running")
        expect(page.get_by_role("link", name="See what it changes")).to_be_visible()

    return look


def at_taking_back(day: str) -> Callable[[Page], None]:
    def ready(page: Page) -> None:
        go(page, f"{day}take-back")
        page.get_by_label("Why").fill("the bridge is closed")

    return ready
