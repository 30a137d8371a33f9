"""The sheets of a file of figures."""

from __future__ import annotations

from data.exports.figures import Sheet, coverage_sheet, figure_sheet
from scheduler.figures import Facts, Group, coverage, figure_tables
from web.figures.room import Asked
from web.language import t


def sheets_of(facts: Facts, asked: Asked, language: str) -> list[Sheet]:
    """Return figures over time and by a group, and the coverage by bucket and by district."""
    cases = [one for one in facts.cases if asked.only.fits(one.traits)]
    over_time, grouped = figure_tables(facts, (asked.step, asked.by), asked.only)
    notes = [
        t("%(first)s to %(last)s", first=facts.span.first, last=facts.span.last),
        t(
            "A payment is put down to the last visit that met the borrower in the %(days)d days "
            "before it, and counts once; this proves no cause.",
            days=facts.days_to_pay,
        ),
    ]
    return [
        figure_sheet(over_time, language, notes),
        figure_sheet(grouped, language),
        *(
            coverage_sheet(coverage(cases, facts.today, group), group, language)
            for group in (Group.BUCKET, Group.DISTRICT)
        ),
    ]
