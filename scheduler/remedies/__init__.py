"""What would make room for a visit that is left out: only what was tried, and works."""

from scheduler.remedies.changing import changed, remedied
from scheduler.remedies.remedy import Change, Edge, Kind, Remedy
from scheduler.remedies.trying import remedies

__all__ = ["Change", "Edge", "Kind", "Remedy", "changed", "remedied", "remedies"]
