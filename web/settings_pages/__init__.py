"""Settings: people, cities with their rules, and the events."""
