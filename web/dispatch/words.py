"""What the desk calls things: reasons, kinds of places, states."""

from __future__ import annotations

from data.store.decisions import DecisionKind
from routing.gazetteer.doubts import Doubt
from routing.gazetteer.own_place import OwnKind
from routing.geocoding import Precision
from routing.travel import Mode
from scheduler.plan import Reason
from scheduler.ports import PlanStatus
from scheduler.remedies import UNTRIED
from web.dispatch.board import REMEDIABLE
from web.dispatch.room import dispatch
from web.jobs.words import JOBS as JOBS
from web.language import lazy_t
from web.map.words import PLACE_KINDS as PLACE_KINDS
from web.phrases import said
from web.settings_pages.words import RULE_TITLES as RULE_TITLES

REASONS = {
    Reason.NOT_PLACED: (
        lazy_t("Address not found"),
        lazy_t("Check the place, then plan again."),
    ),
    Reason.NO_CREW_FITTING: (
        lazy_t("No crew fits"),
        lazy_t("It needs a size, a skill or an owner that no crew of the day has."),
    ),
    Reason.NO_ROAD: (lazy_t("No road leads there"), lazy_t("Look whether the position is right.")),
    Reason.NEW: (lazy_t("Came in later"), lazy_t("Plan again to weigh it.")),
    Reason.TAKEN_OFF: (
        lazy_t("Taken off by hand"),
        lazy_t("A person left it out of this plan, and can put it back."),
    ),
    Reason.NOT_ASKED: (
        lazy_t("Not chosen for this plan"),
        lazy_t("Whoever began this plan asked for other cases. Plan again with all to weigh it."),
    ),
    Reason.NOT_CHOSEN: (
        lazy_t("The search ended too early"),
        lazy_t("There is room for it: plan again, and search longer."),
    ),
    Reason.NO_CREW_IN_TIME: (
        lazy_t("Out of reach in its hours"),
        lazy_t("Another shift or start could reach it."),
    ),
    Reason.CREWS_FULL: (
        lazy_t("No capacity today"),
        lazy_t("Every crew that could go is full; worth less than what is planned."),
    ),
    Reason.RESERVE: (
        lazy_t("Kept free as a reserve"),
        lazy_t("It would fit at usual times: put it in by hand, or plan again with less reserve."),
    ),
    Reason.NOT_WORTH: (
        lazy_t("Costs more than it is worth"),
        lazy_t("By the house's assumptions, the way is dearer than the visit."),
    ),
    Reason.NOT_SHORTLISTED: (
        lazy_t("Worth less than the others"),
        lazy_t("More cases wait than a day can choose from."),
    ),
    Reason.NO_LAWFUL_WINDOW: (
        lazy_t("No lawful hour suits"),
        lazy_t("Lawful hours and the borrower's own do not meet today."),
    ),
    Reason.RULE: (
        lazy_t("A rule refuses it"),
        lazy_t("The rule holds today. One of the house can be set aside by two people."),
    ),
    Reason.POLICY: (
        lazy_t("The policy asks for no visit"),
        lazy_t("Another step comes first, or the last visit was not long ago."),
    ),
    Reason.NOT_ENTRUSTED: (
        lazy_t("Not entrusted today"),
        lazy_t("Its agency may not work it today: entrust it anew, or take it back."),
    ),
    Reason.OTHER_AGENCY: (
        lazy_t("Another agency's today"),
        lazy_t(
            "One agency visits a borrower on a day: the others go another day, or entrust all her "
            "cases to one."
        ),
    ),
    Reason.NO_CREW_OF_AGENCY: (
        lazy_t("Nobody of its agency goes today"),
        lazy_t(
            "Put collectors of its agency on shift and form crews again, or entrust it to another."
        ),
    ),
    Reason.HELD_BACK: (
        lazy_t("Held back by a dispatcher"),
        lazy_t("Somebody said: not today, or not before a day. Take the word back to let it go."),
    ),
    Reason.NOT_TODAY: (
        lazy_t("Not due today"),
        lazy_t("An appointment or an open promise lies ahead."),
    ),
}
OWN_KINDS = {
    OwnKind.COMPOUND: lazy_t("compound"),
    OwnKind.LANE: lazy_t("lane"),
    OwnKind.BUILDING: lazy_t("building"),
    OwnKind.NUMBER: lazy_t("street number"),
}
BY_THE_PLAN = {
    Reason.NO_ROAD: lazy_t("Nothing was tried: no change of hours or crews makes a road."),
    Reason.NEW: lazy_t("Nothing was tried: this plan was made without it."),
    Reason.NOT_ASKED: lazy_t("Nothing was tried: this plan was made without it."),
    Reason.NOT_SHORTLISTED: lazy_t(
        "Nothing was tried: the search chose among cases that are worth more."
    ),
}
"""Why nothing is tried where the search said nothing of a case; for the others see `UNTRIED`."""

