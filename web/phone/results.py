"""What came of a visit: six large answers, then only what the answer needs."""

from __future__ import annotations

from datetime import date

from flask import abort, flash, redirect, request, url_for
from werkzeug.wrappers import Response

from data.access import Role
from scheduler.lifecycle import Answer, Choice, Code, choices
from scheduler.ports import Outcome
from web.auth.access import by, current_user, needs
from web.context import today, wired
from web.language import t
from web.phone.collateral import may_have_collateral
from web.phone.days import page
from web.phone.marks import only_today, sent_key, told_at
from web.phone.result_form import ResultForm, empty_form, read_form
from web.phone.room import MyDay, needed_day, phone
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
    kept, corrects = day.states[number].outcome, request.form.get("corrects", "")
    if kept is not None and kept.key not in (key, corrects):
        flash(t("This visit has a result already; the first one stays."))
        return redirect(url_for(".visit", on=on, version=version, number=number))
    codes, me = codes_of(day, number, answer), current_user.name
    form = read_form(request.form, codes, today(day.city), day.zone, me)
    if form.wrong:
        return form_page(day, number, answer, form), 400
    with wired().store.writing(by()) as writer:
        told = form.outcome(day, visit, key, told_at(day), corrected(kept, key, corrects))
        writer.record_outcome(day.city.name, told)
    flash(t("Saved."))
    return redirect(url_for(".day"))


def corrected(kept: Outcome | None, key: str, corrects: str) -> str:
    """Return the key of the result that a new one corrects, '' where it corrects none."""
    if kept is None or kept.key == corrects:
        return corrects if kept else ""
    return kept.corrects if kept.key == key else ""


def codes_of(day: MyDay, number: int, answer: str) -> tuple[Code, ...]:
    """Return the codes of an answer as things stand; no page where there are none."""
    found = next((one for one in open_choices(day, number) if one.answer == answer), None)
    if found is None or not found.codes:
        abort(404)
    return found.codes


def open_choices(day: MyDay, number: int) -> list[Choice]:
    """Return the answers that can be given to a visit as things stand."""
    visit = day.visit(number)
    return choices(
        has_arrived=day.states[visit.number].arrived is not None,
        may_be_secured=may_have_collateral(day.city.name, visit),
    )


def form_page(day: MyDay, number: int, answer: str, form: ResultForm) -> str:
    """Return the second screen of a result."""
    visit = day.visit(number)
    told = {"visit": visit, "answer": Answer(answer), "form": form, "first": today(day.city)}
    return page("answer", day, **told)
