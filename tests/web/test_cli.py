"""The command line tells people what is wrong and what to do, and programs what is there."""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner

from data.peak_hours import SETTING
from routing.peak_table import USUAL
from scheduler.driven_past import left_out_by
from scheduler.engines import LARGEST_SEED
from scheduler.explain import Explanation
from scheduler.model import City
from scheduler.remedies import PLANNED
from scheduler.suspending import Suspension
from tests.conftest import ROOT
from tests.web.conftest import STREET, Run, json_of
from web.cli import app, common, hoisted, main
from web.cli.explained import explanation

HEADER = "合同号,姓名,家庭地址,逾期金额\n"
MONDAY = "2026-11-23"


@pytest.fixture
def street(tmp_path: Path) -> Path:
    file = tmp_path / "street.osm"
    file.write_text(STREET, encoding="utf-8")
    return file


def table(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def commands() -> list[str]:
    """Return every command there is, as it is typed."""
    names = [command.name or "" for command in app.registered_commands]
    for group in app.registered_groups:
        assert group.typer_instance is not None
        names += [f"{group.name} {one.name}" for one in group.typer_instance.registered_commands]
    return names


def test_every_command_helps_with_an_example_or_is_plain() -> None:
    for command in commands():
        result = CliRunner().invoke(app, [*command.split(), "--help"])
        assert result.exit_code == 0, command
        assert "Usage" in result.output


@pytest.mark.parametrize("command", commands())
def test_every_command_is_in_the_readme(command: str) -> None:
    first = command.split()[0]
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert f"dayround {first}" in text or f"`{first}`" in text or f"{command}" in text


def test_options_may_stand_behind_the_command() -> None:
    assert hoisted(["plan", "today", "--home", "x", "--as=li"]) == [
        "--home", "x", "--as=li", "plan", "today",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("plan", "someday"), "'someday' is no date"),
        (("plan", MONDAY), "dong has no open cases"),
        (("plan", MONDAY, "--engine", "magic"), "greedy, ortools"),
        (("check", MONDAY), "no plan"),
        (("explain", "HT-1", "--date", MONDAY), "no open case 'HT-1'"),
        (("geocode", "--city", "xi"), "dong"),
        (("city", "add", "xi", "absent.osm"), "absent.osm"),
        (("city", "add", "xi", "absent.osm", "--profile", "XX"), "no rules for profile 'XX'"),
        (("city", "add", "xi", "absent.osm", "--zone", "Mars/Olympus"), "no time zone"),
        (("city", "add", "xi", "absent.osm", "--owners", "often"), "fixed, preferred, ignored"),
        (("import", "cases", "absent.csv"), "absent.csv"),
        (("template", "plans"), "cases, collectors, shifts, pairs"),
        (("restore", "absent.zip"), "absent.zip"),
    ],
)
def test_a_mistake_is_told_without_a_traceback(
    desk: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], told: str,
) -> None:  # fmt: skip
    monkeypatch.setattr(sys, "argv", ["dayround", *words, "--home", str(tmp_path / "home")])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 1
    complaint = capsys.readouterr().err
    assert told in complaint
    assert "Traceback" not in complaint


@pytest.mark.parametrize("seed", [-1, LARGEST_SEED + 1])
@pytest.mark.parametrize("words", [("crews", MONDAY), ("plan", MONDAY), ("solve", "p.json")])
def test_a_seed_that_not_everything_takes_is_refused_at_once(
    desk: Run, words: tuple[str, ...], seed: int
) -> None:
    refused = desk(*words, "--seed", seed, expect=2)
    told = " ".join(refused.stderr.replace("│", "").split())  # a box stands around it
    bound = "less than or equal to 2147483647" if seed > 0 else "greater than or equal to 0"
    assert f"'--seed': Input should be {bound}" in told


def test_trying_remedies_is_told_before_it_takes_its_time(desk: Run) -> None:
    words = ("explain", "HT-1", "--date", MONDAY)
    assert "trying what would make room" in desk(*words, "--remedy", expect=1).stderr
    assert "trying what would make room" not in desk(*words, expect=1).stderr


def test_why_no_remedy_was_tried_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    city = City("dong", "Asia/Shanghai", "CN", "CNY")
    untried = Explanation("B1", (), False, None, None, None, (), (), (), untried=PLANNED)
    explanation(untried, city)
    assert "remedy: Nothing was tried: it is planned." in capsys.readouterr().out


