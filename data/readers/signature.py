"""What kind of file some bytes are, whatever its name says."""

from __future__ import annotations

import io
import zipfile

from data.readers.report import FileError

_SAVE_AS = "open it in a spreadsheet program and save it as .xlsx or as CSV UTF-8"

_OTHERS = {
    b"%PDF": f"is a PDF: ask for the list as a spreadsheet, or {_SAVE_AS}",
    b"\xd0\xcf\x11\xe0": "is an old Excel file (.xls) or one that is protected by a password: "
    "open it in a spreadsheet program and save it as .xlsx without a password",
    b"\x89PNG": "is a picture: ask for the list as a spreadsheet",
    b"\xff\xd8\xff": "is a picture: ask for the list as a spreadsheet",
    b"GIF8": "is a picture: ask for the list as a spreadsheet",
    b"\x1f\x8b": "is a compressed archive: unpack it and import the file inside",
    b"7z\xbc\xaf": "is a compressed archive: unpack it and import the file inside",
    b"Rar!": "is a compressed archive: unpack it and import the file inside",
    b"SQLite format": "is a database, not a list",
}


def is_workbook(data: bytes) -> bool:
    """Return whether `data` is an XLSX workbook; False for text.

    Raises
    ------
    FileError
        Where it is neither, saying what it is and what to do.
    """
    for start, problem in _OTHERS.items():
        if data.startswith(start):
            raise FileError(f"the file {problem}")
    if data.startswith(b"PK"):
        return _has_workbook(data)
    head = data[:500].lstrip().lower()
    if head.startswith((b"<html", b"<!doctype", b"<?xml", b"<table")):
        raise FileError(f"the file is a web page or XML, whatever its name says: {_SAVE_AS}")
    return False


def _has_workbook(data: bytes) -> bool:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
    except zipfile.BadZipFile as error:
        raise FileError(f"the workbook is damaged ({error}): {_SAVE_AS}") from error
    if "xl/workbook.xml" in names:
        return True
    if "xl/workbook.bin" in names:
        raise FileError(f"the file is a binary workbook (.xlsb): {_SAVE_AS}")
    if names & {"content.xml", "word/document.xml", "ppt/presentation.xml"}:
        raise FileError(f"the file is a document of another program, not an .xlsx: {_SAVE_AS}")
    raise FileError("the file is a compressed archive: unpack it and import the file inside")
