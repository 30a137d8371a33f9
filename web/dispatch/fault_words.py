"""What can be wrong with a plan, in a few words: the kinds that programs know by their names."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import LazyString

from scheduler.check import Fault, rule_kind
from web.compliance.words import rule_title
from web.dispatch.room import dispatch
from web.language import lazy_t

FAULTS: Mapping[str, LazyString] = {
    Fault.UNKNOWN_CREW: lazy_t("no such crew"),
    Fault.UNKNOWN_VISIT: lazy_t("not to be visited"),
    Fault.UNKNOWN_OPTION: lazy_t("no visit at that place and hour"),
    Fault.UNKNOWN_BREAK: lazy_t("no such break"),
    Fault.CREW_TWICE: lazy_t("a crew twice"),
    Fault.VISIT_TWICE: lazy_t("a visit twice"),
    Fault.LEFT_OUT_TWICE: lazy_t("left out twice"),
    Fault.SERVED_AND_LEFT_OUT: lazy_t("planned and left out"),
    Fault.VISIT_LOST: lazy_t("a visit is lost"),
    Fault.BEGUN_CHANGED: lazy_t("what has begun was changed"),
    Fault.WRONG_DEPARTURE: lazy_t("wrong departure"),
    Fault.NO_ROAD: lazy_t("no road leads there"),
    Fault.WRONG_TRAVEL_TIME: lazy_t("wrong travel time"),
    Fault.STARTS_BEFORE_ARRIVAL: lazy_t("starts before the arrival"),
    Fault.OVERLAP: lazy_t("two at once"),
    Fault.WINDOW_MISSED: lazy_t("outside its hours"),
    Fault.WRONG_SERVICE_TIME: lazy_t("wrong length of the visit"),
    Fault.WRONG_PLACE: lazy_t("wrong place"),
    Fault.WRONG_RETURN: lazy_t("wrong return"),
    Fault.OVERTIME: lazy_t("too much overtime"),
    Fault.TRAVELS_TOO_LONG: lazy_t("on the road too long"),
    Fault.WORKS_TOO_LONG: lazy_t("works too long"),
    Fault.BREAK_DROPPED: lazy_t("a break is missing"),
    Fault.BREAK_TWICE: lazy_t("a break twice"),
    Fault.BREAK_MOVED: lazy_t("a break was moved"),
    Fault.BREAK_IN_VISIT: lazy_t("a break during a visit"),
    Fault.WRONG_BREAK_ARRIVAL: lazy_t("wrong arrival at a break"),
    Fault.WRONG_BREAK_LENGTH: lazy_t("wrong length of a break"),
    Fault.TOO_MANY_VISITS: lazy_t("too many visits for a crew"),
    Fault.OVERLOADED: lazy_t("carries too much"),
    Fault.SKILL_MISSING: lazy_t("a skill is missing"),
    Fault.CREW_TOO_SMALL: lazy_t("too few go together"),
    Fault.CREW_NOT_ALLOWED: lazy_t("not this crew"),
    Fault.OPTION_NOT_FOR_CREW: lazy_t("not at that place for this crew"),
    Fault.MEETS_APART: lazy_t("crews that meet come apart"),
    Fault.LOCK_CREW: lazy_t("another crew than was fixed"),
    Fault.LOCK_TIME: lazy_t("another time than was fixed"),
    Fault.LOCK_ORDER: lazy_t("another order than was fixed"),
    Fault.TOO_MANY_MOVES: lazy_t("too many changes to a known plan"),
    Fault.UNKNOWN_MEMBER: lazy_t("no such collector"),
    Fault.MEMBER_IN_TWO_CREWS: lazy_t("a collector in two crews"),
    Fault.MEMBER_OFF_SHIFT: lazy_t("a collector has no shift"),
    Fault.OUTSIDE_SHIFT: lazy_t("outside a shift"),
    Fault.CERTIFICATE_EXPIRED: lazy_t("a certificate has expired"),
    Fault.RULES_MISSING: lazy_t("no rules hold here"),
    Fault.UNKNOWN_CASE: lazy_t("no such case"),
    Fault.UNKNOWN_PLACE: lazy_t("no such place"),
    Fault.UNKNOWN_BORROWER: lazy_t("no such borrower"),
    Fault.WRONG_BORROWER: lazy_t("another borrower's case"),
    Fault.BORROWER_TWICE: lazy_t("a borrower twice"),
    Fault.OUTSIDE_BORROWERS_HOURS: lazy_t("outside the borrower's hours"),
    Fault.OWNER_ABSENT: lazy_t("its owner does not come along"),
    Fault.WRONG_AGENCY: lazy_t("another agency's case"),
    Fault.HELD_BACK: lazy_t("held back by a dispatcher"),
}


@dispatch.app_template_filter()
def fault_told(kind: str) -> str:
    """Say in words what kind of fault it is; one of a rule by the rule's title."""
    if kind in FAULTS:
        return str(FAULTS[kind])
    return str(rule_title(kind.removeprefix(rule_kind(""))))
