"""What the phone calls things: places, answers and results, and why a door stays closed."""

from __future__ import annotations

from datetime import tzinfo

from flask_babel import LazyString

from scheduler.at_door import HER_HOURS, NO_OPEN_CASE, UNSIGNED, Closed
from scheduler.check import Fault, rule_kind
from scheduler.field.flags import Flag
from scheduler.lifecycle import Answer, Code
from scheduler.model import PlaceKind
from scheduler.plan import Reason
from scheduler.suspending import PLACE_MOVED, Suspension
from web.formats import span
from web.language import lazy_t, t
from web.phone.result_form import Method
from web.stops import STOPS

PLACE_KINDS = {
    PlaceKind.HOME: lazy_t("Home"),
    PlaceKind.REGISTERED: lazy_t("Registered address"),
    PlaceKind.WORK: lazy_t("Workplace"),
    PlaceKind.OTHER: lazy_t("Other place"),
}
ANSWERS = {
    Answer.PAID: lazy_t("Paid"),
    Answer.PROMISED: lazy_t("Promised"),
    Answer.MET: lazy_t("Met, no result"),
    Answer.NOT_HOME: lazy_t("Not at home"),
    Answer.WRONG_ADDRESS: lazy_t("Wrong address"),
    Answer.PROBLEM: lazy_t("Problem"),
    Answer.MORE: lazy_t("Other results"),
}
SIGNS = {
    Answer.PAID: "coin",
    Answer.PROMISED: "calendar",
    Answer.MET: "talk",
    Answer.NOT_HOME: "door",
    Answer.WRONG_ADDRESS: "pin_off",
    Answer.PROBLEM: "warn",
}
CODES = {
    Code.PAID_FULL: lazy_t("Paid in full"),
    Code.PAID_PART: lazy_t("Paid in part"),
    Code.PTP: lazy_t("Promised to pay"),
    Code.AGREEMENT: lazy_t("Agreement signed"),
    Code.HARDSHIP: lazy_t("In hardship"),
    Code.DISPUTE: lazy_t("Disputes the debt"),
    Code.REFUSED: lazy_t("Will not pay"),
    Code.CALLBACK_TIME: lazy_t("Asks for another time"),
    Code.NOT_HOME: lazy_t("Not at home"),
    Code.HOUSEHOLD_ONLY: lazy_t("Only others of the household"),
    Code.NO_ANSWER_LIKELY_HOME: lazy_t("No answer, likely at home"),
    Code.GUARD_REFUSED: lazy_t("Stopped at the gate"),
    Code.MOVED: lazy_t("Moved away"),
    Code.INVALID: lazy_t("Not the borrower's address"),
    Code.DEMOLISHED: lazy_t("Building is gone"),
    Code.NOT_FOUND: lazy_t("Cannot be found"),
    Code.UNSAFE: lazy_t("Not safe to go there"),
    Code.DECEASED: lazy_t("Deceased"),
    Code.HOSPITAL: lazy_t("In hospital"),
    Code.DETAINED: lazy_t("Detained"),
    Code.INCAPACITATED: lazy_t("Unable to act alone"),
    Code.MINOR_ONLY: lazy_t("Only a minor was there"),
    Code.REPRESENTED: lazy_t("Has a lawyer"),
    Code.HOSTILE: lazy_t("Hostile"),
    Code.POLICE_CALLED: lazy_t("Police were called"),
    Code.ABORTED_SAFETY: lazy_t("Broken off for safety"),
    Code.ABORTED_RULE: lazy_t("Not made: a rule forbids it"),
    Code.CONSENT_WITHDRAWN: lazy_t("Does not want visits any more"),
    Code.COMPLAINT: lazy_t("Complains"),
    Code.VEHICLE_SEEN: lazy_t("Vehicle seen"),
    Code.VEHICLE_NOT_SEEN: lazy_t("Vehicle not seen"),
    Code.COLLATERAL_SURRENDERED: lazy_t("Collateral handed over"),
    Code.NOT_REACHED: lazy_t("Not reached today"),
    Code.CANCELLED_PAID: lazy_t("Cancelled: paid before"),
}
FLAGS = {
    Flag.PAIR: lazy_t("two go in together"),
    Flag.DAYLIGHT: lazy_t("only by daylight"),
    Flag.DOG: lazy_t("dog"),
    Flag.HOSTILE: lazy_t("hostile at an earlier visit"),
}
METHOD_NAMES = {
    Method.APP: lazy_t("In the app"),
    Method.TRANSFER: lazy_t("Bank transfer"),
    Method.DEBIT: lazy_t("Direct debit"),
    Method.BRANCH: lazy_t("At a branch"),
}
PARTS = {
    "morning": lazy_t("Morning"),
    "noon": lazy_t("Midday"),
    "afternoon": lazy_t("Afternoon"),
    "evening": lazy_t("Evening"),
}
STOPPED = lazy_t("The case was stopped after the plan was published")
HOURS = lazy_t("The whole visit would not lie in the hours for visits")
TOO_OFTEN = lazy_t("Visited too often lately")
CONTACTED = lazy_t("Contacted too often lately")
CLOSED: dict[str, LazyString] = {
    "hours": HOURS,
    "house_hours": HOURS,
    "closing_margin_min": HOURS,
    "spring_festival": lazy_t("No visits around the Spring Festival"),
    "crew_size": lazy_t("More collectors must go together"),
    "stops": STOPPED,
    "house_stops": STOPPED,
    "days_between_visits": TOO_OFTEN,
    "visits_in_7_days": TOO_OFTEN,
    "visits_in_30_days": TOO_OFTEN,
    "valid_place": lazy_t("The address is known to be wrong by now"),
    "workplace": lazy_t("The workplace may not be visited"),
    "contact_first": lazy_t("Nobody has contacted the borrower before the visit"),
    "contacts_a_day": CONTACTED,
    "contacts_in_7_days": CONTACTED,
    "workplace_on_request": lazy_t("The workplace may be visited only where the borrower asked"),
    "employer_forbids": lazy_t("The employer forbids visits at work"),
    "place_kinds": lazy_t("No visits at this kind of place"),
    "place_order": lazy_t("Another place of the borrower comes first"),
    "third_persons": lazy_t("Nobody else's address while the borrower can be reached"),
    "product_bound": lazy_t("This product may not be visited"),
    "blocked_hours": lazy_t("The borrower wants no visit at this hour"),
    "blocked_places": lazy_t("The borrower wants no visit at this place"),
    "pauses": lazy_t("A pause holds for the borrower"),
    HER_HOURS: lazy_t("Outside the hours that suit the borrower"),
    NO_OPEN_CASE: lazy_t("No case is open any more"),
    UNSIGNED: lazy_t("The rules wait for a compliance officer's signature"),
    Reason.POLICY: lazy_t("The policy asks for no visit now"),
    Reason.NOT_TODAY: lazy_t("An appointment or a promise lies ahead: not today"),
    Reason.HELD_BACK: lazy_t("The desk holds this visit back: not today"),
    Reason.NOT_ENTRUSTED: lazy_t("The case is not entrusted to your agency today"),
    Reason.OTHER_AGENCY: lazy_t("The case is with another agency by now"),
    Fault.WRONG_AGENCY: lazy_t("The case is with another agency by now"),
    Reason.NOT_PLACED: lazy_t("The place is not known closely enough any more"),
    Reason.NO_LAWFUL_WINDOW: lazy_t("Lawful hours and the borrower's own do not meet today"),
    Fault.UNKNOWN_PLACE: lazy_t("The address is not the borrower's any more"),
    Fault.CREW_TOO_SMALL: lazy_t("More collectors must go together"),
    Fault.SKILL_MISSING: lazy_t("Nobody of your crew can do what this visit asks"),
    Fault.OWNER_ABSENT: lazy_t("The visit is its owner's, who is not with you"),
    Fault.OUTSIDE_SHIFT: lazy_t("One of you does not work at that hour any more"),
    PLACE_MOVED: lazy_t("The address was found elsewhere since the plan was made"),
}
SAID_BY_TITLE = frozenset({HER_HOURS, NO_OPEN_CASE})
"""Causes whose sentence tells nothing beyond `CLOSED`; those of rules tell of hours and counts."""

