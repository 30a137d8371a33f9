"""Reading what a collector typed of a result: what is missing or wrong is told by field."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta, tzinfo
from decimal import Decimal, InvalidOperation
from enum import StrEnum

from data.store.rounds import RoundStop
from scheduler.agreements import Details
from scheduler.lifecycle import ASKED, COLLATERAL, MET, NOT_MADE, WELCOME, Code, Detail
from scheduler.model import Window
from scheduler.ports import Outcome
from web.language import t
from web.phone.detail_form import read_details
from web.phone.room import MyDay

LONGEST_NOTE = 500
MOST = Decimal(10) ** 12
FARTHEST_DUE = timedelta(days=366)
OF_RECORDING = ("recorder", "recording_file", "no_recording")
DETAIL_FIELDS = frozenset({"grace_days", "observations", "instalments", *OF_RECORDING})
NO_DETAILS: frozenset[Detail] = frozenset()


class Method(StrEnum):
    """How a promise is to be paid: designated channels alone, never the collector's hand."""

    APP = "app"
    TRANSFER = "transfer"
    DEBIT = "debit"
    BRANCH = "branch"


PARTS_OF_DAY = {
    "morning": (time(9), time(12)),
    "noon": (time(12), time(14)),
    "afternoon": (time(14), time(18)),
    "evening": (time(18), time(20)),
}
"""When she can be met, as people say it."""


@dataclass
class ResultForm:
    """A result as typed, what of it could be read, and what is wrong, by field."""

    codes: tuple[Code, ...]
    typed: Mapping[str, str]
    code: Code | None = None
    note: str = ""
    amount: Decimal | None = None
    due: date | None = None
    method: str = ""
    suits: Window | None = None
    case_id: str = ""
    details: Details | None = None
    wrong: dict[str, str] = field(default_factory=dict)

    def asks(self, code: Code, detail: Detail) -> bool:
        """Tell whether a code asks for a detail, or welcomes it."""
        return detail in ASKED.get(code, NO_DETAILS) | WELCOME.get(code, NO_DETAILS)

    def askers(self, detail: str) -> list[Code]:
        """Return the form's codes that ask for a detail."""
        return [code for code in self.codes if self.asks(code, Detail(detail))]

    @property
    def has_wrong_details(self) -> bool:
        """Whether something is wrong among what may stay empty."""
        return bool(self.wrong.keys() & DETAIL_FIELDS)

    def outcome(
        self, day: MyDay, visit: RoundStop, key: str, at: datetime, corrects: str = ""
    ) -> Outcome:
        """Return what is kept; both of a crew are named on it."""
        assert self.code is not None
        assert visit.borrower is not None
        assert visit.place is not None
        return Outcome(
            key=key,
            borrower_id=visit.borrower.id,
            place_id=visit.place.id,
            at=at,
            code=self.code,
            crew=day.round.crew.members,
            was_made=self.code not in NOT_MADE,
            was_met=self.code in MET,
            plan_id=day.round.plan_id,
            note=self.note,
            amount=self.amount,
            due=self.due,
            method=self.method,
            suits=self.suits,
            case_id=self.case_id if self.case_id in {one.id for one in visit.cases} else "",
            details=self.details,
            corrects=corrects,
        )


def empty_form(codes: tuple[Code, ...], chosen: str | None = None) -> ResultForm:
    """Return a form in which nothing is typed yet."""
    return ResultForm(codes, {}, code_of(codes, chosen))


def code_of(codes: tuple[Code, ...], chosen: str | None) -> Code | None:
    """Return the code that is chosen; an only one is."""
    if len(codes) == 1 and chosen is None:
        return codes[0]
    return next((code for code in codes if code == chosen), None)


def read_form(
    typed: Mapping[str, str], codes: tuple[Code, ...], today: date, zone: tzinfo, recorded_by: str
) -> ResultForm:
    """Read a form; only what its code asks for is taken, and what may be told with any."""
    form = ResultForm(codes, typed, code_of(codes, typed.get("code")))
    if form.code is None:
        is_about_collateral = typed.get("code") in COLLATERAL
        unsecured = t("No contract of this visit is secured: choose another result.")
        form.wrong["code"] = unsecured if is_about_collateral else t("Choose one of these.")
        return form
    form.note = typed.get("note", "").strip()
    if len(form.note) > LONGEST_NOTE:
        form.wrong["note"] = t("Shorten the note to %(most)d characters.", most=LONGEST_NOTE)
    if form.asks(form.code, Detail.AMOUNT):
        read_amount(form)
    if form.asks(form.code, Detail.DUE):
        read_promise(form, today)
    if form.asks(form.code, Detail.NEXT_TIME):
        read_next_time(form, today, zone)
    form.case_id = typed.get("case_id", "")
    form.details = read_details(typed, today, recorded_by, form.wrong)
    return form


def read_amount(form: ResultForm) -> None:
    """Read a sum: more than nothing, no more than two decimals."""
    text = form.typed.get("amount", "").replace(",", "").replace("，", "").strip()
    try:
        amount = Decimal(text)
    except InvalidOperation:
        form.wrong["amount"] = t("Write the amount in figures, such as 500 or 500.50.")
        return
    if not (amount.is_finite() and 0 < amount < MOST and amount == round(amount, 2)):
        form.wrong["amount"] = t("Write an amount above 0, with at most two decimals.")
        return
    form.amount = amount


def read_promise(form: ResultForm, today: date) -> None:
    """Read the day of a promise, and how it is to be paid."""
    form.due = read_day(form, "due", today)
    form.method = form.typed.get("method", "")
    if form.method not in list(Method):
        form.wrong["method"] = t("Choose how it will be paid.")


def read_next_time(form: ResultForm, today: date, zone: tzinfo) -> None:
    """Read when she can be met; nothing is fine where the code only welcomes it."""
    part = PARTS_OF_DAY.get(form.typed.get("part", ""))
    is_silent = not form.typed.get("next_day") and part is None
    if is_silent and form.code is not None and form.code in WELCOME:
        return
    on = read_day(form, "next_day", today)
    if part is None:
        form.wrong["part"] = t("Choose a part of the day.")
    elif on is not None:
        form.suits = Window(*(datetime.combine(on, clock, zone) for clock in part))


def read_day(form: ResultForm, name: str, today: date) -> date | None:
    """Read a day from today on."""
    try:
        on = date.fromisoformat(form.typed.get(name, ""))
    except ValueError:
        form.wrong[name] = t("Choose a day.")
        return None
    if not today <= on <= today + FARTHEST_DUE:
        form.wrong[name] = t("Choose a day from today on, within a year.")
        return None
    return on
