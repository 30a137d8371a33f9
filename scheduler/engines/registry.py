"""The engines by name."""

from __future__ import annotations

from scheduler.engines.base import Engine
from scheduler.engines.greedy import GreedyEngine
from scheduler.engines.ortools_engine import OrToolsEngine
from scheduler.engines.pyvrp_engine import PyVrpEngine
from scheduler.engines.search.engine import SearchEngine
from scheduler.errors import NotFoundError

ENGINES: dict[str, type[Engine]] = {
    "search": SearchEngine,
    "greedy": GreedyEngine,
    "ortools": OrToolsEngine,
    "pyvrp": PyVrpEngine,
}


def engine(name: str) -> Engine:
    """Return the engine called `name`; NotFoundError names those that there are."""
    if name not in ENGINES:
        raise NotFoundError(f"there is no engine {name!r}; choose from {', '.join(ENGINES)}")
    return ENGINES[name]()
