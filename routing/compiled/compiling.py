"""The decorators of compiled functions, and where their machine code is kept.

numba's disk cache does not notice edits in imported files. So the machine code of a folder of
kernels has a folder of its own, named by a hash of all the sources in it and of those here, of
numba's version, of the processor and of the switches that change the code: whatever is edited,
another folder is used. Where that may not be written, nothing is kept.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any, TypeVar, cast

import numba
import platformdirs
from llvmlite.ir import CallInstr  # type: ignore[import-untyped]
from numba import types
from numba.core import cgutils
from numba.extending import intrinsic

HERE = Path(__file__).parent

config: Any = numba.config  # type: ignore[attr-defined, unused-ignore]

unpack_tuple: Any = cgutils.unpack_tuple

star: Any = types.StarArgTuple.from_types

Int = Any
"""A whole number of 64 bits, NumPy's or Python's: compiled, they are the same."""

Kernel = TypeVar("Kernel", bound=Callable[..., Any])

njit: Any = numba.njit  # its types know no private switch

HOW: dict[str, Any] = {"nogil": True, "error_model": "numpy", "_nrt": False}
"""`_nrt` is numba's own switch: it drops the counting of references, for code that makes no array.
Without it the search is nearly three times slower, so the range of numba's versions is narrow.
"""

WITHIN: dict[str, Any] = {**HOW, "no_cpython_wrapper": True, "no_cfunc_wrapper": True}

part: Callable[[Kernel], Kernel] = njit(**WITHIN, forceinline=True)
"""A function that only compiled functions call; LLVM puts it into each of them."""

only_part: Callable[[Kernel], Kernel] = njit(**WITHIN, inline="always")
"""One that is called in a single place, or two: numba puts its Python there, and compiles it with
that. Any other is compiled for itself, with all that it calls, and again in whoever calls it.
"""


def long_part(function: Kernel) -> Kernel:
    """Compile a function that is called from several places, and never put it into its caller."""
    if config.DISABLE_JIT:
        return function
    kernel = njit(**WITHIN)(function)

    @intrinsic
    def call(context: Any, *arguments: Any) -> Any:
        of: Any = types.Dispatcher(kernel)
        signature = of.get_call_type(context, arguments, {})

        def generate(target: Any, builder: Any, _: Any, values: Any) -> Any:
            given = unpack_tuple(builder, values[0], len(arguments))
            before = set(_calls(builder))
            made = target.get_function(of, signature)(builder, given)
            for added in set(_calls(builder)) - before:
                added.attributes.add("noinline")
            return made

        return signature.return_type(star(arguments)), generate

    typed: Kernel = cast(Any, call)
    return typed


def _calls(builder: Any) -> Iterator[CallInstr]:
    for block in builder.function.blocks:
        yield from (step for step in block.instructions if isinstance(step, CallInstr))


def entry(function: Kernel) -> Kernel:
    """Compile a function that Python calls, and keep its machine code, with all that it calls.

    All of that stands in the folder of the function's own file.
    """
    sources = Path(function.__code__.co_filename).parent
    before = config.CACHE_DIR
    config.CACHE_DIR = str(folder(sources))
    try:
        kernel: Kernel = njit(cache=is_kept(sources), **HOW)(function)
        return kernel
    finally:
        config.CACHE_DIR = before


@cache
def is_kept(sources: Path) -> bool:
    """Whether the machine code of `sources` can be kept; its folder is then marked as used now.

    numba, left to itself, would keep it where an edit of an imported file goes unnoticed, or fail.
    """
    place = folder(sources)
    try:
        place.mkdir(parents=True, exist_ok=True)
        TemporaryFile(dir=place).close()
        os.utime(place)
    except OSError:
        return False
    return True


def folder(sources: Path) -> Path:
    """Return where the machine code of the modules in `sources` belongs."""
    home = os.environ.get("DAYROUND_KERNELS") or platformdirs.user_cache_path("dayround", False)
    return Path(home) / "kernels" / fingerprint(sources)


def fingerprint(sources: Path) -> str:
    """Return a hash of all that the machine code of the modules in `sources` depends on."""
    told = hashlib.sha256()
    for file in (*sorted(sources.glob("*.py")), *sorted(HERE.glob("*.py"))):
        told.update(file.name.encode() + b"\0" + file.read_bytes() + b"\0")
    for fact in (numba.__version__, config.CPU_NAME or _processor(), config.BOUNDSCHECK):
        told.update(str(fact).encode() + b"\0")
    return told.hexdigest()[:24]


def _processor() -> str:
    from llvmlite import binding  # type: ignore[import-untyped]

    return f"{binding.get_host_cpu_name()} {binding.get_host_cpu_features().flatten()}"
