"""How many collectors are enough, as the command line tells it."""

from __future__ import annotations

from calendar import day_abbr
from collections.abc import Sequence
from dataclasses import replace
from math import isfinite
from typing import TYPE_CHECKING, Any

from web.cli.common import answer, answer_json, answer_table, say

if TYPE_CHECKING:
    from scheduler.headcount.figures import DistrictFigures, TeamFigures
    from scheduler.headcount.question import Answer
    from scheduler.headcount.scenario import Scenario, Target
    from scheduler.staffing.intervals import MeanOf

HEADERS = ("employed", "on shift", "on the road", "crews", "visited in time", "days waited")
BROUGHT_HEADERS = ("employed", "visits", "met", "recovered", "driving")
COST_HEADERS = ("employed", "overtime h", "staff cost", "per visit", "per met")
WEEK_HEADERS = ("weekday", "early", "late", "off")
DISTRICT_HEADERS = ("district", "cases", "visited in time", "on no day", "start here", "to hire")

WHY = {
    "rule": "a rule refuses it",
    "policy": "the city's policy asks for no visit",
    "not_today": "not due; an appointment or an open promise lies ahead",
    "held_back": "a dispatcher holds it back",
    "not_entrusted": "its agency may not work it",
    "other_agency": "another agency works it",
    "not_placed": "not placed: its address is not found closely enough",
    "no_lawful_window": "no lawful hour suits",
    "no_road": "no road leads there",
}
"""Why nobody could visit a case on any day, by reason."""

UNDONE = {
    "came_late": "the crew came when the hours were over",
    "hours_over": "the hours would have been over",
    "no_time": "no time left before the end of the shift",
    "for_a_must": "given up for a visit that must be made",
    "short_handed": "too few of the crew came, or not who has the skill",
    "nobody": "nobody of the crew came",
    "mate_missing": "the other crew did not come in time",
    "no_road": "no way leads there from where the crew was",
}
"""What keeps a crew from a visit that was planned, by its fate."""

SELDOM = 0.05
"""Of fewer visits nothing is told: they would stand there as 0."""

ASSUMED = (
    "What comes of visits is assumed, and how the book grows and promises are kept: "
    "docs/staffing.md says it."
)


def tell_team(team: TeamFigures) -> None:
    """Tell of each headcount once it is simulated: it may take minutes for all."""
    say(f"{team.employed} collectors: {_coverage(team)} visited in time{_idle(team)}")


def _idle(team: TeamFigures) -> str:
    """Say why a team makes no visit."""
    if not team.asked or team.made.mean:
        return ""
    if not team.on_shift:
        return "; nobody comes to work on any of the days" if team.employed else ""
    if team.unfit_on_shift >= team.on_shift:
        return "; nobody goes out: the certificates of all who come have expired"
    if not team.on_road:
        return "; nobody goes out: of those who come no two may go together, or nobody fits a visit"
    return ""


def tell_answer(found: Answer, scenario: Scenario, rests: str, *, as_json: bool) -> None:
    asked = ", and ".join(_of_target(one) for one in scenario.targets)
    of_whom = f"{100 * found.share:g}% of the cases {asked}"
    if as_json:
        words = {"smallest": found.smallest, "knee": found.knee, "break_even": found.break_even}
        answer_json(
            {**words, "share": found.share, "teams": [_in_json(one) for one in found.teams]}
        )
        return
    if found.is_of_nobody:
        answer(f"[bold]Nobody can be visited[/] on any day, whatever the team: no case {asked}.")
    elif found.smallest is None:
        answer(f"[bold]No team[/] of up to {found.teams[-1].employed} visits {of_whom}.")
        _tell_hardest(found.teams[-1], scenario)
    else:
        answer(f"[bold]{found.smallest} collectors[/] visit {of_whom}.")
    if not found.is_of_nobody:
        _tell_doubt(found)
    _table(found.teams, rests)
    best = next((one for one in found.teams if one.employed == found.smallest), found.teams[-1])
    _of_team(best, scenario)
    if found.knee is not None:
        answer(f"Beyond {found.knee} each one more adds less than those before.")
    if found.break_even is not None:
        answer(f"Up to {found.break_even} the last one brings what she costs, as assumed.")
    elif found.teams[-1].employed and not found.is_of_nobody:
        answer("No team is expected to bring what it costs.")


