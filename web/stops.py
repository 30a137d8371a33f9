"""What the pages call the flags that stop a case or a borrower."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import LazyString

from scheduler.model import StopFlag
from web.language import lazy_t

STOPS: Mapping[str, LazyString] = {
    StopFlag.PAID: lazy_t("paid"),
    StopFlag.DISPUTED: lazy_t("disputed"),
    StopFlag.COMPLAINT: lazy_t("complaint"),
    StopFlag.REPRESENTED: lazy_t("represented by a lawyer"),
    StopFlag.VULNERABLE: lazy_t("vulnerable"),
    StopFlag.DECEASED: lazy_t("deceased"),
    StopFlag.HOSPITAL: lazy_t("in hospital"),
    StopFlag.MOURNING: lazy_t("in mourning"),
    StopFlag.CONSENT_WITHDRAWN: lazy_t("consent withdrawn"),
    StopFlag.LEGAL_HOLD: lazy_t("legal hold"),
    StopFlag.OTHER: lazy_t("stopped by the lender"),
}
