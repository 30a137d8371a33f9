"""The map of a day: the city's streets, the crews' ways along them, the stops."""
