"""A borrower's page: timeline, promises, contacts, documents and what restrains a visit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from flask import abort, flash, g, redirect, request, url_for
from werkzeug.wrappers import Response

from data.access import Role
from data.profiles import InvalidProfileError
from data.store.stories import PlanOf, Story
from scheduler.errors import ConflictError, UnknownProfileError
from scheduler.rules.book import consentable
from scheduler.timeline import About, Entry, timeline
from web.auth.access import by, needs
from web.borrower.room import MAY_LOOK, borrower, page, seen_agencies
from web.context import today_here, wired
from web.language import t

PER_PAGE = 40
OF_PLANNED = frozenset({"visit.suspended", "visit.flagged", "visit.resumed"})
"""Events about a planned visit that name its plan themselves."""


@borrower.get("/<city>/borrowers/<path:id>")
@needs(*MAY_LOOK)
def story(city: str, id: str) -> str:
    """Show what has happened with a borrower, by her id or a contract's; her name masked."""
    return story_page(needed_story(city, id), is_shown=False)


@borrower.post("/<city>/borrowers/<path:id>")
@needs(*MAY_LOOK)
def show(city: str, id: str) -> str:
    """Show her name and number in full, and note who asked."""
    found = needed_story(city, id)
    with wired().store.writing(by()) as writer:
        told = {"case_ids": [one.id for one in found.cases]}
        writer.note("borrower.shown", found.borrower.id, city=city, after=told)
    return story_page(found, is_shown=True)


@borrower.post("/<city>/tasks/<int:number>")
@needs(Role.DISPATCHER)
def end_task(city: str, number: int) -> Response:
    """Say that a task is done, on the page of the borrower that it is about."""
    found = needed_story(city, request.form["borrower"])
    if number not in {one.id for one in found.dossier.follow_ups}:
        abort(404)
    try:
        with wired().store.writing(by()) as writer:
            writer.end_task(city, number)
        flash(t("Done."))
    except ConflictError:
        flash(t("Somebody has done that already."))
    return redirect(url_for("borrower.story", city=city, id=found.borrower.id))


def needed_story(city: str, id: str) -> Story:
    """Return a story; no page where there is none that the person may see."""
    found = wired().stories.story(city, id, today_here(), seen_agencies())
    if found is None:
        abort(404)
    return found


def story_page(found: Story, *, is_shown: bool, wrong: str = "", opened: str = "") -> str:
    """Return the page of a story, with the part of its timeline that is asked for.

    `wrong` says what kept something from being noted; `opened` is the form where it was typed.
    """
    only = frozenset(About(one) for one in request.args.getlist("about") if one in list(About))
    number = max(1, request.args.get("page", 1, type=int))
    entries = timeline(found.events, only)
    shown = entries[(number - 1) * PER_PAGE : number * PER_PAGE]
    return page(
        "story",
        "cases",
        story=found,
        entries=shown,
        only=only,
        number=number,
        has_more=len(entries) > number * PER_PAGE,
        is_shown=is_shown,
        wrong=wrong,
        opened=opened,
        typed=request.form,
        consentable=rules_for_consent(),
        plans=plans_of(shown),
        attachments=wired().attachments.of_borrower(
            g.city.name, found.borrower.id, seen_agencies()
        ),
        codes_of={one.key: one.code for one in found.outcomes},
    )


def plans_of(entries: Sequence[Entry]) -> Mapping[int, PlanOf]:
    """Return by the id of each entry about a visit the plan that has it."""
    ids = {one.id: one.told["plan_id"] for one in entries if "plan_id" in one.told}
    known = wired().stories.plans(g.city.name, list(ids.values()))
    return {
        **{entry_id: known[id] for entry_id, id in ids.items() if id in known},
        **{
            one.id: PlanOf(date.fromisoformat(one.told["on"]), one.told["version"])
            for one in entries
            if one.kind in OF_PLANNED
        },
    }


def rules_for_consent() -> list[str]:
    """Return the rules of the city that a consent of hers can widen."""
    try:
        return consentable(wired().ports.profiles.rules(g.city.profile))
    except (UnknownProfileError, InvalidProfileError):
        return []
