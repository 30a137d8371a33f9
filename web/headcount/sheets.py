"""The sheets of an answer: teams, their coverage by day, and who could be visited on no day."""

from __future__ import annotations

from collections.abc import Sequence
from math import isfinite

from data.exports.figures import Sheet
from data.exports.table import Cell
from scheduler.headcount.figures import TeamFigures
from scheduler.plan import Reason
from scheduler.staffing.intervals import MeanOf
from scheduler.told_together import FEWEST
from web.compliance.words import rule_title
from web.dispatch.words import REASONS
from web.formats import percent_asked
from web.headcount.said import ASSUMED, STAFF_COST, asked_in_words, costs_in_words, from_macro
from web.headcount.seen import Seen
from web.headcount.unfit import unfit_of_team
from web.headcount.weeks_told import WAITED, undone_of, week_of
from web.headcount.where import lines_of
from web.language import t, tn

SHARE_DIGITS, DIGITS = 4, 1


def sheets_of(seen: Seen, team: TeamFigures | None, currency: str) -> list[Sheet]:
    """Return all figures of an answer, by district those of a team; shares are shares of 1."""
    sheets = [teams_sheet(seen, currency), days_sheet(seen.teams)]
    if team is not None and team.districts:
        sheets.append(districts_sheet(team, seen.question.share))
    if len(seen.question.scenario.targets) > 1:
        sheets.append(targets_sheet(seen))
    if seen.unserved:
        sheets.append(unserved_sheet(seen))
    if team is not None and undone_of(team):
        sheets.append(undone_sheet(team))
    if team is not None and team.week:
        sheets.append(week_sheet(team))
    return [*sheets, assumed_sheet()]


def targets_sheet(seen: Seen) -> Sheet:
    """Return the share that is visited in time of each target, a line for each team and target."""
    targets = seen.question.scenario.targets
    rows: list[list[Cell]] = [
        [team.employed, f"{target.from_bucket}:{target.within_days}", *mean(share, SHARE_DIGITS)]
        for team in seen.teams
        for target, share in zip(targets, team.coverages, strict=True)
    ]
    headers = [t("Employed"), t("Target"), *with_interval(t("Visited in time"))]
    return Sheet(t("Targets"), headers, rows)


def teams_sheet(seen: Seen, currency: str) -> Sheet:
    """Return a line for each team; a mean stands with half its 95 % interval."""
    headers = [
        t("Employed"),
        t("On shift"),
        t("On the road"),
        t("Cannot be sent"),
        t("Crews"),
        *with_interval(t("Visited in time")),
        *with_interval(t("Days waited")),
        *with_interval(t("Visits")),
        *with_interval(t("Borrowers met")),
        *with_interval(t("Expected to bring")),
        *with_interval(t("Overtime, hours")),
        *with_interval(t("Driving, share of time")),
        *with_interval(t("Staff cost")),
        *with_interval(t("Staff cost per visit")),
        *with_interval(t("Staff cost per met borrower")),
    ]
    rows = [team_row(one) for one in seen.teams]
    return Sheet(t("Teams"), headers, rows, notes_of(seen, currency))


def notes_of(seen: Seen, currency: str) -> list[str]:
    """Return what was asked, from when on, what it costs, and what the intervals cover."""
    target = seen.question.scenario.target
    notes = [
        t(
            "To visit %(share)s of the cases from %(bucket)s on in %(days)d days from %(first)s on",
            share=percent_asked(seen.question.share),
            bucket=target.from_bucket,
            days=target.within_days,
            first=seen.question.first,
        ),
        asked_in_words(seen.question),
        costs_in_words(seen.question, currency),
        *filter(None, (from_macro(name, seen) for name in ("of_money", "of_bands", "of_sums"))),
        *(from_macro("of_modes", one) for one in seen.teams if one.how_far),
        str(WAITED),
        *(f"{one.employed}: {said}" for one in seen.teams if (said := unfit_of_team(one))),
        t("Simulated with the house's assumptions; a forecast, no promise."),
    ]
    if not seen.is_whole:
        notes.append(t("Stopped before all teams were known."))
    return notes


