"""A crew's day in words, for a file that leaves the building: no sum, no number, no full name."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from flask_babel import force_locale

from data.exports.day_page.words import PAGE_WORDS
from data.masking import masked
from data.store.rounds import Rounds
from scheduler.day import Day
from scheduler.field.flags import Flag
from scheduler.model import City
from web.context import now, today, wired
from web.formats import day as day_words
from web.formats import moment
from web.language import t
from web.phone.day_file.doors import Doors
from web.phone.day_file.stops import Stops, seconds
from web.phone.duties import duties_of
from web.phone.room import MyDay
from web.phone.words import CODES, FLAGS

TOLD = ("id", "kind", "number", "start", "end", "name", "contracts", "place", "people", "hours")
"""Of a stop as the day file has it; what else that has stays here."""


def day_of_crew(city: City, on: date, collector_id: str) -> MyDay | None:
    """Return the published day of a collector's crew as her phone has it."""
    rounds = Rounds(wired().store.engine)
    found = rounds.round(city.name, on, collector_id, as_of=today(city))
    if found is None:
        return None
    return MyDay(city, collector_id, found, rounds.progress(city.name, found, ""))


def page_of(day: MyDay) -> dict[str, Any]:
    """Return what the file tells, by language."""
    ids = sorted({one.borrower.id for one in day.round.visits if one.borrower})
    facts = wired().store.day_of(day.city.name, day.on, ids)
    found = {}
    for language in PAGE_WORDS:
        with force_locale(language):
            found[language] = told(day, facts)
    return found


def told(day: MyDay, facts: Day) -> dict[str, Any]:
    """Return the same in the language that holds."""
    doors = Doors(day, facts)
    stops = [stop_of(one) for one in Stops(day, facts, doors).told()]
    first = datetime.combine(day.on, datetime.min.time(), day.zone)
    return {
        "zone": day.city.zone,
        "day": day_words(day.on),
        "names": [masked(name) for name in day.round.names],
        "version": day.round.version,
        "made": moment(now(), day.zone),
        "first": seconds(first),
        "last": seconds(first + timedelta(days=1)),
        "starts": seconds(day.round.starts_at),
        "ends": seconds(day.round.ends_at),
        "stops": stops,
        "reasons": [
            {name: one[name] for name in ("title", "facts", "source", "is_law")}
            for one in doors.reasons
        ],
        "duties": [
            {"text": t(one.text), "source": one.source, "is_law": one.is_law}
            for one in duties_of(day)
        ],
    }


def stop_of(stop: Mapping[str, Any]) -> dict[str, Any]:
    """Return a stop as the file has it, of the day file's."""
    if stop["kind"] == "break":
        return {name: stop[name] for name in TOLD if name in stop}
    place, standing, result = stop["place"], stop["standing"], stop["result"]
    return {
        **{name: stop[name] for name in TOLD if name in stop},
        "hours": stop.get("hours", []),
        "people": stop.get("people", 1),
        "contacted": stop.get("contacted", False),
        "flags": [str(FLAGS[Flag(flag)]) for flag in stop.get("flags", [])],
        "place": place and {name: place[name] for name in ("kind_words", "address", "note")},
        "standing": standing and standing["words"],
        "result": result and str(CODES.get(result["code"], result["code"])),
    }
