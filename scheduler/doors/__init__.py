"""Doors learned from where crews stood: proposals for a person to accept or turn down."""

from __future__ import annotations

from scheduler.doors.check_ins import LOOK_BACK, WORST_ACCURACY_M, CheckIn, visits_by_place
from scheduler.doors.datum_fault import DatumFault, find_datum_fault
from scheduler.doors.proposing import Proposal, propose
from scheduler.doors.reviewing import DoorReview, KnownDoor, review_doors

__all__ = [
    "LOOK_BACK",
    "WORST_ACCURACY_M",
    "CheckIn",
    "DatumFault",
    "DoorReview",
    "KnownDoor",
    "Proposal",
    "find_datum_fault",
    "propose",
    "review_doors",
    "visits_by_place",
]