def team_row(team: TeamFigures) -> list[Cell]:
    """Return a team's figures as cells."""
    return [
        team.employed,
        round(team.on_shift, DIGITS),
        round(team.on_road, DIGITS),
        round(team.unfit_on_shift, DIGITS),
        None if team.crews is None else round(team.crews, DIGITS),
        *mean(team.coverage, SHARE_DIGITS),
        *(mean(team.waited, SHARE_DIGITS) if team.waited else (None, None)),
        *mean(team.made),
        *mean(team.met),
        *mean(team.recovered),
        *mean(team.overtime_hours),
        *mean(team.driving_share, SHARE_DIGITS),
        *mean(team.cost),
        *mean(team.cost_per_visit),
        *mean(team.cost_per_met),
    ]


def days_sheet(teams: Sequence[TeamFigures]) -> Sheet:
    """Return the share visited by the end of each day, a column for each team."""
    days = teams[-1].days if teams else ()
    rows: list[list[Cell]] = [
        [str(day), *(round(one.reached[at].mean, SHARE_DIGITS) for one in teams)]
        for at, day in enumerate(days)
    ]
    headers = [t("Day"), *(str(one.employed) for one in teams)]
    note = t("Share visited by the end of each day, a column for each number of collectors")
    return Sheet(t("Visited by day"), headers, rows, [note])


def districts_sheet(team: TeamFigures, enough: float) -> Sheet:
    """Return a line for each district, those with few cases together as on the page."""
    headers = [t("District"), t("Cases"), *with_interval(t("Visited in time"))]
    headers += [t("Start here"), t("Hire here"), t("Of them, cannot be sent")]
    rows = [
        [
            one.name,
            t("fewer than %(few)d", few=FEWEST)
            if one.coverage is None and one.asked
            else one.asked,
            *(mean(one.coverage, SHARE_DIGITS) if one.coverage else (None, None)),
            one.collectors,
            one.hired,
            one.unfit,
        ]
        for one in lines_of(team, enough)
    ]
    title = tn("Districts, %(num)d collector", "Districts, %(num)d collectors", team.employed)
    return Sheet(title, headers, rows, [title])


def unserved_sheet(seen: Seen) -> Sheet:
    """Return how many cases could be visited on no day, by reason and the rule that refuses."""
    rows: list[list[Cell]] = []
    for why, count in seen.unserved:
        named = [(rule_title(rule), of) for rule, of in seen.refused_by]
        lines = named if why is Reason.RULE and named else [(None, count)]
        rows += [[str(REASONS[why][0]), rule, of] for rule, of in lines]
    headers = [t("Visited on no day, whatever the team"), t("Rule"), t("Cases")]
    return Sheet(t("Visited on no day"), headers, rows)


def undone_sheet(team: TeamFigures) -> Sheet:
    """Return how many planned visits a team does not make, by what keeps it from them."""
    rows: list[list[Cell]] = [[why, round(count, DIGITS)] for why, count in undone_of(team)]
    title = tn(
        "Planned and not made by %(num)d collector",
        "Planned and not made by %(num)d collectors",
        team.employed,
    )
    return Sheet(t("Planned and not made"), [title, t("Visits")], rows)


def week_sheet(team: TeamFigures) -> Sheet:
    """Return how many of a team work on each weekday."""
    rows: list[list[Cell]] = [[*one] for one in week_of(team)]
    title = tn("The week of %(num)d collector", "The week of %(num)d collectors", team.employed)
    return Sheet(title, [t("Weekday"), t("Early shift"), t("Late shift"), t("Off duty")], rows)


def assumed_sheet() -> Sheet:
    """Return what is assumed, a line for each."""
    title = t("What is assumed")
    return Sheet(title, [title], [[str(one)] for one in (*ASSUMED, STAFF_COST)])


def with_interval(header: str) -> tuple[str, str]:
    return header, f"{header} ±"


def mean(told: MeanOf, digits: int = DIGITS) -> tuple[Cell, Cell]:
    return known(told.mean, digits), known(told.half_width, digits)


def known(value: float, digits: int = DIGITS) -> Cell:
    return round(value, digits) if isfinite(value) else None