PRECISIONS = {
    Precision.CONFIRMED: lazy_t("confirmed"),
    Precision.EXACT: lazy_t("exact"),
    Precision.INTERPOLATED: lazy_t("between house numbers"),
    Precision.COMPOUND: lazy_t("compound"),
    Precision.STREET: lazy_t("street"),
    Precision.DISTRICT: lazy_t("district only"),
    Precision.NONE: lazy_t("not found"),
}
DOUBTS = {
    Doubt.NOT_FOUND: (lazy_t("not found"), "bad"),
    Doubt.OUTSIDE: (lazy_t("outside the city"), "bad"),
    Doubt.CONFLICT: (lazy_t("contradicts itself"), "bad"),
    Doubt.SEVERAL: (lazy_t("several candidates"), "warn"),
    Doubt.BEYOND: (lazy_t("number beyond the street's end"), "warn"),
    Doubt.ROUGH: (lazy_t("too rough"), "warn"),
    Doubt.UNSURE: (lazy_t("unsure"), "warn"),
}
"""Why an address waits."""

WRONG_REASONS = {
    "no_such_address": lazy_t("There is no such address"),
    "not_hers": lazy_t("The borrower is not there"),
    "unreadable": lazy_t("It cannot be read"),
}
DECISIONS = {
    DecisionKind.ADDRESS: lazy_t("address placed"),
    DecisionKind.COMPOUND: lazy_t("compound placed"),
    DecisionKind.WRONG: lazy_t("marked as not valid"),
}
DECIDED_BY = {"dispatcher": lazy_t("by hand"), "check-ins": lazy_t("from check-ins")}
MODES = {
    Mode.CAR: lazy_t("car"),
    Mode.EBIKE: lazy_t("e-bike"),
    Mode.WALK: lazy_t("on foot"),
    Mode.TRANSIT: lazy_t("public transport"),
}
SOURCES = {
    "file": lazy_t("given pair"),
    "formed": lazy_t("formed pair"),
    "single": lazy_t("alone"),
}
STATES = {
    PlanStatus.DRAFT: (lazy_t("draft"), "warn"),
    PlanStatus.PUBLISHED: (lazy_t("published"), "good"),
    PlanStatus.SUPERSEDED: (lazy_t("superseded"), ""),
    PlanStatus.WITHDRAWN: (lazy_t("taken back"), "bad"),
}
TERMS = {
    "recovery": lazy_t("recovery"),
    "ageing": lazy_t("ageing"),
    "promise due": lazy_t("promise due"),
    "broken promise": lazy_t("broken promise"),
    "waiting": lazy_t("waiting, for coverage"),
    "appointment": lazy_t("appointment"),
    "assigned": lazy_t("assigned by the lender"),
    "cost": lazy_t("cost"),
}
"""The terms of a visit's value."""


@dispatch.app_template_filter()
def untried(reason: Reason) -> str:
    """Say why nothing is tried for those left out by a reason, '' where something may be."""
    if reason in REMEDIABLE:
        return ""
    return str(BY_THE_PLAN[reason]) if reason in BY_THE_PLAN else said(UNTRIED.get(reason, ""))
