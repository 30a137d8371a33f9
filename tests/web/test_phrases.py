"""What the inner rooms say, known again and said in Chinese."""

from __future__ import annotations

import re
from functools import cache

import pytest
from chinese_calendar import Holiday

from routing.sources import osrm, valhalla
from tests.conftest import ROOT
from tests.web.pages import World
from tests.web.sentences import sentences
from web.language import t
from web.phrases import PHRASES, filled_in, said
from web.phrases.phrase import DAY, FIGURE, HOLE, SHAPES, Phrase, phrase

PLAIN_ENGLISH = re.compile(r"[a-z]{2,} [a-z]{2,}")
TOGETHER = {
    "Even with an empty day crew §, the nearest to it,",
    "; if it is §, map",
    "; to use it, map",
    "column § is not used§ § to §",
    "§ is under way already: wait for it, or stop it",
}
"""Sentences that code puts together; test_a_sentence_of_several_pieces_is_said has them whole."""

OF_DEVELOPERS = {
    "A visit is planned to end so many minutes before the hours do, in case it runs long.",
}
SAMPLES = {
    FIGURE: ("7", "-1,212.73"),
    DAY: ("2026-11-22",),
    SHAPES["numbers"]: ("3, 7",),
    SHAPES["lines"]: ("line 3", "lines 3, 7 and 12 more"),
    r"\d+": ("12",),
}
ANYTHING = ("DEMO-K019+DEMO-K035", "3 crews and 5 more", "it ends; as told")
"""What stands where anything may: ids, and words of which other sentences are made."""

CHINESE, ENGLISH = ({"Accept-Language": language} for language in ("zh", "en"))


@cache
def spoken() -> str:
    """Return the source of the inner rooms, each text on one line."""
    rooms = ("routing", "scheduler", "data")
    files = (file for room in rooms for file in (ROOT / room).rglob("*.py"))
    source = "\n".join(file.read_text(encoding="utf-8") for file in files)
    return re.sub(r'"\s*\n\s*f?"', "", source)


@pytest.mark.parametrize("known", PHRASES, ids=lambda known: known.text[:40])
def test_a_phrase_is_still_said(known: Phrase) -> None:
    longest = max(HOLE.split(known.text)[::2], key=len)
    half = len(longest) // 2
    # What follows a figure in a text of two lines may be joined otherwise: half of it will do.
    is_holiday = known.text in {holiday.value for holiday in Holiday}
    assert is_holiday or any(part in spoken() for part in (longest, longest[:half], longest[half:]))


@pytest.mark.parametrize("text", sentences(), ids=lambda text: sentences()[text])
def test_every_sentence_is_known(text: str) -> None:
    if text in OF_DEVELOPERS or text.strip() in TOGETHER:
        return
    assert any(
        loosely(known).fullmatch(words) for known in PHRASES for words in (text, text.strip())
    ), f"{sentences()[text]} says {text!r}: put it into web/phrases"


@cache
def loosely(known: Phrase) -> re.Pattern[str]:
    """Return the pattern of a phrase whose holes take anything: the source's are not filled."""
    return re.compile(".*?".join(map(re.escape, HOLE.split(known.text)[::2])), re.DOTALL)


@pytest.mark.parametrize("known", PHRASES, ids=lambda known: known.text[:40])
def test_a_sentence_is_said_by_its_own_phrase(still_world: World, known: Phrase) -> None:
    """Whatever stands in its holes, no phrase with fewer words of its own takes it."""
    for number in range(len(ANYTHING)):
        parts = {hole: sample(hole, number) for hole in HOLE.findall(known.text)}
        english = known.text % parts
        with still_world.app.test_request_context(headers=CHINESE):
            filled = {hole: filled_in(hole, part, {}) for hole, part in parts.items()}
            assert said(english) == t(known.text, **filled)


def sample(hole: str, number: int) -> str:
    """Return something that can stand in a hole."""
    those = SAMPLES.get(SHAPES.get(hole, ""), ANYTHING)
    return those[number % len(those)]


def test_crews_are_called_by_their_names(world: World) -> None:
    names = {"K6+K25": "冯*·宋*", "K7": "王*"}
    with world.app.test_request_context(headers=ENGLISH):
        english = "Sending crew K6+K25 would cost 9.00 more; the visit is worth 7.00."
        assert said(english, names) == english.replace("K6+K25", "冯*·宋*")
        assert "together" in said(english.replace("crew K6+K25", "the crews K7, K8 together"))
        # One whose name may not be told keeps its id, and a count is no id.
        assert said(
            "crews K7, K8 no longer fit the shifts of 2026-11-22: form the crews again", names
        ).startswith("crews K7, K8 no")
        assert said("No road leads there and back for 2 crews that fit.", names).count("2 crews")


def test_the_sentences_are_read_from_the_source() -> None:
    assert sentences()["no address is known"].startswith("scheduler/screening/")
    assert "§ has no open cases: import some first" in sentences()
    assert "expected a whole number, 0 or more, not §" not in sentences()  # of a profile's author


