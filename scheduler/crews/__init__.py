"""Who goes with whom today: collectors on shift become crews before the plan is made.

    formed = form_crews(day, size=2, meeting_s=seconds_between)

`form` tells the story; `joining` makes one crew of two shifts, `given` keeps the pairs of a file,
`quality` says how good a pair would be, and `matching` finds the best pairs of all.
"""

from scheduler.crews.form import Alone, CrewDay, form_crews, likely_crews
from scheduler.crews.given import PairNote
from scheduler.crews.history import days_together
from scheduler.crews.joining import MeetingTime
from scheduler.crews.quality import PairWeights

__all__ = [
    "Alone",
    "CrewDay",
    "MeetingTime",
    "PairNote",
    "PairWeights",
    "days_together",
    "form_crews",
    "likely_crews",
]
