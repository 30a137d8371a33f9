"""axe-core in a page: what shuts somebody out who sees, hears or points otherwise."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from playwright.sync_api import Page

SOURCE = Path(__file__).parent / "vendor" / "axe" / "axe.min.js"
RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
COLOURS = ("color-contrast", "link-in-text-block")
"""Of `RULES`, those that another theme may break: nothing but its colours is another."""
FIND = """runOnly => axe.run({ runOnly, resultTypes: ["violations"] })
  .then(({ violations }) => violations.flatMap(({ id, nodes }) => nodes.map(
    ({ html, failureSummary }) => `${id}: ${html}\\n  ${failureSummary}`)))"""


@cache
def source() -> str:
    return SOURCE.read_text(encoding="utf-8")


def faults(page: Page) -> list[str]:
    """Return what axe finds, an entry for each element: the rule, the element, what to mend."""
    return _find(page, {"type": "tag", "values": RULES})


def faults_in_the_dark(page: Page) -> list[str]:
    """Return what axe finds in the colours of the dark theme."""
    page.emulate_media(color_scheme="dark")
    return _find(page, {"type": "rule", "values": COLOURS})


def _find(page: Page, run_only: dict[str, object]) -> list[str]:
    if not page.evaluate("'axe' in window"):
        page.evaluate(source())  # by the debugger's door: our policy lets no foreign script in
    found: list[str] = page.evaluate(FIND, run_only)
    return found
