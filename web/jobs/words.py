"""What long work is called."""

from __future__ import annotations

from data.jobs import JobKind
from web.language import lazy_t

JOBS = {
    JobKind.GEOCODE: lazy_t("Looking up addresses"),
    JobKind.CREWS: lazy_t("Forming crews"),
    JobKind.PLAN: lazy_t("Planning"),
    JobKind.REPLAN: lazy_t("Planning the rest of the day"),
    JobKind.REMEDIES: lazy_t("Trying what would help"),
    JobKind.PREVIEW: lazy_t("Looking what a policy would change"),
    JobKind.LOOK: lazy_t("Looking what a list would change"),
    JobKind.IMPORT: lazy_t("Taking a list in"),
    JobKind.ROBOT: lazy_t("Telling the group that the day has changed"),
    JobKind.SIMULATE: lazy_t("Working out how many collectors are enough"),
}
