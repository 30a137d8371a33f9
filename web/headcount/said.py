"""A question in words, and what its answer rests on: on the page, on paper and in files alike."""

from __future__ import annotations

from collections.abc import Iterator

from flask import get_template_attribute

from scheduler.headcount.figures import TeamFigures
from web.formats import day_short, money, percent_asked
from web.headcount.asked import Question
from web.headcount.besides import besides
from web.headcount.seen import Seen
from web.language import lazy_t, t, tn
from web.settings_pages.words import OWNER_POLICIES

ASSUMED = (
    lazy_t(
        "Days are planned with the rules, roads and search of the daily plan: in execution mode "
        "one plan for a team, a day and a path of the book, driven 200 times; in feedback mode one "
        "for each of 20 replications, driven once. Who was met and kept her word by then is "
        "another on each path."
    ),
    lazy_t(
        "Plans go first to whom the target still waits for, however far, unless the question says "
        "otherwise. The daily plan knows no target and weighs what a visit is worth against the "
        "way (default of the house)."
    ),
    lazy_t(
        "When people are in: learned from visits where there are any, else the tables of When"
        " people are in (secondary source and defaults of the house). Ways and visits spread "
        "as learned under Times, or as the house assumes."
    ),
    lazy_t(
        "Who is hired lives where the open cases are farthest from everybody, with the hours,"
        " means of travel and agency that most have; a team is part of every larger one "
        "(default of the house)."
    ),
    lazy_t(
        "Promises given are for a week later, and half of them are kept, unless the question "
        "says another share. Nobody met: again after a day; met without a result: after seven "
        "(defaults of the house)."
    ),
    lazy_t(
        "Absence, growth, the share that is enough and what people cost are those of the "
        "question; unless changed, defaults of the house. Expected to bring: the chance to "
        "pay, if met, times what is overdue."
    ),
    lazy_t(
        "Knee: the point farthest above the line from the smallest team to the largest "
        "(Satopaa, Albrecht, Irwin and Raghavan 2011). Break-even: of the teams known, the "
        "one whose expected money less its cost is greatest."
    ),
    lazy_t("Who cannot be visited on any of the days is told apart and does not count as missed."),
)


STAFF_COST = lazy_t(
    "Staff cost: every shift that somebody comes to, whether she goes out or not, and overtime; "
    "shared by the visits, or the meetings, that are expected. Crew-hour cost under Figures is "
    "another: the hours that crews were out, by the city's price of an hour."
)
"""What is in the cost of this page, and how that of *Figures* differs."""


def asked_in_words(question: Question) -> str:
    """Return what was asked: the target, and the levers that make this scenario another."""
    return t("; ").join(_levers(question))


def _levers(question: Question) -> Iterator[str]:
    one = question.scenario
    yield t(
        "from %(bucket)s on within %(days)d days",
        bucket=one.target.from_bucket,
        days=one.target.within_days,
    )
    yield t("beginning %(day)s", day=day_short(question.first))
    yield "–".join(f"{at:%H:%M}" for at in one.hours) if one.hours else t("hours of the book")
    yield tn("%(num)d day a week", "%(num)d days a week", one.days_a_week)
    if one.weekends:
        yield t("weekends worked")
    yield t("%(share)s absent", share=percent_asked(one.absence))
    if one.growth:
        yield t("%(share)s new a week", share=percent_asked(one.growth))
    if one.owners:
        yield t("owners: %(how)s", how=OWNER_POLICIES[one.owners])
    yield from besides(question)


def costs_in_words(question: Question, currency: str) -> str:
    """Return what money figures rest on, and in which currency they are."""
    wages = question.wages
    return t(
        "A shift costs %(shift)s, an hour of overtime %(hour)s; "
        "%(worth)s of expected money counts.",
        shift=money(wages.per_shift, currency),
        hour=money(wages.per_overtime_hour, currency),
        worth=percent_asked(wages.worth),
    )


def from_macro(name: str, told: Seen | TeamFigures) -> str:
    """Return in plain words what a macro of the page says of an answer, or of a team."""
    said = get_template_attribute("figures/headcount_macros.html", name)(told)
    return " ".join(str(said.unescape()).split())
