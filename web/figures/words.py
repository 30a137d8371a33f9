"""What the room calls groups, parts of scorecards and compared figures."""

from __future__ import annotations

from scheduler.figures import Group, Measure, Part
from scheduler.forecast import Aside
from web.language import lazy_t

GROUPS = {
    Group.DAY: lazy_t("Day"),
    Group.WEEK: lazy_t("Week"),
    Group.MONTH: lazy_t("Month"),
    Group.BUCKET: lazy_t("Bucket"),
    Group.DISTRICT: lazy_t("District"),
    Group.PRODUCT: lazy_t("Product"),
    Group.AGENCY: lazy_t("Agency"),
    Group.CREW: lazy_t("Crew"),
}
PARTS = {
    Part.COMPLIANCE: lazy_t("Compliance"),
    Part.QUALITY: lazy_t("Quality"),
    Part.COVERAGE: lazy_t("Coverage"),
    Part.COMPLETENESS: lazy_t("Complete records"),
    Part.RECOVERED: lazy_t("Recovered"),
}
PARTS_TOLD = {
    Part.COMPLIANCE: lazy_t("complaints, refusals at the door, overdue check-ins"),
    Part.QUALITY: lazy_t("borrowers met, promises kept"),
    Part.COVERAGE: lazy_t(
        "of an agency its open cases visited within 30 days, of a collector her planned visits made"
    ),
    Part.COMPLETENESS: lazy_t("all that a result asks for, with arrival and leaving"),
    Part.RECOVERED: lazy_t("paid after her visits, beside the average visit"),
}
MEASURES = {
    Measure.MET: lazy_t("Met rate"),
    Measure.PROMISED: lazy_t("Promise rate"),
    Measure.KEPT: lazy_t("Kept rate"),
    Measure.COMPLAINTS: lazy_t("Complaints per visit"),
    Measure.TURNED_AWAY: lazy_t("Turned away per visit"),
    Measure.COMPLETE: lazy_t("Complete records"),
    Measure.COST: lazy_t("Crew-hour cost per visit"),
    Measure.RECOVERED: lazy_t("Recovered per visit"),
}
ASIDE = {
    Aside.MARK_MISSING: lazy_t("no phone told the arrival, or the leaving"),
    Aside.LEFT_BEFORE_ARRIVAL: lazy_t("left before the arrival"),
    Aside.PRESSED_TOGETHER: lazy_t("arrival and leaving pressed within seconds"),
    Aside.NOT_MADE: lazy_t("not made"),
    Aside.NO_RESULT: lazy_t("no result told"),
    Aside.TOO_LONG_VISIT: lazy_t("longer than three hours: the leaving was forgotten"),
    Aside.OVERLAPS: lazy_t("arrived before the last door was left"),
    Aside.DOOR_BETWEEN: lazy_t("a door may lie between whose marks are not believed"),
    Aside.TOLD_LATER: lazy_t("much quicker than can be: pressed later"),
    Aside.BREAK: lazy_t("a break was planned on the way"),
    Aside.WAITED: lazy_t("the plan had the crew wait at the door"),
    Aside.NEXT_DOOR: lazy_t("under a minute: stairs, no road"),
    Aside.NO_WAY: lazy_t("nobody knows how long it was to take"),
    Aside.TOO_LONG: lazy_t("much longer than can be: something else happened on the way"),
}
