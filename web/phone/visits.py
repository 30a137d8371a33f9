"""One visit: look at it, arrive, leave, and show for a moment what is masked."""

from __future__ import annotations

from datetime import date

from flask import flash, make_response, redirect, url_for
from werkzeug.wrappers import Response

from data.access import Role
from data.store.rounds import RoundStop
from scheduler.at_door import UNSIGNED, Closed, closed_door
from scheduler.field.company import How, Presence
from scheduler.ports import MarkKind
from scheduler.signing import UnsignedProfileError
from scheduler.suspending import Suspension
from web.auth.access import by, needs
from web.context import wired
from web.language import t
from web.phone.changes import unseen_changes
from web.phone.days import page
from web.phone.duties import duties_of
from web.phone.marks import mark, only_today, sent_key, tell_desks, told_at, write_mark
from web.phone.room import MyDay, needed_day, phone, rounds
from web.phone.standing import told_standing
from web.phone.words import closed_words, why_closed

SHOWN_S = 20
PATH = "/my/<day:on>/v<int:version>/<int:number>"


@phone.get(PATH)
@needs(Role.COLLECTOR)
def visit(on: date, version: int, number: int) -> str:
    """Show a visit of the day."""
    day = needed_day(on, version)
    return page("visit", day, visit=day.visit(number), duties=duties_of(day))


@phone.post(f"{PATH}/arrive")
@needs(Role.COLLECTOR)
def arrive(on: date, version: int, number: int) -> Response | tuple[str, int]:
    """Arrive, if the rules allow the visit as of now; a door arrived at before is left."""
    day = needed_day(on, version)
    only_today(day)
    one = day.visit(number)
    if not day.round.is_current or unseen_changes(day):
        flash(t("The plan has changed. Look at what is new before you go on."))
        return redirect(url_for(".day"))
    if day.states[number].arrived is None:
        at = told_at(day)
        if closed := closed_for(day, one):
            note_refusal(day, one, closed)
            told = closed_words(closed, day.zone)
            return page("closed", day, visit=one, closed=closed, told=told), 409
        key = sent_key()
        with wired().store.writing(by()) as writer:
            for other in day.round.visits:
                if day.states[other.number].is_at_door:
                    # Without a position: she stands at this door by now, not at that one.
                    left = mark(day, MarkKind.LEAVE, f"{key}/left", at, other)
                    writer.put_mark(day.city.name, left)
            arrived = mark(day, MarkKind.ARRIVE, key, at, one, told_standing(day))
            writer.put_mark(day.city.name, arrived)
            here = Presence(one.id, day.collector_id, at, How.ARRIVED)
            writer.put_presence(day.city.name, day.on, here)
        tell_desks(day)
    return redirect(url_for(".visit", on=on, version=version, number=number))


@phone.post(f"{PATH}/leave")
@needs(Role.COLLECTOR)
def leave(on: date, version: int, number: int) -> Response:
    """Leave the door; once a result is there too, on to the next visit."""
    day = needed_day(on, version)
    only_today(day)
    one, state = day.visit(number), day.states[number]
    if state.is_at_door:
        write_mark(day, MarkKind.LEAVE, one)
    if state.outcome is None:
        return redirect(url_for(".result", on=on, version=version, number=number))
    return redirect(url_for(".day"))


@phone.post(f"{PATH}/show")
@needs(Role.COLLECTOR)
def show(on: date, version: int, number: int) -> Response:
    """Show name and sums for a while, and note who has seen them; then the page hides them."""
    day = needed_day(on, version)
    one = day.visit(number)
    if one.borrower:
        with wired().store.writing(by()) as writer:
            told = {"fields": ["name", "overdue"], "cases": [case.id for case in one.cases]}
            writer.note("borrower.shown", one.borrower.id, city=day.city.name, after=told)
    answer = make_response(
        page("visit", day, visit=one, duties=duties_of(day), is_shown=True, seconds=SHOWN_S)
    )
    back = url_for(".visit", on=on, version=version, number=number)
    answer.headers["Refresh"] = f"{SHOWN_S}; url={back}"  # hides it without a script too
    return answer


def closed_for(day: MyDay, one: RoundStop) -> Closed | None:
    """Ask the rules of this minute whether the visit may begin; a suspended one may not."""
    return closed_by_rules(day, one) or (closed_by(one.standing) if one.is_suspended else None)


def closed_by(standing: Suspension | None) -> Closed | None:
    """Return what suspends a visit as what closes its door."""
    if standing is None:
        return None
    return Closed(why_closed(standing), standing.text, standing.source, standing.is_law)


def closed_by_rules(day: MyDay, one: RoundStop) -> Closed | None:
    """Ask the rules by the facts of this minute."""
    if one.borrower is None or one.place is None:
        return Closed("gone", "the borrower or the place is not in the book any more")
    facts = rounds().day_of(day.city.name, day.on, one.borrower.id)
    try:
        rules = wired().ports.signed_rules(day.city)
    except UnsignedProfileError as error:
        return Closed(UNSIGNED, str(error))
    crew = day.round.crew
    return closed_door(facts, rules, one.borrower.id, one.place.id, crew, told_at(day))


def note_refusal(day: MyDay, one: RoundStop, closed: Closed) -> None:
    """Keep that a visit was refused at the door, and by which rule."""
    with wired().store.writing(by()) as writer:
        told = {"rule": closed.why, "text": closed.text, "at": told_at(day)}
        subject = one.borrower.id if one.borrower else one.id
        writer.note("visit.refused", subject, city=day.city.name, after=told)
