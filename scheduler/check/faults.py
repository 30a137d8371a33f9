"""What can be wrong with a plan; the names are stable, programs may rely on them."""

from __future__ import annotations

from enum import StrEnum

from scheduler.rules import RULES


class Fault(StrEnum):
    """Every kind of violation but those of the rules, for which see `rule_kind`."""

    # the lists
    UNKNOWN_CREW = "unknown_crew"
    UNKNOWN_VISIT = "unknown_visit"
    UNKNOWN_OPTION = "unknown_option"
    UNKNOWN_BREAK = "unknown_break"
    CREW_TWICE = "crew_twice"
    VISIT_TWICE = "visit_twice"
    LEFT_OUT_TWICE = "left_out_twice"
    SERVED_AND_LEFT_OUT = "served_and_left_out"
    VISIT_LOST = "visit_lost"
    BEGUN_CHANGED = "begun_changed"
    # the way
    WRONG_DEPARTURE = "wrong_departure"
    NO_ROAD = "no_road"
    WRONG_TRAVEL_TIME = "wrong_travel_time"
    STARTS_BEFORE_ARRIVAL = "starts_before_arrival"
    OVERLAP = "overlap"
    WINDOW_MISSED = "window_missed"
    WRONG_SERVICE_TIME = "wrong_service_time"
    WRONG_PLACE = "wrong_place"
    WRONG_RETURN = "wrong_return"
    OVERTIME = "overtime"
    TRAVELS_TOO_LONG = "travels_too_long"
    WORKS_TOO_LONG = "works_too_long"
    # breaks
    BREAK_DROPPED = "break_dropped"
    BREAK_TWICE = "break_twice"
    BREAK_MOVED = "break_moved"
    BREAK_IN_VISIT = "break_in_visit"
    WRONG_BREAK_ARRIVAL = "wrong_break_arrival"
    WRONG_BREAK_LENGTH = "wrong_break_length"
    # who may go
    TOO_MANY_VISITS = "too_many_visits"
    OVERLOADED = "overloaded"
    SKILL_MISSING = "skill_missing"
    CREW_TOO_SMALL = "crew_too_small"
    CREW_NOT_ALLOWED = "crew_not_allowed"
    OPTION_NOT_FOR_CREW = "option_not_for_crew"
    MEETS_APART = "meets_apart"
    # locks
    LOCK_CREW = "lock_crew"
    LOCK_TIME = "lock_time"
    LOCK_ORDER = "lock_order"
    # the plan that people know
    TOO_MANY_MOVES = "too_many_moves"
    # the roster of a lender's day
    UNKNOWN_MEMBER = "unknown_member"
    MEMBER_IN_TWO_CREWS = "member_in_two_crews"
    MEMBER_OFF_SHIFT = "member_off_shift"
    OUTSIDE_SHIFT = "outside_shift"
    CERTIFICATE_EXPIRED = "certificate_expired"
    # its borrowers
    RULES_MISSING = "rules_missing"
    UNKNOWN_CASE = "unknown_case"
    UNKNOWN_PLACE = "unknown_place"
    UNKNOWN_BORROWER = "unknown_borrower"
    WRONG_BORROWER = "wrong_borrower"
    BORROWER_TWICE = "borrower_twice"
    OUTSIDE_BORROWERS_HOURS = "outside_borrowers_hours"
    OWNER_ABSENT = "owner_absent"
    WRONG_AGENCY = "wrong_agency"
    HELD_BACK = "held_back"


def rule_kind(rule: str) -> str:
    """Return the kind of a violation of the rule of that name."""
    return f"rule.{rule}"


def kinds() -> frozenset[str]:
    """Return every kind of violation that there is."""
    return frozenset([*Fault, *map(rule_kind, RULES)])
