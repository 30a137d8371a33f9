"""What a preview found, as it is kept with its job: figures, the first cases, and a file of all."""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import Mapping
from typing import Any
from zlib import compress, decompress

from data.policy.preview_file import preview_csv
from scheduler.policy_preview import Preview, lines

LISTED = 100
"""Affected cases that are kept to be shown; the file has all."""


def kept_preview(found: Preview) -> dict[str, Any]:
    """Return a preview as plain values: of 50,000 affected cases some hundreds of kB."""
    return {
        "cases": found.cases,
        "visited_before": found.visited_before,
        "visited_after": found.visited_after,
        "affected": len(found.affected),
        "groups": [
            [bucket, product, {effect.value: count for effect, count in counts.items()}]
            for bucket, product, counts in found.counts()
        ],
        "listed": [list(row) for row in lines(found.affected[:LISTED])],
        "file": b64encode(compress(preview_csv(found))).decode(),
    }


def file_of(kept: Mapping[str, Any]) -> bytes:
    """Return the CSV of all affected cases."""
    return decompress(b64decode(kept["file"]))
