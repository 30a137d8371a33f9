"""What may stand in the addresses of pages: days and numbers that a book can hold."""

from __future__ import annotations

from datetime import date

from werkzeug.routing import BaseConverter, IntegerConverter, Map, ValidationError

from web.told_days import day_of

LARGEST = 2**31 - 1
"""No database counts further by itself; a larger number would break it, and names nothing."""


class DayConverter(BaseConverter):
    """A date in an address: /<city>/<day:on>."""

    regex = r"\d{4}-\d{2}-\d{2}"

    def to_python(self, value: str) -> date:
        try:
            return day_of(value)
        except ValueError as error:
            raise ValidationError from error

    def to_url(self, value: date) -> str:
        return value.isoformat()


class NumberConverter(IntegerConverter):
    """A whole number in an address: /<city>/policy/<int:number>."""

    def __init__(self, map: Map, **more: object) -> None:
        super().__init__(map, **{"max": LARGEST, **more})  # type: ignore[arg-type]
