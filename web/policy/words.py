"""What the room calls channels, effects, and the parts of a policy."""

from __future__ import annotations

from collections.abc import Iterator

from scheduler.contacts import Channel
from scheduler.policy_preview import Effect
from web.language import lazy_t, t

CHANNELS = {
    Channel.CALL: lazy_t("call"),
    Channel.SMS: lazy_t("sms"),
    Channel.CHAT: lazy_t("chat"),
    Channel.EMAIL: lazy_t("email"),
    Channel.LETTER: lazy_t("letter"),
    Channel.VISIT: lazy_t("visit"),
}
EFFECTS = {
    Effect.COMES_IN: lazy_t("comes in"),
    Effect.FALLS_OUT: lazy_t("falls out"),
    Effect.OTHER_CREW: lazy_t("other crew size"),
    Effect.OTHER_VALUE: lazy_t("other value"),
}

OF_THE_HOUSE = (
    lazy_t("House default"),
    lazy_t("D: a default of the house; no source was found for any of its figures"),
)
"""Title and source of the policy that holds where a city has put none."""

KEYS = {
    "title": lazy_t("Title"),
    "source": lazy_t("Source"),
    "rows": lazy_t("Rows"),
    "value": lazy_t("Weights of a visit's value"),
    "buckets": lazy_t("Buckets"),
    "products": lazy_t("Products"),
    "risks": lazy_t("Risks"),
    "crew_size": lazy_t("Crew size"),
    "steps": lazy_t("Steps"),
    "channel": lazy_t("Step"),
    "from_days": lazy_t("From days past due"),
    "every_days": lazy_t("Days between"),
    "most": lazy_t("At most"),
    "in_days": lazy_t("In days"),
    "script": lazy_t("Script"),
    "p_paid_if_met": lazy_t("Paid if met, 0 to 1"),
    "since": lazy_t("Holds from"),
    "note": lazy_t("What is changed, and why"),
    "waiting_day": lazy_t("A day without a visit, in money"),
    "max_waiting_days": lazy_t("Days without a visit that count at most"),
    "assigned": lazy_t("Assigned by the lender, in money"),
    "prior_weight": lazy_t("Facts of her own that weigh as much as her bucket"),
    "history_days": lazy_t("Days of her history that count"),
    "most_paying_months": lazy_t("Months with a payment that count at most"),
    "score_weight": lazy_t("How far a score moves the chance, 0 to 1"),
    "score_max_age_days": lazy_t("Days after which a score is too old"),
    "ageing_days": lazy_t("Days before the next bucket that are urgent"),
    "promise_due": lazy_t("A promise that is due, in money"),
    "broken_promise": lazy_t("A promise broken lately, in money"),
    "broken_promise_days": lazy_t("Days for which a broken promise counts"),
    "appointment": lazy_t("An appointment kept, in money"),
}
"""The keys of a policy, and what its form asks beside it."""


def place_of(path: str) -> str:
    """Return where a fault is: "Row 2, step 1, Script" of "rows 2.steps 1.script"."""
    return t(", ").join(_parts(path))


def _parts(path: str) -> Iterator[str]:
    for part in path.split("."):
        name, _, number = part.partition(" ")
        if name == "rows" and number:
            yield t("Row %(number)s", number=number)
        elif name == "steps" and number:
            yield t("step %(number)s", number=number)
        else:
            yield str(KEYS.get(part, part))
