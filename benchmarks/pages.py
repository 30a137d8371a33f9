"""The phone's day as a server gives it out, beside a bare Flask page of the same server."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from benchmarks.comparing import ratio_to_best
from benchmarks.day import ON, SEED
from benchmarks.load import Load, log_in
from benchmarks.measure import Figures, Measure, Run, Series
from benchmarks.page_server import BARE, served
from benchmarks.stages import place_and_pair
from benchmarks.temporary import ACTOR, Desk, temporary_desk

CASES, COLLECTORS = 600, 40
AT = datetime(ON.year, ON.month, ON.day, 10, tzinfo=ZoneInfo("Asia/Shanghai")).astimezone(UTC)
SEARCH_S = 2.0
NAME, PASSWORD = "collector", "made up for a measurement"
PAGE = "/my/day"
CONNECTIONS = 4
ROUNDS, ROUND_S = 4, 2.0


def measures() -> Iterator[Measure]:
    run = Run(f"CN {CASES}/{COLLECTORS}, {CONNECTIONS} connections", pages, SEED)
    for figure, unit in {"rate": "requests/s", "p50": "ms", "p95": "ms"}.items():
        yield Measure(f"phone's day {figure}", unit, Series(figure, (run,)), bare(figure, run))
    beside, rate = "phone's day beside bare Flask", Series("rate", (run,))
    yield Measure(beside, "×", rate, bare("rate", run), beside=ratio_to_best)


def bare(figure: str, run: Run) -> dict[str, Series]:
    """Return the same figure of the bare page."""
    return {"bare Flask": Series(f"bare {figure}", (run,))}


def pages() -> Figures:
    """Publish a day, and ask for a collector's page of it and the bare one in turn."""
    with temporary_desk("CN") as desk:
        publish_day(desk, CASES, COLLECTORS)
        add_collector(desk)
        with served(desk.wired.home, AT) as url:
            return compared(url, ROUNDS, ROUND_S)


def publish_day(desk: Desk, cases: int, collectors: int, nodes: int = 20_000) -> None:
    """Fill a home with a made-up town, and plan and publish its day."""
    from scheduler import service

    plan_day(desk, cases, collectors, nodes)
    service.publish_day(desk.wired.ports, desk.city.name, ON, ACTOR)


def plan_day(
    desk: Desk, cases: int, collectors: int, nodes: int, until: date | None = None
) -> None:
    """Fill a home with a made-up town, whose people work `until` then, and plan its day."""
    from time import monotonic

    from data.towns.town import make_town, write_town
    from scheduler import service
    from scheduler.engines.stop_rules import Elapsed

    town = make_town(SEED, ON, until=until, cases=cases, collectors=collectors, nodes=nodes)
    files = write_town(town, desk.wired.home.path / "town")
    desk.add_roads(files.extract)
    desk.import_lists(files)
    place_and_pair(desk, ON)
    ports, city = desk.wired.ports, desk.city.name
    service.plan_day(ports, city, ON, ACTOR, Elapsed(SEARCH_S, monotonic))


def add_collector(desk: Desk) -> None:
    """Let the collector with the most visits log in."""
    from data.access import Grant, Role
    from scheduler.ports import By
    from scheduler.service import kept_plan

    wired, city = desk.wired, desk.city.name
    content = kept_plan(wired.ports, city, ON).record.content
    busiest = max(content.plan.itineraries, key=lambda trip: len(trip.visits)).crew_id
    member = next(crew for crew in content.crews if crew.id == busiest).members[0]
    grant = Grant(Role.COLLECTOR, city, collector_id=member)
    code = wired.users.add(NAME, [grant], By(ACTOR, AT))
    wired.logins.first_sign_in(NAME, code, PASSWORD, "127.0.0.1", AT)


def compared(url: str, rounds: int, round_s: float) -> Figures:
    """Ask for both pages in turn, so that a busy moment meets both."""
    cookie = log_in(url, NAME, PASSWORD)
    day, plain = Load(f"{url}{PAGE}", cookie), Load(f"{url}{BARE}", cookie)
    for _ in range(rounds):
        for load in (plain, day):
            load.go_on(round_s, CONNECTIONS)
    return day.figures() | {f"bare {name}": figure for name, figure in plain.figures().items()}
