"""Questions about a few: SQLite is kept from reading a whole city for them.

It has no statistics of the book, and takes an index that gives the order asked for, or a range of
time, before the one of the borrowers: for one borrower's contacts it would read everybody's.
"""

from __future__ import annotations

from typing import Any, TypeVar

from sqlalchemy import ColumnElement
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

from data.store.rows import Only

T = TypeVar("T")


class _Unindexed(FunctionElement[T]):
    """A column that is compared and ordered by without its index, where the database is SQLite."""

    inherit_cache = True
    name = "unindexed"

    def __init__(self, column: ColumnElement[T]) -> None:
        super().__init__(column)
        self.type = column.type


def unindexed(column: ColumnElement[T], only: Only) -> ColumnElement[T]:
    """Return a column whose index is not to be used where `only` some are asked for."""
    return column if only is None else _Unindexed(column)


@compiles(_Unindexed)
def _as_it_is(element: _Unindexed[Any], compiler: SQLCompiler, **kw: Any) -> str:
    return compiler.process(element.clauses, **kw)


@compiles(_Unindexed, "sqlite")
def _plus(element: _Unindexed[Any], compiler: SQLCompiler, **kw: Any) -> str:
    return f"+{compiler.process(element.clauses, **kw)}"
