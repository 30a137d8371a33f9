"""The desk by its forms alone, as somebody without scripts uses it."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from data.jobs import Ended, JobKind, JobState
from data.masking import masked
from routing.geocoding import GeocodeResult, Precision
from routing.point import Point
from scheduler.check import kinds
from scheduler.engines import DEFAULT
from scheduler.model import Place
from scheduler.plan import LeftOut, Plan, Reason
from scheduler.ports import PlanStatus
from tests.data.world import (
    ALICE,
    ALL_KNOWN,
    MIDNIGHT,
    NOON,
    TODAY,
    crew,
    new_plan,
    record,
    shift,
    with_home,
)
from tests.web.pages import Visitor, World, trip
from tests.web.phone_days import make_lawful
from web.dispatch.board import REMEDIABLE
from web.dispatch.fault_words import fault_told

DAY = f"/Town/{TODAY}"
TOMORROW = TODAY + timedelta(days=1)
PAGES = (
    "/",
    "/places",
    "/places/decided",
    "/crews",
    "/import",
    "/publish",
    "/versions",
    "/progress",
    "/remedies",
)
ACTS = (
    "/plan",
    "/look-up",
    "/form-crews",
    "/stop",
    "/publish",
    "/import",
    "/places/confirm",
    "/places/compound",
    "/places/wrong",
    "/places/undo",
    "/remedies",
)


def english(world: World, name: str = "dora") -> Visitor:
    """Return a browser that asks for English; without asking, pages are Chinese."""
    return world.visitor(name, **{"Accept-Language": "en"})


def add_unplaced(world: World, number: int = 7, address: str = "虹通街80号") -> Place:
    """Add a case of the agency North whose home has no position."""
    told = with_home(record(number, agency="North"), address=address)
    with world.wired.store.writing(ALICE) as writer:
        writer.put_cases("Town", [told], known=ALL_KNOWN, complete=False)
    return told.places[0]


def add_draft(world: World, *left_out: LeftOut) -> int:
    """Keep another plan of today, like the published one."""
    who = ("alice", "bob", "charlie")
    trips = tuple(trip(name, f"B{number}") for number, name in enumerate(who, start=1))
    crews = tuple(crew(name, source="single") for name in who)
    published = world.wired.store.plan("Town", TODAY)
    targets = published.content.targets
    with world.wired.store.writing(ALICE) as writer:
        plan = Plan(trips, left_out)
        return writer.add_plan(new_plan(plan=plan, crews=crews, targets=targets)).version


# Who may come in


@pytest.mark.parametrize("name", ["alice", "ada", "nemo"])
@pytest.mark.parametrize("path", PAGES)
def test_only_a_dispatcher_opens_the_desk(world: World, name: str, path: str) -> None:
    assert english(world, name).get(DAY + path).status_code == 403


@pytest.mark.parametrize("name", ["alice", "ada", "nemo"])
@pytest.mark.parametrize("path", ACTS)
def test_only_a_dispatcher_acts(world: World, name: str, path: str) -> None:
    assert english(world, name).post(DAY + path).status_code == 403


def test_a_stranger_is_led_to_the_log_in(world: World) -> None:
    assert "/log-in" in world.visitor().get(f"{DAY}/").headers["Location"]


def test_another_citys_desk_stays_shut(world: World) -> None:
    for path in PAGES:
        assert english(world).get(f"/Elsewhere/{TODAY}{path}").status_code == 403


@pytest.mark.parametrize("path", [path for path in ACTS if "places" not in path])
def test_one_agencys_dispatcher_changes_nothing_of_the_city(world: World, path: str) -> None:
    before = world.wired.store.events(limit=1)
    assert english(world, "nora").post(DAY + path, {"kind": "cases"}).status_code == 403
    assert world.wired.store.events(limit=1) == before


def test_one_agencys_dispatcher_sees_her_own_crews_and_borrowers(world: World) -> None:
    page = english(world, "nora").page(f"{DAY}/")
    assert "王*" in page  # alice's and bob's borrowers, of the agency North
    assert "李*" in page
    assert "J. S." not in page  # charlie's, of South
    assert "charlie" not in page
    assert "Plan again" not in page  # hers to look at
    assert "charlie" not in english(world, "nora").page(f"{DAY}/crews").lower()


def test_one_agencys_dispatcher_reads_only_her_own_left_out(world: World) -> None:
    add_draft(
        world,
        LeftOut("B1", Reason.CREWS_FULL, "full", case_ids=("C1",)),
        LeftOut("B3", Reason.CREWS_FULL, "full", case_ids=("C3",)),
    )
    path = f"{DAY}/left-out/crews_full"
    assert "C3" in english(world).page(path)
    hers = english(world, "nora").page(path)
    assert "C1" in hers
    assert "C3" not in hers


def test_one_agencys_dispatcher_places_only_her_own(world: World) -> None:
    add_unplaced(world, 7)
    with world.wired.store.writing(ALICE) as writer:
        south = with_home(record(8, agency="South"), address="春岚路140号")
        writer.put_cases("Town", [south], known=ALL_KNOWN, complete=False)
    told = {"position": "25.0, 121.5", "datum": "wgs84"}
    nora = english(world, "nora")
    confirm = f"{DAY}/places/confirm"
    assert nora.post(confirm, {"place": "B8-home", **told}).status_code == 404
    assert nora.post(confirm, {"place": "B7-home", **told}).status_code == 302


# The day


def test_today_leads_to_the_next_day_with_a_shift(world: World) -> None:
    assert english(world).get("/Town/today").headers["Location"].endswith(f"{DAY}/")
    world.clock.pass_by(days=3)  # nobody works any more: tomorrow is to be planned
    expected = TODAY + timedelta(days=4)
    assert english(world).get("/Town/today").headers["Location"].endswith(f"/Town/{expected}/")


def test_a_plan_shows_crews_stops_and_times_with_masked_names(world: World) -> None:
    page = english(world).page(f"{DAY}/")
    assert "10:00–10:20" in page  # the visit of `trip`, in the city's time
    assert "09:26–10:50" in page  # 34,000 s and 39,000 s after midnight
    assert "王*" in page
    assert "王小明" not in page
    assert "中山路 1 号" in page
    assert "waits 5 min" in page  # arrives at 35,700, begins at 36,000


def test_the_left_out_stand_under_their_reason(world: World) -> None:
    entries = [LeftOut(f"B{n}", Reason.CREWS_FULL, "no room", case_ids=(f"C{n}",)) for n in (1, 2)]
    placed = LeftOut("B3", Reason.NOT_PLACED, "not found", case_ids=("C3",))
    add_draft(world, *entries, placed)
    first, _, listed = english(world).page(f"{DAY}/").partition("Needs you")
    assert "Itineraries" not in first
    order = [listed.index(one) for one in ("Address not found", "Itineraries", "No capacity today")]
    assert order == sorted(order)


def test_what_would_help_is_a_link_where_the_search_left_a_case_out(world: World) -> None:
    add_draft(
        world,
        LeftOut("B1", Reason.CREWS_FULL, "full", case_ids=("C1",)),
        LeftOut("B3", Reason.RULE, "stopped", rule="stop", case_ids=("C3",)),
    )
    page = english(world).page(f"{DAY}/")
    assert page.count("What would help?") == 1
    assert "/remedies?case=C1" in page
    assert "What would help?" in english(world).page(f"{DAY}/left-out/crews_full")
    assert "What would help?" not in english(world).page(f"{DAY}/left-out/rule")
    assert "What would help?" not in english(world, "nora").page(f"{DAY}/")  # one agency's


def test_what_would_help_is_for_the_whole_citys_dispatcher_and_a_known_case(world: World) -> None:
    assert english(world, "nora").get(f"{DAY}/remedies?case=C1").status_code == 403
    assert english(world).get(f"{DAY}/remedies?case=C99").status_code == 404


def tried(world: World, dora: Visitor, case_id: str, ended: Ended) -> str:
    """Begin to try what would help a case, let it end so, and return the page's address."""
    answer = dora.post(f"{DAY}/remedies", {"case": case_id})
    waiting = iter(lambda: world.wired.jobs.claim("r1", NOON), None)  # other work may stand before
    job = next(job for job in waiting if job.kind is JobKind.REMEDIES)
    assert job.parameters["case"] == case_id
    world.wired.jobs.finish(job.id, "r1", ended, NOON)
    return answer.headers["Location"]


