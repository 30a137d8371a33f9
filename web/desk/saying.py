"""Must go, not today, not before a day: said of many cases at once, and taken back."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from secrets import token_hex

from flask import flash, g, redirect, request, url_for
from werkzeug.wrappers import Response

from data.access import Role
from data.store.directives import Words
from scheduler.directives import Directive, DirectiveKind
from scheduler.errors import ConflictError, NotFoundError
from web.auth.access import by, needs
from web.auth.back import safe_target
from web.context import today_here, wired
from web.desk.facts import facts_of
from web.desk.question_words import DIRECTIVE_ACTS, directive_told
from web.desk.room import desk
from web.dispatch.room import only_for_the_whole_city
from web.language import t, tn
from web.phrases import said
from web.told_days import day_of


@desk.post("/<city>/<day:on>/desk/directives")
@needs(Role.DISPATCHER)
def say(city: str, on: date) -> Response:
    """Say of the borrowers of some cases that somebody must go on the day, or may not."""
    flash(noted(city, on))
    return _back(city, on)


def noted(city: str, on: date) -> str:
    """Note what a form says of some borrowers, and return in words what came of it."""
    only_for_the_whole_city()  # a visit is for all of her cases, whosever they are
    try:
        told = _words(city, on)
        with wired().store.writing(by()) as writer:
            kept = writer.put_directives(city, told)
    except ConflictError as error:
        return said(str(error))
    except ValueError:
        return t("Nothing was noted: choose cases, and a day that there is.")
    count = tn("of %(num)d borrower", "of %(num)d borrowers", len(kept))
    what = directive_told(kept[0])
    return t("Noted %(count)s: %(what)s. Plans are judged anew.", count=count, what=what)


@desk.post("/<city>/<day:on>/desk/directives/end")
@needs(Role.DISPATCHER)
def take_back(city: str, on: date) -> Response:
    """Take words back; what they took the place of holds again."""
    only_for_the_whole_city()
    with wired().store.writing(by()) as writer:
        writer.end_directives(city, request.form.getlist("directive", type=int))
    flash(t("It is taken back, and plans are judged anew."))
    return _back(city, on)


def standing_of(city: str, borrower_id: str, on: date) -> list[Directive]:
    """Return what dispatchers said of a borrower that matters on a day or after it."""
    return list(facts_of(city, on).dossier_of(borrower_id).directives)


def borrowers_of(city: str, case_ids: Iterable[str]) -> list[str]:
    """Return whose some cases are; NotFoundError that names all that are nobody's."""
    owners, ids = wired().store.borrowers_by_case(city), sorted(set(case_ids) - {""})
    if missing := [id for id in ids if id not in owners]:
        raise NotFoundError(f"{city} has no open case {', '.join(map(repr, missing))}")
    return sorted({owners[id] for id in ids})


def _words(city: str, on: date) -> Words:
    """Read the form; ValueError where nobody is chosen, or a field is none.

    A button of one line names its case with its kind; all others are of what is chosen.
    """
    form = request.form
    kind_of_one, _, one = form.get("one", "").partition(":")
    kind = DirectiveKind(kind_of_one or form.get("kind", ""))
    who = borrowers_of(city, [one] if one else form.getlist("case"))
    if not who:
        raise ValueError("nobody is chosen")
    about = day_of(form.get("until", "")) if kind is DirectiveKind.NOT_BEFORE else on
    return Words(kind, about, who, form.get("reason", ""), form.get("key") or None)


def _back(city: str, on: date) -> Response:
    """Lead back to where the button stood, if that is a page of ours."""
    back = request.form.get("back", "")
    return redirect(safe_target(back or url_for("dispatch.today", city=city, on=on)), 303)


@desk.context_processor
def name_words() -> dict[str, object]:
    """Let the desk's templates offer the words."""
    told = {"DIRECTIVE_ACTS": DIRECTIVE_ACTS, "new_key": lambda: token_hex(8)}
    if not g.get("city"):
        return {**told, "directive_told": directive_told}
    here = today_here()
    days = {"tomorrow": here + timedelta(days=1), "next_week": here + timedelta(days=7)}
    return {**told, **days, "directive_told": directive_told}
