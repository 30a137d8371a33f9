"""One borrower's story with a row in each table that her story has."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from data.policy import house_policy
from scheduler.agreements import Agreement, Assessment, Details, Evidence, Instalment, Waiver
from scheduler.contacts import Channel, Contact, ContactResult, Direction, Party
from scheduler.payments import Payment
from scheduler.ports import Outcome, Writer
from scheduler.restraints import Consent, Pause, PauseKind, Wish
from scheduler.scores import Score
from tests.data.world import MIDNIGHT, TODAY

AGREED = Agreement(
    Decimal(600),
    (Instalment(TODAY + timedelta(days=9), Decimal(600)),),
    Waiver(Decimal(50), "boss", "hardship"),
    Evidence("files/17", "0f" * 32),
)


def tell_story(writer: Writer) -> None:
    """Tell of B2 and her contract C2 what a book can hold of anybody."""
    called = Contact(
        "c", "B2", Channel.CALL, Direction.OUT, Party.BORROWER, ContactResult.ANSWERED, MIDNIGHT
    )
    writer.add_contacts("Town", [called])
    writer.add_payments("Town", [Payment("p", "C2", Decimal(10), MIDNIGHT)])
    writer.add_scores("Town", [Score("C2", "model", TODAY, Decimal("0.3"))])
    writer.put_policy("Town", house_policy(), TODAY, "as it was")
    writer.put_pause("Town", Pause(0, "B2", PauseKind.ILLNESS, TODAY, None, "her son"))
    writer.put_wish("Town", Wish(0, "B2", "letter", channel=Channel.SMS))
    writer.put_consent("Town", Consent(0, "B2", "hours", "late", TODAY, "letter 7"))
    writer.ask_override("Town", "B2", "days_between_visits", TODAY, "she asked for it")
    writer.sign_profile("Town", "US", "1", "0f" * 32, ["stops"])
    told = Outcome(
        key="a",
        borrower_id="B2",
        place_id="B2-home",
        at=MIDNIGHT,
        code="AGREEMENT",
        crew=("ann",),
        was_met=True,
        case_id="C2",
        details=Details(assessment=Assessment("a shop"), agreement=AGREED),
    )
    writer.record_outcome("Town", told)