LEFT_OUT = LeftOut(
    "B1",
    Reason.NOT_WORTH,
    "Sending crew alice would cost 9.00 more; the visit is worth 7.00.",
    case_ids=("C1",),
)
FOUND = {
    "value": 7.5,
    "left_out": {"reason": "not_worth", "rule": "", "detail": LEFT_OUT.detail},
    "is_tried": True,
    "remedies": [
        {
            "what": "The crew sets off 5 min earlier",
            "crew": "alice",
            "at": "10:00",
            "cost": -1.0,
            "overtime": 0.5,
        }
    ],
}


def test_what_would_help_is_tried_beside_the_pages_and_can_be_stopped(world: World) -> None:
    add_draft(world, LEFT_OUT)
    dora = english(world)
    page = dora.page(f"{DAY}/remedies?case=C1")  # opens at once, with the reason
    assert "would cost 9.00 more" in page
    assert "begin.js" in page
    where = dora.post(f"{DAY}/remedies", {"case": "C1"}).headers["Location"]
    under_way = dora.page(where)
    assert "waits for its turn" in under_way
    assert "Stop</button>" in under_way
    assert "begin.js" not in under_way
    assert "begin.js" not in dora.page(f"{DAY}/remedies?case=C1")  # it would be refused
    assert dora.post(f"{DAY}/stop").headers["Location"] == where
    stopped = dora.page(where)
    assert "Stopped before all was tried." in stopped
    assert "Try again</button>" in stopped
    assert "begin.js" not in stopped


