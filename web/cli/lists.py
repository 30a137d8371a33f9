"""What may be said of a list on the command line, once for all kinds of lists."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from inspect import Signature, signature
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from web.cli.common import CityOption, JsonOption, fail

if TYPE_CHECKING:
    from data.readers.tables import File
    from routing.datum import Datum


SheetOption = Annotated[str | None, typer.Option("--sheet", help="Sheet of a workbook.")]
EncodingOption = Annotated[
    str | None, typer.Option("--encoding", help="Of a CSV file, where it is not recognised.")
]
MapOption = Annotated[
    list[str] | None,
    typer.Option("--map", help="'Their header=field' for a header that is not recognised."),
]
DatumOption = Annotated[
    str | None,
    typer.Option("--datum", help="Of coordinates: WGS-84, GCJ-02 (Amap, Tencent) or BD-09."),
]


@dataclass(frozen=True)
class ListFile:
    """A file to take in, and how it is read."""

    path: Annotated[Path, typer.Argument(metavar="FILE", help="A CSV or XLSX file.")]
    city: CityOption = None
    sheet: SheetOption = None
    encoding: EncodingOption = None
    mapping: MapOption = None
    as_json: JsonOption = False

    def file(self) -> File:
        """Return the file as the readers take it."""
        from data.readers.tables import File

        said = [entry.partition("=") for entry in self.mapping or ()]
        if wrong := [header for header, equals, field in said if not (equals and field)]:
            fail(f"--map {wrong[0]!r}: write it as --map 'Their header=field'")
        fields = {header: field for header, _, field in said}
        return File(self.path, self.sheet, self.encoding, fields)


@dataclass(frozen=True)
class PlacedListFile(ListFile):
    """One in which people have an agency and places."""

    agency: Annotated[str, typer.Option("--agency", help="Of rows that name none.")] = ""
    datum: DatumOption = None

    def as_datum(self) -> Datum | None:
        """Read the name of the datum."""
        return None if self.datum is None else datum_named(self.datum)


def datum_named(text: str) -> Datum:
    """Return the datum that `--datum` names."""
    from routing.datum import Datum

    short = text.upper().replace("-", "").replace("_", "")
    if short not in Datum.__members__:
        fail(f"--datum {text!r} is none of WGS-84, GCJ-02 and BD-09")
    return Datum[short]


def takes(kind: type[ListFile]) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Give a command the options of a list before its own; it is called with the list.

    The command's parameters are the context, the list, and options of its own.
    """

    def spread(command: Callable[..., None]) -> Callable[..., None]:
        context, _, *own = signature(command, eval_str=True).parameters.values()
        of_list = signature(kind, eval_str=True).parameters

        @wraps(command)
        def flat(context: typer.Context, **options: Any) -> None:
            told = {name: options.pop(name) for name in of_list if name in options}
            command(context, kind(**told), **options)

        parameters = (context, *of_list.values(), *own)
        flat.__dict__["__signature__"] = Signature(parameters)
        flat.__annotations__ = {one.name: one.annotation for one in parameters}
        return flat

    return spread
