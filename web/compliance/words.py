"""What the pages of compliance call things."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import LazyString

from data.store.refusals import Stage
from scheduler.agencies import Warned
from scheduler.overriding import AskState
from web.language import lazy_t, t
from web.phone.words import CLOSED
from web.settings_pages.words import RULE_TITLES
from web.settings_pages.words import SEEN as SEEN

STATES: Mapping[str, LazyString] = {
    AskState.ASKED: lazy_t("waits for a second person"),
    AskState.ALLOWED: lazy_t("allowed"),
    AskState.DECLINED: lazy_t("declined"),
    AskState.WITHDRAWN: lazy_t("withdrawn"),
}
WARNED: Mapping[str, LazyString] = {
    Warned.NOT_LISTED: lazy_t("not on the whitelist"),
    Warned.NEVER_EVALUATED: lazy_t("never evaluated"),
    Warned.EVALUATION_OLD: lazy_t("last evaluated more than a year ago"),
    Warned.OVER_QUOTA: lazy_t("holds more cases than its quota"),
    Warned.ENDED: lazy_t(
        "holds cases whose entrustment has ended: take them back, or entrust anew"
    ),
}
STAGES: Mapping[str, LazyString] = {
    Stage.PLANNED: lazy_t("while planning"),
    Stage.SUSPENDED: lazy_t("suspended after planning"),
    Stage.DOOR: lazy_t("at the door"),
}


def rule_title(rule: str) -> str:
    """Return what a rule is called; what is refused for no rule's sake is told in words."""
    title = RULE_TITLES.get(rule) or CLOSED.get(rule)
    return str(title) if title else t("rule %(name)s", name=rule)
