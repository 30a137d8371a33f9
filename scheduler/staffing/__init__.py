"""A published plan, driven through days as they may truly come; the ground of staffing questions.

    World ──► drive_plan(problem, plan, world, reps, policy) ──► Drive ──► intervals, sums, told

1. `world.py` is what a truth answers: who is absent, how long a way takes, who opens the door, how
   long a visit lasts and what comes of it. `Certain` has everything as planned; `believed.py` what
   the planner's own figures say; a made-up town's hidden truth lies in data/towns.
2. `chance.py` is luck that hangs on who and when alone, so that alternatives share it.
3. `driving.py` drives all crews in many replications at once: `planned.py` is what a crew means to
   do, `team.py` who of it came, `standing.py` how it stands, `crew_day.py` what it does stop by
   stop, `deciding.py` whether it goes on, `meeting.py` two crews at one door, `policy.py` what was
   stated beforehand, `groups.py` a plan made anew in the middle of a replication.
4. `results.py` tells what became of it, `told.py` what the planner can tell of it in the morning.
5. `intervals.py` says how sure that is, and drives on until it is as sure as was asked.
"""
