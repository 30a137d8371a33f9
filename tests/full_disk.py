"""A disk that fills up: files may not grow beyond so many bytes, whoever writes them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest


@contextmanager
def room_for(size_bytes: int) -> Iterator[None]:
    """Let each file of this process grow to so many bytes and no farther."""
    resource = pytest.importorskip("resource", reason="this system has no limits of file sizes")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size_bytes, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
