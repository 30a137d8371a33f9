"""Figures of what came of visits: for the desk, for scorecards and for a policy's review."""

from scheduler.figures.coverage import WITHIN_DAYS, Covered, Stale, coverage, covered, stalest
from scheduler.figures.facts import (
    Facts,
    MadeVisit,
    OpenCase,
    Paid,
    Prices,
    Span,
    ToldPromise,
    Traits,
    Trip,
)
from scheduler.figures.grouping import (
    ALL,
    PERIODS,
    FigureTable,
    Group,
    Line,
    Only,
    figure_table,
    figure_tables,
)
from scheduler.figures.review import Compared, Measure, Succession, review, successions
from scheduler.figures.scorecards import Card, agency_cards, collector_cards
from scheduler.figures.share import Difference, Mean, Share
from scheduler.figures.small_districts import covered_without_small, without_small
from scheduler.figures.tally import Tally
from scheduler.figures.weights import Part, Weights

__all__ = [
    "ALL",
    "PERIODS",
    "WITHIN_DAYS",
    "Card",
    "Compared",
    "Covered",
    "Difference",
    "Facts",
    "FigureTable",
    "Group",
    "Line",
    "MadeVisit",
    "Mean",
    "Measure",
    "Only",
    "OpenCase",
    "Paid",
    "Part",
    "Prices",
    "Share",
    "Span",
    "Stale",
    "Succession",
    "Tally",
    "ToldPromise",
    "Traits",
    "Trip",
    "Weights",
    "agency_cards",
    "collector_cards",
    "coverage",
    "covered",
    "covered_without_small",
    "figure_table",
    "figure_tables",
    "review",
    "stalest",
    "successions",
    "without_small",
]
