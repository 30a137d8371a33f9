"""A named tuple of arrays, held by a pointer: a call passes one word instead of each array's nine.

`held(tables)` is the same tuple to whoever reads it, `tables.travel` and all. What a field tells,
where its array lies and how long it is, never changes while it is held, and the compiler is told so.
"""

from __future__ import annotations

from hashlib import sha256
from typing import Any, TypeVar

from llvmlite import ir  # type: ignore[import-untyped]
from numba import types
from numba.core import cgutils
from numba.core.datamodel.models import PrimitiveModel
from numba.core.typing.templates import AttributeTemplate
from numba.extending import infer_getattr, intrinsic, lower_getattr_generic, register_model

from scheduler.engines.search.kernels.compiling import config

Tuple = TypeVar("Tuple")


class Held(types.Type):  # type: ignore[misc]
    """The type of a pointer to a named tuple `of` arrays and numbers."""

    def __init__(self, of: Any) -> None:
        self.of = of
        told = sha256(str(of).encode()).hexdigest()[:8]
        super().__init__(f"{of.instance_class.__name__}_{told}")  # in each symbol: not of 4 kB

    @property
    def key(self) -> Any:
        return self.of

    @property
    def instance_class(self) -> type:
        kind: type = self.of.instance_class
        return kind


@register_model(Held)
class _HeldModel(PrimitiveModel):  # type: ignore[misc]
    def __init__(self, models: Any, held: Held) -> None:
        super().__init__(models, held, models.lookup(held.of).get_value_type().as_pointer())


@infer_getattr
class _HeldFields(AttributeTemplate):  # type: ignore[misc]
    key = Held

    def generic_resolve(self, held: Held, name: str) -> Any:
        return held.of.types[held.of.fields.index(name)]


@lower_getattr_generic(Held)
def _field(context: Any, builder: Any, held: Held, value: Any, name: str) -> Any:
    place = cgutils.gep_inbounds(builder, value, 0, held.of.fields.index(name))
    return _loaded(builder, place)


def _loaded(builder: Any, place: Any) -> Any:
    """Load each number of a structure alone: LLVM knows how to leave out those nobody reads."""
    kind = place.type.pointee
    if not isinstance(kind, (ir.LiteralStructType, ir.ArrayType)):
        loaded = builder.load(place)
        loaded.set_metadata("invariant.load", builder.module.add_metadata([]))
        return loaded
    whole = ir.Constant(kind, ir.Undefined)
    for i in range(len(kind) if isinstance(kind, ir.LiteralStructType) else kind.count):
        part = _loaded(builder, cgutils.gep_inbounds(builder, place, 0, i))
        whole = builder.insert_value(whole, part, i)
    return whole


def held(values: Tuple) -> Tuple:
    """Return the same: not compiled, a tuple is passed by a pointer already."""
    return values


if not config.DISABLE_JIT:

    @intrinsic
    def held(context: Any, values: Any) -> Any:  # type: ignore[no-redef]  # noqa: ARG001
        def generate(target: Any, builder: Any, _: Any, given: Any) -> Any:
            return cgutils.alloca_once_value(builder, given[0])

        return Held(values)(values), generate
