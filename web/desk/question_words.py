"""What the desk calls groups of left-out cases, dispatchers' words, and days that are likely."""

from __future__ import annotations

from scheduler.directives import Directive, DirectiveKind
from scheduler.hour_bounds import Word
from scheduler.left_out_groups import Group
from scheduler.likely_day import Basis, Likely
from web.desk.searching import Order
from web.formats import day_short, number
from web.language import lazy_t, t

GROUPS = {
    Group.UNPLACED: (
        lazy_t("Address not found"),
        lazy_t("Check the place, then plan again."),
    ),
    Group.REFUSED: (
        lazy_t("Refused by a rule"),
        lazy_t("A law stands. One of the house can be set aside by two people."),
    ),
    Group.DUE: (
        lazy_t("Due today, and left out"),
        lazy_t("A promise, an appointment or a dispatcher's word asks for the visit today."),
    ),
    Group.UNFIT: (
        lazy_t("Hours or crews do not fit"),
        lazy_t("Other hours, a longer shift or another crew could make room."),
    ),
    Group.WAITS: (
        lazy_t("Not today"),
        lazy_t("A promise, an appointment, the policy or a person says: another day."),
    ),
    Group.NO_CAPACITY: (
        lazy_t("No capacity today"),
        lazy_t("Every crew that could go is full; others are worth more today."),
    ),
}
GROUPS_SHORT = {
    Group.UNPLACED: lazy_t("no address"),
    Group.REFUSED: lazy_t("by a rule"),
    Group.DUE: lazy_t("due today"),
    Group.UNFIT: lazy_t("no fit"),
    Group.WAITS: lazy_t("not today"),
    Group.NO_CAPACITY: lazy_t("no room"),
}
"""The same in a word or two, for the strip."""

ORDERS = {
    Order.PLAN: lazy_t("as the plan tells them"),
    Order.WORTH: lazy_t("by what the visit is worth"),
    Order.OVERDUE: lazy_t("by what is overdue"),
}

HOUR_WORDS = {
    Word.RULE: lazy_t("The rules allow"),
    Word.MARGIN: lazy_t("The house ends earlier"),
    Word.APPOINTMENT: lazy_t("The appointment is"),
    Word.HERS: lazy_t("The borrower's hours here are"),
    Word.WISH: lazy_t("The borrower wants no visit"),
}
DIRECTIVE_ACTS = {
    DirectiveKind.MUST: lazy_t("Must go today"),
    DirectiveKind.NOT_TODAY: lazy_t("Not today"),
    DirectiveKind.NOT_BEFORE: lazy_t("Not before"),
}


def likely_told(likely: Likely | None) -> str:
    """Say when a case is likely to come up, and what that rests on."""
    if likely is None:
        return t("no rules can be read: no day can be told")
    match likely.basis:
        case Basis.FACTS if likely.on:
            return t("%(day)s, as far as is known now", day=day_short(likely.on))
        case Basis.BACKLOG if likely.on:
            return t(
                "about %(day)s: %(ahead)s are worth more, and a day has %(per_day)s visits",
                day=day_short(likely.on),
                ahead=number(likely.ahead),
                per_day=number(likely.per_day),
            )
        case Basis.NEAR:
            return t("no day: once a crew is near, or the visit is worth more")
        case _:
            return t("no day: not before somebody decides")


def directive_told(said: Directive) -> str:
    """Say what a dispatcher said of a borrower."""
    day = day_short(said.on)
    match said.kind:
        case DirectiveKind.MUST:
            return t("must go on %(day)s", day=day)
        case DirectiveKind.NOT_TODAY:
            return t("not on %(day)s", day=day)
        case _:
            return t("not before %(day)s", day=day)
