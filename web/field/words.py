"""What records of phones are called, the fields of results, and why one is refused."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import LazyString

from scheduler.field.records import RecordKind
from web.language import lazy_t

KINDS: Mapping[RecordKind, LazyString] = {
    RecordKind.BEGIN: lazy_t("day begun"),
    RecordKind.ACCEPT: lazy_t("changed plan accepted"),
    RecordKind.ARRIVE: lazy_t("arrived"),
    RecordKind.CONFIRM: lazy_t("second person at the door"),
    RecordKind.LEAVE: lazy_t("left"),
    RecordKind.RESULT: lazy_t("result"),
    RecordKind.SKIP: lazy_t("visit let go"),
    RecordKind.CALL: lazy_t("call"),
    RecordKind.SHOWN: lazy_t("name or sum looked at"),
    RecordKind.NAVIGATE: lazy_t("way to a door opened"),
    RecordKind.BREAK_BEGIN: lazy_t("break begun"),
    RecordKind.BREAK_END: lazy_t("break over"),
    RecordKind.LATE: lazy_t("running late"),
    RecordKind.PROBLEM: lazy_t("problem"),
    RecordKind.PANIC: lazy_t("call for help"),
    RecordKind.ATTACHMENT: lazy_t("picture, voice note or signature"),
    RecordKind.END: lazy_t("day ended"),
}

FIELDS: Mapping[str, LazyString] = {
    "code": lazy_t("result"),
    "amount": lazy_t("amount"),
    "due": lazy_t("due"),
    "method": lazy_t("how it will be paid"),
    "suits": lazy_t("when she can be met"),
    "case_id": lazy_t("contract"),
    "note": lazy_t("note"),
    "attitude": lazy_t("attitude"),
    "met": lazy_t("who was met"),
    "hardship": lazy_t("hardship"),
    "next_action": lazy_t("what should come next"),
    "grace_days": lazy_t("days of grace"),
    "assessment": lazy_t("assessment"),
    "agreement": lazy_t("agreement"),
    "next_day": lazy_t("day"),
    "part": lazy_t("part of the day"),
}

REFUSALS: Mapping[str, LazyString] = {
    "plan": lazy_t("It is about a plan that was never published for her."),
    "visit": lazy_t("Its visit is not in the plan that the phone showed."),
    "gone": lazy_t("The borrower or the place of its visit is not hers to see any more."),
    "form": lazy_t("What was typed cannot be recorded."),
    "call": lazy_t("It tells of a call without saying what came of it."),
    "size": lazy_t("What it attaches is too large."),
    "type": lazy_t("What it attaches is no photograph, sound or signature that can be shown."),
    "what": lazy_t("What it attaches is of an unknown kind."),
    "of": lazy_t("It attaches something to a result that cannot be named so."),
    "place": lazy_t("The sound that it attaches tells where it was recorded: it is not kept."),
    "many": lazy_t("Its visit has as many of these as one may have: it is not kept."),
    "fault": lazy_t("A fault of the program stopped it; it may be tried again."),
}
"""What the book says of a record that it refuses, by its code."""

DECISIONS: Mapping[str, LazyString] = {
    "kept": lazy_t("what stood was kept"),
    "taken": lazy_t("what this phone told was taken"),
    "again": lazy_t("taken in on a second try"),
    "aside": lazy_t("set aside"),
}