def test_a_suspended_visit_is_told_as_one_with_its_rule(
    capsys: pytest.CaptureFixture[str],
) -> None:
    city = City("dong", "Asia/Shanghai", "CN", "CNY")
    at = datetime(2026, 11, 20, 2, tzinfo=UTC)
    about = ("rule.stops", "the case is disputed", "PIPL", True)
    stopped = Suspension(1, "B1", "B1", at, "dora", "case.stopped", "C1", *about, was_begun=False)
    out = left_out_by(stopped)
    told = Explanation("B1", (), False, None, None, out, (), (), (), suspended=stopped)
    explanation(told, city)
    said = " ".join(capsys.readouterr().out.split())
    assert "suspended: planned, and may not be made: the case is disputed" in said
    assert "(rule of law stops; since 2026-11-20 10:00, by case.stopped)" in said
    assert "left out" not in said


def test_good_rows_are_in_and_bad_ones_told(desk: Run, tmp_path: Path) -> None:
    file = table(
        tmp_path / "cases.csv",
        HEADER + "HT-1,张三,东河路18号,2000\nHT-2,李四,东河路18号,-5\nHT-3,,东河路18号,100\n",
    )
    taken = json_of(desk("import", "cases", file, "--json", expect=3))
    assert taken["new"] == 1
    assert [(e["line"], e["value"]) for e in taken["errors"]] == [(3, "-5"), (4, "")]
    again = json_of(desk("import", "cases", file, "--json", expect=3))
    assert (again["new"], again["changed"], again["unchanged"]) == (0, 0, 1)


def test_a_complete_book_asks_twice_before_much_is_closed(desk: Run, tmp_path: Path) -> None:
    rows = [f"HT-{i},张{i},东河路18号,2000\n" for i in range(10)]
    desk("import", "cases", table(tmp_path / "all.csv", HEADER + "".join(rows)))
    nine = table(tmp_path / "nine.csv", HEADER + "".join(rows[:9]))
    assert json_of(desk("import", "cases", nine, "--complete", "--yes", "--json"))["gone"] == 1
    # one of ten is not more than a tenth; now four of nine are
    five = table(tmp_path / "five.csv", HEADER + "".join(rows[:5]))
    desk("import", "cases", five, "--complete", "--yes", expect=1)
    taken = desk("import", "cases", five, "--complete", "--yes", "--gone", "--json")
    assert json_of(taken)["gone"] == 4


def test_a_complete_book_with_faults_closes_nothing(desk: Run, tmp_path: Path) -> None:
    good = "HT-1,张三,东河路18号,2000\n"
    desk("import", "cases", table(tmp_path / "a.csv", HEADER + good + "HT-2,李,东河路18号,5\n"))
    faulty = table(tmp_path / "b.csv", HEADER + good + "HT-2,李,东河路18号,minus\n")
    desk("import", "cases", faulty, "--complete", "--yes", "--gone", expect=1)
    assert json_of(desk("geocode", "--json"))["found"] == {"exact": 2}  # both are open still


def test_an_unknown_header_is_mapped(desk: Run, tmp_path: Path) -> None:
    file = table(tmp_path / "cases.csv", "Ref,姓名,家庭地址\nHT-1,张三,东河路18号\n")
    desk("import", "cases", file, expect=1)
    assert json_of(desk("import", "cases", file, "--map", "Ref=contract", "--json"))["new"] == 1
    desk("import", "cases", file, "--map", "Ref", expect=1)


def test_crews_that_no_longer_fit_the_shifts_are_formed_again(desk: Run, tmp_path: Path) -> None:
    people = "工号,姓名,出发地址\nA,安,东河路18号\nB,白,东河路18号\n"
    desk("import", "collectors", table(tmp_path / "c.csv", people))
    hours = "工号,日期,上班,下班\nA,{0},09:00,{1}\nB,{0},09:00,18:00\n"
    desk("import", "shifts", table(tmp_path / "s.csv", hours.format(MONDAY, "18:00")))
    desk("import", "cases", table(tmp_path / "k.csv", HEADER + "HT-1,张三,东河路18号,2000\n"))
    desk("geocode")
    desk("plan", MONDAY, "--seconds", 1)
    desk("import", "shifts", table(tmp_path / "s.csv", hours.format(MONDAY, "12:00")))
    stale = desk("plan", MONDAY, "--seconds", 1, expect=1)
    assert "A+B no longer fit the shifts" in str(stale.exception)
    desk("crews", MONDAY)
    desk("plan", MONDAY, "--seconds", 1)


def test_a_city_keeps_its_settings_when_its_roads_come_again(desk: Run, street: Path) -> None:
    desk("city", "add", "dong", street, "--profile", "US", "--zone", "Asia/Taipei")
    told = desk("city", "add", "dong", street)
    assert "far from" not in told.stderr
    listed = json_of(desk("city", "list", "--json"))
    assert [(c["profile"], c["zone"], c["currency"]) for c in listed] == [
        ("US", "Asia/Taipei", "CNY")
    ]


