"""The engines that make plans; registry.py has them by name."""

DEFAULT = "search"
"""The engine that plans where nobody asks for another one."""

CHOICE = "search, greedy, ortools or pyvrp."
"""What there is to choose from, for those who must not load it to say so."""
