"""Which of the two problems a function is compiled for.

Told by the type of the tables while numba compiles, so that the way not taken is not even there.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from numba.extending import overload

from scheduler.engines.search.kernels.tables import FullTables, Tables


def is_full(p: Tables) -> bool:
    """Whether `p` asks for more than insertions that are exact at a glance."""
    return isinstance(p, FullTables)


@overload(is_full, strict=False)
def _is_full(p: Any) -> Any:
    if p.instance_class is FullTables:
        return lambda p: True  # noqa: ARG005
    return lambda p: False  # noqa: ARG005


def either(plain: Callable[..., Any], full: Callable[..., Any]) -> Callable[..., Any]:
    """Return a compiled function that is `plain` for a plain problem and `full` for a full one."""

    def chosen(p: Tables, *rest: Any) -> Any:
        return (full if is_full(p) else plain)(p, *rest)

    @overload(chosen, strict=False)
    def _chosen(p: Any, *rest: Any) -> Any:  # noqa: ARG001
        if p.instance_class is FullTables:
            return lambda p, *rest: full(p, *rest)
        return lambda p, *rest: plain(p, *rest)

    return chosen
