"""What her own pages call things."""

from __future__ import annotations

from scheduler.figures.own import Stood
from web.language import lazy_t

STOOD = {
    Stood.DUE: lazy_t("due now"),
    Stood.OPEN: lazy_t("open"),
    Stood.BROKEN: lazy_t("broken"),
    Stood.PARTLY_KEPT: lazy_t("kept in part"),
    Stood.UNTOLD: lazy_t("its day is over, payments are not known"),
    Stood.KEPT: lazy_t("kept"),
}
"""In the order in which promises are told."""

COUNTS = {
    "visits": lazy_t("Visits made"),
    "promises": lazy_t("Promises given to you"),
    "let_be": lazy_t("Doors that a rule closed, and you let be"),
    "complaints": lazy_t("Complaints"),
}
SHARES = {
    "met": lazy_t("Borrower met"),
    "promised": lazy_t("Promised, of those met"),
    "kept": lazy_t("Promises kept, of those due"),
    "told_soon": lazy_t("Result told within 15 minutes of leaving"),
    "on_time": lazy_t("At the door at most 15 minutes after the plan"),
}
"""The minutes are TOLD_WITHIN and ON_TIME of scheduler/figures/own.py; a test holds them to it."""

AS_BEFORE = lazy_t("as in the weeks before")
MORE = lazy_t("more than in the weeks before")
LESS = lazy_t("less than in the weeks before")
FEW = lazy_t("too few to tell")