@pytest.mark.parametrize(
    ("english", "chinese"),
    [
        (
            "2 crews could make it on an empty day; none has room left (1 may make no more "
            "visits).",
            "2 个小组在空闲的一天可以去，但都已没有余力（其中 1 个已达上门次数上限）。",
        ),
        (
            "Even with an empty day crew A+B, the nearest to it, would travel longer than it may.",
            "",
        ),
        (
            "21:50:00-22:10:00 is not inside lawful hours of 2026-02-16 (holiday, Spring Festival, "
            "provisional, the year's make-up days are not announced): 08:00-22:00 [S: GB/T 45251]",
            "21:50:00-22:10:00 不在 2026-02-16（节假日、春节、暂定、当年调休安排尚未公布） 的"
            "法定时段之内：08:00-22:00 [S：GB/T 45251]",
        ),
        ("column 'Ref' is not used; to use it, map 'Ref' to 'phone'", ""),
        ("column 'Ref' is not used; if it is '电话', map 'Ref' to 'phone'", ""),
        ("plan is under way already: wait for it, or stop it", "正在规划：请等它完成，或停止它"),
        (
            "engine 'pyvrp' cannot honour two at one door, travel that differs by the hour; choose "
            "another one",
            "引擎 'pyvrp' 不支持两人在门口会合、随时段变化的行车时间；请另选",
        ),
        (
            "the file is a PDF: ask for the list as a spreadsheet, or open it in a spreadsheet "
            "program and save it as .xlsx or as CSV UTF-8",
            "文件是 PDF：请索取表格形式的名单，或用表格软件打开，另存为 .xlsx 或 CSV UTF-8",
        ),
        # Two that are told at once, each with a mark of its own inside.
        (
            "column 'lat' has no partner; add the column 'lon'; no column has an address or "
            "coordinates; add one, or map yours",
            "列 'lat' 缺少对应的列；请加上 'lon'；没有地址列或坐标列；请加上一列，或指定您的列",
        ),
        (
            "Her hours at the home address end 5 min later: crew A+B could begin at 08:10, and "
            "the day would cost 48.80 less",
            "借款人在住址的方便时间推迟 5 分钟结束：小组 A+B 可于 08:10 开始，当天成本减少 48.80",
        ),
        (
            "The crew sets off 5 min earlier: crew A+B could begin at 08:05, and the day would "
            "cost 4.00 more, 0.90 of overtime included",
            "小组提早 5 分钟出发：小组 A+B 可于 08:05 开始，当天成本增加 4.00（含加班费 0.90）",
        ),
        (
            "The visit for DEMO-000188 is given up: crew K019+K035 could begin at 13:31, and the "
            "day would cost 1,212.73 more",
            "放弃 DEMO-000188 的上门：小组 K019+K035 可于 13:31 开始，当天成本增加 1,212.73",
        ),
        (
            "no visit of 20 min fits both her hours (none today) and the lawful ones: 09:00-20:20",
            "没有能容纳 20 分钟上门、既合规又方便的时间；借款人方便时间：今天没有；"
            "合规时间：09:00-20:20",
        ),
        (
            "Two crews would have to meet for it; 2 crews could be there on an empty day, never "
            "two at once.",
            "",
        ),
        ("Even with an empty day crew A, the nearest to it, would work longer than it may.", ""),
        ("lines 3, 7 and 12 more: looks like the template's made-up row; delete it", ""),
        ("Town on 2026-11-23 has no version 9; there are: 1, 2", ""),
    ],
)
def test_a_sentence_of_several_pieces_is_said(world: World, english: str, chinese: str) -> None:
    with world.app.test_request_context(headers=CHINESE):
        told = said(english)
    assert told == chinese or not chinese
    assert not PLAIN_ENGLISH.search(told), told
    with world.app.test_request_context(headers=ENGLISH):
        assert said(english) == english


def test_a_sentence_is_said_with_its_figures_and_its_parts(world: World) -> None:
    english = "planned, and refused by now: visited on 2026-11-22, 1 day away; the least is 3"
    with world.app.test_request_context(headers=CHINESE):
        assert said(english) == (
            "已安排，但现在不允许：2026-11-22 有上门，相隔 1 天；至少需间隔 3 天"
        )
        assert said("stopped: represented, consent_withdrawn") == ("已停访：已委托律师、已撤回同意")
        assert said("4 crews could make it on an empty day; none has room left.").startswith(
            "4 个小组在空闲的一天可以去"
        )
        assert said("a sentence that nobody knows: 50 %") == "a sentence that nobody knows: 50 %"
        assert said("") == ""
    with world.app.test_request_context(headers=ENGLISH):
        assert said(english) == english


def test_a_phrase_matches_the_whole_and_nothing_else() -> None:
    known = phrase("at most %(most)s (of %(all)s)")
    found = known.pattern.fullmatch("at most 3 (of 5)")
    assert found is not None
    assert found.groupdict() == {"most": "3", "all": "5"}
    assert known.pattern.fullmatch("it is at most 3 (of 5)") is None


def test_why_a_server_gave_no_times_is_said_whole(world: World) -> None:
    text = "no travel times from OSRM at http://here: it refused the connection, tried 3 ×"
    chinese = "未能从 OSRM at http://here 得到行程时间：该服务器拒绝连接，已试 3 次"
    with world.app.test_request_context(headers=CHINESE):
        assert said(text) == chinese
        for advice in {*osrm.ADVICE.values(), *valhalla.ADVICE.values()}:
            assert said(f"{text}; {advice}").startswith(f"{chinese}；")
            assert advice not in said(f"{text}; {advice}")
