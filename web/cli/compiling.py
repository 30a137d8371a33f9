"""`dayround compile`: the search as machine code, kept for whoever plans next."""

from __future__ import annotations

from time import monotonic

import typer

from web.cli.common import say


def register(app: typer.Typer) -> None:
    app.command("compile", epilog="Example: [bold]dayround compile[/]")(compile_search)


def compile_before(engine: str) -> None:
    """Compile what an engine needs before its time begins."""
    from scheduler.engines.search.engine import SearchEngine

    if engine == SearchEngine.name:
        compile_search()


def compile_search() -> None:
    """Compile the search for this machine, once, so that no plan has to wait for it.

    Says nothing where that was done before.
    """
    from rich.console import Console

    from scheduler.engines.search.warming import compile_all

    began = monotonic()
    functions: list[str] = []
    with Console(stderr=True).status("loading the search …") as status:

        def on_function(name: str) -> None:
            if not functions:
                status.console.print("compiling the search for this machine, once: a minute or two")
            functions.append(name)
            status.update(f"compiling: {len(functions)} functions …")

        compile_all(on_function)
    if functions:
        say(f"compiled the search: {len(functions)} functions in {monotonic() - began:.0f} s")
