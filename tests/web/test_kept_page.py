"""The page that phones keep: small at its first use, and its files the same for all, for ever."""

from __future__ import annotations

import json

from werkzeug.test import TestResponse

from tests.data.world import TODAY
from tests.web.homes import lawful_home  # noqa: F401
from tests.web.pages import Visitor, World
from web.phone.shell.files import OWN, VENDOR, parts, without_comments
from web.phone.shell.files import names as file_names
from web.phone.shell.words import words_in_page

MOST_B = 150_000
SERVERS_B = len("HTTP/1.1 200 OK\r\nDate: Mon, 23 Nov 2026 19:33:49 GMT\r\n\r\n")
"""What a server adds to every answer of the app."""
BESIDE = ("/my/app.webmanifest", "/phone/icon-192.png", "/static/js/element.js")
"""What a browser fetches, and the worker does not keep."""
OF_A_DAY_B = 7_500
"""The file of a day of 15 visits; the one of this world is smaller."""


def listed(visitor: Visitor) -> list[str]:
    script = visitor.get("/my/worker.js").text
    files: list[str] = json.loads(script.removeprefix("const KEPT = ").split(";\n", 1)[0])["files"]
    return files


def sent_b(answer: TestResponse) -> int:
    told = sum(len(f"{name}: {value}\r\n".encode()) for name, value in answer.headers.items())
    return SERVERS_B + told + len(answer.data)


def test_the_first_use_is_small_in_the_language_with_the_more_words(world: World) -> None:
    asked = {"Accept-Language": "zh", "Accept-Encoding": "gzip"}
    phone = world.visitor("alice", **asked)
    page, *files = listed(world.visitor())
    first = phone.get(page)
    again = phone.get(page, headers={**asked, "If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304, "the worker asks for it once more"
    kept = [phone.get(one) for one in ["/my/worker.js", *BESIDE, *files]]
    assert {one.status_code for one in kept} == {200}
    assert sum(map(sent_b, [first, again, *kept])) + OF_A_DAY_B <= MOST_B


def test_a_page_of_other_words_is_not_taken_for_the_same(world: World) -> None:
    phone = world.visitor("alice")
    english = phone.get("/my/", headers={"Accept-Language": "en"})
    assert english.headers["Cache-Control"] == "private, no-cache"
    told = {"Accept-Language": "zh", "If-None-Match": english.headers["ETag"]}
    assert phone.get("/my/", headers=told).status_code == 200


def test_a_file_is_sent_with_what_holds_for_it_and_nobodys_session(world: World) -> None:
    script = next(one for one in listed(world.visitor()) if "/my/kept/" in one)
    phone = world.visitor("alice")
    world.clock.pass_by(seconds=90)  # the next answer with a session notes that she is there
    answer = phone.get(script, headers={"Accept-Encoding": "gzip"})
    assert sorted(name for name, _ in answer.headers) == [
        *("Cache-Control", "Content-Encoding", "Content-Length", "Content-Type", "Vary"),
        "X-Content-Type-Options",
    ]
    assert answer.headers["Vary"] == "Accept-Encoding"
    assert "immutable" in answer.headers["Cache-Control"]


def test_the_page_its_worker_and_a_missing_file_are_under_the_whole_policy(world: World) -> None:
    script = next(one for one in listed(world.visitor()) if "/my/kept/" in one)
    missing = script.replace("/my/kept/", "/my/kept/of-another-version-")
    for path, status in (("/my/", 200), ("/my/worker.js", 200), (missing, 404)):
        answer = world.visitor("alice").get(path)
        assert answer.status_code == status
        assert answer.headers["Content-Security-Policy"].startswith("default-src 'self'")
        assert "camera=()" in answer.headers["Permissions-Policy"]


def test_the_day_of_this_world_is_smaller_than_what_is_counted_for_one(world: World) -> None:
    phone = world.visitor("alice", **{"Accept-Encoding": "gzip"})
    assert sent_b(phone.get(f"/my/{TODAY}/day.json")) <= OF_A_DAY_B


def test_comments_stay_here_and_lines_keep_their_numbers() -> None:
    script = """// What it does.
/**
 * Told at length.
 */
const one = "// no comment"; // but this one stays
  /** In short. */
  two(/* here */); /* and there */
"""
    assert without_comments(script).splitlines() == [
        *("", "", "", ""),
        'const one = "// no comment"; // but this one stays',
        "",
        "  two(/* here */); /* and there */",
    ]


def test_no_text_of_a_script_runs_over_lines_where_it_may_look_like_a_comment() -> None:
    scripts = [name for name in file_names() if not name.startswith(VENDOR)]
    lines = [
        f"{part.relative_to(part.parents[2])}: {line}"
        for name in scripts
        for part in parts(name)
        for line in without_comments(part.read_text(encoding="utf-8")).splitlines()
    ]
    assert (OWN / "my" / "app.js") in [part for name in scripts for part in parts(name)]
    assert [line for line in lines if line.count("`") % 2] == []


def test_words_stand_in_the_page_in_their_own_signs_and_end_no_script() -> None:
    words = {"Stop": "站点", "</script><b>": "&"}
    told = words_in_page(words)
    assert "站点" in told
    assert not set("<>&") & set(told)
    assert json.loads(told) == words
