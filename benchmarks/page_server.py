"""A server of our pages and of a bare one, in a process of its own, at an hour that stands still.

It serves as `dayround serve` does, by waitress with as many threads.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from benchmarks.kept_runs import ROOT

if TYPE_CHECKING:
    from data.home import Home

BARE = "/bare/"


@contextmanager
def served(home: Home, at: datetime) -> Iterator[str]:
    """Serve a home as of `at`, and give the server's address."""
    command = [sys.executable, "-m", "benchmarks.page_server", str(home.path), at.isoformat()]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as process:
        try:
            assert process.stdout is not None
            yield process.stdout.readline().strip()
        finally:
            process.terminate()


def main(home: Path, at: str) -> None:
    """Serve until the process is ended; the address is printed first."""
    import gc
    import logging

    import waitress  # type: ignore[import-untyped]
    from flask import Flask
    from werkzeug.middleware.dispatcher import DispatcherMiddleware

    from web.app import create_app
    from web.cli.serve import WAITRESS
    from web.phone.brought.taker import TAKER
    from web.phone.day_file import readying
    from web.settings import Settings
    from web.slots.readying import READYING, Readying
    from web.wiring import wire

    bare = Flask("bare")
    bare.add_url_rule("/", view_func=lambda: "<!doctype html><title>Bare</title><p>A bare page.")
    wired, hour = wire(home), datetime.fromisoformat(at)
    standing = replace(wired, ports=replace(wired.ports, clock=lambda: hour))
    app = create_app(standing, Settings(wired.home.session_secret()))
    app.extensions[READYING] = Readying(standing)
    app.extensions[READYING].begin()
    app.extensions[TAKER].start()
    readying.begin(app)
    gc.freeze()  # as `dayround serve` does
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    both = DispatcherMiddleware(app, {BARE.rstrip("/"): bare})
    server = waitress.create_server(both, host="127.0.0.1", port=0, **WAITRESS)
    print(f"http://127.0.0.1:{server.effective_port}", flush=True)
    server.run()


if __name__ == "__main__":
    typer.run(main)