ELSE_CLOSED = lazy_t("A rule does not allow this visit now")


def why_closed(standing: Suspension) -> str:
    """Return what `CLOSED` calls the cause of a suspension."""
    if standing.why == Fault.OUTSIDE_BORROWERS_HOURS:
        return HER_HOURS
    return standing.why.removeprefix(rule_kind(""))


def suspended_words(standing: Suspension) -> str:
    """Say why a visit is suspended."""
    return str(CLOSED.get(why_closed(standing), ELSE_CLOSED))


def closed_words(closed: Closed, zone: tzinfo) -> tuple[str, str]:
    """Say why a visit may not begin, and what of the facts shows it."""
    title = str(CLOSED.get(closed.why, ELSE_CLOSED))
    if closed.stops:
        return title, t(", ").join(str(STOPS[flag]) for flag in closed.stops)
    spans = (span(window.start, window.end, zone) for window in closed.hours)
    hours = t(", ").join(spans) or t("none")
    is_about_hours = CLOSED.get(closed.why) is HOURS or closed.why == HER_HOURS
    return title, t("Today: %(hours)s.", hours=hours) if is_about_hours else ""


FAR_WHYS = {
    "pin": lazy_t("The door is not where the map has it"),
    "gate": lazy_t("Stopped at the gate, or parked farther off"),
    "large": lazy_t("A large compound or building"),
    "phone": lazy_t("The phone is wrong about where it is"),
    "elsewhere": lazy_t("Met the borrower elsewhere"),
    "later": lazy_t("Left before, pressed only now"),
}
"""Why a phone finds itself far from a door, as its page asks (static/my/views/far.js)."""
