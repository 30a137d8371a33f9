"""Facts by borrower, looked up many times."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Generic, Protocol, TypeVar

from scheduler.model import Borrower


class OfBorrower(Protocol):
    @property
    def borrower_id(self) -> str: ...


Item = TypeVar("Item", bound=OfBorrower)


class Grouped(Generic[Item]):
    """Cases, places or visits by borrower; none for a borrower who has none."""

    def __init__(self, items: Iterable[Item]) -> None:
        self._groups: dict[str, list[Item]] = defaultdict(list)
        for item in items:
            self._groups[item.borrower_id].append(item)

    def of(self, borrower: Borrower) -> Sequence[Item]:
        return self.of_id(borrower.id)

    def of_id(self, borrower_id: str) -> Sequence[Item]:
        return self._groups.get(borrower_id, ())
