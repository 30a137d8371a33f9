"""Cases of who is sick go to others for today or for good, one or all, and are taken back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from flask import abort, flash, redirect, request, url_for
from werkzeug.wrappers import Response

from data.access import Role
from data.masking import masked
from scheduler.drafts.opened import OpenDraft
from scheduler.editing.sick import owned
from scheduler.errors import ConflictError, NotFoundError
from scheduler.ports import Writer
from scheduler.standing_in import Gift, Handing, StandIn
from web.auth.access import current_user, needs
from web.context import wired
from web.desk.room import desk
from web.dispatch.room import only_for_the_whole_city
from web.language import t, tn
from web.phrases import said

TO = "to:"
"""How the field begins that says who takes a case."""


@dataclass(frozen=True, slots=True)
class CaseToHand:
    """A case of hers by the masked name of its borrower: who can take it, and who goes today."""

    name: str
    case_id: str
    others: tuple[str, ...]
    is_planned: bool
    standing: tuple[StandIn, ...]


@dataclass(frozen=True, slots=True)
class HersToHand:
    """Her cases that others can take today, what was given for good, and names by case."""

    cases: Sequence[CaseToHand]
    gifts: Sequence[Gift]
    names: Mapping[str, str]

    @property
    def open_count(self) -> int:
        """How many cases somebody else can take."""
        return sum(bool(one.others) for one in self.cases)


def hers_to_hand(draft: OpenDraft, collector: str) -> HersToHand:
    """Return what of a collector's can go to others on the day of a plan."""
    city, on, day = draft.record.content.city, draft.record.content.on, draft.day
    people = {one.id: masked(one.name) for one in day.borrowers}
    names = {one.id: people.get(one.borrower_id, "") for one in day.cases}
    standing = wired().store.stand_ins(city, on)
    cases = [
        CaseToHand(
            names.get(one.case_id, ""),
            one.case_id,
            one.others,
            one.is_planned,
            tuple(each for each in standing if _is_for(each, one.case_id, collector)),
        )
        for one in owned(draft.problem, draft.sheet, collector)
    ]
    return HersToHand(cases, wired().store.gifts(city, collector), names)


@desk.post("/<city>/<day:on>/desk/sick/<path:collector>/hand-over")
@needs(Role.DISPATCHER)
def hand_over(city: str, on: date, collector: str) -> Response:
    """Let others take cases of hers, or take that back, as the button says that was pressed."""
    only_for_the_whole_city()
    act, _, which = request.form.get("act", "").partition(":")
    try:
        with wired().store.writing(wired().ports.by(current_user.name)) as writer:
            told = _done(writer, city, on, act, which)
        flash(told)
    except (ConflictError, NotFoundError) as error:
        flash(said(str(error)))
    return redirect(url_for("desk.sick", city=city, on=on, collector=collector), 303)


def _done(writer: Writer, city: str, on: date, act: str, which: str) -> str:
    """Do what a button says, and return it in words."""
    match act:
        case "today":
            count = len(writer.put_stand_ins(city, on, _told(which)))
            return tn(
                "%(num)d case goes to others today.", "%(num)d cases go to others today.", count
            )
        case "good":
            count = len(writer.give_cases(city, _told(which)))
            return tn(
                "%(num)d case was given for good.", "%(num)d cases were given for good.", count
            )
        case "end":
            ended = writer.end_stand_in(city, _number(which))
            who, its_case = ended.collector_id, ended.case_id
            return t(
                "%(who)s does not go to %(case)s in her place any more.", who=who, case=its_case
            )
        case "back":
            given = writer.give_back(city, _number(which))
            return t("Case %(case)s is given back.", case=given.case_id)
        case _:
            abort(400)


def _told(which: str) -> Handing:
    """Return who takes the case that was meant, or all; without a key nothing is done."""
    key, fields = request.form.get("key", ""), request.form.items()
    told = {name.removeprefix(TO): who for name, who in fields if name.startswith(TO)}
    to = {id: who for id, who in told.items() if which in ("", id)}
    if not key or not to:
        abort(400)
    return Handing(to, f"{current_user.name} {key}")


def _number(which: str) -> int:
    if not which.isdecimal():
        abort(400)
    return int(which)


def _is_for(one: StandIn, case_id: str, owner: str) -> bool:
    return one.case_id == case_id and one.collector_id != owner
