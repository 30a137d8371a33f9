"""`dayround serve`: the pages, for browsers of this machine or of the house."""

from __future__ import annotations

import gc
import os
import signal
import socket
import sys
from collections.abc import Mapping
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any
from urllib.parse import urlsplit

import typer

from web.cli.common import fail, say, session
from web.cli.held import held

if TYPE_CHECKING:
    from web.settings import Settings

THREADS = 8
CONNECTIONS = 1000
"""As many browsers as may be connected at once: a town's phones come back at one moment, and each
desk and phone keeps its connection for a while. More wait to be let in."""

WAITRESS: Mapping[str, Any] = {
    "threads": THREADS,
    "ident": None,
    "connection_limit": CONNECTIONS,
    "asyncore_use_poll": True,  # select() knows no file number above 1023
}
RUNNER = "dayround_runner"
LONG_RUNNER = "dayround_long_runner"
EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}
"""What listens to everybody is no address to open: this machine has these."""

RENEW_BEFORE = timedelta(days=30)


def register(app: typer.Typer) -> None:
    app.command("serve", epilog="Example: [bold]dayround serve[/], then open the address it says.")(
        serve
    )


@dataclass(frozen=True)
class Listening:
    """Where and how a server listens; with `cert` and `key` by TLS."""

    host: str
    port: int
    cert: Path | None = None
    key: Path | None = None
    processes: int = 1
    proxies: int = 0

    @property
    def bind(self) -> str:
        """Where it listens, in one word."""
        return f"{in_url(self.host)}:{self.port}"

    @property
    def url(self) -> str:
        """Its own address, for a browser on this machine."""
        name = in_url(EVERYWHERE.get(self.host, self.host))
        return f"http{'s' if self.cert else ''}://{name}:{self.port}"


def in_url(host: str) -> str:
    """Write a host as it stands before a port."""
    return f"[{host}]" if ":" in host else host


def serve(
    context: typer.Context,
    host: Annotated[str, typer.Option("--host", help="Whom to listen to; 0.0.0.0 is all.")] = (
        "127.0.0.1"
    ),
    port: Annotated[int, typer.Option("--port", min=0, max=65_535)] = 8000,
    public_url: Annotated[
        str, typer.Option("--public-url", help="The address that people open, https://… .")
    ] = "",
    cert: Annotated[
        Path | None, typer.Option("--cert", help="Certificate (PEM) to serve by TLS.")
    ] = None,
    key: Annotated[
        Path | None, typer.Option("--key", help="The certificate's private key.")
    ] = None,
    behind_proxy: Annotated[
        bool,
        typer.Option("--behind-proxy", help="A reverse proxy tells who asks (X-Forwarded-…)."),
    ] = False,
    processes: Annotated[
        int, typer.Option("--processes", min=1, help="More than one needs Linux or macOS.")
    ] = 1,
) -> None:
    """Serve the pages until Ctrl-C."""
    from data.home import Home

    where = Listening(host, port or any_port(host), cert, key, processes, int(behind_proxy))
    home = Home.find(session(context).home)
    with held(home.path) if home.is_made_up else nullcontext():
        serve_at(context, where, public_url)


