"""A named tuple of arrays, held by a pointer: a call passes one word, not nine for each array.

`held(tables)` is the same tuple to whoever reads it, `tables.travel` and all. Where an array lies
and how long it is never changes while it is held, and the compiler is told so. What would pass all
the words compiles twice as long, and a problem that asks for much is searched at two thirds of the
speed.
"""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256
from typing import Any, TypeVar

from llvmlite import ir  # type: ignore[import-untyped]
from numba import types
from numba.core import cgutils
from numba.core.datamodel.models import PrimitiveModel
from numba.core.typing.templates import AttributeTemplate
from numba.extending import (
    infer_getattr,
    intrinsic,
    lower_getattr_generic,
    register_model,
)

from routing.compiled.compiling import config

gep: Any = cgutils.gep_inbounds

alloca_once: Any = cgutils.alloca_once_value

Tuple = TypeVar("Tuple")


class Held(types.Type):
    """The type of a pointer to a named tuple `of` arrays and numbers."""

    def __init__(self, of: Any) -> None:
        self.of = of
        told = sha256(str(of).encode()).hexdigest()[:8]
        super().__init__(f"{of.instance_class.__name__}_{told}")  # in each symbol: not of 4 kB

    @property
    def key(self) -> Any:
        return self.of


@register_model(Held)
class _HeldModel(PrimitiveModel):
    def __init__(self, models: Any, held: Held) -> None:
        place = models.lookup(held.of).get_value_type().as_pointer()
        super().__init__(models, held, place)  # type: ignore[no-untyped-call]


@infer_getattr
class _HeldFields(AttributeTemplate):
    key = Held

    def generic_resolve(self, held: Held, name: str) -> Any:  # type: ignore[override]
        return held.of.types[held.of.fields.index(name)]


def _field(_: Any, builder: Any, held: Held, value: Any, name: str) -> Any:
    return _loaded(builder, gep(builder, value, 0, held.of.fields.index(name)))


lower_field: Any = lower_getattr_generic(Held)  # type: ignore[no-untyped-call]
lower_field(_field)


def _loaded(builder: Any, place: Any) -> Any:
    """Load each number of a structure alone: LLVM knows how to leave out those nobody reads."""
    kind = place.type.pointee
    if not isinstance(kind, (ir.LiteralStructType, ir.ArrayType)):
        loaded = builder.load(place)
        loaded.set_metadata("invariant.load", builder.module.add_metadata([]))
        return loaded
    whole = ir.Constant(kind, ir.Undefined)
    for i in range(len(kind)):
        whole = builder.insert_value(whole, _loaded(builder, gep(builder, place, 0, i)), i)
    return whole


@intrinsic
def _hold(_: Any, values: Any) -> Any:
    def generate(_: Any, builder: Any, __: Any, given: Any) -> Any:
        return alloca_once(builder, given[0])

    return Held(values)(values), generate


_held: Any = _hold if not config.DISABLE_JIT else lambda values: values

held: Callable[[Tuple], Tuple] = _held
"""Hold a tuple in the function that calls this, as long as that runs."""