def test_remedies_name_the_crew_once_and_by_its_people(world: World) -> None:
    add_draft(world, LEFT_OUT)
    dora = english(world)
    where = tried(world, dora, "C1", Ended(JobState.DONE, FOUND))
    page = dora.page(where)
    assert "The visit is worth CN¥7.50, by the house&#39;s assumptions." in page
    (listed,) = page.split('<ul class="panel remedies')[1].split("</ul>")[:1]
    assert "The crew sets off 5 min earlier" in listed
    assert listed.count(masked("Alice")) == 1
    assert "could begin at 10:00" in listed
    assert "the day costs CN¥1 less, overtime of CN¥0.50 included" in listed
    assert "alice" not in page.split("<main")[1]
    chinese = world.visitor("dora", **{"Accept-Language": "zh"}).page(where).split("<main")[1]
    assert "小组提早 5 分钟出发" in chinese
    assert "当天成本减少 ¥1（已计入加班费 ¥0.50）" in chinese


@pytest.mark.parametrize(
    ("ended", "told"),
    [
        (Ended(JobState.DONE, FOUND | {"remedies": []}), "No single change that was tried"),
        (Ended(JobState.FAILED, problem="the city has no collector x"), "has no collector x"),
        (
            Ended(
                JobState.DONE,
                {
                    "value": None,
                    "left_out": {
                        "reason": "rule",
                        "rule": "stops",
                        "detail": "no address is known",
                    },
                    "is_tried": False,
                    "untried": "Nothing was tried: it waits for another day.",
                    "remedies": [],
                },
            ),
            "it waits for another day",
        ),
    ],
)
def test_trials_that_found_nothing_say_why(world: World, ended: Ended, told: str) -> None:
    add_draft(world, LEFT_OUT)
    dora = english(world)
    assert told in dora.page(tried(world, dora, "C1", ended))


@pytest.mark.parametrize("reason", [one for one in Reason if one not in REMEDIABLE])
def test_where_nothing_is_tried_the_page_and_the_list_say_why(world: World, reason: Reason) -> None:
    rule = "house_stops" if reason is Reason.RULE else ""
    add_draft(world, LeftOut("B1", reason, "no address is known", rule, case_ids=("C1",)))
    dora = english(world)
    why = "Nothing was tried: "
    page = dora.page(f"{DAY}/remedies?case=C1")
    assert why in page
    assert "begin.js" not in page
    assert why in dora.page(f"{DAY}/left-out/{reason}")
    assert why in dora.page(f"{DAY}/desk/left-out/B1")


