"""What the room calls things: promises, tasks, contacts, and what happened."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from babel import dates
from flask_babel import get_locale

from scheduler.check import rule_kind
from scheduler.contacts import Channel, ContactResult, Direction, Party
from scheduler.directives import DirectiveKind
from scheduler.field.attachments import Attachment, AttachmentKind
from scheduler.follow_ups import Task
from scheduler.model import City, PlaceKind
from scheduler.promises import PromiseStatus
from scheduler.restraints import PauseKind, Wish, WishBy
from scheduler.rules import RULES
from scheduler.timeline import About, Entry
from web.borrower.room import borrower
from web.event_words import EVENT_KINDS as EVENT_KINDS
from web.formats import day_short, moment, money, percent
from web.language import lazy_t, t
from web.phone.detail_words import ATTITUDES, HARDSHIPS
from web.phone.detail_words import DEGREES as DEGREES
from web.phone.words import CLOSED, CODES, METHOD_NAMES, PLACE_KINDS
from web.stops import STOPS

STATUSES = {
    PromiseStatus.OPEN: (lazy_t("open"), ""),
    PromiseStatus.KEPT: (lazy_t("kept"), "good"),
    PromiseStatus.PARTLY_KEPT: (lazy_t("partly kept"), "warn"),
    PromiseStatus.BROKEN: (lazy_t("broken"), "bad"),
    PromiseStatus.WITHDRAWN: (lazy_t("withdrawn"), ""),
}
PROMISE_STATES = {status: name for status, (name, _) in STATUSES.items()}
STOPPED = {"any": lazy_t("any stop"), **STOPS}
ABOUTS = {
    About.VISITS: lazy_t("Visits"),
    About.CONTACTS: lazy_t("Contacts"),
    About.MONEY: lazy_t("Promises and payments"),
    About.RESTRAINTS: lazy_t("Stops and pauses"),
    About.TASKS: lazy_t("Tasks"),
    About.ADDRESSES: lazy_t("Addresses"),
    About.BOOK: lazy_t("The book"),
}
TASKS = {
    Task.VISIT_AGAIN: lazy_t("Not visited again before"),
    Task.CONFIRM_PAYMENT: lazy_t("See whether the payment came"),
    Task.COMPLETE_RESULT: lazy_t("Ask for what the result lacks"),
    Task.REVIEW_HARDSHIP: lazy_t("Look for what can be borne"),
    Task.ANSWER_DISPUTE: lazy_t("Answer the dispute"),
    Task.ANSWER_COMPLAINT: lazy_t("Answer the complaint"),
    Task.CALL_LAWYER: lazy_t("Write to the lawyer"),
    Task.FIND_ADDRESS: lazy_t("Find the address"),
    Task.ARRANGE_ENTRY: lazy_t("Arrange the way in"),
    Task.ASK_AGAIN: lazy_t("Ask how things are"),
    Task.CONFIRM_DEATH: lazy_t("Ask for the document of death"),
    Task.FIND_GUARDIAN: lazy_t("Find who acts for the borrower"),
    Task.REVIEW_SAFETY: lazy_t("Look into the safety of visits"),
    Task.REPORT_INCIDENT: lazy_t("Report the incident"),
    Task.REVIEW_RULE: lazy_t("Look why a visit was planned against a rule"),
    Task.REVIEW_CONSENT: lazy_t("Look into the withdrawn consent"),
    Task.REPORT_COLLATERAL: lazy_t("Report where the collateral is"),
    Task.SEARCH_COLLATERAL: lazy_t("Look for the collateral"),
    Task.TAKE_COLLATERAL: lazy_t("Take the collateral over"),
    Task.CALL: lazy_t("Call"),
    Task.DECIDE_NEXT: lazy_t("Decide what comes next"),
    Task.REVIEW_LEGAL: lazy_t("Consider legal steps"),
}
ATTACHED = {
    AttachmentKind.PHOTO: lazy_t("Photograph"),
    AttachmentKind.VOICE: lazy_t("Voice note"),
    AttachmentKind.SIGNATURE: lazy_t("Signature"),
}
CHANNELS = {
    Channel.CALL: lazy_t("Call"),
    Channel.SMS: lazy_t("Text message"),
    Channel.CHAT: lazy_t("Messenger"),
    Channel.EMAIL: lazy_t("E-mail"),
    Channel.LETTER: lazy_t("Letter"),
    Channel.VISIT: lazy_t("Visit"),
}
DIRECTIONS = {Direction.OUT: lazy_t("from us"), Direction.IN: lazy_t("from the borrower")}
PARTIES = {
    Party.BORROWER: lazy_t("the borrower"),
    Party.HOUSEHOLD: lazy_t("somebody of the household"),
    Party.GUARANTOR: lazy_t("the guarantor"),
    Party.EMPLOYER: lazy_t("the employer"),
    Party.THIRD: lazy_t("somebody else"),
    Party.NOBODY: lazy_t("nobody"),
}
RESULTS = {
    ContactResult.ANSWERED: lazy_t("answered"),
    ContactResult.DELIVERED: lazy_t("delivered"),
    ContactResult.NO_ANSWER: lazy_t("no answer"),
    ContactResult.BUSY: lazy_t("busy"),
    ContactResult.HUNG_UP: lazy_t("hung up"),
    ContactResult.WRONG_NUMBER: lazy_t("wrong number"),
    ContactResult.NOT_DELIVERED: lazy_t("not delivered"),
    ContactResult.PROMISED: lazy_t("promised to pay"),
    ContactResult.APPOINTMENT: lazy_t("made an appointment"),
    ContactResult.REFUSED: lazy_t("refused"),
    ContactResult.OPT_OUT: lazy_t("wants no more of it"),
    ContactResult.NOT_TRIED: lazy_t("not tried yet"),
}
PAUSES = {
    PauseKind.MOURNING: lazy_t("mourning"),
    PauseKind.DISASTER: lazy_t("disaster"),
    PauseKind.ILLNESS: lazy_t("illness"),
    PauseKind.SURGERY: lazy_t("surgery"),
    PauseKind.WEDDING: lazy_t("wedding"),
    PauseKind.FESTIVAL: lazy_t("a festival of the family"),
    PauseKind.COOL_OFF: lazy_t("time to cool off"),
    PauseKind.OTHER: lazy_t("another reason"),
}
DIRECTIVES = {
    DirectiveKind.MUST: lazy_t("must go"),
    DirectiveKind.NOT_TODAY: lazy_t("not on this day"),
    DirectiveKind.NOT_BEFORE: lazy_t("not before"),
}
WISH_BY = {WishBy.EMPLOYER: lazy_t("the employer")}
DOCUMENTS = {
    "signature": lazy_t("Signed agreement"),
    "photo": lazy_t("Photograph of the agreement"),
    "recording": lazy_t("Recording of a contact"),
    "consent": lazy_t("Evidence of a consent"),
}
VALUES: Mapping[str, Mapping[Any, object]] = {
    "code": CODES,
    "task": TASKS,
    "flag": STOPS,
    "status": PROMISE_STATES,
    "why": {
        **CLOSED,
        **PAUSES,
        **{rule_kind(name): CLOSED[name] for name in RULES},
    },
    "kind": {**PAUSES, **DIRECTIVES},
    "channel": CHANNELS,
    "direction": DIRECTIONS,
    "party": PARTIES,
    "result": RESULTS,
    "method": METHOD_NAMES,
    "attitude": ATTITUDES,
    "hardship": HARDSHIPS,
}
MONEY = frozenset({"amount", "paid", "total", "overdue"})
INSTANTS = frozenset({"start"})
FIELDS = {
    "code": lazy_t("result"),
    "amount": lazy_t("sum"),
    "due": lazy_t("due"),
    "start": lazy_t("for"),
    "paid": lazy_t("paid"),
    "total": lazy_t("in all"),
    "first": lazy_t("since"),
    "last": lazy_t("until"),
    "method": lazy_t("how"),
    "overdue": lazy_t("overdue"),
    "instalments": lazy_t("instalments"),
    "crew_size": lazy_t("collectors"),
    "approved_by": lazy_t("approved by"),
    "day": lazy_t("day"),
}


@borrower.app_template_filter()
def entry_told(entry: Entry, city: City) -> list[tuple[str, str]]:
    """Return what an entry tells: the word of a field, '' where its value says enough."""
    shown = [name for name in entry.told if name in VALUES or name in FIELDS]
    return [(str(FIELDS.get(name, "")), value_told(name, entry.told[name], city)) for name in shown]


@borrower.app_template_filter()
def subject_told(entry: Entry) -> str:
    """Say what an entry is about: a place by its kind, all else by its id."""
    parts = entry.subject.split(":")
    if entry.about is not About.ADDRESSES or len(parts) < 2 or parts[1] not in set(PlaceKind):
        return entry.subject
    return str(PLACE_KINDS[PlaceKind(parts[1])])


def value_told(name: str, value: Any, city: City) -> str:
    """Write a plain value of an event; money and instants as the city has them."""
    if name in VALUES:
        return str(VALUES[name].get(value, value))
    if name in MONEY:
        return money(Decimal(str(value)), city.currency)
    if name in INSTANTS:
        return moment(datetime.fromisoformat(str(value)), ZoneInfo(city.zone))
    try:
        return day_short(date.fromisoformat(str(value)))
    except ValueError:
        return str(value)


def wish_told(wish: Wish) -> str:
    """Say in a line what is not wanted, and by whom."""
    hours = (f"{one.start:%H:%M}–{one.end:%H:%M}" for one in wish.blocked)
    parts = [str(CHANNELS[wish.channel or Channel.VISIT]), *hours]
    if wish.place_kind:
        parts.append(str(PLACE_KINDS[wish.place_kind]))
    parts += [wish.place_id] if wish.place_id else []
    parts += [t("until %(day)s", day=day_short(wish.last))] if wish.last else []
    parts += [str(WISH_BY[wish.by])] if wish.by in WISH_BY else []
    return t("Not wanted: %(what)s", what=" · ".join(parts))


def gone(one: Attachment) -> str:
    """Say by whom or by what an attachment was deleted."""
    if not one.deleted_by:
        return t("deleted by its age")
    return t("deleted by %(who)s: %(why)s", who=one.deleted_by, why=one.reason)


def rate_told(rate: float | None) -> str:
    """Write a kept rate; nothing fell due where there is none."""
    return t("none due yet") if rate is None else percent(rate)


def weekday(on: date) -> str:
    """Write a day of the week as short as the language has it."""
    return str(dates.format_date(on, "EEE", locale=str(get_locale() or "en")))
