"""What a model or a bureau says of a case."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Score:
    """The chance, 0 … 1, that a case is paid, as `source` saw it on a day."""

    case_id: str
    source: str
    on: date
    chance: Decimal