def test_every_kind_of_fault_has_words_in_both_languages(world: World) -> None:
    for language in ("en", "zh"):
        with world.app.test_request_context(headers={"Accept-Language": language}):
            said = {kind: fault_told(kind) for kind in kinds()}
        raw = [kind for kind, text in said.items() if "_" in text or text == kind]
        assert raw == []
        assert all(not text.isascii() for text in said.values()) is (language == "zh")


def test_a_planned_case_needs_no_help(world: World) -> None:
    assert "It is planned" in english(world).page(f"{DAY}/remedies?case=C1")


def test_a_trial_is_shown_on_its_own_cases_page_alone(world: World) -> None:
    add_draft(world, LEFT_OUT)
    dora = english(world)
    where = tried(world, dora, "C1", Ended(JobState.DONE, FOUND))
    assert dora.get(where.replace("case=C1", "case=C2")).status_code == 404
    assert dora.get(f"{DAY}/remedies?case=C1&job=99").status_code == 404


@pytest.mark.parametrize(
    ("language", "told"), [("en", "The house makes no visit while"), ("zh", "有下列停催标记时")]
)
def test_a_rule_is_called_by_its_title(world: World, language: str, told: str) -> None:
    entry = LeftOut("B3", Reason.RULE, "stopped: other", rule="house_stops", case_ids=("C3",))
    add_draft(world, entry)
    dora = world.visitor("dora", **{"Accept-Language": language})
    for path in (f"{DAY}/", f"{DAY}/left-out/rule"):
        page = dora.page(path)
        assert told in page
        assert "house_stops" not in re.sub(r'href="[^"]*"', "", page)


def test_an_unknown_version_or_reason_is_not_there(world: World) -> None:
    dora = english(world)
    assert dora.get(f"{DAY}/?version=9").status_code == 404
    assert dora.get(f"{DAY}/left-out/rule").status_code == 404


def test_an_older_version_says_that_it_is_old(world: World) -> None:
    add_draft(world)
    page = english(world).page(f"{DAY}/?version=1")
    assert "You look at version 1." in page
    assert "To the newest, version 2" in page


def test_versions_tell_who_made_and_published_them(world: World) -> None:
    add_draft(world)
    page = english(world).page(f"{DAY}/versions")
    assert page.index("draft") < page.index("published</span>")


# The one main button


def main_button(world: World, on: object = TODAY) -> str:
    page = english(world).page(f"/Town/{on}/")
    strip = page[page.index('<div class="action">') : page.index("<main")]
    return strip.split('button main"')[1].split("</")[0] if 'button main"' in strip else ""


def test_the_main_button_follows_the_state(world: World) -> None:
    assert main_button(world) == ""  # published
    add_draft(world)
    assert "Publish" in main_button(world)
    assert "Import" in main_button(world, TOMORROW)  # nobody is on shift
    with world.wired.store.writing(ALICE) as writer:
        writer.put_shifts("Town", [shift("alice", day=1)])
    assert "Check places" in main_button(world, TOMORROW)  # nobody knows how exact they are
    put(
        world,
        Precision.CONFIRMED,
        Point(25.0, 121.5),
        *world.wired.store.open_day("Town", TODAY).places,
    )
    assert "Plan" in main_button(world, TOMORROW)
    place = add_unplaced(world)
    assert "Find addresses" in main_button(world, TOMORROW)
    put(world, Precision.NONE, None, place)
    assert "Check places" in main_button(world, TOMORROW)


def put(world: World, precision: Precision, point: Point | None, *places: Place) -> None:
    """Say of places where they are, as a geocoder does."""
    found = GeocodeResult(point, precision, 0.0, "test")
    with world.wired.store.writing(ALICE) as writer:
        writer.put_positions("Town", dict.fromkeys(places, found))


def test_work_is_begun_once_and_can_be_stopped(world: World) -> None:
    dora, jobs = english(world), world.wired.jobs
    assert dora.post(f"{DAY}/plan", {"seconds": "30"}).status_code == 302
    job = jobs.alive("Town", TODAY)
    assert job is not None
    assert (job.kind, job.made_by) == (JobKind.PLAN, "dora")
    assert job.parameters == {"seconds": 30, "engine": DEFAULT}
    page = dora.page(f"{DAY}/")
    assert "waits for its turn" in page
    assert "Stop</button>" in page
    dora.post(f"{DAY}/plan")  # pressed twice
    assert "under way already" in dora.page(f"{DAY}/")
    dora.post(f"{DAY}/stop")
    assert jobs.get(job.id).state is JobState.CANCELLED
    assert dora.post(f"{DAY}/stop").status_code == 302  # nothing is left to stop


