"""The versions of a city's policy, and scores."""