def _in_json(team: TeamFigures) -> dict[str, Any]:
    """Return a team as it is kept, but for small districts: these stand together."""
    from scheduler.headcount.small_districts import told_of
    from web.headcount.kept import told

    return told(replace(team, districts=told_of(team.districts)))


def _tell_hardest(team: TeamFigures, scenario: Scenario) -> None:
    """Say which of several targets keeps a team from being enough."""
    if team.coverages:
        each = zip(scenario.targets, team.coverages, strict=True)
        target, share = min(each, key=lambda one: one[1].mean)
        answer(f"Hardest is {_of_target(target)}: {team.employed} visit {share.mean:.1%}.")


def _tell_doubt(found: Answer) -> None:
    """Say what the bands leave open: of the teams that are known which might do, and which do."""
    might, surely = found.perhaps, found.surely
    if might is not None and might != found.smallest:
        answer(f"By their bands {might} might be enough.")
    if surely is not None and surely != found.smallest:
        answer(f"{surely} are enough by their whole band.")
    elif surely is None and found.smallest is not None:
        answer("None of these teams is enough by its whole band.")
    if found.fall is not None:
        fewer, more = found.fall
        answer(
            f"{more} visit fewer in time than {fewer}, beyond their bands: they go in other pairs, "
            "or to other cases. Teams that were not tried may be enough, too."
        )


def tell_teams(
    teams: Sequence[TeamFigures], scenario: Scenario, rests: str, *, as_json: bool
) -> None:
    if as_json:
        answer_json({"teams": [_in_json(one) for one in teams]})
    else:
        _table(teams, rests)
        for one in teams:
            _of_team(one, scenario)


def _of_team(team: TeamFigures, scenario: Scenario) -> None:
    """Tell what is told of one team alone: targets, districts, its week, what it does not make."""
    _targets(team, scenario)
    _unfit(team)
    _districts(team)
    _week(team)
    for fate, count in sorted(team.undone.items(), key=lambda one: -one[1]):
        why = UNDONE.get(fate.name.lower())
        if why and count >= SELDOM:
            say(f"{team.employed} collectors: {count:,.1f} visits planned and not made: {why}")


def _week(team: TeamFigures) -> None:
    """Tell how many work on which day, where that was settled."""
    if team.week:
        rows = [
            (day_abbr[at], f"{one.early}", f"{one.late}", f"{team.employed - one.early - one.late}")
            for at, one in enumerate(team.week)
        ]
        title = f"The week, {team.employed} collectors"
        answer_table(title, WEEK_HEADERS, rows, right=WEEK_HEADERS[1:])


def _unfit(team: TeamFigures) -> None:
    """Tell who is paid and cannot be sent: how many, and until when certificates held."""
    if not team.unfit:
        return
    from scheduler.headcount.unfit import all_unfit

    count = all_unfit(team.unfit)
    until = ", ".join(f"{one.expired} ({one.collectors})" for one in team.unfit)
    say(
        f"{count} of {team.employed} employed {'is' if count == 1 else 'are'} paid and cannot be "
        f"sent, {team.unfit_on_shift:.1f} of those who come on a mean day: certificates held until "
        f"{until}. --renewed tells what renewing brings."
    )


def _targets(team: TeamFigures, scenario: Scenario) -> None:
    """Tell of each target, where there are several, how much is done in time."""
    for target, share in zip(scenario.targets, team.coverages, strict=False):
        say(f"{team.employed} collectors, {_of_target(target)}: {_percent(share)}")


def _of_target(one: Target) -> str:
    days = "1 day" if one.within_days == 1 else f"{one.within_days} days"
    return f"from {one.from_bucket} on within {days}"