def test_work_that_another_began_is_stopped_once_she_is_sure(world: World) -> None:
    dora, jobs = english(world), world.wired.jobs
    job = jobs.add(JobKind.PLAN, "Town", TODAY, ALICE, seconds=10, engine="greedy")
    asked = dora.post(f"{DAY}/stop")
    assert not jobs.get(job.id).is_cancelled
    page = dora.page(asked.headers["Location"])
    assert f"Stop what {ALICE.actor} began?" in page
    jobs.claim("r1", NOON)
    jobs.tell(job.id, "r1", {"visits": 4, "cost": 5, "curve": [[0.0, 9], [1.0, 5]]})
    assert "<polyline" in dora.page(f"{DAY}/crews"), "each page of the day shows how far it is"
    assert "is kept" in page  # a search's best plan
    dora.post(f"{DAY}/stop", {"sure": str(job.id + 1)})  # of other work, since over
    assert not jobs.get(job.id).is_cancelled
    dora.post(f"{DAY}/stop", {"sure": str(job.id)})
    assert jobs.get(job.id).is_cancelled
    jobs.finish(job.id, "r1", Ended(JobState.CANCELLED, {"version": 1}), NOON)
    assert dora.get(f"{DAY}/stop").status_code == 302  # nothing is left to ask about


@pytest.mark.parametrize("told", [{"seconds": "86400"}, {"engine": "magic"}])
def test_a_search_is_as_long_as_the_page_offers(world: World, told: dict[str, str]) -> None:
    assert english(world).post(f"{DAY}/plan", told).status_code == 400


def test_a_press_that_is_sent_twice_begins_one_piece_of_work(world: World) -> None:
    """Its answer was lost: the browser, or she, sends the same form again."""
    dora, jobs = english(world), world.wired.jobs
    told = {"seconds": "10", "engine": "greedy", "key": "of this page"}
    for _ in range(2):
        dora.post(f"{DAY}/plan", told)
    first = jobs.claim("r1", NOON)
    assert first is not None
    assert "under way already" not in dora.page(f"{DAY}/"), "it is what she has ordered"
    jobs.finish(first.id, "r1", Ended(JobState.DONE, {"version": 1}), NOON)
    again = dora.post(f"{DAY}/plan", told, follow_redirects=True)
    assert "was sent before, and is done" in again.text
    assert jobs.claim("r1", NOON) is None
    dora.post(f"{DAY}/plan", told | {"key": "of another page"})
    assert jobs.claim("r1", NOON) is not None
    assert "of this page" not in str([event.after for event in world.wired.store.events()])


def test_progress_is_a_piece_of_the_page_that_changes_rarely(world: World) -> None:
    dora, jobs = english(world), world.wired.jobs
    id = jobs.add(JobKind.PLAN, "Town", TODAY, ALICE, seconds=10, engine="greedy").id
    jobs.claim("r1", NOON)
    curve = [[0.0, 90_000_000], [1.0, 74_000_000], [2.0, 73_500_000]]
    told = {"share": 0.2, "visits": 44, "cost": 73_500_000, "missed": 0, "curve": curve}
    jobs.tell(id, "r1", told)
    first = dora.get(f"{DAY}/progress")
    assert first.headers["X-Is-Over"] == "no"
    assert "73,500" in first.text  # thousandths of the currency
    # The first point stands at the top left, the last at the bottom right of 120 × 28.
    assert 'points="0.0,2.0 ' in first.text
    assert ' 120.0,26.0"' in first.text
    etag = {**dora.headers, "If-None-Match": first.headers["ETag"]}
    assert dora.get(f"{DAY}/progress", headers=etag).status_code == 304
    jobs.tell(id, "r1", told | {"visits": 45})
    assert dora.get(f"{DAY}/progress", headers=etag).status_code == 200
    jobs.finish(id, "r1", Ended(JobState.DONE, {"version": 1}), NOON)
    assert dora.get(f"{DAY}/progress").headers["X-Is-Over"] == "yes"


