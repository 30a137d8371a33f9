"""A borrower's contacts: who was reached, how and with what result; and logging another."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import TypeVar
from uuid import uuid4

from flask import abort, flash, g, redirect, request, url_for

from data.access import Role
from data.readers.values import money
from scheduler.contacts import (
    NOT_REACHED,
    Channel,
    Contact,
    ContactResult,
    Direction,
    Party,
    promise_fault,
)
from scheduler.model import Window
from web.auth.access import by, current_user, needs
from web.contact_words import CHANNELS, DIRECTIONS, PARTIES, RESULTS
from web.context import now, wired
from web.dispatch.calling import may_contact
from web.dispatch.room import Answer, dispatch, page, seen_agencies, zone
from web.language import t
from web.phone.detail_form import read_grace
from web.phone.result_form import Method
from web.phone.words import METHOD_NAMES
from web.phrases import said

SHOWN = 50
LONGEST_NOTE = 500
LONGEST_KEY = 64
LOGGED = tuple(result for result in ContactResult if result is not ContactResult.NOT_TRIED)

Word = TypeVar("Word", Channel, Direction, Party, ContactResult)


@dataclass(frozen=True, slots=True)
class Whose:
    """The case that a contact is about, and its borrower."""

    case_id: str
    borrower_id: str


@dispatch.get("/<city>/<day:on>/contacts")
@needs(Role.DISPATCHER)
def contacts(city: str, on: date) -> Answer:
    """Show the contacts of a case's borrower, with a form; without a case, ask which one."""
    case_id = request.args.get("case", "").strip()
    if not case_id:
        return page("contacts", on, whose=None, asked="")
    whose = case_of(city, case_id)
    if whose is None:
        return page("contacts", on, whose=None, asked=case_id), 404
    return contacts_page(on, whose, Typed({"corrects": request.args.get("corrects", "")}))


@dispatch.post("/<city>/<day:on>/contacts")
@needs(Role.DISPATCHER)
def log_contact(city: str, on: date) -> Answer:
    """Log a contact; what was agreed becomes the case's appointment."""
    whose = case_of(city, request.form.get("case", ""))
    if whose is None:
        abort(404)
    typed = Typed(request.form)
    told = typed.contact(whose)
    if told is None:
        return contacts_page(on, whose, typed), 400
    with wired().store.writing(by()) as writer:
        change = writer.add_contacts(city, [told])
    if change.refused:
        typed.wrong |= {no.field: said(no.problem) for no in change.refused}
        return contacts_page(on, whose, typed), 409
    if change.new:
        flash(t("The contact is logged."))
    return redirect(url_for("dispatch.contacts", city=city, on=on, case=whose.case_id))


def case_of(city: str, case_id: str) -> Whose | None:
    """Return a case that she may see, by its id or a borrower's; None where there is none."""
    whose = wired().store.borrowers_by_case(city)
    asked = [case_id] if case_id in whose else [id for id, who in whose.items() if who == case_id]
    seen = wired().desk.visible_cases(city, asked, seen_agencies())
    return next((Whose(id, whose[id]) for id in sorted(asked) if id in seen), None)


def contacts_page(on: date, whose: Whose, typed: Typed) -> str:
    """Return the page of a borrower's contacts."""
    found = seen_contacts(whose)
    present = now().astimezone(zone())
    calls = [one for one in found if one.channel is Channel.CALL and one.is_attempt]
    today = [one for one in calls if one.at.astimezone(zone()).date() == present.date()]
    return page(
        "contacts", on, whose=whose, asked=whose.case_id, found=found, typed=typed, present=present,
        calls=len(today), talked=sum(one.reached_her for one in today), channels=CHANNELS,
        directions=DIRECTIONS, parties=PARTIES, results=RESULTS, logged=LOGGED, key=uuid4().hex,
        may=may_contact(whose.borrower_id, present), methods=METHOD_NAMES,
        old=next((one for one in found if one.key == typed.get("corrects")), None),
    )  # fmt: skip


