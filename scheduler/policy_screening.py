"""Whether the policy asks for a visit to a case today, and if not, what it asks for instead."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta, tzinfo

from scheduler.contacts import Channel, Contact
from scheduler.model import BUCKETS, Case, PastVisit, bucket_days
from scheduler.policy import Policy, PolicyRow, Step


@dataclass(frozen=True, slots=True)
class Next:
    """The next step for a case that is not to be visited, and from which day on."""

    channel: Channel
    on: date


def why_no_visit(
    policy: Policy, case: Case, contacts: Sequence[Contact], on: date, zone: tzinfo
) -> str:
    """Say why the policy asks for no visit to a case on `on`; '' where it asks for one.

    A case that the lender has assigned for visit is not screened again, nor one with an
    appointment on that day.
    """
    if case.is_assigned or _is_booked(case, on, zone):
        return ""
    row = policy.row_of(case)
    if row and row.visit and case.days_past_due >= row.visit.from_days:
        return ""
    return f"{_when(policy, case, on)}; {_instead(row, case, contacts, on, zone)}"


def first_visit(policy: Policy, case: Case) -> int | None:
    """Return how many days past due a case will be when a visit to it is asked for, if ever."""
    for bucket in BUCKETS[BUCKETS.index(case.bucket) :]:
        row = policy.row(bucket, case.product, case.risk)
        if row is None or row.visit is None:
            continue
        first, last = bucket_days(bucket)
        days = max(case.days_past_due, first, row.visit.from_days)
        if last is None or days <= last:
            return days
    return None


def next_step(
    row: PolicyRow, case: Case, contacts: Sequence[Contact], on: date, zone: tzinfo
) -> Next | None:
    """Return the channel, other than a visit, that the row asks for first, and from which day."""
    steps = [
        Next(step.channel, _due(step, case, contacts, on, zone))
        for step in row.steps
        if step.channel is not Channel.VISIT
    ]
    return min(steps, key=lambda step: step.on, default=None)


def too_often(
    policy: Policy, case: Case, visits: Sequence[PastVisit], on: date, zone: tzinfo
) -> str:
    """Say why the row of a case asks for no further visit yet; '' where it does."""
    row = policy.row_of(case)
    step = row.visit if row else None
    if step is None or case.is_assigned or _is_booked(case, on, zone):
        return ""
    days = {visit.at.astimezone(zone).date() for visit in visits}
    days |= {case.visited_at.astimezone(zone).date()} if case.visited_at else set()
    if near := [day for day in days if abs((day - on).days) < step.every_days]:
        nearest = min(near, key=lambda day: abs((day - on).days))
        return (
            f"policy {policy.number} asks for {step.every_days} days from one visit to the next, "
            f"and one is on {nearest}"
        )
    if step.most is not None and (made := busiest(days, on, step.in_days)) >= step.most:
        return (
            f"policy {policy.number} allows {step.most} visits in {step.in_days} days, "
            f"and {made} are around {on}"
        )
    return ""


def busiest(days: Sequence[date] | set[date], on: date, span: int) -> int:
    """Return the most of `days` in any `span` days that hold `on`."""
    near = [(day - on).days for day in days if abs((day - on).days) < span]
    return max(
        (sum(first <= day < first + span for day in near) for first in range(1 - span, 1)),
        default=0,
    )


def _is_booked(case: Case, on: date, zone: tzinfo) -> bool:
    booked = case.appointment
    return booked is not None and booked.start.astimezone(zone).date() == on


def _when(policy: Policy, case: Case, on: date) -> str:
    late, days = case.days_past_due, first_visit(policy, case)
    if days is None:
        return (
            f"{case.id} is {late} days past due ({case.bucket}), "
            f"and policy {policy.number} asks for no visit"
        )
    return (
        f"{case.id} is {late} days past due ({case.bucket}), and policy {policy.number} asks for "
        f"a visit from {days} days on: {on + timedelta(days - late)}"
    )


def _instead(
    row: PolicyRow | None, case: Case, contacts: Sequence[Contact], on: date, zone: tzinfo
) -> str:
    step = next_step(row, case, contacts, on, zone) if row else None
    return f"next is {step.channel} on {step.on}" if step else "it asks for no other step"


def _due(step: Step, case: Case, contacts: Sequence[Contact], on: date, zone: tzinfo) -> date:
    """Return the first day from `on` on that the step may be taken."""
    first = on + timedelta(max(0, step.from_days - case.days_past_due))
    used = [
        contact.at.astimezone(zone).date()
        for contact in contacts
        if contact.channel is step.channel and contact.is_attempt
    ]
    return max(first, max(used) + timedelta(step.every_days)) if used else first
