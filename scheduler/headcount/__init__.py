"""How many collectors are enough: a book worked for weeks by a team that is not there yet.

    Scenario ──► Employed.on(day) ──► the daily plan ──► drive_plan ──► Book.after ──► the next day

1. `scenario.py` is what is asked: how many are employed, what they are to do, hours and absence.
2. `employed.py` is the team: those of today, fewer of them, or with others hired where the open
   cases are farthest from everybody (`hiring.py`), each with the hours of a shift (`hours.py`).
   Who is off when is settled by CP-SAT (`roster.py`) where a scenario leaves that open, on what
   the days of a week bring (`demand.py`), found out by working each of them (`pilot.py`).
3. `book.py` is the book from one simulated morning to the next: older, grown, visited, paid.
4. `weeks.py` plans each day as the daily plan does, though first for whom the target waits
   (`aiming.py`), and drives it (scheduler/staffing), along one path of the book; `feedback.py`
   gives each replication a book of its own, and begins its plans with those of that path
   (`warm.py`).
5. `outcome.py` is what came of it, by replication; `figures.py` what is told of a team, and how
   sure that is. `curve.py` finds the knee, where it pays no more, and the smallest team, which is
   searched and not swept; `question.py` puts it together.
"""