def seen_contacts(whose: Whose) -> list[Contact]:
    """Return the contacts with the borrower that she may see: none about another agency's case."""
    found = wired().store.contacts(g.city.name, whose.borrower_id, SHOWN)
    about = {one.case_id for one in found if one.case_id}
    seen = wired().desk.visible_cases(g.city.name, about, seen_agencies())
    return [one for one in found if not one.case_id or one.case_id in seen]


@dataclass
class Typed:
    """What was typed into the form, and by field what is wrong with it."""

    form: Mapping[str, str] = field(default_factory=dict)
    wrong: dict[str, str] = field(default_factory=dict)

    def get(self, name: str, usual: str = "") -> str:
        return self.form.get(name, usual)

    def contact(self, whose: Whose) -> Contact | None:
        """Return the contact; None where something is wrong."""
        channel = self._word("channel", Channel)
        result = self._word("result", ContactResult)
        direction = self._word("direction", Direction)
        party = self._word("party", Party) if self.get("party") else None
        at, agreed = self._at(), self._appointment()
        amount, due = self._amount(), self._due()
        grace_days = read_grace(self.form, self.wrong)
        if result is ContactResult.APPOINTMENT and agreed is None and not self.wrong:
            self.wrong["appointment_on"] = t("Say for when.")
        if self.wrong or channel is None or result is None or direction is None or at is None:
            return None
        usual = Party.NOBODY if result in NOT_REACHED else Party.BORROWER
        told = Contact(
            key=f"desk-{self.get('key')[:LONGEST_KEY] or uuid4().hex}",
            borrower_id=whose.borrower_id,
            channel=channel,
            direction=direction,
            party=party or usual,
            result=result,
            at=at,
            by=current_user.name,
            case_id=whose.case_id,
            note=self.get("note").strip()[:LONGEST_NOTE],
            appointment=agreed,
            amount=amount,
            due=due,
            grace_days=grace_days,
            method=self.get("method") if self.get("method") in list(Method) else "",
            corrects=self.get("corrects")[:LONGEST_KEY],
        )
        if fault := promise_fault(told, at.astimezone(zone()).date()):
            self.wrong[fault[0]] = said(fault[1])
            return None
        return told

    def _amount(self) -> Decimal | None:
        """Read the promised sum, if one was told."""
        text = self.get("amount").replace(",", "").replace("，", "").strip()
        if not text:
            return None
        try:
            return money(text)
        except ValueError:
            self.wrong["amount"] = t("Write the amount in figures, such as 500 or 500.50.")
            return None

    def _due(self) -> date | None:
        """Read the day by which it was promised, if one was told."""
        if not self.get("due"):
            return None
        try:
            return date.fromisoformat(self.get("due"))
        except ValueError:
            self.wrong["due"] = t("Give the day.")
            return None

    def _word(self, name: str, kind: type[Word]) -> Word | None:
        try:
            return kind(self.get(name))
        except ValueError:
            self.wrong[name] = t("Choose one.")
            return None

    def _at(self) -> datetime | None:
        """Read when it was, to the minute; now where nothing stands there."""
        present = now().replace(second=0, microsecond=0)
        if not self.get("at"):
            return present
        at = self._moment("at", self.get("at"))
        if at is not None and at > present:
            self.wrong["at"] = t("That lies in the future.")
        return at

    def _appointment(self) -> Window | None:
        """Read the day and hours that were agreed, if any were."""
        day, first, last = (self.get(f"appointment_{name}") for name in ("on", "from", "to"))
        if not (day or first or last):
            return None
        start = self._moment("appointment_on", f"{day}T{first}")
        end = self._moment("appointment_on", f"{day}T{last}")
        if start is None or end is None:
            return None
        if start >= end or start < now():
            self.wrong["appointment_on"] = t("Take hours to come, the first before the last.")
            return None
        return Window(start, end)

    def _moment(self, name: str, text: str) -> datetime | None:
        try:
            return datetime.fromisoformat(text).replace(tzinfo=zone())
        except ValueError:
            self.wrong[name] = t("Give the day and the time.")
            return None
