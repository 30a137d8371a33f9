"""What keeps a crew from going on as planned, as a press on its phone tells."""

from __future__ import annotations

from enum import StrEnum


class Problem(StrEnum):
    """The `what` of a record of a problem; words beside it are the collector's own."""

    NOT_FOUND = "not_found"  # the door of a visit
    UNSAFE = "unsafe"  # at a visit
    VEHICLE = "vehicle"
    ILL = "ill"
