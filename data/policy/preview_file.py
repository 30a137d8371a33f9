"""The cases that a policy affects, as a file for a spreadsheet."""

from __future__ import annotations

import csv
import io

from data.exports.separated import guarded
from scheduler.policy_preview import HEADER, Preview, lines


def preview_csv(found: Preview) -> bytes:
    """Return the affected cases as CSV that Excel opens, and takes for no formula."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(HEADER)
    for row in lines(found.affected):
        writer.writerow([guarded(cell) for cell in row])
    return stream.getvalue().encode("utf-8-sig")
