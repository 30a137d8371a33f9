"""What is wrong in plain values that a person or a program wrote, before they are read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import is_dataclass
from enum import Enum
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from data.plain import needed_fields, reader

WORDS = {str: "text", int: "a whole number", bool: "true or false"}


def faults_of(kind: Any, plain: Any, at: str = "") -> Iterator[str]:
    """Yield all that keeps `plain` from being a `kind`, each by where it stands.

    `reader` takes what this store wrote; what others write has other keys and other kinds.
    """
    origin, parts = get_origin(kind), get_args(kind)
    if origin in (Union, UnionType):
        if plain is not None:
            yield from faults_of(next(one for one in parts if one is not NoneType), plain, at)
    elif origin in (tuple, frozenset):
        yield from _list_faults(parts[0], plain, at)
    elif is_dataclass(kind):
        yield from _object_faults(kind, plain, at)
    elif kind in WORDS:
        if type(plain) is not kind:
            yield f"{at or 'it'}: expected {WORDS[kind]}, not {plain!r}"
    else:
        yield from _word_faults(kind, plain, at)


def _list_faults(item: Any, plain: Any, at: str) -> Iterator[str]:
    if not isinstance(plain, list):
        yield f"{at or 'it'}: expected a list, not {plain!r}"
        return
    for number, one in enumerate(plain, start=1):
        yield from faults_of(item, one, f"{at} {number}")


def _object_faults(kind: Any, plain: Any, at: str) -> Iterator[str]:
    if not isinstance(plain, dict):
        yield f"{at or 'it'}: expected an object, not {plain!r}"
        return
    hints = get_type_hints(kind)
    inside = f"{at}." if at else ""
    for key in plain:
        if key not in hints:
            yield f"{inside}{key}: unknown; there are {', '.join(hints)}"
    for key in sorted(needed_fields(kind) - plain.keys()):
        yield f"{inside}{key}: is missing"
    for key in hints.keys() & plain.keys():
        yield from faults_of(hints[key], plain[key], f"{inside}{key}")


def _word_faults(kind: Any, plain: Any, at: str) -> Iterator[str]:
    """Yield why text is no choice, day, instant or sum; a binary fraction is no sum."""
    try:
        if not isinstance(plain, str):
            raise TypeError
        reader(kind)(plain)
    except (ArithmeticError, TypeError, ValueError):
        there_are = f"; there are {', '.join(kind)}" if issubclass(kind, Enum) else ""
        yield f"{at or 'it'}: {plain!r} is no {kind.__name__.lower()} as text{there_are}"
