"""The curves as the page's script draws them: numbers, and a sentence for each point."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from scheduler.headcount.figures import TeamFigures
from scheduler.headcount.question import Answer
from scheduler.staffing.intervals import MeanOf
from web.formats import day_short, percent_tenths
from web.language import t, tn

DIGITS = 4
"""Of a share: a hundredth of a percent is finer than any screen."""


def live_over_employed(answer: Answer, largest: int, shown: int | None = None) -> dict[str, Any]:
    """Return coverage over collectors employed; who of them goes out stands under the axis.

    `rows` are what is written below each known headcount, `said` the sentence that tells a point,
    `shown` the headcount at which one looks first: of none named, the smallest that is enough.
    """
    teams, marks = answer.teams, marks_of(answer)
    rows = [
        {"label": t("employed"), "values": [str(one.employed) for one in teams]},
        {"label": t("on shift"), "values": [f"{one.on_shift:.1f}" for one in teams]},
        {"label": t("on the road"), "values": [f"{one.on_road:.1f}" for one in teams]},
        {"label": t("crews"), "values": [crews_of(one) for one in teams]},
    ]
    if any(one.unfit for one in teams):
        stay = [f"{one.unfit_on_shift:.1f}" for one in teams]
        rows.append({"label": t("cannot be sent"), "values": stay})
    told = _lines([one.employed for one in teams], [one.coverage for one in teams])
    said = [said_of(one) for one in teams]
    first = answer.smallest if shown is None else shown
    more = {"most": largest, "rows": rows, "said": said, "goal": answer.share, "shown": first}
    return told | more | marks


def live_over_days(team: TeamFigures) -> dict[str, Any]:
    """Return the share that is visited by the end of each day; before the first it is none."""
    shares = [MeanOf(0, 0, 1), *team.reached]
    days = ["", *map(day_short, team.days)]
    said = [
        t("%(day)s: %(share)s visited by its end", day=day, share=with_half(share))
        for day, share in zip(days[1:], team.reached, strict=True)
    ]
    told = _lines(list(range(len(shares))), shares)
    rows = [{"label": t("by the end of"), "values": days}]
    before = t("Before the first day nobody is visited.")
    return told | {
        "most": len(team.days),
        "rows": rows,
        "said": [before, *said],
        "goal": None,
        "shown": None,
        "marks": [],
    }


def marks_of(answer: Answer) -> dict[str, Any]:
    """Return the headcounts that are marked, each with the word beside its line."""
    found = (
        ("smallest", t("enough"), answer.smallest),
        ("knee", t("knee"), answer.knee),
        ("break_even", t("break-even"), answer.break_even),
    )
    marks = [
        {"what": what, "at": at, "words": f"{at} {words}"}
        for what, words, at in found
        if at is not None
    ]
    return {"marks": marks}


def said_of(team: TeamFigures) -> str:
    """Tell a team in a sentence."""
    said = tn(
        "%(num)d employed: %(share)s visited in time; %(shift)s on shift, %(road)s on the road, "
        "crews: %(crews)s",
        "%(num)d employed: %(share)s visited in time; %(shift)s on shift, %(road)s on the road, "
        "crews: %(crews)s",
        team.employed,
        share=with_half(team.coverage),
        shift=f"{team.on_shift:.1f}",
        road=f"{team.on_road:.1f}",
        crews=crews_of(team),
    )
    if not team.unfit:
        return said
    return said + t("; cannot be sent: %(count)s", count=f"{team.unfit_on_shift:.1f}")


def crews_of(team: TeamFigures) -> str:
    """Return in how many crews a team goes out; answers of before it was told do not know."""
    return "–" if team.crews is None else f"{team.crews:.1f}"


def with_half(share: MeanOf) -> str:
    """Return a share with half its interval, as the table has it."""
    return f"{percent_tenths(share.mean)} ± {100 * share.half_width:.1f}"


def _lines(at: Sequence[int], shares: Sequence[MeanOf]) -> dict[str, Any]:
    return {
        "x": list(at),
        "mean": [round(share.mean, DIGITS) for share in shares],
        "low": [round(max(0.0, share.low), DIGITS) for share in shares],
        "high": [round(min(1.0, share.high), DIGITS) for share in shares],
    }
