"""What the room calls groups, parts of scorecards and compared figures."""

from __future__ import annotations

from scheduler.figures import Group, Measure, Part
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
    Measure.COST: lazy_t("Cost per visit"),
    Measure.RECOVERED: lazy_t("Recovered per visit"),
}
