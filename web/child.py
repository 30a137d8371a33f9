"""Worker processes, which are never to outlive their server."""

from __future__ import annotations

import os
import signal
from multiprocessing import parent_process
from threading import Thread


def end_with_server() -> None:
    """Let the worker end as soon as its server is gone, however that came, and not before.

    A terminal's Ctrl-C goes to both; only the server knows what is to be given back.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    server = parent_process()
    assert server is not None, "a worker has a server"

    def watch() -> None:
        server.join()
        os._exit(1)

    Thread(target=watch, name="watch", daemon=True).start()
