"""What `dayround city add` says of its files: which ones, and what of them is the city."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from web.cli.common import escaped, fail

if TYPE_CHECKING:
    from data.cities import CityFiles
    from routing.extent import Box

WithinOption = Annotated[
    str | None,
    typer.Option(
        "--within",
        metavar="BOUNDARY",
        help="Cut out of the file what lies within an administrative boundary, named as the map "
        "names it. Of several with one name: NAME@LEVEL, or rNUMBER as they are listed.",
    ),
]
BoxOption = Annotated[
    str | None,
    typer.Option(
        "--bbox",
        metavar="W,S,E,N",
        help="Cut out what lies between degrees: west,south,east,north.",
    ),
]


def area(within: str | None, bbox: str | None) -> str | Box | None:
    """Return what is to be cut out; None is all there is."""
    if within is not None and bbox is not None:
        fail("--within and --bbox are two ways to say the same: give one")
    if bbox is None:
        return within
    from routing.extent import read_box

    try:
        return read_box(bbox)
    except ValueError as error:
        fail(f"--bbox: {error}")


@contextmanager
def prepared(
    cities: CityFiles, name: str, files: Sequence[Path], area: str | Box | None
) -> Iterator[Path]:
    """Give the one extract to read, cut and merged as was said; tell how far it is."""
    from contextlib import ExitStack

    from rich.console import Console

    from data.extracts import one_extract

    with ExitStack() as kept:
        with Console(stderr=True, highlight=False, soft_wrap=True).status("") as status:
            extract = kept.enter_context(
                one_extract(
                    files,
                    area,
                    cities.path(name),
                    lambda step: status.console.print(escaped(f"{name}: {step} …")),
                    lambda objects: status.update(f"{objects:,} objects read"),
                )
            )
        yield extract
