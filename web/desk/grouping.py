"""The left-out of a plan in groups: their sums, and the group of each for the desk's list."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from flask import flash, g, request, url_for

from data.access import Role
from scheduler.day import Day
from scheduler.errors import NotFoundError
from scheduler.left_out_groups import Group, GroupSum, group_of, grouped, must_visits
from scheduler.likely_day import Likely, likely_days
from scheduler.plan import LeftOut
from scheduler.ports import PlanRecord
from web.auth.access import needs
from web.context import wired
from web.desk.facts import day_facts, facts_of
from web.desk.fragments import fragment
from web.desk.question_words import GROUPS, GROUPS_SHORT, ORDERS, likely_told
from web.desk.room import desk
from web.desk.saying import noted
from web.desk.searching import PER_PAGE, Known, Wanted, looked_for, page_of
from web.dispatch.board import REMEDIABLE, UNWEIGHED, Board
from web.dispatch.room import seen_agencies
from web.dispatch.today import askable, rules_here, seen_board


@dataclass(frozen=True, slots=True)
class LeftOutLine:
    """A left-out case as a list shows it; `borrower` is '' where nothing is known of her now."""

    entry: LeftOut
    borrower: str
    likely: str

    @property
    def may_have_remedies(self) -> bool:
        return self.entry.reason in REMEDIABLE

    @property
    def is_weighed(self) -> bool:
        return self.entry.reason not in UNWEIGHED


@dataclass(frozen=True, slots=True)
class GroupLines:
    """A group, and the first of its entries as a list shows them."""

    sum: GroupSum
    lines: Sequence[LeftOutLine]

    @property
    def name(self) -> str:
        return str(GROUPS[self.sum.group][0])

    @property
    def advice(self) -> str:
        return str(GROUPS[self.sum.group][1])


def entries_of(shown: Board) -> list[LeftOut]:
    """Return all that a plan leaves out, as far as it may be seen."""
    return [entry for group in shown.left_out for entry in group.entries]


def left_out_groups(shown: Board, day: Day | None = None) -> list[GroupSum]:
    """Return the groups of what a plan leaves out, by the facts of now."""
    content, entries = shown.record.content, entries_of(shown)
    day = day or facts_of(content.city, content.on)
    overdue = {case.id: case.overdue for case in day.cases}
    return grouped(entries, overdue, must_visits(day, entries))


def group_lines(shown: Board, most: int) -> list[GroupLines]:
    """Return the groups of what a plan leaves out, with the first `most` of each as lines."""
    day = facts_of(shown.record.content.city, shown.record.content.on)
    groups = left_out_groups(shown, day)
    lines = iter(lines_of(shown.record, [e for one in groups for e in one.entries[:most]], day))
    return [GroupLines(one, [next(lines) for _ in one.entries[:most]]) for one in groups]


def groups_by_visit(shown: Board) -> Mapping[str, str]:
    """Return the group of each left-out visit or case, for the desk's list."""
    content, entries = shown.record.content, entries_of(shown)
    must = must_visits(facts_of(content.city, content.on), entries)
    return {
        one.visit_id: group_of(one.reason, is_must=one.visit_id in must).value for one in entries
    }


def likely_of(record: PlanRecord, entries: Sequence[LeftOut], day: Day) -> list[Likely | None]:
    """Return when each of some entries is likely to come up; None where no rules can be read."""
    rules, content = rules_here(), record.content
    if rules is None:
        return [None] * len(entries)
    served = content.plan.served
    visited = frozenset(content.targets[id].borrower_id for id in served if id in content.targets)
    backlog = day_facts().backlog(record, day)
    found = likely_days(day, rules, entries, backlog, visited)
    return [found[one.visit_id, one.reason] for one in entries]


@desk.route("/<city>/<day:on>/desk/groups/<group>", methods=["GET", "POST"])
@needs(Role.DISPATCHER)
def group_page(city: str, on: date, group: str) -> str:
    """List what a plan leaves out of one group, page by page; a form asks for some of it.

    The same form says something of those that are chosen: the list stays as it was asked for.
    """
    if is_said := bool(request.form.keys() & {"kind", "one"}):
        flash(noted(city, on))
    record = wired().store.plan(city, on, request.values.get("version", type=int))
    shown, facts = seen_board(record), facts_of(city, on)
    found = _group_named(left_out_groups(shown, facts), group, is_said=is_said)
    asked = request.form if request.method == "POST" else _without_text(request.args)
    known, wanted = Known(facts, seen_agencies() is None), Wanted.read(asked)
    entries = looked_for(known, found.entries, wanted)
    last = max(1, -(-len(entries) // PER_PAGE))
    wanted = replace(wanted, page=min(wanted.page, last))
    return fragment(
        "group", str(GROUPS[found.group][0]), on,
        group=found, lines=lines_of(record, page_of(entries, wanted.page), facts), wanted=wanted,
        record=record, count=len(entries), last=last, known=known, orders=ORDERS,
        names=shown.names, advice=GROUPS[found.group][1], askable=askable(on),
    )  # fmt: skip


def lines_of(record: PlanRecord, entries: Sequence[LeftOut], day: Day) -> list[LeftOutLine]:
    """Return entries with whom they are about, and when they are likely to come up."""
    owners = {case.id: case.borrower_id for case in day.cases}
    told = zip(entries, likely_of(record, entries, day), strict=True)
    return [
        LeftOutLine(one, next((owners[id] for id in one.case_ids if id in owners), ""),
                    likely_told(likely))
        for one, likely in told
    ]  # fmt: skip


def _without_text(told: Mapping[str, str]) -> Mapping[str, str]:
    """Return what an address may tell: no text, for that may be a name."""
    return {name: value for name, value in told.items() if name != "q"}


def _group_named(groups: Iterable[GroupSum], name: str, *, is_said: bool) -> GroupSum:
    """Return a group; one that is empty by what was just said of its cases is shown empty."""
    found = next((one for one in groups if one.group == name), None)
    if found is None and is_said and name in list(Group):
        return GroupSum(Group(name), (), 0, Decimal(0))
    if found is None:
        raise NotFoundError(f"nothing is left out in {name!r}; groups are: {', '.join(Group)}")
    return found


@desk.app_context_processor
def name_groups() -> dict[str, object]:
    """Let the desk's templates ask for the groups of a plan."""
    return {
        "left_out_groups": left_out_groups,
        "GROUP_WORDS": GROUPS,
        "GROUP_SHORT": GROUPS_SHORT,
        "group_url": group_url,
    }


def group_url(group: str, on: date, version: int) -> str:
    """Return the address of a group's page."""
    told = {"city": g.city.name, "on": on, "group": group, "version": version}
    return url_for("desk.group_page", **told)
