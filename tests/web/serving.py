"""`dayround serve` as a process of its own."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

START_S = 60
ENDED_AS_TOLD = (0, -15, 130)


@contextmanager
def served(home: Path, port: int, *options: object) -> Iterator[subprocess.Popen[bytes]]:
    """Serve a home while the block runs; what the server says stands in serve.log beside it."""
    command = [sys.executable, "-c", "from web.cli import main; main()", "serve"]
    command += ["--home", str(home), "--port", str(port), *map(str, options)]
    with (home.parent / "serve.log").open("wb") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log)
    try:
        wait_for(port, process)
        yield process
    finally:
        process.terminate()
        code = process.wait(START_S)
    assert code in ENDED_AS_TOLD


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


def wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    """Wait until something listens."""
    until = time.monotonic() + START_S
    while time.monotonic() < until:
        assert process.poll() is None, "the server ended"
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    pytest.fail("the server did not begin to listen")