def test_a_city_keeps_its_peak_hours_when_its_roads_come_again(
    desk: Run, street: Path, tmp_path: Path
) -> None:
    kept = tmp_path / "home" / "cities" / "dong" / SETTING
    assert not kept.exists()
    desk("city", "add", "dong", street, "--peaks", "usual")
    desk("city", "add", "dong", street)
    assert kept.read_bytes() == USUAL.read_bytes()
    own = table(tmp_path / "own.toml", '[weekday.car]\n"07:00-09:00" = { primary = 0.5 }')
    failed = desk("city", "add", "dong", "absent.osm", "--peaks", own, expect=1)
    assert "own.toml: weekday.car" in str(failed.exception)  # before the roads are read
    desk("city", "add", "dong", street, "--peaks", "none")
    assert not kept.exists()


def test_a_city_far_from_its_zone_is_told(desk: Run, street: Path) -> None:
    assert (
        "far from America/New_York" in desk("city", "add", "xi", street, "--profile", "US").stderr
    )


def test_a_city_is_cut_out_of_a_larger_extract(run: Run, street: Path, tmp_path: Path) -> None:
    """Of two streets, one far away, the box holds the first: its two nodes."""
    far = tmp_path / "far.osm"
    far.write_text(STREET.replace('lat="30.', 'lat="31.').replace('id="', 'id="9'), "utf-8")
    bbox = ("--bbox", "121.9,29.9,122.1,30.1")
    told = run("city", "add", "dong", street, far, *bbox, "--json")
    assert json_of(told)["nodes"] == 2
    assert "merging street.osm, far.osm" in told.stderr
    assert "cutting 121.9,29.9,122.1,30.1 out of" in told.stderr


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (("--bbox", "122.1,29.9,121.9,30.1"), "its west, 122.1, is not left of its east, 121.9"),
        (("--bbox", "1,2,3,4"), "nothing of street.osm lies within 1,2,3,4"),
        (("--bbox", "1,2,3,4", "--within", "东城"), "give one"),
        (("--within", "东城"), "no administrative boundary '东城'"),
    ],
)
def test_what_cannot_be_cut_is_told(
    run: Run, street: Path, words: tuple[str, ...], complaint: str
) -> None:
    failed = run("city", "add", "dong", street, *words, expect=1)
    assert complaint in failed.stderr + str(failed.exception)
    assert json_of(run("city", "list", "--json")) == []


@pytest.mark.parametrize("words", [("city", "list"), ("plan", MONDAY), ("backup",)])
def test_without_a_home_every_command_says_how_to_make_one(
    tmp_path: Path, words: tuple[str, ...]
) -> None:
    result = CliRunner().invoke(app, ["--home", str(tmp_path / "none"), *words])
    assert result.exit_code == 1
    assert "dayround init" in str(result.exception)


def test_a_damaged_book_is_told_by_the_doctor(desk: Run, tmp_path: Path) -> None:
    for file in (tmp_path / "home").glob("dayround.sqlite*"):
        file.write_bytes(b"no database at all" * 500)
    found = json_of(desk("doctor", "--json", expect=1))
    assert [f["what"] for f in found if not f["is_well"]] == ["database"]


def test_a_folder_with_other_things_is_no_home(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("dear Ms Li", encoding="utf-8")
    result = CliRunner().invoke(app, ["--home", str(tmp_path), "init"])
    assert result.exit_code == 1
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]


def test_a_template_is_never_written_over(desk: Run, tmp_path: Path) -> None:
    target = tmp_path / "mine.xlsx"
    desk("template", "shifts", target)
    before = target.read_bytes()
    desk("template", "shifts", target, expect=1)
    assert target.read_bytes() == before


def test_a_backup_fills_another_home(desk: Run, tmp_path: Path) -> None:
    desk("backup", tmp_path / "all.zip")
    desk("restore", tmp_path / "all.zip", expect=1)  # this home is not empty
    other = tmp_path / "other"
    result = CliRunner().invoke(app, ["--home", str(other), "restore", str(tmp_path / "all.zip")])
    assert result.exit_code == 0, result.output
    listed = CliRunner().invoke(app, ["--home", str(other), "city", "list", "--json"])
    assert [city["name"] for city in json.loads(listed.stdout)] == ["dong"]


def test_the_doctor_finds_what_is_not_well(desk: Run, tmp_path: Path) -> None:
    assert all(found["is_well"] for found in json_of(desk("doctor", "--json")))
    (tmp_path / "home" / "cities" / "dong" / "roads.npz").write_bytes(b"half")
    (tmp_path / "home").chmod(0o755)
    found = json_of(desk("doctor", "--json", expect=1))
    assert {f["what"] for f in found if not f["is_well"]} == {"home", "roads of dong"}


def test_what_is_typed_again_is_not_broken_in_a_narrow_terminal(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    id = "HT-2026-000042:household:1f0c9a"
    common.answer_table(
        "t", ("place", "address", "why"), [(id, "x" * 70, "y" * 70)], whole=("place",)
    )
    assert id in capsys.readouterr().out
