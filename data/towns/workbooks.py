"""Lists as Excel workbooks that are the same, byte by byte, whenever they are written."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from pathlib import Path

from data.readers.columns import Registry
from data.towns.people import Row

TITLE = "演示数据 made-up data"
EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest that a ZIP archive can tell
SAVED_AT = re.compile(rb"(<dcterms:(\w+) [^>]*>)[^<]*")


def write_workbook(rows: Sequence[Row], registry: Registry, file: Path) -> None:
    """Write rows under the Chinese titles of the import; columns are those required or in use."""
    from openpyxl import Workbook

    in_use = {field for row in rows for field in row}
    used = [one for one in registry.columns if one.is_required or one.field in in_use]
    book = Workbook(write_only=True)
    book.properties.title = book.properties.creator = TITLE
    sheet = book.create_sheet(TITLE)
    sheet.freeze_panes = "A2"
    sheet.append([column.zh for column in used])
    for row in rows:
        sheet.append([row.get(column.field) for column in used])
    stream = io.BytesIO()
    book.save(stream)
    file.write_bytes(timeless(stream))


def timeless(stream: io.BytesIO) -> bytes:
    """Return a workbook without the moment at which it was saved."""
    target = io.BytesIO()
    with zipfile.ZipFile(stream) as saved, zipfile.ZipFile(target, "w") as kept:
        for name in saved.namelist():
            content = saved.read(name)
            if name == "docProps/core.xml":
                content = SAVED_AT.sub(rb"\g<1>1980-01-01T00:00:00Z", content)
            kept.writestr(zipfile.ZipInfo(name, EPOCH), content, zipfile.ZIP_DEFLATED)
    return target.getvalue()
