"""Every page of every role, in light and dark: axe finds nothing."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from werkzeug.exceptions import NotFound

from data.access import Grant, Role
from data.jobs import JobKind
from scheduler.plan import LeftOut, Reason
from scheduler.ports import Outcome
from tests.browser.axe import faults, faults_in_the_dark
from tests.browser.conftest import Open
from tests.browser.test_phone import PHONE, walk_to_the_first_door
from tests.data.attached_files import WEBM, signature
from tests.data.built_city import add_city
from tests.data.world import ALICE, NOON, TODAY, collector
from tests.slowly import slowly
from tests.web.carried import let_in
from tests.web.homes import filled_home
from tests.web.pages import PASSWORD, World
from tests.web.phone_days import full_trip, make_lawful, publish
from tests.web.test_attachments import attach
from tests.web.test_dispatch import add_draft, add_unplaced
from tests.web.test_headcount_page import QUESTION, answered
from tests.web.test_map import EXTRACT
from web.phone.brought.taking_in import take_in_waiting

DAY, EMPTY_DAY = f"/Town/{TODAY}", f"/Town/{TODAY + timedelta(days=1)}"
STOP = f"/my/{TODAY}/v2/1"
LEFT_OUT = (
    LeftOut("B7", Reason.NOT_PLACED, case_ids=("C7",)),
    LeftOut("B2", Reason.RULE, "visits_in_7_days", "CN", "wait", ("C2",)),
)


@dataclass(frozen=True)
class Sight:
    """A page, who opens it, and what is done on it before it is looked at."""

    path: str
    who: str | None = None
    act: Callable[[Page], object] = lambda _: None
    leads_to: tuple[str, ...] = ()
    """The views that what is done leads to, in the end the one that is looked at."""


def drawn(page: Page) -> None:
    page.locator(".day-map[data-state=ready]").wait_for()


def with_a_visit_open(page: Page) -> None:
    drawn(page)
    page.locator(".tl-lane .visit").first.click()
    expect(page.locator("#sheet .sheet-body")).to_be_visible()


def with_keys_told(page: Page) -> None:
    drawn(page)
    page.keyboard.press("?")
    expect(page.locator("#keys")).to_be_visible()


def with_all_open(page: Page) -> None:
    """Open whatever can be opened; menus then lie over calls for help, which others look at."""
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
    page.evaluate("document.querySelector('#alarms')?.remove()")


def with_crews_open(page: Page) -> None:
    page.locator("main details").first.wait_for()
    with_all_open(page)


def with_both_maps(page: Page) -> None:
    for name in ("day-map", "other-map"):
        page.locator(f"#{name}[data-state=ready]").wait_for()


def drawn_and_open(page: Page) -> None:
    drawn(page)
    with_all_open(page)


def send_bad_list(page: Page) -> None:
    rows = "contract,name,address\nC1,,\n"
    told = {"name": "cases.csv", "mimeType": "text/csv", "buffer": rows.encode()}
    page.locator("#file").set_input_files(told)  # type: ignore[arg-type]
    page.locator("main form button.main").click()
    expect(page.locator(".faults")).to_be_visible()


def check_a_bad_policy(page: Page) -> None:
    page.locator("[name='rows 1.steps 1.from_days']").fill("soon")
    page.locator("button[value=check]:visible").click()
    expect(page.locator(".wrong").first).to_be_visible()


def begin_preview(page: Page) -> None:
    page.locator("button[value=preview]").click()
    expect(page.locator("#progress progress")).to_be_visible()


def send_places(page: Page) -> None:
    rows = "name,lat,lon,datum\nMade-up Court,25.011,121.505,WGS-84\nNowhere,1,1,WGS-84\n"
    told = {"name": "places.csv", "mimeType": "text/csv", "buffer": rows.encode()}
    page.locator("#file").set_input_files(told)  # type: ignore[arg-type]
    page.locator("main form button").first.click()
    expect(page.locator(".faults")).to_be_visible()


def send_huge_list(page: Page) -> None:
    told = {"name": "cases.csv", "mimeType": "text/csv", "buffer": b"x" * 20_000}
    page.locator("#file").set_input_files(told)  # type: ignore[arg-type]
    page.locator("main form button.main").click()
    expect(page.locator(".status")).to_have_text("413")


def send_empty_form(page: Page) -> None:
    page.locator(".thumb .main").click()
    expect(page.locator(".wrong").first).to_be_visible()


def arrived(page: Page, path: str = "") -> None:
    """Walk to the first door, then open a page of its visit."""
    walk_to_the_first_door(page)
    page.goto(page.url.split("/my/")[0] + STOP + path)


def promised_without_a_sum(page: Page) -> None:
    arrived(page, "/result/promised")
    send_empty_form(page)


def asked_for_another_time(page: Page) -> None:
    arrived(page, "/result/met")
    page.get_by_label("Asks for another time").check()


def day_offered(page: Page) -> None:
    expect(page.get_by_label("PIN").first).to_be_visible()


def shown(page: Page) -> None:
    page.get_by_role("button", name="Show name and amount").click()


def refused(page: Page) -> None:
    page.locator("#name").fill("nobody")
    page.locator("#password").fill("not the password")
    page.locator("main form button.main").click()
    expect(page.get_by_role("alert")).to_be_visible()


def codes_made(page: Page) -> None:
    page.locator("input[name=collector]").first.check()
    page.locator("main form button.main").click()
    expect(page.locator(".hand-out")).to_be_visible()


def columns_asked(page: Page) -> None:
    """Send a list of which one title is known by nobody."""
    send(page, "contract,who,where\nN1,Somebody,1 Street\n")
    expect(page.locator(".columns-told")).to_be_visible()


def looked_through(page: Page) -> None:
    send(page, "contract,name,home address\nN1,Somebody,1 Street\nN2,,\n")
    expect(page.locator("main .table").first).to_be_visible()


def taken_in(page: Page) -> None:
    looked_through(page)
    page.locator("main form .button.main").click()
    page.get_by_role("heading", name="Take it back").wait_for()


def send(page: Page, rows: str) -> None:
    told = {"name": "cases.csv", "mimeType": "text/csv", "buffer": rows.encode()}
    page.locator("#file").set_input_files(told)  # type: ignore[arg-type]
    page.locator("main form button.main").click()


def links_made(page: Page) -> None:
    page.locator("button[name=whom]:has-text('New links for everybody')").click()
    expect(page.locator(".qr").first).to_be_visible()


def link_opened(page: Page) -> None:
    links_made(page)
    page.goto(page.locator(".link-card input").first.input_value())
    expect(page.locator("main form button")).to_be_visible()


def with_the_signature(page: Page) -> None:
    page.locator(".attached.signature button").click()
    expect(page.locator("img.signature")).to_be_visible()
    with_all_open(page)


def with_the_voice_note(page: Page) -> None:
    page.locator(".attached.voice button").click()
    expect(page.locator("audio")).to_be_visible()


DOOR = {
    "log in": Sight("/log-in"),
    "log-in refused": Sight("/log-in", act=refused),
    "first sign-in": Sight("/first-sign-in"),
    "no role yet": Sight("/", "nemo"),
    "password": Sight("/password", "dora"),
    "dispatcher's guide": Sight("/guide/pages/dispatcher", "dora"),
    "collector's guide": Sight("/guide/pages/collector", "alice"),
    "administrator's guide": Sight("/guide/pages/administrator", "ada"),
    "not yours": Sight("/settings/people", "alice"),
    "not there": Sight("/no-such-page", "dora"),
}
DESK = {
    "draft": Sight(f"{DAY}/", "dora", drawn),
    "draft, all open": Sight(f"{DAY}/", "dora", drawn_and_open),
    "a visit in the sheet": Sight(f"{DAY}/", "dora", with_a_visit_open),
    "keys": Sight(f"{DAY}/", "dora", with_keys_told),
    "published": Sight(f"{DAY}/?version=2", "dora", drawn),
    "empty day": Sight(f"{EMPTY_DAY}/", "dora"),
    "import": Sight(f"{DAY}/import", "dora", with_all_open),
    "import with faults": Sight(f"{DAY}/import", "dora", send_bad_list),
    "file too large": Sight(f"{DAY}/import", "dora", send_huge_list),
    "gazetteer": Sight(f"{DAY}/gazetteer", "dora", send_places),
    "places": Sight(f"{DAY}/places", "dora"),
    "decided": Sight(f"{DAY}/places/decided", "dora"),
    "crews": Sight(f"{DAY}/crews", "dora"),
    "left out": Sight(f"{DAY}/left-out/rule", "dora"),
    "versions": Sight(f"{DAY}/versions", "dora"),
    "publish": Sight(f"{DAY}/publish", "dora"),
    "export": Sight(f"{DAY}/export", "dora"),
    "nothing to export": Sight(f"{EMPTY_DAY}/export", "dora"),
    "map": Sight(f"{DAY}/map", "dora", drawn_and_open),
    "figures": Sight("/Town/figures?by=agency", "dora"),
    "scorecards": Sight("/Town/scorecards", "dora"),
    "before and after": Sight("/Town/figures/review", "dora"),
    "when people are in": Sight("/Town/figures/people-in", "dora"),
    "times": Sight("/Town/figures/times", "dora"),
    "cases": Sight("/Town/cases", "dora"),
    "a borrower": Sight("/Town/borrowers/B2", "dora"),
    "what a visit is worth": Sight(f"{DAY}/value?case=C1", "dora"),
    "promises": Sight("/Town/promises", "dora"),
    "as it runs": Sight(f"{DAY}/running", "dora", with_crews_open),
    "calls for help": Sight("/Town/alarms", "dora", with_all_open),
    "records of phones": Sight(f"{DAY}/records/", "dora", with_all_open),
    "compared": Sight(f"{DAY}/compare", "dora", with_both_maps),
    "the log": Sight(f"{DAY}/log", "dora"),
    "a part to plan": Sight(f"{DAY}/plan?cases=C1", "dora"),
    "taken back": Sight(f"{DAY}/take-back", "dora"),
}
SHEETS = {
    "a stop": Sight(f"{DAY}/desk/stop/B3", "dora", with_all_open),
    "a left-out case": Sight(f"{DAY}/desk/left-out/B2", "dora", with_all_open),
    "a group of left-out": Sight(f"{DAY}/desk/groups/rule", "dora", with_all_open),
    "a crew": Sight(f"{DAY}/desk/crew/alice+bob?version=2", "dora", with_all_open),
    "without and with reserve": Sight(f"{DAY}/desk/reserve?version=2", "dora", with_all_open),
    "a call in sick": Sight(f"{DAY}/desk/sick/alice", "dora", with_all_open),
    "hours for who rings": Sight(f"{DAY}/desk/slots/C1", "dora", with_all_open),
    "an urgent case": Sight(f"{DAY}/desk/urgent", "dora", with_all_open),
    "where an urgent case fits": Sight(f"{DAY}/desk/urgent/C1", "dora", with_all_open),
}
"""Fragments of the desk's sheet, opened as whole pages."""
REST_OF_DESK = {
    "what to plan": Sight(f"{DAY}/plan", "dora", with_all_open),
    "the day as it runs": Sight(f"{DAY}/running", "dora", with_all_open),
    "a call to a crew": Sight(f"{DAY}/call/alice", "dora"),
    "two versions": Sight(f"{DAY}/compare?earlier=2&later=3", "dora", with_all_open),
    "who did what": Sight(f"{DAY}/log", "dora"),
    "take a publication back": Sight(f"{DAY}/take-back", "dora"),
    "somebody else's search": Sight(f"/Town/{TODAY + timedelta(days=2)}/stop", "dora"),
    "links for phones": Sight(f"{DAY}/links", "dora"),
    "results by telephone": Sight(f"{DAY}/phoned-in", "dora", leads_to=("field.phoned_in",)),
    "files for crews": Sight(f"{DAY}/day-files", "dora"),
    "links just made": Sight(f"{DAY}/links", "dora", links_made),
    "a link": Sight(f"{DAY}/links", "dora", link_opened, ("phone.link",)),
    "contacts": Sight(f"{DAY}/contacts?case=C1", "dora", with_all_open),
    "doors": Sight(f"{DAY}/places/doors", "dora"),
    "what would help": Sight(f"{DAY}/remedies?case=C2&version=3", "dora"),
    "rules that a visit passed": Sight(f"{DAY}/visit/rules?case=C3&version=2", "dora"),
    "ask for an override": Sight(f"{DAY}/override?case=C2&rule=visits_in_7_days", "dora"),
    "imports": Sight(f"{DAY}/imports", "dora"),
    "columns of a list": Sight(f"{DAY}/import", "dora", columns_asked, ("imports.columns",)),
    "what a list would change": Sight(
        f"{DAY}/import", "dora", looked_through, ("imports.preview",)
    ),
    "an import": Sight(f"{DAY}/import", "dora", taken_in, ("imports.kept",)),
}
LAW = {
    "compliance": Sight("/Town/compliance", "olga", with_all_open),
    "agencies": Sight("/Town/compliance/agencies", "olga", with_all_open),
    "overrides": Sight("/Town/compliance/overrides", "olga", with_all_open),
    "signing": Sight("/Town/compliance/signing", "olga", with_all_open),
    "a signature": Sight("/Town/borrowers/B1", "olga", with_the_signature),
    "a voice note": Sight("/Town/borrowers/B1", "olga", with_the_voice_note),
    "tokens": Sight("/settings/tokens", "ada", with_all_open),
    "a robot": Sight("/settings/cities/Town/robot", "ada", with_all_open),
}
OFFICE = {
    "how many collectors": Sight("/Town/figures/headcount", "ada", with_all_open),
    "the policy": Sight("/Town/policy", "ada"),
    "a new policy": Sight("/Town/policy/new", "ada", with_all_open),
    "a policy with faults": Sight("/Town/policy/new", "ada", check_a_bad_policy),
    "a preview under way": Sight("/Town/policy/new", "ada", begin_preview, ("policy.previewed",)),
    "a policy as TOML": Sight("/Town/policy/toml", "ada"),
    "people": Sight("/settings/people", "ada"),
    "a person": Sight("/settings/people/dora", "ada", with_all_open),
    "a new person": Sight("/settings/new-person", "ada"),
    "log-ins": Sight("/settings/cities/Town/log-ins", "ada"),
    "codes": Sight("/settings/cities/Town/log-ins", "ada", codes_made),
    "cities": Sight("/settings/cities", "ada"),
    "a city": Sight("/settings/cities/Town", "ada", with_all_open),
    "map services": Sight("/settings/cities/Town/map-services", "ada"),
    "navigators": Sight("/settings/cities/Town/navigators", "ada"),
    "secured products": Sight("/settings/cities/Town/products", "ada"),
    "rules": Sight("/settings/cities/Town/rules", "ada"),
    "events": Sight("/settings/events", "ada"),
}
PHONE_SIGHTS = {
    "kept page": Sight("/my/", "alice", day_offered),
    "own pages": Sight("/my/own", "alice"),
    "help of the phone": Sight("/my/help", "alice"),
    "changed day": Sight("/my/day", "alice", with_all_open),
    "day under way": Sight("/my/day", "alice", walk_to_the_first_door),
    "no plan": Sight(f"/my/{TODAY + timedelta(days=1)}", "alice"),
    "stop": Sight(STOP, "alice"),
    "stop, shown": Sight(STOP, "alice", shown),
    "results": Sight("/my/day", "alice", lambda page: arrived(page, "/result"), ("phone.result",)),
    "a promise with faults": Sight("/my/day", "alice", promised_without_a_sum),
    "another time": Sight("/my/day", "alice", asked_for_another_time, ("phone.answered",)),
    "more results": Sight("/my/day", "alice", lambda page: arrived(page, "/result/more")),
}
SAME_ON_A_PHONE = ("log in", "first sign-in", "password", "dispatcher's guide", "not there")
"""Doors laid out as another one that is looked at: a form of fields, a guide, an error."""
AT_A_DESK = DOOR | DESK | OFFICE | SHEETS | REST_OF_DESK | LAW
ALIKE = (
    *("nothing to export", "taken back", "the log", "decided", "times", "before and after"),
    *("file too large", "a part to plan"),
    *("a policy as TOML", "a person", "a new person", "codes", "map services", "navigators"),
    *("secured products", "rules", "log-ins"),
)
SELDOM = {f"{name}, desk" for name in (*SHEETS, *REST_OF_DESK, *LAW, *ALIKE)}
"""Made of pieces that the others are made of, too."""
DESK_SCREEN: dict[str, Any] = {"viewport": {"width": 1440, "height": 900}}
SCREENS = {
    **{f"{name}, desk": (sight, DESK_SCREEN) for name, sight in AT_A_DESK.items()},
    **{f"{name}, phone": (sight, PHONE) for name, sight in (DOOR | PHONE_SIGHTS).items()},
}


