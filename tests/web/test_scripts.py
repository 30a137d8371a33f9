"""The reader of our scripts finds what a browser would stumble over once a script is needed."""

from __future__ import annotations

from pathlib import Path

from tests.scripts import addresses, faults


def test_our_scripts_can_be_read() -> None:
    files = addresses()
    assert {"/phone/my/app.js", "/static/js/element.js", "/dispatch/progress.js"} <= files.keys()
    assert faults(files) == ""


def test_what_cannot_be_read_or_is_not_exported_is_told(tmp_path: Path) -> None:
    texts = {
        "/a/good.js": "export const one = 1;",
        "/a/broken.js": "export const = 2;",
        "/a/renamed.js": 'import { two } from "../a/good.js";\ntwo();',
        "/a/astray.js": 'import "./gone.js";',
    }
    files = {address: str(tmp_path / address.rpartition("/")[2]) for address in texts}
    for address, text in texts.items():
        Path(files[address]).write_text(text, encoding="utf-8")
    _, *told = faults(files).split(f"{tmp_path}/")
    assert [one.partition(":")[0] for one in told] == ["broken.js", "renamed.js", "astray.js"]
    assert "SyntaxError" in told[0]
    assert "does not provide an export named 'two'" in told[1]
    assert "there is no script at /a/gone.js" in told[2]
