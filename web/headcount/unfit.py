"""Collectors who are paid and cannot be sent, in words: counts and dates, never a name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from scheduler.headcount.figures import TeamFigures
from scheduler.headcount.unfit import Unfit, all_unfit, unfit_by
from scheduler.model import Collector
from web.headcount.form import Form
from web.headcount.levers import USUAL
from web.language import t, tn


def unfit_of_team(team: TeamFigures) -> str:
    """Say who of a team is employed and cannot be sent; nothing where everybody can be."""
    if not team.unfit:
        return ""
    said = tn(
        "%(num)d of %(employed)d employed is paid and cannot be sent: %(when)s.",
        "%(num)d of %(employed)d employed are paid and cannot be sent: %(when)s.",
        all_unfit(team.unfit),
        employed=team.employed,
        when=t(", ").join(_when(team.unfit, team.days[0])),
    )
    stay = t(
        "On a mean day worked %(count)s of them come and stay.",
        count=f"{team.unfit_on_shift:.1f}",
    )
    renewing = t(
        "To see what renewing brings, ask once more with certificates renewed (More, The team)."
    )
    return " ".join((said, stay, renewing))


def unfit_of_book(people: Sequence[Collector], form: Form, first: date) -> str:
    """Say who of the book cannot be sent within the days that a form asks for."""
    asked = form.values["within"]
    within = int(asked) if asked.isdecimal() and len(asked) < 4 else USUAL.target.within_days
    told = unfit_by(people, first + timedelta(days=max(0, within - 1)))
    if not told:
        return ""
    return tn(
        "%(num)d of %(count)d collectors in the book cannot be sent: %(when)s.",
        "%(num)d of %(count)d collectors in the book cannot be sent: %(when)s.",
        all_unfit(told),
        count=len(people),
        when=t(", ").join(_when(told, first)),
    )


def _when(told: Sequence[Unfit], first: date) -> Iterator[str]:
    for one in told:
        day, count = str(one.expired), one.collectors
        if one.expired < first:
            yield tn(
                "certificate expired on %(day)s (%(num)d)",
                "certificates expired on %(day)s (%(num)d)",
                count,
                day=day,
            )
        else:
            yield tn(
                "certificate ends on %(day)s (%(num)d)",
                "certificates end on %(day)s (%(num)d)",
                count,
                day=day,
            )