@pytest.fixture(scope="module")
def peopled_home(peopled_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The home of a full world, which each test has a copy of."""
    return filled_home(peopled_home, tmp_path_factory.mktemp("full") / "home", fill_up)


@pytest.fixture(autouse=True)
def no_large_files(world: World) -> None:
    world.app.config["MAX_CONTENT_LENGTH"] = 15_000


def bring_records(world: World) -> None:
    """Let phones tell what a person has to look at; one of the two calls for help."""
    alice, bob = (let_in(world, who, plan=2) for who in ("alice", "bob"))
    alice.record("result", "B2", code="MOVED")  # a promise, as somebody has told before
    alice.record("result", "B2", code="PTP", amount="much")
    alice.record("problem", "B1", what="not_found", note="the gate is shut")
    bob.record("begin")
    bob.record("break_begin")
    bob.record("panic", lat="25.011", lon="121.5", accuracy_m="10")
    alice.bring()
    bob.bring(bob.queue[2])
    take_in_waiting(world.app)


def fill_up(world: World) -> None:
    """Add streets, a place to check, and a newer draft beside the published day."""
    add_city(world.wired.home.cities, "Town", EXTRACT)
    make_lawful(world)
    publish(world, full_trip("alice+bob"))
    add_unplaced(world)
    add_draft(world, *LEFT_OUT)
    with world.wired.store.writing(ALICE) as writer:
        writer.put_collectors("Town", [collector("dana")])  # who cannot log in yet
        for who in ("B2", "B3"):
            writer.record_outcome("Town", not_home(who))
        due: dict[str, Any] = {"amount": Decimal(500), "due": TODAY + timedelta(days=2)}
        writer.record_outcome("Town", replace(not_home("B2"), key="ptp", code="PTP", **due))

    world.wired.jobs.add(JobKind.PLAN, "Town", TODAY + timedelta(days=2), ALICE)
    attach(world, "signature", signature())
    attach(world, "voice", WEBM)
    code = world.wired.users.add("olga", [Grant(Role.COMPLIANCE, "Town")], ALICE)
    world.wired.logins.first_sign_in("olga", code, PASSWORD, "127.0.0.1", NOON)
    bring_records(world)
    for share in (0.2, 0.35):
        answered(world, replace(QUESTION, share=share))


def not_home(who: str) -> Outcome:
    return Outcome(f"seen-{who}", who, f"{who}-home", NOON, "NOT_HOME", ("charlie",))


@pytest.mark.parametrize(
    "name", slowly(SCREENS, {f"{one}, phone" for one in SAME_ON_A_PHONE} | SELDOM)
)
def test_axe_finds_nothing(look: Open, name: str) -> None:
    sight, screen = SCREENS[name]
    page = look(sight.path, sight.who, reduced_motion="reduce", **screen)
    sight.act(page)
    page.wait_for_load_state()  # an answer to a press may be read before it has its style
    assert faults(page) == []
    assert faults_in_the_dark(page) == []


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(SHEETS | REST_OF_DESK | LAW)[::3])
def test_axe_finds_nothing_in_chinese(open_page: Open, name: str) -> None:
    sight = AT_A_DESK[name]
    if sight.leads_to:
        pytest.skip("its buttons are pressed by their English names")
    page = open_page(sight.path, sight.who, locale="zh-CN", reduced_motion="reduce")
    sight.act(page)
    assert faults(page) == []
    assert faults_in_the_dark(page) == []


NO_PAGES = {
    *("compliance.refusals_table", "dispatch.gazetteer_file", "figures.file", "imports.faults"),
    "figures.headcount_file",
    *("imports.list_sample", "imports.list_template", "policy.file", "policy.preview_file"),
    *(
        "phone.day_file",
        "phone.day_map",
        "tls.authority",
        "map.drawing",
        "map.ground",
        "map.level",
        "map.tiles",
    ),  # files
    *("desk.foretold", "desk.quotes", "desk.state", "layout.healthz"),  # for scripts and programs
    *("phone.worker", "phone.kept", "phone.manifest"),  # of the kept page
    *("phone.todays_file", "phone.own_file"),  # for it
    *("dispatch.progress", "imports.looking_progress", "policy.preview_progress"),  # pieces
    "figures.headcount_progress",  # another
    "dispatch.exporting",  # leads to another page
    "borrower.attached_content",  # a picture or a sound of a page
}
"""Views that are opened, and show no page of their own."""


def test_every_page_of_the_product_is_looked_at(world: World) -> None:
    """Whoever adds a page gives it a `Sight`, or says in `NO_PAGES` what it is instead."""
    here = world.app.url_map.bind("localhost")
    sights = [sight for sight, _ in SCREENS.values()]
    seen = {view for sight in sights for view in sight.leads_to}
    for sight in sights:
        with suppress(NotFound):  # the page that says so is looked at, too
            seen.add(here.match(sight.path.split("?")[0])[0])
    opened = {
        rule.endpoint
        for rule in world.app.url_map.iter_rules()
        if "GET" in (rule.methods or ()) and not rule.endpoint.startswith("api.")
    }
    pages = {view for view in opened if view.split(".")[-1] != "static"} - NO_PAGES
    assert pages - seen == set()
    assert (seen | NO_PAGES) - opened == set(), "it names views that are there"
