"""What channels, results and parties of a contact are called."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import LazyString

from scheduler.contacts import Channel, ContactResult, Direction, Party
from web.language import lazy_t

CHANNELS: Mapping[str, LazyString] = {
    Channel.CALL: lazy_t("telephone call"),
    Channel.SMS: lazy_t("text message"),
    Channel.CHAT: lazy_t("messenger"),
    Channel.EMAIL: lazy_t("e-mail"),
    Channel.LETTER: lazy_t("letter"),
    Channel.VISIT: lazy_t("visit by the lender"),
}
DIRECTIONS: Mapping[str, LazyString] = {
    Direction.OUT: lazy_t("we contacted her"),
    Direction.IN: lazy_t("she contacted us"),
}
PARTIES: Mapping[str, LazyString] = {
    Party.BORROWER: lazy_t("the borrower herself"),
    Party.HOUSEHOLD: lazy_t("somebody of her household"),
    Party.GUARANTOR: lazy_t("a guarantor"),
    Party.EMPLOYER: lazy_t("her employer"),
    Party.THIRD: lazy_t("another third person"),
    Party.NOBODY: lazy_t("nobody reached"),
}
RESULTS: Mapping[str, LazyString] = {
    ContactResult.ANSWERED: lazy_t("talked, or answered"),
    ContactResult.DELIVERED: lazy_t("delivered"),
    ContactResult.NO_ANSWER: lazy_t("no answer"),
    ContactResult.BUSY: lazy_t("line busy"),
    ContactResult.HUNG_UP: lazy_t("hung up"),
    ContactResult.WRONG_NUMBER: lazy_t("wrong number"),
    ContactResult.NOT_DELIVERED: lazy_t("not delivered"),
    ContactResult.PROMISED: lazy_t("promised to pay"),
    ContactResult.APPOINTMENT: lazy_t("appointment made"),
    ContactResult.REFUSED: lazy_t("refused to talk or pay"),
    ContactResult.OPT_OUT: lazy_t("wants no more contact this way"),
    ContactResult.NOT_TRIED: lazy_t("not tried yet"),
}