@pytest.mark.parametrize(
    ("language", "told"), [("en", "compiling the search"), ("zh", "正在为本机编译")]
)
def test_a_plan_that_waits_for_compiling_says_so(world: World, language: str, told: str) -> None:
    dora, jobs = english(world), world.wired.jobs
    dora.headers["Accept-Language"] = language
    id = jobs.add(JobKind.PLAN, "Town", TODAY, ALICE, seconds=10, engine="search").id
    jobs.claim("r1", NOON)
    assert told not in dora.get(f"{DAY}/progress").text
    jobs.tell(id, "r1", {"compiling": 12})
    assert told in dora.get(f"{DAY}/progress").text


def test_work_that_failed_says_why(world: World) -> None:
    jobs = world.wired.jobs
    id = jobs.add(JobKind.PLAN, "Town", TODAY, ALICE, seconds=10, engine="greedy").id
    jobs.claim("r1", NOON)
    jobs.finish(id, "r1", Ended(JobState.FAILED, problem="Town has no roads"), NOON)
    assert "Town has no roads" in english(world).page(f"{DAY}/")


# Publishing


def test_a_plan_that_does_not_hold_is_refused_in_words(world: World) -> None:
    # This world's plan was written by hand: nobody in it takes the rest that her shift has.
    make_lawful(world)
    version = add_draft(world)
    dora = english(world)
    give_roads(world)
    page = dora.page(f"{DAY}/publish")
    assert "does not hold" in page
    assert "crew alice has no rest" in page
    refused = dora.post(f"{DAY}/publish", {"version": str(version)})
    assert refused.status_code == 409
    assert "crew alice has no rest" in refused.text
    assert world.wired.store.plan("Town", TODAY).state is PlanStatus.DRAFT


def test_publishing_sent_again_says_that_it_is_done(world: World) -> None:
    """Its answer was lost on the way: she must not be told to plan again."""
    make_lawful(world)
    dora = english(world)
    give_roads(world)
    version = world.wired.store.plan("Town", TODAY).version
    with world.wired.store.writing(ALICE) as writer:
        if world.wired.store.plan("Town", TODAY).state is PlanStatus.DRAFT:
            writer.publish(world.wired.store.plan("Town", TODAY).id, "")
    before = len(world.wired.store.events())
    again = dora.post(f"{DAY}/publish", {"version": str(version)}, follow_redirects=True)
    assert f"Version {version} is published." in again.text
    assert len(world.wired.store.events()) == before
    page = dora.page(f"{DAY}/publish")
    assert "There is nothing more to do." in page
    assert "Plan again" not in page


def give_roads(world: World) -> None:
    """Let everybody drive straight: this world has no extract."""
    from routing.sources.straight_line import StraightLineTimes

    cities = world.wired.ports.cities
    object.__setattr__(cities, "travel_times", lambda city, **_: StraightLineTimes())  # noqa: ARG005


# Crews


def test_crews_are_named_and_who_is_alone_with_the_reason(world: World) -> None:
    with world.wired.store.writing(ALICE) as writer:
        writer.put_crews("Town", TODAY, [crew("alice", "bob")])
    jobs = world.wired.jobs
    id = jobs.add(JobKind.CREWS, "Town", TODAY, ALICE).id
    jobs.claim("r1", NOON)
    why = {"alone": {"charlie": "no partner of her agency is left"}, "notes": []}
    jobs.finish(id, "r1", Ended(JobState.DONE, why), NOON)
    page = english(world).page(f"{DAY}/crews")
    assert "formed pair" in page
    assert "no partner of her agency is left" in page


def test_the_desk_speaks_chinese(world: World) -> None:
    visitor = world.visitor("dora", **{"Accept-Language": "zh-CN"})
    for path in PAGES[:4]:
        page = visitor.page(DAY + path)
        assert "待核地址" in page
        assert "Places to check" not in page


def test_midnight_of_the_world_is_the_citys(world: World) -> None:
    """The times above are argued from it: 16:00 UTC is 00:00 in Town."""
    assert world.wired.store.plan("Town", TODAY).content.origin == MIDNIGHT
