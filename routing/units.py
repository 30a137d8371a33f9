"""How many seconds an hour and a day of the clock have; where clocks change, a day has others."""

HOUR_S = 3600
HOURS_A_DAY = 24
DAY_S = HOURS_A_DAY * HOUR_S
