"""What was said of the columns of lists with the same headers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.readers.tables import Understood
from data.store.imports.columns import remembered
from web.auth.access import by
from web.context import wired
from web.imports.faults import TITLE
from web.imports.uploads import Upload

if TYPE_CHECKING:
    from data.readers.tables import Table


def remembered_columns(upload: Upload, table: Table) -> Understood | None:
    """Return what was said last of lists with a list's headers, None where nothing was."""
    with wired().store.engine.connect() as connection:
        return remembered(
            connection, upload.city, upload.kind, own_headers(table), table.header_line
        )


def remember(upload: Upload, table: Table, told: Understood) -> None:
    """Remember what is said of a list's columns for the next one with its headers."""
    with wired().store.writing(by()) as writer:
        writer.remember_columns(upload.city, upload.kind, own_headers(table), told)


def own_headers(table: Table) -> list[str]:
    """Return a list's headers without the column that tells its faults."""
    return [header for header in table.headers if header != TITLE]
