"""A collector calls in sick: what can become of her crew, what each choice costs, and a press."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from flask import abort, flash, redirect, request, url_for
from flask_babel import LazyString
from markupsafe import Markup
from werkzeug.wrappers import Response

from data.access import Role
from data.masking import masked
from scheduler.drafts.editing import edit_day
from scheduler.drafts.opened import OpenDraft
from scheduler.editing.obstacles import ForbiddenEditError, GoneError
from scheduler.editing.sick import Choice, What
from scheduler.errors import ConflictError
from scheduler.gone_service import choices_for
from scheduler.plan import Plan
from scheduler.problem import MILLS
from web.auth.access import current_user, needs
from web.context import wired
from web.desk.editing import stay_open, to_edit
from web.desk.fragments import fragment, is_asked_alone
from web.desk.handing import hers_to_hand
from web.desk.opened import open_drafts, opened
from web.desk.refusing import refused_words
from web.desk.room import desk, version_here
from web.dispatch.room import only_for_the_whole_city
from web.language import lazy_t, t
from web.phrases import said

WHAT: Mapping[What, LazyString] = {
    What.GO_ON: lazy_t("The others go on without her"),
    What.RE_PAIRED: lazy_t("Paired with somebody who is alone"),
    What.THIRD: lazy_t("Goes along with another crew as a third"),
    What.OFF_ROAD: lazy_t("The crew is taken off the road"),
}


@dataclass(frozen=True, slots=True)
class Offer:
    """A choice as it is told: in minutes of work and money, with whom it moves or loses."""

    what: What
    crew_id: str
    members: tuple[str, ...]
    minutes: int
    money: float
    moved: tuple[str, ...]
    lost: tuple[str, ...]
    no: Markup


@desk.get("/<city>/<day:on>/desk/sick/<path:collector>")
@needs(Role.DISPATCHER)
def sick(city: str, on: date, collector: str) -> str:
    """Show what can be done where a collector is gone from now on."""
    only_for_the_whole_city()
    draft, problem = opened(city, on, version_here(city, on)), ""
    offers: list[Offer] = []
    try:
        names = _names(draft)
        offers = [_offer(draft, one, names) for one in _choices(draft, collector)]
    except GoneError as error:
        problem = said(str(error))
    people = {one.id: one.name for one in draft.day.collectors}
    title = t("%(who)s is sick", who=masked(people.get(collector, collector)))
    return fragment(
        "sick", title, on, offers=offers, collector=collector, people=people, problem=problem,
        WHAT=WHAT, record=draft.record, handing=hers_to_hand(draft, collector),
    )  # fmt: skip


@desk.post("/<city>/<day:on>/desk/sick/<path:collector>")
@needs(Role.DISPATCHER)
def be_sick(city: str, on: date, collector: str) -> Response:
    """Take a choice: it is worked out anew, and her shift ends with the edit."""
    only_for_the_whole_city()
    key, crew_id = request.form.get("key", ""), request.form.get("crew", "")
    what = request.form.get("what", "")
    if not key or what not in list(What):
        abort(400)
    draft = opened(city, on, version_here(city, on))
    try:
        _do(draft, collector, What(what), crew_id, key)
        flash(t("Done. It can be undone on the day's page."))
    except ForbiddenEditError as error:
        flash(refused_words(error.violations, draft))
    except (ConflictError, GoneError) as error:
        flash(said(str(error)))
    if is_asked_alone():  # her cases are still to be handed over
        return redirect(url_for("desk.sick", city=city, on=on, collector=collector), 303)
    return redirect(url_for("dispatch.today", city=city, on=on), 303)


def _choices(draft: OpenDraft, collector: str) -> list[Choice]:
    """Return what can become of her crew, worked out once until the day changes."""
    content = draft.record.content
    which = content.city, content.on, draft.record.version
    return open_drafts().worked_out(
        which, draft, ("sick", collector), lambda: choices_for(wired().ports, draft, collector)
    )


def _do(draft: OpenDraft, collector: str, what: What, crew_id: str, key: str) -> None:
    own, actor = f"{current_user.name} {key}", current_user.name
    if any(row.key == own for row in draft.log):
        return
    found = [
        one
        for one in _choices(draft, collector)
        if one.what is what and (one.crew.id if one.crew else "") == crew_id
    ]
    if not found:
        words = t(
            "collector %(collector)s has other choices by now: look at them again",
            collector=collector,
        )
        raise GoneError(words)
    draft = to_edit(draft)
    done, _ = edit_day(wired().ports, draft, actor, found[0].edit, draft.record.revision, own)
    stay_open(draft, done)


def _offer(draft: OpenDraft, one: Choice, names: Mapping[str, str]) -> Offer:
    crew = one.crew
    return Offer(
        what=one.what,
        crew_id=crew.id if crew else "",
        members=crew.members if crew else (),
        minutes=0
        if one.forbidden
        else round((_worked_s(one.edit.plan) - _worked_s(draft.plan)) / 60),
        money=one.price / MILLS,
        moved=_named(one.moved, names),
        lost=_named(one.lost, names),
        no=refused_words(one.forbidden, draft),
    )


def _worked_s(plan: Plan) -> int:
    return sum(trip.end_s - trip.start_s for trip in plan.itineraries)


def _names(draft: OpenDraft) -> dict[str, str]:
    """Return the masked names of borrowers by their visits."""
    people = {one.id: masked(one.name) for one in draft.day.borrowers}
    targets = draft.record.content.targets
    return {id: people.get(target.borrower_id, id) for id, target in targets.items()}


def _named(ids: Sequence[str], names: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(names.get(id, id) for id in ids)
