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


def engine(name: str, threads: int = 1) -> Engine:
    """Return the engine called `name`, which uses so many threads at most.

    Raises
    ------
    NotFoundError
        Where there is no such engine; it names those that there are.
    """
    if name not in ENGINES:
        raise NotFoundError(f"there is no engine {name!r}; choose from {', '.join(ENGINES)}")
    return SearchEngine(threads) if has_threads(name) else ENGINES[name]()


def has_threads(name: str) -> bool:
    """Whether the engine called `name` can use more than one thread."""
    return ENGINES.get(name) is SearchEngine
