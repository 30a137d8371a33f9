"""What a browser would send of a page's form, by what stands in its fields."""

from __future__ import annotations

from html.parser import HTMLParser

Fields = dict[str, list[str]]


class FormReader(HTMLParser):
    """Collects the fields of the forms in a page's main part."""

    def __init__(self) -> None:
        super().__init__()
        self.fields: Fields = {}
        self.presses: list[str] = []
        self._in_main = False
        self._area = ""
        self._select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        self._in_main = self._in_main or tag == "main"
        name = told.get("name", "")
        if not self._in_main or name == "csrf_token":
            return
        if tag == "button" and name == "do":
            self.presses.append(told["value"])
        elif tag == "textarea":
            self._area = name
            self.fields.setdefault(name, []).append("")
        elif tag == "select":
            self._select = name
        elif tag == "option" and "selected" in told:
            self._add(self._select, told["value"])
        elif tag == "input" and (told.get("type") != "checkbox" or "checked" in told):
            self._add(name, told.get("value", ""))

    def handle_data(self, data: str) -> None:
        if self._area:
            self.fields[self._area][-1] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self._area = ""
        self._in_main = self._in_main and tag != "main"

    def _add(self, name: str, value: str) -> None:
        self.fields.setdefault(name, []).append(value)


def form_of(page: str) -> Fields:
    """Return what the fields of a page hold, each a list as a form sends them."""
    return _read(page).fields


def presses_of(page: str) -> list[str]:
    """Return what the buttons called "do" say."""
    return _read(page).presses


def _read(page: str) -> FormReader:
    reader = FormReader()
    reader.feed(page)
    return reader
