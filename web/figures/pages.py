"""The pages: figures, their file, scorecards, and two spans beside each other."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO

from flask import Response, abort, request, send_file

from data.exports.figures import WRITERS
from data.figures import weights_of
from scheduler.figures import (
    WITHIN_DAYS,
    Facts,
    Group,
    Span,
    agency_cards,
    collector_cards,
    covered,
    review,
    stalest,
    successions,
)
from scheduler.figures.share import TOO_FEW
from scheduler.policy import HOUSE_VERSION
from scheduler.told_together import FEWEST
from web.auth.access import needs
from web.context import wired
from web.downloads import my_language
from web.figures import people_in, times, words
from web.figures.charts import charts
from web.figures.room import (
    ASSESSORS,
    READERS,
    Asked,
    asked,
    facts_of,
    figures,
    filters_to_choose,
    groups_to_choose,
    sees_doors,
    span_of,
)
from web.figures.room import page as a_page
from web.figures.sheets import sheets_of
from web.figures.shown import shown
from web.formats import masked
from web.headcount import pages as headcount

__all__ = ["figures", "headcount", "people_in", "times"]

MOST_STALE = 20
STEPS = tuple(group for group in Group if group.is_time)


@figures.context_processor
def name_things() -> dict[str, object]:
    """Let the room's templates call things by their names."""
    return {"words": words, "TOO_FEW": TOO_FEW, "FEWEST": FEWEST}


@figures.get("/<city>/figures")
@needs(*READERS)
def page(city: str) -> str:  # noqa: ARG001
    """Show the figures of a span: over time, by a group, coverage, and who waits longest."""
    question = asked()
    facts = facts_of(question.span)
    tables = shown(facts, question)
    return a_page(
        "page",
        "page",
        asked=question,
        facts=facts,
        tables=tables,
        charts=charts(tables.over_time.lines),
        all_cases=covered("", tables.cases, facts.today),
        within=WITHIN_DAYS,
        stale=stalest(tables.cases, facts.today, MOST_STALE) if sees_doors() else [],
        choices=choices(facts),
        by=groups_to_choose(),
        steps=STEPS,
        quick=quick_spans(question),
    )


@figures.get("/<city>/figures/file/<format>")
@needs(*READERS)
def file(city: str, format: str) -> Response:
    """Send the figures of a span as a file."""
    if format not in WRITERS:
        abort(404)
    question = asked()
    media_type, write = WRITERS[format]
    content = write(sheets_of(facts_of(question.span), question, my_language()))
    name = f"dayround-{city}-{question.span.first}-{question.span.last}.{format}"
    answer = send_file(BytesIO(content), media_type, as_attachment=True, download_name=name)
    answer.headers["Cache-Control"] = "no-store"
    return answer


@figures.get("/<city>/scorecards")
@needs(*ASSESSORS)
def scorecards(city: str) -> str:
    """Show how agencies and collectors work: recovered money is a stated part at most."""
    question = asked()
    facts, weights = facts_of(question.span), weights_of(wired().home.path)
    people = {one.id: masked(one.name) for one in wired().store.collectors(city)}
    return a_page(
        "scorecards",
        "scorecards",
        asked=question,
        facts=facts,
        weights=weights,
        agencies=agency_cards(facts, weights),
        collectors=collector_cards(facts, weights),
        people=people,
        quick=quick_spans(question),
    )


@figures.get("/<city>/figures/review")
@needs(*READERS)
def reviewing(city: str) -> str:
    """Show the figures of a span beside those of the span before it, or of two policies."""
    question = asked()
    versions = wired().store.policy_versions(city)
    held = [(one.valid_from, one.number) for one in versions if one.approved]
    span = question.span
    before = Span(span.first - timedelta(days=span.days), span.first - timedelta(days=1))
    earlier = span_of(request.args, before, question.wrong, ("before_from", "before_to"))
    return a_page(
        "review",
        "review",
        asked=question,
        earlier=earlier,
        policies=successions(held, question.today, HOUSE_VERSION),
        compared=review(facts_of(earlier), facts_of(span), question.only),
        overlaps=earlier.last >= span.first and span.last >= earlier.first,
    )


def choices(facts: Facts) -> dict[str, list[str]]:
    """Return what each filter may be set to: what visits and open cases of the span have."""
    seen = {one.traits for one in facts.visits} | {one.traits for one in facts.cases}
    names = filters_to_choose()
    return {name: sorted({getattr(one, name) for one in seen} - {""}) for name in names}


def quick_spans(question: Asked) -> list[tuple[str, Span]]:
    """Return spans that are often asked for, by the word for each."""
    today = question.today
    month = today.replace(day=1)
    last_month = month - timedelta(days=1)
    return [
        ("7", Span(today - timedelta(days=6), today)),
        ("28", Span(today - timedelta(days=27), today)),
        ("month", Span(month, today)),
        ("last_month", Span(last_month.replace(day=1), last_month)),
        ("year", Span(today - timedelta(days=364), today)),
    ]
