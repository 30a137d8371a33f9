"""The engines that make plans; registry.py has them by name."""

DEFAULT = "search"
"""The engine that plans where nobody asks for another one."""

THREADS = "At most; engines other than search use one."
"""How many threads an engine uses, in words."""

LARGEST_SEED = 2**31 - 1
"""Of those from 0 on: what every engine takes, and every database keeps."""

CHOICE = "search, greedy, ortools or pyvrp."
"""What there is to choose from, for those who must not load it to say so."""
