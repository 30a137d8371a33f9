"""What a planner asks on the page, as a job keeps it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from data.jobs import Job
from data.plain import reader
from scheduler.headcount.feedback import Mode
from scheduler.headcount.figures import Wages
from scheduler.headcount.limits import ENOUGH, MOST
from scheduler.headcount.paths import PATHS
from scheduler.headcount.scenario import Aim, Scenario


@dataclass(frozen=True)
class Question:
    """How many are enough: `scenario.employed` is a team to be shown besides, 0 is none.

    Parameters
    ----------
    first
        The first morning.
    scenario, wages
        How the book is worked, and what people cost.
    share
        Which share of the cases is enough.
    most
        The largest team that might be employed.
    seed
        The same seed gives the same answer.
    mode
        How the weeks are simulated.
    paths
        Along how many paths of the book, in execution mode.
    """

    first: date
    scenario: Scenario
    wages: Wages = field(default_factory=Wages)
    share: float = ENOUGH
    most: int = MOST
    seed: int = 0
    mode: Mode = Mode.EXECUTION
    paths: int = PATHS


def question_of(job: Job) -> Question:
    """Return the question that a job answers."""
    told = job.parameters["scenario"]
    # What was asked before there was a choice was planned by worth alone.
    scenario = {"aim": Aim.WORTH.value, **told}
    asked: Question = reader(Question)({**job.parameters, "scenario": scenario})
    return asked


def chosen_in(job: Job) -> Question:
    """Return what was chosen in a job's question: what nobody could choose by then is as usual."""
    chosen: Question = reader(Question)(job.parameters)
    return chosen
