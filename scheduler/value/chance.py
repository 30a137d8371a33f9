"""P(paid | met): the bucket's prior, moved by her own history and by a lender's score.

Her history is a handful of facts, so it is shrunk to the prior: with `prior_weight` k, prior p,
s kept of n, it is (k p + s) / (k + n). A score that is not too old moves what comes of that by
`score_weight` of the way to itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta, tzinfo
from decimal import Decimal

from scheduler.dossier import Dossier
from scheduler.model import Case
from scheduler.payments import Payment
from scheduler.promises import Promise, PromiseStatus
from scheduler.scores import Score
from scheduler.value.prices import VisitPrices

KEPT: dict[PromiseStatus, Decimal] = {
    PromiseStatus.KEPT: Decimal(1),
    PromiseStatus.PARTLY_KEPT: Decimal("0.5"),
    PromiseStatus.BROKEN: Decimal(0),
}
"""Promises that have come to an end, and how far they were kept."""
THOUSANDTH = Decimal("0.001")


@dataclass(frozen=True, slots=True)
class Chance:
    """The chance that a met borrower pays on a case, and in words what it was made of."""

    p: Decimal
    note: str


def p_paid(case: Case, dossier: Dossier, on: date, zone: tzinfo, prices: VisitPrices) -> Chance:
    """Return P(paid | met, bucket, history, score) of a case on a day."""
    prior = prices.p_paid_if_met[case.bucket]
    notes = [f"{prior.normalize():f} paid if met ({case.bucket})"]
    p = prior
    since = on - timedelta(days=prices.history_days)
    kept, closed = _promises(dossier.promises, since, on)
    months = min(len(_paying_months(dossier.payments, since, on, zone)), prices.most_paying_months)
    if closed or months:
        weight = prices.prior_weight
        p = (weight * prior + kept + months) / (weight + closed + months)
        notes.append(
            f"{kept.normalize():f} of {closed} promises kept, {months} months with a payment: "
            f"{p.quantize(THOUSANDTH)}"
        )
    score = newest_score(case.id, dossier.scores, on)
    if score is not None:
        p, told = _moved(p, score, on, prices)
        notes.append(told)
    return Chance(p, "; ".join(notes))


def newest_score(case_id: str, scores: Iterable[Score], on: date) -> Score | None:
    """Return what was said last of a case up to a day."""
    hers = (each for each in scores if each.case_id == case_id and each.on <= on)
    return max(hers, key=lambda each: (each.on, each.source), default=None)


def _moved(p: Decimal, score: Score, on: date, prices: VisitPrices) -> tuple[Decimal, str]:
    said, oldest = score.chance.normalize(), prices.score_max_age_days
    if (on - score.on).days > oldest:
        return p, (
            f"score {said:f} of {score.source}, {score.on}: older than {oldest} days, ignored"
        )
    moved = p + prices.score_weight * (score.chance - p)
    return moved, f"score {said:f} of {score.source}, {score.on}: {moved.quantize(THOUSANDTH)}"


def _promises(promises: Sequence[Promise], since: date, on: date) -> tuple[Decimal, int]:
    """Return how many promises were kept, and how many came to an end."""
    ended = [KEPT[p.status] for p in promises if p.status in KEPT and since <= p.due <= on]
    return sum(ended, Decimal(0)), len(ended)


def _paying_months(
    payments: Sequence[Payment], since: date, on: date, zone: tzinfo
) -> set[tuple[int, int]]:
    """Return the months, as year and month, in which something was paid."""
    days = (each.at.astimezone(zone).date() for each in payments if each.amount > 0)
    return {(day.year, day.month) for day in days if since <= day <= on}
