"""Files as browsers are sent them: with what changes with each in its address, and compressed."""

from __future__ import annotations

import gzip
import hashlib
from functools import cache
from pathlib import Path

from flask import Response, request

COMMON = Path(__file__).parent / "static"
"""Styles and scripts of all pages."""


def digest_of(file: Path) -> str:
    """Return a few characters that change with the content of a file."""
    return _digest(file, file.stat().st_mtime_ns)


@cache
def _digest(file: Path, _changed_at_ns: int) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()[:10]


def compressed(content: bytes) -> bytes:
    """Return content by gzip; the same for the same."""
    return gzip.compress(content, compresslevel=6, mtime=0)


def packed(content: bytes, mimetype: str = "application/json") -> Response:
    """Return an answer that is compressed already, unpacked for a browser that cannot."""
    response = Response(content, mimetype=mimetype)
    response.vary.add("Accept-Encoding")
    if request.accept_encodings["gzip"] > 0:
        response.content_encoding = "gzip"
    else:
        response.data = gzip.decompress(content)
    return response
