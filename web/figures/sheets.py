"""The sheets of a file of figures."""

from __future__ import annotations

from data.exports.figures import Sheet, coverage_sheet, figure_sheet
from scheduler.figures import Facts, Group
from web.figures.room import Asked
from web.figures.shown import shown
from web.language import t


def sheets_of(facts: Facts, asked: Asked, language: str) -> list[Sheet]:
    """Return figures over time and by a group, and the coverage by bucket and by district."""
    tables = shown(facts, asked)
    notes = [
        t("%(first)s to %(last)s", first=facts.span.first, last=facts.span.last),
        t(
            "A payment is put down to the last visit that met the borrower in the %(days)d days "
            "before it, and counts once; this proves no cause.",
            days=facts.days_to_pay,
        ),
    ]
    return [
        figure_sheet(tables.over_time, language, notes),
        figure_sheet(tables.grouped, language),
        coverage_sheet(tables.by_bucket, Group.BUCKET, language),
        coverage_sheet(tables.by_district, Group.DISTRICT, language),
    ]
