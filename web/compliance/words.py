"""What the pages of compliance call things."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import LazyString

from data.store.refusals import Stage
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
STAGES: Mapping[str, LazyString] = {
    Stage.PLANNED: lazy_t("while planning"),
    Stage.DOOR: lazy_t("at the door"),
}


def rule_title(rule: str) -> str:
    """Return what a rule is called; what is refused for no rule's sake is told in words."""
    title = RULE_TITLES.get(rule) or CLOSED.get(rule)
    return str(title) if title else t("rule %(name)s", name=rule)
