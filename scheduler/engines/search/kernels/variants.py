"""Which of the three kinds of problem a function is compiled for.

Told by the type of the tables while numba compiles, so that the way not taken is not even there.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from numba.extending import overload

from scheduler.engines.search.kernels.compiling import INLINE
from scheduler.engines.search.kernels.tables import FullTables, PlainTables, Tables


def is_full(p: Tables) -> bool:
    """Whether `p` asks for more than insertions that are exact at a glance."""
    return isinstance(p, FullTables)


def has_meetings(p: Tables) -> bool:
    """Whether two crews may meet at a door."""
    return not isinstance(p, PlainTables)


@overload(is_full, strict=False)
def _is_full(p: Any) -> Any:
    if p.instance_class is FullTables:
        return lambda p: True  # noqa: ARG005
    return lambda p: False  # noqa: ARG005


@overload(has_meetings, strict=False)
def _has_meetings(p: Any) -> Any:
    if p.instance_class is PlainTables:
        return lambda p: False  # noqa: ARG005
    return lambda p: True  # noqa: ARG005


def either(plain: Callable[..., Any], full: Callable[..., Any]) -> Callable[..., Any]:
    """Return a compiled function that is `full` for a full problem and else `plain`."""
    return _of_two(plain, full, lambda kind: kind is FullTables)


def where_met(nobody: Callable[..., Any], two: Callable[..., Any]) -> Callable[..., Any]:
    """Return a compiled function that is `two` where two may meet and else `nobody`."""
    return _of_two(nobody, two, lambda kind: kind is not PlainTables)


def _of_two(
    first: Callable[..., Any], second: Callable[..., Any], is_second: Callable[[type], bool]
) -> Callable[..., Any]:
    """Compile the one as if it stood there: a call in between would be compiled as well."""

    def chosen(p: Tables, *rest: Any) -> Any:
        return (second if is_second(type(p)) else first)(p, *rest)

    @overload(chosen, strict=False, jit_options=INLINE)
    def _chosen(p: Any, *rest: Any) -> Any:  # noqa: ARG001
        kernel: Any = second if is_second(p.instance_class) else first
        if getattr(kernel, "is_apart", False):
            return lambda p, *rest: kernel(p, *rest)
        return kernel.py_func

    return chosen
