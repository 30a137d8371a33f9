"""An answer as a PDF: the question, the curve with its band, figures, districts, assumptions."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from data.exports.day import BAND as MADE_UP
from data.exports.figures import Sheet
from data.exports.sheets.band import Band, Mark
from data.exports.sheets.report import Report, write_report
from data.exports.table import Cell
from scheduler.headcount.figures import TeamFigures
from scheduler.model import City
from web.context import wired
from web.formats import moment, number, percent
from web.headcount.live import crews_of, live_over_employed, with_half
from web.headcount.said import ASSUMED, STAFF_COST, asked_in_words, costs_in_words, from_macro
from web.headcount.seen import Seen
from web.headcount.sheets import (
    districts_sheet,
    targets_sheet,
    undone_sheet,
    unserved_sheet,
    week_sheet,
)
from web.headcount.unfit import unfit_of_team
from web.headcount.weeks_told import WAITED, undone_of
from web.headcount.where import lines_of
from web.language import is_chinese, t


def pdf_of(seen: Seen, team: TeamFigures, city: City) -> bytes:
    """Return the answer on paper, in the language of who asks; counts alone, as on the page."""
    zone = ZoneInfo(city.zone)
    tables = [teams_table(seen)]
    if len(seen.question.scenario.targets) > 1:
        tables.append(targets_table(seen))
    if team.districts:
        tables.append(districts_table(team, seen.question.share))
    if seen.unserved:
        tables.append(unserved_sheet(seen))
    if undone_of(team):
        tables.append(undone_sheet(team))
    if team.week:
        tables.append(week_sheet(team))
    made_at = seen.job.made_at.astimezone(zone)
    told = (
        asked_in_words(seen.question),
        costs_in_words(seen.question, city.currency),
        from_macro("not_counted", seen),
        from_macro("of_team", team),
        unfit_of_team(team),
        from_macro("of_money", seen),
        from_macro("of_bands", seen),
        from_macro("of_modes", team),
        from_macro("of_sums", seen),
        str(WAITED),
    )
    return write_report(
        Report(
            " · ".join((t("How many collectors"), city.name, moment(seen.job.made_at, zone))),
            from_macro("sentence", seen),
            [one for one in told if one],
            curve_of(seen),
            tables,
            t("What is assumed"),
            [str(one) for one in (*ASSUMED, STAFF_COST)],
            made_at,
            "zh" if is_chinese() else "en",
            (MADE_UP,) if wired().home.is_made_up else (),
        )
    )


def curve_of(seen: Seen) -> Band:
    """Return coverage over collectors employed, as the page draws it."""
    live = live_over_employed(seen.answer, seen.largest)
    return Band(
        t("visited in time, over collectors employed"),
        live["x"],
        live["mean"],
        live["low"],
        live["high"],
        live["most"],
        rows=[(row["label"], row["values"]) for row in live["rows"]],
        goal=live["goal"],
        marks=[Mark(one["at"], one["words"]) for one in live["marks"]],
    )


def teams_table(seen: Seen) -> Sheet:
    """Return a line for each team, so few columns that a sheet of paper holds them."""
    headers = [
        t("Employed"),
        t("On shift"),
        t("On the road"),
        t("Crews"),
        t("Visited in time"),
        t("Days waited"),
        t("Visits"),
        t("Borrowers met"),
        t("Expected to bring"),
        t("Staff cost"),
        t("Staff cost per visit"),
        t("Staff cost per met borrower"),
        t("Overtime, hours"),
        t("Driving"),
    ]
    return Sheet(t("Teams"), headers, [team_row(one) for one in seen.teams])


def targets_table(seen: Seen) -> Sheet:
    """Return what is done in time of each target, as the page writes it."""
    sheet = targets_sheet(seen)
    shares = [with_half(one) for team in seen.teams for one in team.coverages]
    rows = [[*row[:2], share] for row, share in zip(sheet.rows, shares, strict=True)]
    return Sheet(sheet.title, sheet.headers[:3], rows)


def districts_table(team: TeamFigures, enough: float) -> Sheet:
    """Return a line for each district, as the page writes it."""
    sheet = districts_sheet(team, enough)
    told = [one.coverage for one in lines_of(team, enough)]
    shares = [with_half(one) if one else None for one in told]
    rows = [[*row[:2], share, *row[4:]] for row, share in zip(sheet.rows, shares, strict=True)]
    return Sheet(sheet.title, [*sheet.headers[:3], *sheet.headers[4:]], rows)


def team_row(one: TeamFigures) -> list[Cell]:
    """Return a team's figures as the page writes them."""
    return [
        one.employed,
        f"{one.on_shift:.1f}",
        f"{one.on_road:.1f}",
        crews_of(one),
        with_half(one.coverage),
        "–" if one.waited is None else f"{one.waited.mean:.1f}",
        *(number(round(told.mean)) for told in (one.made, one.met, one.recovered, one.cost)),
        *(_amount(cost.mean) for cost in (one.cost_per_visit, one.cost_per_met)),
        f"{one.overtime_hours.mean:.1f}",
        percent(one.driving_share.mean),
    ]


def _amount(cost: float) -> str | None:
    return number(round(cost)) if cost < float("inf") else None
