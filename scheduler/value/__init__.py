"""What a visit is worth today, in money, term by term; and which visits are beyond money."""

from scheduler.value.musts import days_waiting, is_must_visit
from scheduler.value.prices import P_PAID_IF_MET, VisitPrices
from scheduler.value.terms import Term, Value
from scheduler.value.visit import visit_value

__all__ = [
    "P_PAID_IF_MET",
    "Term",
    "Value",
    "VisitPrices",
    "days_waiting",
    "is_must_visit",
    "visit_value",
]
