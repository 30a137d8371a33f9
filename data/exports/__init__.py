"""A published day, written for other programs: tables, calendars, maps and navigation."""
