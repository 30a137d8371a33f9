"""A crew to be called: its numbers are shown to who presses, and who that was is kept."""

from __future__ import annotations

from datetime import date

from flask import g

from data.access import Role
from data.masking import masked
from scheduler.errors import NotFoundError
from scheduler.model import Collector, Crew
from scheduler.replanning_service import published_plan
from web.auth.access import by, needs
from web.compare.room import compare
from web.context import wired
from web.desk.fragments import fragment
from web.dispatch.room import only_for_the_whole_city
from web.language import t


@compare.get("/<city>/<day:on>/call/<path:crew>")
@needs(Role.DISPATCHER)
def calling(city: str, on: date, crew: str) -> str:
    """Ask whether to show a crew's numbers; nothing of them is on this page."""
    only_for_the_whole_city()
    _, people = crew_of(city, on, crew)
    return fragment("calling", title_of(people), on, crew=crew, people=people, is_shown=False)


@compare.post("/<city>/<day:on>/call/<path:crew>")
@needs(Role.DISPATCHER)
def call(city: str, on: date, crew: str) -> str:
    """Show a crew's numbers, and keep who has seen them."""
    only_for_the_whole_city()
    found, people = crew_of(city, on, crew)
    with wired().store.writing(by()) as writer:
        writer.note("crew.called", f"{city} {on} {found.id}", city=g.city.name)
    return fragment("calling", title_of(people), on, crew=crew, people=people, is_shown=True)


def title_of(people: list[Collector]) -> str:
    """Say whom to call."""
    return t("Call %(crew)s", crew=" · ".join(masked(one.name) for one in people))


def crew_of(city: str, on: date, crew_id: str) -> tuple[Crew, list[Collector]]:
    """Return a crew of the published plan, and who is in it; NotFoundError where there is none."""
    content = published_plan(wired().ports, city, on).content
    found = next((crew for crew in content.crews if crew.id == crew_id), None)
    if found is None:
        raise NotFoundError(f"the published plan of {city} on {on} has no crew {crew_id!r}")
    collectors = {one.id: one for one in wired().store.collectors(city)}
    return found, [collectors[id_] for id_ in found.members if id_ in collectors]
