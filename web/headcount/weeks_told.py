"""What is told of a team's weeks besides its figures: who works when, and what it does not make."""

from __future__ import annotations

from collections.abc import Mapping

from babel.dates import get_day_names
from flask_babel import LazyString, get_locale

from scheduler.headcount.figures import TeamFigures
from scheduler.staffing.fates import Fate
from web.language import lazy_t

WAITED = lazy_t(
    "Days waited: how many days a case waits for its first visit on average; who is not visited "
    "waits to the last day."
)

WHY_UNDONE: Mapping[Fate, LazyString] = {
    Fate.CAME_LATE: lazy_t("the crew came when the hours were over"),
    Fate.HOURS_OVER: lazy_t("the hours would have been over"),
    Fate.NO_TIME: lazy_t("no time left before the end of the shift"),
    Fate.FOR_A_MUST: lazy_t("given up for a visit that must be made"),
    Fate.SHORT_HANDED: lazy_t("too few of the crew came, or not who has the skill"),
    Fate.NOBODY: lazy_t("nobody of the crew came"),
    Fate.MATE_MISSING: lazy_t("the other crew did not come in time"),
    Fate.NO_ROAD: lazy_t("no way leads there from where the crew was"),
}
"""What keeps a crew from a visit that was planned, by its fate."""

SELDOM = 0.05
"""Of fewer visits nothing is told: they would stand there as 0."""


def undone_of(team: TeamFigures) -> list[tuple[str, float]]:
    """Return how many planned visits are not made, by what keeps the team from them; most first."""
    some = ((why, n) for why, n in team.undone.items() if why in WHY_UNDONE and n >= SELDOM)
    return [(str(WHY_UNDONE[why]), n) for why, n in sorted(some, key=lambda one: -one[1])]


def week_of(team: TeamFigures) -> list[tuple[str, int, int, int]]:
    """Return by weekday how many of a team work early, work late and are off; Monday first."""
    names = get_day_names("abbreviated", locale=get_locale() or "en")
    return [
        (names[at], one.early, one.late, team.employed - one.early - one.late)
        for at, one in enumerate(team.week)
    ]