def any_port(host: str) -> int:
    """Return a port that nobody has: port 0 asks for any, and links have to name the true one."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as asking:
        asking.bind((host, 0))
        return int(asking.getsockname()[1])


def serve_at(context: typer.Context, where: Listening, public_url: str = "") -> None:
    """Serve the pages of a home until Ctrl-C; a made-up one is held by who calls."""
    from data.home import Home

    refuse_impossible(where)
    settings = settings_for(context, where, public_url)
    address, folder = settings.public_url or where.url, session(context).home
    Home.find(folder).address_file.write_text(address, encoding="utf-8")
    say(f"dayround serves [bold]{address}[/]; Ctrl-C ends it")
    warn_of_open_network(where, settings)
    warn_of_end(where.cert)
    by = by_gunicorn if where.cert or where.processes > 1 else by_waitress
    by(folder, settings, where)


def refuse_impossible(where: Listening) -> None:
    """End where what was asked cannot be served."""
    if (where.cert is None) != (where.key is None):
        fail("--cert and --key belong together: give both, or neither")
    for file in (where.cert, where.key):
        if file and not file.is_file():
            fail(f"{file} is not there: name the PEM file, or make one by dayround tls make")
    if where.cert and where.key:
        refuse_mismatch(where.cert, where.key)
    if os.name == "nt" and (where.cert or where.processes > 1):
        fail("TLS and several processes are not served on Windows: put a proxy in front")


def refuse_mismatch(cert: Path, key: Path) -> None:
    """End where a certificate cannot be served, rather than at every visitor."""
    import ssl

    try:
        ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(cert, key)
    except ssl.SSLError as error:
        fail(f"{cert} and {key} are no certificate and its key, in PEM: {error.reason}")


def settings_for(context: typer.Context, where: Listening, public_url: str) -> Settings:
    """Return the settings of an open home; the address is its own where TLS has no other."""
    from web.settings import Settings

    here = session(context).wired()
    secret = here.home.session_secret()
    here.store.close()  # each server process opens its own
    return Settings(
        secret,
        public_url.rstrip("/"),
        where.proxies,
        is_tls=where.cert is not None,
        is_for_this_machine=is_for_this_machine(where, public_url),
    )


def is_for_this_machine(where: Listening, public_url: str) -> bool:
    """Tell whether nobody can come from elsewhere: not directly, nor by a proxy that is told of."""
    from web.settings import is_local

    hosts = filter(None, (where.bind, urlsplit(public_url).netloc))
    return not where.proxies and all(map(is_local, hosts))


def warn_of_open_network(where: Listening, settings: Settings) -> None:
    """Say it where nobody will be able to log in from elsewhere."""
    from web.settings import is_local

    if not is_local(where.bind) and not (settings.is_https or where.proxies):
        say(
            "[yellow]note:[/] over plain http log-in is refused to all but this machine: give "
            "--cert and --key (dayround tls make issues them), or --behind-proxy with a proxy that "
            "has a certificate"
        )


def warn_of_end(cert: Path | None) -> None:
    """Say it where the certificate ends soon, or has ended."""
    if cert is None:
        return
    from web.tls.files import ends_at

    end = ends_at(cert)
    if end < datetime.now(UTC) + RENEW_BEFORE:
        say(f"[yellow]note:[/] {cert} ends on {end:%Y-%m-%d}: renew it (dayround tls make)")


def make(folder: Path | None, settings: Settings) -> Any:
    """Return the app of the home in `folder`, beside which a runner does its long work."""
    from data.jobs import LONGEST, JobKind
    from web.app import create_app
    from web.jobs.runner import Runner
    from web.phone.brought.taker import TAKER
    from web.phone.day_file import readying
    from web.slots.readying import READYING, Readying
    from web.wiring import wire

    wired = wire(folder)
    app = create_app(wired, settings)
    app.extensions[READYING] = Readying(wired)
    app.extensions[RUNNER] = Runner(wired, tuple(set(JobKind) - set(LONGEST)))
    app.extensions[RUNNER].start()
    app.extensions[LONG_RUNNER] = Runner(wired, LONGEST)
    app.extensions[LONG_RUNNER].start()
    app.extensions[TAKER].start()
    app.extensions[READYING].begin()
    readying.begin(app)
    gc.freeze()  # what lives as long as the server is not looked through for garbage again
    return app


def warm_up(app: Any) -> None:
    """Let the app's runner have the search compiled while pages are served already."""
    app.extensions[RUNNER].warm_up()


def begin_worker(worker: Any) -> None:
    """Do that in the first process of gunicorn: the others would compile the same."""
    if worker.age == 1:
        warm_up(worker.wsgi)


def stop_work(app: Any) -> None:
    """Let the app's runner give back what it has not done."""
    from web.phone.brought.taker import TAKER

    app.extensions[TAKER].close()
    app.extensions[RUNNER].close()
    app.extensions[LONG_RUNNER].close()


def end_worker(_: Any, worker: Any) -> None:
    """Do it for a process of gunicorn, unless it ended before it had an app."""
    if app := getattr(worker, "wsgi", None):
        stop_work(app)


def by_waitress(folder: Path | None, settings: Settings, where: Listening) -> None:
    """Serve by one process with threads, on every system."""
    import logging

    import waitress  # type: ignore[import-untyped]

    logging.getLogger("waitress.queue").setLevel(logging.ERROR)  # a short queue is no news

    for end in (signal.SIGINT, signal.SIGTERM):  # a shell's background job would ignore Ctrl-C
        signal.signal(end, lambda *_: sys.exit(0))
    app = make(folder, settings)
    warm_up(app)
    try:
        waitress.serve(
            app,
            host=where.host,
            port=where.port,
            **WAITRESS,
            clear_untrusted_proxy_headers=False,  # ProxyFix reads them, and only if told to
        )
    finally:
        stop_work(app)


def by_gunicorn(folder: Path | None, settings: Settings, where: Listening) -> None:
    """Serve by several processes, or by TLS."""
    from web.gunicorn import Server

    options = {
        "bind": where.bind,
        "workers": where.processes,
        "worker_class": "gthread",
        "threads": THREADS,
        "certfile": str(where.cert) if where.cert else None,
        "keyfile": str(where.key) if where.key else None,
        "forwarded_allow_ips": "*" if where.proxies else "127.0.0.1",
        "control_socket_disable": True,
        "post_worker_init": begin_worker,
        "worker_exit": end_worker,
    }
    Server(lambda: make(folder, settings), options).run()
