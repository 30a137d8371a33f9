"""What follows from the result of a visit, as data: `follow` by a `FollowPolicy`."""

from scheduler.following.follow import Consequence, follow
from scheduler.following.policy import FollowPolicy, Line, Step, StepKind, read_policy

__all__ = [
    "Consequence",
    "FollowPolicy",
    "Line",
    "Step",
    "StepKind",
    "follow",
    "read_policy",
]
