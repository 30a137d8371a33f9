"""axe-core in a page: what shuts somebody out who sees, hears or points otherwise."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from playwright.sync_api import Page

SOURCE = Path(__file__).parent / "vendor" / "axe" / "axe.min.js"
RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
FIND = """rules => axe.run({ runOnly: { type: "tag", values: rules }, resultTypes: ["violations"] })
  .then(({ violations }) => violations.flatMap(({ id, nodes }) => nodes.map(
    ({ html, failureSummary }) => `${id}: ${html}\\n  ${failureSummary}`)))"""


@cache
def source() -> str:
    return SOURCE.read_text(encoding="utf-8")


def faults(page: Page) -> list[str]:
    """Return what axe finds, an entry for each element: the rule, the element, what to mend."""
    page.evaluate(source())  # by the debugger's door: our policy lets no foreign script in
    found: list[str] = page.evaluate(FIND, list(RULES))
    return found
