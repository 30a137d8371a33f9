"""The page that says when people are in: assumed, learned, and how well that has held."""

from __future__ import annotations

from dataclasses import dataclass

from flask import g

from scheduler.availability import PRIORS, SLOTS, Asked, LearnedOdds, Odds
from scheduler.calendar import DayKind
from scheduler.model import PlaceKind
from scheduler.rules import Fact
from web.auth.access import needs
from web.context import today_here, wired
from web.figures.charts import SIZE, height
from web.figures.room import READERS, figures
from web.figures.room import page as a_page
from web.language import lazy_t
from web.map.words import PLACE_KINDS

DAY_KINDS = {
    DayKind.WORKING: lazy_t("Working days"),
    DayKind.WEEKEND: lazy_t("Weekends"),
    DayKind.HOLIDAY: lazy_t("Holidays"),
    DayKind.MAKE_UP: lazy_t("Days worked to make up"),
}
FIRST, END = 16, 42
"""Half hours of 08:00 and 21:00, between which visits are made nearly everywhere."""
TOLD_AT = range(18, END, 2)
"""Half hours that stand in the table."""


@dataclass(frozen=True, slots=True)
class Course:
    """The chance of meeting somebody over a day, as steps of SVG and at some hours.

    `learned` is '' where nothing was learned; `hours` are (hour, assumed, by now).
    """

    kind: PlaceKind
    day: DayKind
    visits: int
    assumed: str
    learned: str
    hours: tuple[tuple[str, float, float], ...]


@figures.get("/<city>/figures/people-in")
@needs(*READERS)
def people_in(city: str) -> str:
    """Show when people are met, by place kind and kind of day; nobody is named."""
    store, today = wired().store, today_here()
    odds = store.odds(city, today)
    return a_page(
        "people_in",
        "people_in",
        odds=odds,
        learns=g.city.learns_availability,
        courses=[course(odds, kind, day) for kind in PlaceKind for day in DayKind],
        judged=store.calibration(city, today),
        drifting=store.drifting(city, today),
        assumptions=assumptions(),
        kinds=PLACE_KINDS,
        days=DAY_KINDS,
    )


def course(odds: Odds, kind: PlaceKind, day: DayKind) -> Course:
    """Return the course of a day at a place kind: of somebody of whom nothing else is known."""
    asked = Asked(kind, day)
    assumed = PRIORS.curve(asked)
    learned = odds if isinstance(odds, LearnedOdds) else None
    by_now = [float(p) for p in learned.chances(asked)] if learned else list(assumed)
    return Course(
        kind,
        day,
        learned.visits.get((kind, day), 0) if learned else 0,
        steps(assumed),
        steps(by_now) if learned else "",
        tuple((f"{slot // 2:02}:00", assumed[slot], by_now[slot]) for slot in TOLD_AT),
    )


def steps(chances: list[float] | tuple[float, ...]) -> str:
    """Return the chances of the hours shown as the points of a line with steps."""
    assert len(chances) == SLOTS
    width = SIZE / (END - FIRST)
    corners = []
    for i, p in enumerate(chances[FIRST:END]):
        corners += [(i * width, p), ((i + 1) * width, p)]
    return " ".join(f"{x:.2f},{height(p)}" for x, p in corners)


def assumptions() -> list[tuple[str, str, Fact]]:
    """Return the assumptions that are single figures: what about, at what kind of place, which."""
    of_kinds = [(str(PLACE_KINDS[kind]), one) for kind, one in PRIORS.kinds.items()]
    valid = [("valid", kind, one.valid) for kind, one in of_kinds]
    answers = [("answers", kind, one.answers) for kind, one in of_kinds]
    return [*valid, *answers, ("repeat", "", PRIORS.repeat), ("stated", "", PRIORS.stated)]
