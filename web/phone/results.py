"""What came of a visit: six large answers, then only what the answer needs."""

from __future__ import annotations

from datetime import date

from flask import abort, flash, redirect, request, url_for
from werkzeug.wrappers import Response

from data.access import Role
from scheduler.lifecycle import Answer, Choice, Code, choices
from web.auth.access import by, needs
from web.context import wired
from web.language import t
from web.phone.days import page
from web.phone.marks import only_today, sent_key, told_at
from web.phone.result_form import ResultForm, empty_form, read_form
from web.phone.room import MyDay, needed_day, phone, today
from web.phone.visits import PATH


@phone.get(f"{PATH}/result")
@needs(Role.COLLECTOR)
def result(on: date, version: int, number: int) -> str:
    """Show the six answers, and the way to all others."""
    day = needed_day(on, version)
    return page("result", day, visit=day.visit(number), choices=open_choices(day, number))


@phone.get(f"{PATH}/result/<answer>")
@needs(Role.COLLECTOR)
def answered(on: date, version: int, number: int, answer: str) -> str:
    """Ask what an answer needs."""
    day = needed_day(on, version)
    form = empty_form(codes_of(day, number, answer), request.args.get("code"))
    return form_page(day, number, answer, form)


@phone.post(f"{PATH}/result/<answer>")
@needs(Role.COLLECTOR)
def record(on: date, version: int, number: int, answer: str) -> Response | tuple[str, int]:
    """Keep what came of a visit, once."""
    day = needed_day(on, version)
    only_today(day)
    visit, key = day.visit(number), sent_key()
    kept = day.states[number].outcome
    if kept is not None and kept.key != key:
        flash(t("This visit has a result already; the first one stays."))
        return redirect(url_for(".visit", on=on, version=version, number=number))
    form = read_form(request.form, codes_of(day, number, answer), today(day.city), day.zone)
    if form.wrong:
        return form_page(day, number, answer, form), 400
    with wired().store.writing(by()) as writer:
        writer.record_outcome(day.city.name, form.outcome(day, visit, key, told_at(day)))
    flash(t("Saved."))
    return redirect(url_for(".day"))


def codes_of(day: MyDay, number: int, answer: str) -> tuple[Code, ...]:
    """Return the codes of an answer as things stand; no page where there are none."""
    found = next((one for one in open_choices(day, number) if one.answer == answer), None)
    if found is None or not found.codes:
        abort(404)
    return found.codes


def open_choices(day: MyDay, number: int) -> list[Choice]:
    """Return the answers that can be given to a visit as things stand."""
    visit = day.visit(number)
    return choices(has_arrived=day.states[visit.number].arrived is not None)


def form_page(day: MyDay, number: int, answer: str, form: ResultForm) -> str:
    """Return the second screen of a result."""
    visit = day.visit(number)
    return page("answer", day, visit=visit, answer=Answer(answer), form=form, first=today(day.city))
