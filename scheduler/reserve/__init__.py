"""Plans with reserve: searched with ways and visits that take longer than they usually do."""
