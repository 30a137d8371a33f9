"""Asking for a house rule to be set aside for a borrower on a day."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

from flask import abort, flash, g, redirect, request, url_for

from data.access import Role
from scheduler.compliance import ask_override
from scheduler.errors import ConflictError
from scheduler.overriding import refuse_unaskable
from web.auth.access import current_user, needs
from web.compliance.overrides import lists
from web.compliance.room import Answer, compliance, page, seen_agencies
from web.context import wired
from web.language import t
from web.phrases import said

LONGEST_KEY = 64


@compliance.get("/<city>/<day:on>/override")
@needs(Role.COMPLIANCE, Role.DISPATCHER)
def asking(city: str, on: date) -> str:
    """Show what is to be set aside, and ask why."""
    case_id, rule = request.args.get("case", ""), request.args.get("rule", "")
    refuse_unaskable(wired().ports.profiles.rules(g.city.profile), rule, "asked below")
    return shown(on, case_id, borrower_of(city, case_id), rule)


@compliance.post("/<city>/<day:on>/override")
@needs(Role.COMPLIANCE, Role.DISPATCHER)
def ask(city: str, on: date) -> Answer:
    """Ask another person to set a rule aside; what is wrong is told beside the reason."""
    form = request.form
    case_id, rule, reason = (form.get(name, "") for name in ("case", "rule", "reason"))
    borrower_id, who = borrower_of(city, case_id), current_user.name
    key = f"desk-{form['key'][:LONGEST_KEY]}" if form.get("key") else None
    try:
        ask_override(wired().ports, city, borrower_id, rule, on, reason, who, key)
    except ConflictError as error:
        return shown(on, case_id, borrower_id, rule, reason, said(str(error))), 409
    flash(t("Asked: another person decides about it."))
    return redirect(url_for("compliance.overrides", city=city))


def borrower_of(city: str, case_id: str) -> str:
    """Return whose a case is; 404 where the person sees none of that number."""
    return lists().borrower_of(city, case_id, seen_agencies()) or abort(404)


def shown(
    on: date, case_id: str, borrower_id: str, rule: str, reason: str = "", wrong: str = ""
) -> str:
    """Return the form."""
    told = {"on": on, "case_id": case_id, "borrower_id": borrower_id, "rule": rule}
    facts = wired().ports.profiles.rules(g.city.profile).facts.get(rule, ())
    fact = next((one for one in facts if not one.is_law), None)
    key = request.form.get("key") or uuid4().hex
    return page("asking", "overrides", fact=fact, reason=reason, wrong=wrong, key=key, **told)
