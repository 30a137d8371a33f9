"""What roles are called."""

from __future__ import annotations

from data.access import Role
from web.language import lazy_t

ROLE_NAMES = {
    Role.DISPATCHER: lazy_t("dispatcher"),
    Role.COLLECTOR: lazy_t("collector"),
    Role.PLANNER: lazy_t("planner"),
    Role.COMPLIANCE: lazy_t("compliance officer"),
    Role.ADMINISTRATOR: lazy_t("administrator"),
}


def role_name(role: Role) -> str:
    """Return a role's name in the visitor's language."""
    return str(ROLE_NAMES[role])
