"""What the room calls channels and effects."""

from __future__ import annotations

from scheduler.contacts import Channel
from scheduler.policy_preview import Effect
from web.language import lazy_t

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
