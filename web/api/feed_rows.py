"""Rows of a feed as facts of the book: contacts, payments and balances."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from functools import cached_property
from typing import Any, TypeVar

from scheduler.contacts import (
    NOT_REACHED,
    Contact,
    Direction,
    Party,
    appointment_fault,
    promise_fault,
)
from scheduler.payments import Balance, Payment
from web.api.feed_fields import BALANCE, CONTACT, PAYMENT, Faults, Field, read_row

T = TypeVar("T")
Row = Mapping[str, Any]


@dataclass
class Reader:
    """Reads the rows of one request; `now` bounds what can have happened, `zone` is the city's.

    `pointer_of` is where each key stands, for what the book itself refuses.
    """

    borrowers_by_case: Mapping[str, str]
    now: datetime
    zone: tzinfo
    faults: Faults = field(default_factory=Faults)
    pointer_of: dict[str, str] = field(default_factory=dict)

    def contacts(self, told: Any) -> list[Contact]:
        return self._rows(told, "contacts", CONTACT, self._contact)

    def payments(self, told: Any) -> list[Payment]:
        return self._rows(told, "payments", PAYMENT, self._payment)

    def balances(self, told: Any) -> list[Balance]:
        return self._rows(told, "balances", BALANCE, self._balance)

    def _rows(
        self,
        told: Any,
        name: str,
        fields: tuple[Field, ...],
        make: Callable[[Row, str], T | None],
    ) -> list[T]:
        return list(self._made(told, name, fields, make))

    def _made(
        self, told: Any, name: str, fields: tuple[Field, ...], make: Callable[[Row, str], T | None]
    ) -> Iterator[T]:
        if not isinstance(told, list):
            self.faults.add(f"/{name}", "is no list")
            return
        for number, row in enumerate(told):
            pointer = f"/{name}/{number}"
            values = read_row(row, fields, pointer, self.faults)
            if values is None or not self._has_happened(values, pointer):
                continue
            if (made := make(values, pointer)) is not None:
                if "key" in values:
                    self.pointer_of[values["key"]] = pointer
                yield made

    def _has_happened(self, row: Row, pointer: str) -> bool:
        if row["at"] <= self.now:
            return True
        self.faults.add(f"{pointer}/at", "lies in the future")
        return False

    def _contact(self, row: Row, pointer: str) -> Contact | None:
        whose = self._borrower(row, pointer)
        agreed = row.get("appointment")
        if agreed is not None and (fault := appointment_fault(row["at"], agreed)):
            self.faults.add(f"{pointer}/appointment", fault)
            return None
        if whose is None:
            return None
        usual = Party.NOBODY if row["result"] in NOT_REACHED else Party.BORROWER
        told = Contact(
            key=row["key"],
            borrower_id=whose,
            channel=row["channel"],
            direction=row.get("direction", Direction.OUT),
            party=row.get("party", usual),
            result=row["result"],
            at=row["at"],
            by=row.get("by", ""),
            case_id=row.get("case", ""),
            contacted=row.get("contacted", ""),
            recording=row.get("recording", ""),
            note=row.get("note", ""),
            appointment=agreed,
            amount=row.get("amount"),
            due=row.get("due"),
            grace_days=row.get("grace_days"),
            method=row.get("method", ""),
            corrects=row.get("corrects", ""),
        )
        if wrong := promise_fault(told, told.at.astimezone(self.zone).date()):
            self.faults.add(f"{pointer}/{wrong[0]}", wrong[1])
            return None
        return told

    def _borrower(self, row: Row, pointer: str) -> str | None:
        case, borrower = row.get("case"), row.get("borrower")
        if case is not None and not self._is_known(case, pointer):
            return None
        if case is not None and borrower not in (None, self.borrowers_by_case[case]):
            self.faults.add(f"{pointer}/borrower", "is not the borrower of the case")
            return None
        whose = borrower if case is None else self.borrowers_by_case[case]
        if whose is None:
            self.faults.add(pointer, "names neither a case nor a borrower")
        elif case is None and whose not in self._borrowers:
            self.faults.add(f"{pointer}/borrower", "is no borrower of the city")
            return None
        return whose

    @cached_property
    def _borrowers(self) -> frozenset[str]:
        return frozenset(self.borrowers_by_case.values())

    def _is_known(self, case: str, pointer: str) -> bool:
        if case in self.borrowers_by_case:
            return True
        self.faults.add(f"{pointer}/case", "is no case of the city")
        return False

    def _payment(self, row: Row, pointer: str) -> Payment | None:
        if not self._is_known(row["case"], pointer):
            return None
        told = (row["key"], row["case"], row["amount"], row["at"])
        return Payment(*told, row.get("method", ""), row.get("overdue"))

    def _balance(self, row: Row, pointer: str) -> Balance | None:
        if not self._is_known(row["case"], pointer):
            return None
        return Balance(row["case"], row["overdue"], row.get("days_past_due"), row["at"])
