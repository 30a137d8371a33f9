"""What the use cases need from outside; `data` fulfils it, tests may too."""

from scheduler.ports.book import AddressOverride, BookWriter, CaseRecord, OwnRecord
from scheduler.ports.changes import BookChange, By, Event, NotTaken
from scheduler.ports.life import Late, LifeWriter, Mark, MarkKind, Outcome, Told
from scheduler.ports.outside import Cities, Clock, Profiles
from scheduler.ports.plans import NewEdit, NewPlan, PlanRecord, PlanStatus, PlanWriter, Target
from scheduler.ports.rules import PolicyVersion, RuleWriter
from scheduler.ports.store import Ahead, DayAhead, Store
from scheduler.ports.writer import Writer

__all__ = [
    "AddressOverride",
    "Ahead",
    "BookChange",
    "BookWriter",
    "By",
    "CaseRecord",
    "Cities",
    "Clock",
    "DayAhead",
    "Event",
    "Late",
    "LifeWriter",
    "Mark",
    "MarkKind",
    "NewEdit",
    "NewPlan",
    "NotTaken",
    "Outcome",
    "OwnRecord",
    "PlanRecord",
    "PlanStatus",
    "PlanWriter",
    "PolicyVersion",
    "Profiles",
    "RuleWriter",
    "Store",
    "Target",
    "Told",
    "Writer",
]
