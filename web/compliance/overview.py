"""The officer's home: refusals by rule, what waits, complaints; and the refusals as a table."""

from __future__ import annotations

import csv
from dataclasses import replace
from datetime import date, timedelta
from io import StringIO

from flask import flash, g, redirect, request, url_for
from werkzeug.wrappers import Response

from data.access import Role
from data.exports.separated import guarded
from data.store.refusals import Refused, Span
from scheduler.signing import is_signed
from web.auth.access import by, current_user, needs
from web.compliance.overrides import is_waiting, lists
from web.compliance.room import (
    Answer,
    compliance,
    only_for_the_whole_city,
    page,
    refusals,
    seen_agencies,
)
from web.compliance.words import STAGES, rule_title
from web.context import today_here, wired
from web.language import t
from web.phrases import said
from web.told_days import day_of

USUAL_DAYS = 30
SHOWN = 20
"""Latest refusals of each stage on the page; the table has them all."""
LONGEST_DAYS = 366


@compliance.get("/<city>/compliance")
@needs(Role.COMPLIANCE)
def overview(city: str) -> str:
    """Show what the rules refused in some days, and what waits for an officer."""
    span, rule = asked_span(), request.args.get("rule", "")
    agencies = seen_agencies()
    rules = wired().ports.profiles.rules(g.city.profile)
    signed = [one.digest for one in wired().store.signatures(city) if one.profile == rules.profile]
    asked = lists().since(city, today_here(), agencies)
    return page(
        "overview",
        "overview",
        span=span,
        rule=rule,
        counts=refusals().counts(span, agencies),
        newest=refusals().newest(span, agencies, rule, SHOWN),
        complaints=refusals().complaints(span, agencies),
        unrecorded=refusals().unrecorded(span, agencies),
        waiting=sum(map(is_waiting, asked)),
        is_signed=is_signed(rules, signed),
        stages=STAGES,
        may_set_gate=current_user.can(Role.COMPLIANCE, city, ""),
    )


@compliance.post("/<city>/compliance/gate")
@needs(Role.COMPLIANCE)
def set_gate(city: str) -> Answer:
    """Let a book without contacts count as one where nobody was contacted, or not."""
    only_for_the_whole_city()
    is_strict = request.form.get("strict") == "yes"
    with wired().store.writing(by()) as writer:
        writer.put_city(replace(wired().store.city(city), is_gate_strict=is_strict))
    flash(t("The gate is strict now.") if is_strict else t("The gate is not strict now."))
    return redirect(url_for("compliance.overview", city=city))


@compliance.get("/<city>/compliance/refusals.csv")
@needs(Role.COMPLIANCE)
def refusals_table(city: str) -> Response:
    """Send the refusals of some days as a table: ids and rules, nobody's name."""
    span = asked_span()
    found = refusals().newest(span, seen_agencies(), request.args.get("rule", ""))
    answer = Response(as_csv(found), mimetype="text/csv")
    name = f"refusals-{city}-{span.first}-{span.last}.csv"
    answer.headers.set("Content-Disposition", "attachment", filename=name)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def as_csv(found: list[Refused]) -> bytes:
    """Write refusals for a spreadsheet."""
    text = StringIO(newline="")
    rows = csv.writer(text, lineterminator="\r\n")
    heads = (t("Day"), t("When"), t("Rule"), t("Borrower"), t("Cases"), t("Why"), t("Who"))
    rows.writerow(heads)
    for one in found:
        told = (one.borrower_id, " ".join(one.case_ids), said(one.text), one.actor)
        row = (str(one.on), str(STAGES[one.stage]), rule_title(one.rule), *told)
        rows.writerow(map(guarded, row))
    return text.getvalue().encode("utf-8-sig")


def asked_span() -> Span:
    """Return the days that are asked about: the last thirty where nothing else is told."""
    last = asked_day("until") or today_here()
    first = asked_day("since") or last - timedelta(days=USUAL_DAYS - 1)
    first = max(min(first, last), last - timedelta(days=LONGEST_DAYS - 1))
    return Span(g.city, first, last)


def asked_day(name: str) -> date | None:
    """Return a day of the page's address, None where it is none."""
    try:
        return day_of(request.args.get(name, ""))
    except ValueError:
        return None
