"""What is said of a visit beside its place, line by line, for formats without columns."""

from __future__ import annotations

from collections.abc import Iterator

from data.exports.day import ExportDay, StopRow


def lines_about(day: ExportDay, stop: StopRow) -> Iterator[str]:
    """Yield what the reader may see of the person and the place; nothing where it is nothing."""
    if stop.is_other:
        yield day.words.other
    if stop.name and stop.kind:
        yield day.words.kinds[stop.kind]
    if stop.phone:
        yield stop.phone
    if stop.contracts:
        yield ", ".join(stop.contracts)
    if stop.overdue is not None:
        yield day.words.due.format(amount=f"{stop.overdue:,.2f}", currency=day.city.currency)
