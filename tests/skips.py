"""Print every skipped test of a JUnit report; fail on one that no line allows.

python -m tests.skips REPORT.xml
"""

from __future__ import annotations

import sys
from pathlib import Path
from xml.etree import ElementTree

ALLOWED = Path(__file__).parent / "allowed_skips.txt"


def allowed_skips(text: str) -> list[tuple[str, str]]:
    """Return (beginning of the name, reason) of each line `name: reason`; `#` is a comment."""
    lines = (line.strip() for line in text.splitlines())
    pairs = (line.partition(": ") for line in lines if line and not line.startswith("#"))
    return [(name, reason) for name, _, reason in pairs]


def skipped(report: str) -> list[tuple[str, str]]:
    """Return the name and the message of each test that a JUnit report calls skipped."""
    return [
        (f"{case.get('classname')}.{case.get('name')}", skip.get("message", ""))
        for case in ElementTree.fromstring(report).iter("testcase")
        for skip in case.findall("skipped")
    ]


def main(report: Path) -> int:
    """Return the number of skipped tests that no line allows."""
    allowed = allowed_skips(ALLOWED.read_text(encoding="utf-8"))
    refused = 0
    for name, message in skipped(report.read_text(encoding="utf-8")):
        is_allowed = any(name.startswith(start) and why in message for start, why in allowed)
        refused += not is_allowed
        print(f"skipped{'' if is_allowed else ', NOT ALLOWED'}: {name}: {message}")
    return refused


if __name__ == "__main__":
    sys.exit(min(1, main(Path(sys.argv[1]))))
