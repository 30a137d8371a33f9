"""Who may go where, at what price: one row for all visits and places of which it is the same."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

import numpy as np

from scheduler.engines.search.kernels.tables import FAR, Array
from scheduler.options import OptionTable
from scheduler.problem import Reference, Visit

NOBODY = Reference({})


@dataclass
class Groups:
    """Numbers the groups of visits and places to which the same crews may go at the same price."""

    table: OptionTable
    _rows: dict[tuple[bytes, bytes], int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        crews = self.table.problem.crews
        reference = self.table.problem.reference or NOBODY
        self.crews_known = reference.crews_of
        self.price_per_move = reference.price_per_move
        self._is_limited = reference.most_moves is not None
        self._column = {crew.id: k for k, crew in enumerate(crews)}
        self._everybody = np.ones(len(crews), bool)
        self._nobody_moves = np.zeros(len(crews), np.int8)
        self._size = np.array([crew.size for crew in crews], np.int64)

    def of(self, visit: int) -> int:
        """Return the group of a visit."""
        return self._number(visit, self.table.fits[visit])

    def alone(self, visit: int, crews: frozenset[str] | None) -> int:
        """Return the group of a place to which one crew goes, one of `crews` if they are told."""
        is_enough = self._size >= self._visit(visit).crew_size
        return self._number(visit, self.table.fits[visit] & is_enough & self._among(crews))

    def together(self, visit: int, crews: frozenset[str] | None) -> int:
        """Return the group of a place where two meet, of whom each is too small."""
        is_small = self._size < self._visit(visit).crew_size
        return self._number(visit, self.table.fits[visit] & is_small & self._among(crews))

    @property
    def sending(self) -> Array:
        """The prices [group, crew], FAR for who may not go."""
        shape = len(self._rows), len(self._column)
        prices = np.frombuffer(b"".join(price for price, _ in self._rows), np.int64)
        return prices.reshape(shape).copy()  # read-only, it would be compiled for on its own

    @property
    def moves(self) -> Array:
        """Whether it is a move to send that crew [group, crew]; no rows where nobody counts."""
        if not self._is_limited:
            return np.zeros((0, 0), np.int8)
        shape = len(self._rows), len(self._column)
        moves = np.frombuffer(b"".join(moved for _, moved in self._rows), np.int8)
        return moves.reshape(shape).copy()

    def _visit(self, visit: int) -> Visit:
        return self.table.problem.visits[visit]

    def _among(self, crews: frozenset[str] | None) -> Array:
        return self._everybody if crews is None else ~self._others(crews)

    def _others(self, crews: AbstractSet[str]) -> Array:
        return np.array([name not in crews for name in self._column], bool)

    def _number(self, visit: int, may_go: Array) -> int:
        known = self.crews_known.get(self._visit(visit).id)
        moved, price = self._nobody_moves, self.table.price[visit]
        if known is not None:
            moved = self._others(known).astype(np.int8)
            price = price + moved.astype(np.int64) * self.price_per_move
        row = np.where(may_go, price, FAR).tobytes(), moved.tobytes()
        return self._rows.setdefault(row, len(self._rows))
