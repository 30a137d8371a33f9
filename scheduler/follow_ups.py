"""What is to be done after a visit: tasks of the desk, and when she may be visited again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Task(StrEnum):
    """What is to be done."""

    VISIT_AGAIN = "visit_again"  # at another hour or place; nobody goes before its day
    CONFIRM_PAYMENT = "confirm_payment"
    COMPLETE_RESULT = "complete_result"  # something that its code needs was not told
    REVIEW_HARDSHIP = "review_hardship"
    ANSWER_DISPUTE = "answer_dispute"
    ANSWER_COMPLAINT = "answer_complaint"
    CALL_LAWYER = "call_lawyer"
    FIND_ADDRESS = "find_address"
    ARRANGE_ENTRY = "arrange_entry"
    ASK_AGAIN = "ask_again"
    CONFIRM_DEATH = "confirm_death"
    FIND_GUARDIAN = "find_guardian"
    REVIEW_SAFETY = "review_safety"
    REPORT_INCIDENT = "report_incident"
    REVIEW_RULE = "review_rule"
    REVIEW_CONSENT = "review_consent"
    REPORT_COLLATERAL = "report_collateral"
    SEARCH_COLLATERAL = "search_collateral"
    TAKE_COLLATERAL = "take_collateral"
    CALL = "call"
    DECIDE_NEXT = "decide_next"
    REVIEW_LEGAL = "review_legal"


class TaskState(StrEnum):
    OPEN = "open"
    DONE = "done"
    WITHDRAWN = "withdrawn"
    IN_VAIN = "in_vain"  # what it waited for did not come


@dataclass(frozen=True, slots=True)
class FollowUp:
    """Something to be done by `due` about a borrower; `source` is the key of the outcome.

    `case_id` is '' where it is about the person.
    """

    id: int
    borrower_id: str
    case_id: str
    task: Task
    due: date
    source: str
    state: TaskState = TaskState.OPEN


def not_before(follow_ups: Iterable[FollowUp]) -> date | None:
    """Return the day before which nobody tries again, None where none is told."""
    days = [
        one.due
        for one in follow_ups
        if one.task is Task.VISIT_AGAIN and one.state is TaskState.OPEN
    ]
    return max(days, default=None)
