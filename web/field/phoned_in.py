"""The desk's quick form: what collectors tell by telephone of their visits, a line for each."""

from __future__ import annotations

from datetime import date

from flask import abort, flash, g, redirect, url_for

from data.access import Role
from scheduler.lifecycle import ASKED, CODES, WELCOME, Code
from web.auth.access import needs
from web.compare.opened import read_ahead
from web.context import today
from web.dispatch.exports import find_published
from web.dispatch.room import Answer, page
from web.field.phoned_lines import PhonedLine, crew_day, lines_of, save, saved_lines
from web.field.room import field, seen_people
from web.language import t, tn
from web.phone.day_page.telling import day_of_crew
from web.phone.result_form import LONGEST_NOTE, PARTS_OF_DAY, Method
from web.phone.room import MyDay
from web.phone.words import ANSWERS, METHOD_NAMES, PARTS
from web.phone.words import CODES as CODE_WORDS

PATH = "/<city>/<day:on>/phoned-in"


@field.get(PATH)
@needs(Role.DISPATCHER)
def phoned_in_first(city: str, on: date) -> Answer:
    """Lead to the first crew of the day."""
    crews = crews_of(city, on)
    if not crews:
        return page("field/phoned_in", on, crews={}, lines=[], crew=None)
    return redirect(url_for(".phoned_in", city=city, on=on, crew=next(iter(crews))))


@field.get(f"{PATH}/<path:crew>")
@needs(Role.DISPATCHER)
def phoned_in(city: str, on: date, crew: str) -> str:
    """Show the visits of a crew, each with what is known of it by now."""
    day = needed_crew(city, on, crew)
    return form_page(day, crew, lines_of(day))


@field.post(f"{PATH}/<path:crew>")
@needs(Role.DISPATCHER)
def take_down(city: str, on: date, crew: str) -> Answer:
    """Keep what was told; what cannot be kept stays in its line and says why."""
    day = needed_crew(city, on, crew)
    if day.on > today(g.city):
        abort(409)
    lines = save(day)
    count = sum(line.is_saved for line in lines)
    if count:
        read_ahead(city, on)
        flash(tn("%(num)d result is saved.", "%(num)d results are saved.", count))
    if any(line.is_open for line in lines):
        return form_page(day, crew, saved_lines(crew_day(day), lines)), 409
    if not count:
        flash(t("Nothing was told yet: choose a result in a line."))
    return redirect(url_for(".phoned_in", city=city, on=on, crew=crew))


def form_page(day: MyDay, crew: str, lines: list[PhonedLine]) -> str:
    """Return the form of a crew."""
    told = {"crew": crew, "crew_day": day, "lines": lines, "crews": crews_of(g.city.name, day.on)}
    told |= {"answers": answers(), "METHODS": METHODS, "PARTS": parts(), "note_most": LONGEST_NOTE}
    told["code_words"] = lambda code: CODE_WORDS.get(code, code)
    return page("field/phoned_in", day.on, **told, is_ahead=day.on > today(g.city))


def crews_of(city: str, on: date) -> dict[str, str]:
    """Return the crews of the published day that the dispatcher sees, by the first of their ids."""
    published = find_published(city, on)
    if published is None:
        return {}
    seen, new = seen_people(), published.record.content
    driving = {trip.crew_id for trip in new.plan.itineraries if trip.visits}
    return {
        crew.id: crew.members[0]
        for crew in sorted(new.crews, key=lambda crew: crew.id)
        if crew.id in driving and not seen.keys().isdisjoint(crew.members)
    }


def needed_crew(city: str, on: date, crew: str) -> MyDay:
    """Return a crew's day; no page where nobody of it may be seen or it drives nowhere."""
    who = crews_of(city, on).get(crew)
    day = day_of_crew(g.city, on, who) if who else None
    if day is None:
        abort(404)
    return day


def answers() -> list[tuple[str, list[tuple[str, str, str]]]]:
    """Return each answer with its codes: value, words begun by their number, what they ask for.

    A number typed on the keys finds its line of the list, in any language.
    """
    found = []
    for first, (answer, codes) in enumerate(CODES.items(), start=1):
        wide = 2 if len(codes) > 9 else 1
        told = [
            (str(code), f"{first}{n:0{wide}} {CODE_WORDS[code]}", asks(code))
            for n, code in enumerate(codes, start=1)
        ]
        found.append((str(ANSWERS[answer]), told))
    return found


def asks(code: Code) -> str:
    """Return what a code asks for or welcomes, as the form's script reads it."""
    return " ".join(sorted({*ASKED.get(code, ()), *WELCOME.get(code, ())}))


METHODS = {method: METHOD_NAMES[method] for method in Method}


def parts() -> dict[str, str]:
    """Return the parts of a day with their hours."""
    return {
        part: f"{PARTS[part]} {start.hour}–{end.hour}"
        for part, (start, end) in PARTS_OF_DAY.items()
    }