def _districts(team: TeamFigures) -> None:
    """Tell where cases wait, and where to hire: districts, small ones together, and no door."""
    from scheduler.headcount.small_districts import told_of

    if len(team.districts) < 2:
        return
    rows = [
        (
            _named(one),
            f"{one.asked:,}",
            _coverage(one),
            f"{one.never:,}",
            f"{one.collectors:,}" + (f", {one.unfit} unfit" if one.unfit else ""),
            f"{one.hired:,}",
        )
        for one in told_of(team.districts)
    ]
    title = f"Districts, {team.employed} collectors"
    answer_table(title, DISTRICT_HEADERS, rows, right=DISTRICT_HEADERS[1:])


def _named(one: DistrictFigures) -> str:
    from scheduler.headcount.small_districts import TOGETHER

    unnamed = {0: "not placed", TOGETHER: "small ones, together"}
    return one.name or unnamed.get(one.number, f"area {one.number}")


def _table(teams: Sequence[TeamFigures], rests: str) -> None:
    _figures("Teams", HEADERS, [_row(one) for one in teams])
    _figures("What they bring", BROUGHT_HEADERS, [_brought_row(one) for one in teams])
    _figures("What they cost", COST_HEADERS, [_cost_row(one) for one in teams])
    unserved = teams[-1].unserved if teams else {}
    for reason, count in sorted(unserved.items()):
        cases = "1 case" if count == 1 else f"{count:,} cases"
        say(f"{cases} could be visited on no day: {WHY.get(reason, reason)}")
        if reason == "rule":
            _rules(teams[-1])
    for one in teams:
        if one.how_far:
            say(_far(one))
    if teams:
        say(_of_bands(teams[0]))
    say(rests)


def _rules(team: TeamFigures) -> None:
    """Name the rules that refuse, those of most cases first."""
    from web.compliance.words import rule_title

    for rule, count in sorted(team.refused_by.items(), key=lambda one: (-one[1], one[0])):
        say(f"  {count:,}: {rule_title(rule)}")


def _figures(title: str, headers: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print figures; so few columns stand side by side that 80 characters hold them whole."""
    answer_table(title, headers, rows, right=headers, whole=headers)


def _of_bands(one: TeamFigures) -> str:
    """Say what a figure's ± covers."""
    if one.paths == 1:
        return (
            "± is what the drives of one path differ by, and too narrow: with other luck in the "
            "first days the book may end some points away. Ask for more --paths."
        )
    return (
        f"± is half the 95% interval of a mean over {one.paths} paths of the book, "
        "each with luck of its own."
    )


def _far(one: TeamFigures) -> str:
    """Say how far the two modes differ for a team."""
    points = one.how_far["coverage"]
    return (
        f"{one.employed} collectors: feedback mode covers {100 * points.mean:+.1f} ± "
        f"{100 * points.half_width:.1f} points more than execution mode, with "
        f"{one.how_far['made'].mean:+,.1f} visits"
    )


def _row(one: TeamFigures) -> tuple[str, ...]:
    return (
        f"{one.employed}",
        f"{one.on_shift:.1f}",
        f"{one.on_road:.1f}",
        "–" if one.crews is None else f"{one.crews:.1f}",
        _coverage(one),
        "–" if one.waited is None else f"{one.waited.mean:.1f} ± {one.waited.half_width:.1f}",
    )


def _brought_row(one: TeamFigures) -> tuple[str, ...]:
    share = one.driving_share
    return (
        f"{one.employed}",
        *map(_number, (one.made, one.met, one.recovered)),
        f"{share.mean:.0%} ± {share.half_width:.0%}",
    )


def _cost_row(one: TeamFigures) -> tuple[str, ...]:
    costs = (one.overtime_hours, one.cost, one.cost_per_visit, one.cost_per_met)
    return (f"{one.employed}", *map(_number, costs))


def _coverage(one: TeamFigures | DistrictFigures) -> str:
    """Write which share is visited in time; nothing where nobody can be."""
    return _percent(one.coverage) if one.asked else "–"


def _percent(mean: MeanOf) -> str:
    return f"{mean.mean:.1%} ± {mean.half_width:.1%}"


def _number(mean: MeanOf) -> str:
    """Write a mean with half its interval; nothing where there is none."""
    return f"{mean.mean:,.0f} ± {mean.half_width:,.0f}" if isfinite(mean.mean) else "–"
