"""The planner's page: a question of the book, its answer as it grows, and answers side by side."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from zoneinfo import ZoneInfo

from flask import Response as Page
from flask import abort, flash, g, redirect, request, send_file, url_for
from werkzeug.wrappers import Response

from data.exports.figures import WRITERS
from data.jobs import Job, JobKind
from data.plain import to_plain
from scheduler.errors import ConflictError
from scheduler.headcount.figures import TeamFigures
from scheduler.model import BUCKETS, OwnerPolicy
from scheduler.told_together import FEWEST
from web.auth.access import by, needs
from web.compliance.words import rule_title
from web.context import today_here, wired
from web.dispatch.words import REASONS
from web.figures.room import PLANNERS, figures, seen_agencies
from web.figures.room import page as a_page
from web.headcount.asked import chosen_in
from web.headcount.charts import over_days, over_employed
from web.headcount.differing import differing
from web.headcount.form import Form, filled, usual_values
from web.headcount.levers import CHOICES, GROUPS, LEVERS, NUMBERS, OTHERS, SWITCHES, TEXTS
from web.headcount.live import live_over_days, live_over_employed
from web.headcount.paper import pdf_of
from web.headcount.said import ASSUMED, STAFF_COST, asked_in_words, costs_in_words
from web.headcount.seen import Seen, seen
from web.headcount.sheets import sheets_of
from web.headcount.unfit import unfit_of_book, unfit_of_team
from web.headcount.weeks_told import WAITED, undone_of, week_of
from web.headcount.where import drawn, lines_of
from web.language import t
from web.progress import progress_piece
from web.settings_pages.words import OWNER_POLICIES

LAST = 8
"""Answers of the city that are listed."""

PATH = "/<city>/figures/headcount"


@figures.get(PATH)
@needs(*PLANNERS)
def headcount(city: str) -> str:
    """Show the newest answer, or the one that the address names, and the form to ask anew."""
    refuse_who_sees_one_agency()
    last = wired().jobs.last(city, JobKind.SIMULATE, LAST)
    number = request.args.get("job", type=int)
    job = its_job(city, number) if number else next(iter(last), None)
    return shown(opened(job, is_named=number is not None), job, last)


def opened(job: Job | None, *, is_named: bool) -> Form:
    """Return the form of a new question: as usual, but for what she herself has chosen.

    She has in a question of hers, and in one that she looks up by its number (`is_named`); unless
    she asks for the usual one.
    """
    has_chosen = job is not None and (is_named or job.made_by == by().actor)
    if job is None or not has_chosen or "usual" in request.args:
        return Form.of(None)
    return Form.of(chosen_in(job), today_here() + timedelta(days=1))


@figures.post(PATH)
@needs(*PLANNERS)
def ask_headcount(city: str) -> Response | tuple[str, int]:
    """Begin to answer a question of the book of now, from tomorrow morning on."""
    refuse_who_sees_one_agency()
    form = filled(request.form)
    question = form.question(today_here() + timedelta(days=1))
    if question is None:
        last = wired().jobs.last(city, JobKind.SIMULATE, LAST)
        return shown(form, next(iter(last), None), last), 422
    asked = to_plain(question)
    return begun(city, lambda: wired().jobs.add(JobKind.SIMULATE, city, None, by(), **asked))


def begun(city: str, add: Callable[[], Job]) -> Response:
    """Put a question into the queue, and lead to its answer."""
    try:
        job = add()
    except ConflictError:
        flash(t("Another question is being answered. Wait until it is done, or stop it."))
        return redirect(url_for("figures.headcount", city=city))
    return redirect(url_for("figures.headcount", city=city, job=job.id))


@figures.post(f"{PATH}/<int:number>/stop")
@needs(*PLANNERS)
def stop_headcount(city: str, number: int) -> Response:
    """Ask it to stop; teams that are known by then stay."""
    wired().jobs.cancel(its_job(city, number).id, by())
    return redirect(url_for("figures.headcount", city=city, job=number))


@figures.post(f"{PATH}/<int:number>/go-on")
@needs(*PLANNERS)
def go_on_headcount(city: str, number: int) -> Response:
    """Ask a question that was stopped once more, from the teams that are known by now."""
    job = its_job(city, number)
    if not seen(job).may_go_on(today_here()):
        abort(409)
    return begun(city, lambda: wired().jobs.again(job, by()))


@figures.get(f"{PATH}/<int:number>/progress")
@needs(*PLANNERS)
def headcount_progress(city: str, number: int) -> Response:
    """Answer the curve as far as it is known, as a piece of the page."""
    job = its_job(city, number)
    told = seen(job)
    return progress_piece(
        "figures/headcount_progress.html", is_over=job.state.is_over, **known_of(told), answer=told
    )


@figures.get(f"{PATH}/<int:number>.<format>")
@needs(*PLANNERS)
def headcount_file(city: str, number: int, format: str) -> Page:
    """Send the figures of an answer as a file."""
    told = seen(its_job(city, number))
    team = told.team(request.args.get("team", type=int))
    if format not in (*WRITERS, "pdf") or team is None:
        abort(404)
    media_type, content = written(told, team, format)
    name = f"dayround-{city}-headcount-{number}.{format}"
    answer = send_file(BytesIO(content), media_type, as_attachment=True, download_name=name)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def written(told: Seen, team: TeamFigures, format: str) -> tuple[str, bytes]:
    """Return the media type and the content of a file with an answer."""
    if format == "pdf":
        return "application/pdf", pdf_of(told, team, g.city)
    media_type, write = WRITERS[format]
    return media_type, write(sheets_of(told, team, g.city.currency))


def its_job(city: str, number: int) -> Job:
    """Return a question of the city.

    Raises
    ------
    NotFoundError
        Where the city has no question of that number.
    """
    refuse_who_sees_one_agency()
    return wired().jobs.of_city(city, number, JobKind.SIMULATE)


def refuse_who_sees_one_agency() -> None:
    """Refuse what counts every agency's cases to whoever looks after one."""
    if seen_agencies() is not None:
        abort(403)


