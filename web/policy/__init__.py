"""The policy of a city: its table, its versions, and what a new one would change."""
