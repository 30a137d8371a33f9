"""What eyes, thumbs and keys meet on a view of the kept page, asked in the page itself."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path

from playwright.sync_api import Page

SIZES = ((320, 16), (390, 32), (320, 32))
"""Widths, and the pixels of a letter that was 16 high."""
ONE = "await go(told); return [...layout(), ...ears(), ...keys()];"
ALL = """
const found = {};
for (const hash of told) {
  await go(hash);
  const faults = layout();
  if (faults.length) found[hash] = faults;
}
return found;"""


@cache
def script(act: str) -> str:
    """Return what a page runs; it is given `told`."""
    text = Path(__file__).with_name("looking.js").read_text(encoding="utf-8")
    return f"async (told) => {{ {text}\n{act} }}"


def gone_to(page: Page, hash: str) -> list[str]:
    """Go to a view; return what thumbs, ears and keys find wrong with it."""
    found: list[str] = page.evaluate(script(ONE), hash)
    return found


def misfits(
    page: Page, hashes: Sequence[str], sizes: Sequence[tuple[int, int]]
) -> dict[str, list[str]]:
    """Return what does not fit narrow screens and large letters, by size and view."""
    letters = page.context.new_cdp_session(page)
    found: dict[str, list[str]] = {}
    for width, letter in sizes:
        page.set_viewport_size({"width": width, "height": 844})
        letters.send("Page.setFontSizes", {"fontSizes": {"standard": letter}})
        assert page.evaluate("getComputedStyle(document.documentElement).fontSize") == f"{letter}px"
        told = page.evaluate(script(ALL), list(hashes))
        found |= {f"{width} {letter} {hash}": faults for hash, faults in told.items()}
    letters.send("Page.setFontSizes", {"fontSizes": {"standard": 16}})
    page.set_viewport_size({"width": 390, "height": 844})
    return found