def shown(form: Form, job: Job | None, last: list[Job]) -> str:
    """Return the page."""
    answer = seen(job) if job else None
    number = request.args.get("beside", type=int)
    tomorrow = today_here() + timedelta(days=1)
    beside = seen(its_job(g.city.name, number)) if number else None
    return a_page(
        "headcount",
        "headcount",
        form=form,
        numbers=NUMBERS,
        levers=LEVERS,
        choices=CHOICES,
        texts=TEXTS,
        switches=SWITCHES,
        others=OTHERS,
        differing=differing(form),
        usual=usual_values(),
        groups=GROUPS,
        buckets=[(one, one) for one in BUCKETS],
        owners=[(one.value, OWNER_POLICIES[one]) for one in OwnerPolicy],
        answer=answer,
        beside=beside,
        basis=None if answer else wired().store.odds(g.city.name, today_here()).basis,
        earlier=[seen(one) for one in last],
        today=today_here(),
        zone=ZoneInfo(g.city.zone),
        REASONS=REASONS,
        ASSUMED=ASSUMED,
        STAFF_COST=STAFF_COST,
        rule_title=rule_title,
        unfit_of_team=unfit_of_team,
        unfit_now=unfit_of_book(wired().store.collectors(g.city.name), form, tomorrow),
        asked_in_words=asked_in_words,
        costs_in_words=costs_in_words,
        **(known_of(answer, beside) if answer else {}),
    )


def known_of(answer: Seen, beside: Seen | None = None) -> dict[str, object]:
    """Return the charts of an answer; two that stand side by side have the same axis."""
    team = answer.team(request.args.get("team", type=int))
    looked_at = team.employed if team and not beside else None
    largest = max(answer.largest, beside.largest if beside else 0)
    return {
        "team": team,
        "largest": largest,
        "curve": over_employed(answer.answer, largest) if answer.teams else None,
        "other": over_employed(beside.answer, largest) if beside and beside.teams else None,
        "days": over_days(team) if team else None,
        "where": lines_of(team, answer.question.share) if team else [],
        "circles": drawn(team, answer.question.share) if team else [],
        "FEWEST": FEWEST,
        "undone": undone_of(team) if team else [],
        "week": week_of(team) if team else [],
        "WAITED": WAITED,
        "live": {
            "curve": live_over_employed(answer.answer, largest, looked_at)
            if answer.teams
            else None,
            "other": live_over_employed(beside.answer, largest)
            if beside and beside.teams
            else None,
            "days": live_over_days(team) if team else None,
        },
    }
