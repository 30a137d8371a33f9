"""Profiles: those that ship hold, and a faulty file is told all its faults at once."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from data.profiles import FOLDER, InvalidProfileError, TomlProfiles
from scheduler.errors import UnknownProfileError
from scheduler.ports import Profiles
from scheduler.rules import RULES, Layer, crew_size

HEAD = 'title = "Test"\nversion = "1"\ncountry = "US"\n[rules]\n'
HOURS = 'hours = { value = { any = ["08:00-21:00"] }, seen = "D", source = "us" }\n'
STOPS = 'house_stops = { value = "all", seen = "D", source = "us" }\n'
PLACE = 'valid_place = { value = true, seen = "D", source = "us" }\n'
GOOD = HEAD + HOURS + STOPS + PLACE


def value(rule: str, text: str) -> str:
    """Return a rule's line in which only the value can be wrong."""
    return f'{rule} = {{ value = {text}, seen = "D", source = "us" }}\n'


def profiles(tmp_path: Path, text: str) -> Profiles:
    (tmp_path / "xx-test.toml").write_text(text, encoding="utf-8")
    return TomlProfiles(tmp_path)


def faults(tmp_path: Path, text: str) -> list[str]:
    with pytest.raises(InvalidProfileError) as error:
        profiles(tmp_path, text).rules("XX-TEST")
    return str(error.value).splitlines()


@pytest.mark.parametrize("name", TomlProfiles().names())
def test_a_shipped_profile_holds(name: str) -> None:
    rules = TomlProfiles().rules(name)
    assert rules.profile == name
    assert rules.title
    assert rules.version
    for fact in (one for facts in rules.facts.values() for one in facts):
        assert fact.source
        assert fact.is_law == (fact.seen != "D")
        assert fact.is_law or fact.source.startswith("house default")


def test_china_sends_two_and_the_united_states_one() -> None:
    assert crew_size(TomlProfiles().rules("CN"), date(2026, 11, 23)) == 2
    assert crew_size(TomlProfiles().rules("US"), date(2026, 11, 23)) == 1


def test_a_value_carries_its_source_date_and_mark() -> None:
    (fact,) = TomlProfiles().rules("CN").facts["crew_size"]
    assert (fact.value, fact.seen, fact.effective) == (2, "S", date(2026, 1, 30))
    assert "art. 22" in fact.source
    (house,) = TomlProfiles().rules("CN").facts["visits_in_7_days"]
    assert not house.is_law


def test_every_rule_holds_in_some_shipped_profile() -> None:
    held = {
        name for profile in TomlProfiles().names() for name in TomlProfiles().rules(profile).facts
    }
    assert held == set(RULES)


@pytest.mark.parametrize("name", ["XX", "cn", "", "../rules/cn", "HOUSE"])
def test_an_unknown_profile_names_the_known_ones(name: str) -> None:
    with pytest.raises(UnknownProfileError, match="known: CN, CO, ID"):
        TomlProfiles().rules(name)


def test_a_profile_may_be_small(tmp_path: Path) -> None:
    assert set(profiles(tmp_path, GOOD).rules("XX-TEST").facts) == {
        "hours",
        "house_stops",
        "valid_place",
    }


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ('tea_time = { value = 1, seen = "D", source = "x" }', "rules.tea_time: unknown rule"),
        ("crew_size = 2", "rules.crew_size: expected {"),
        ('crew_size = { value = 2, seen = "D" }', "rules.crew_size.source: is missing"),
        ('crew_size = { value = 2, source = "x" }', "rules.crew_size.seen: expected one of"),
        ('crew_size = { value = 2, seen = "X", source = "x" }', "rules.crew_size.seen: expected"),
        ('crew_size = { value = 2, seen = "S", source = "x" }', "rules.crew_size.effective:"),
        (
            'crew_size = { value = 2, seen = "D", source = "x", effective = "today" }',
            "rules.crew_size.effective:",
        ),
        ('crew_size = { seen = "D", source = "x" }', "rules.crew_size.value: is missing"),
        ('crew_size = { value = 2, seen = "D", source = "x", url = "y" }', "rules.crew_size.url:"),
        (value("crew_size", '"two"'), "rules.crew_size.value: expected a whole number"),
        (value("crew_size", "true"), "rules.crew_size.value: expected a whole number"),
        (value("crew_size", "-1"), "rules.crew_size.value: expected a whole number"),
        (value("house_hours", '"08:00-21:00"'), "rules.house_hours.value: expected a table"),
        (value("house_hours", '{ any = "08:00" }'), "rules.house_hours.value: expected a list"),
        (value("house_hours", '{ any = ["8-21"] }'), "rules.house_hours.value: '8-21' is no span"),
        (value("house_hours", "{ any = [8] }"), "rules.house_hours.value: 8 is no span"),
        (
            value("house_hours", '{ any = ["21:00-08:00"] }'),
            "rules.house_hours.value: '21:00-08:00' closes",
        ),
        (value("house_hours", "{ sunny = [] }"), "rules.house_hours.value: unknown kinds of day"),
        (value("stops", '["tired"]'), "rules.stops.value: unknown stop flags ['tired']"),
        (value("visits_in_7_days", "{ least = 1 }"), "rules.visits_in_7_days.value: expected most"),
        (
            value("visits_in_7_days", '{ most = 1, counts_only_met = "yes" }'),
            "rules.visits_in_7_days.value: counts_only_met is",
        ),
        (value("spring_festival", "{ from_day = 0 }"), "rules.spring_festival.value: expected"),
        (
            value("spring_festival", "{ from_day = 3, to_day = 0 }"),
            "rules.spring_festival.value: to_day 0 lies before",
        ),
        (value("workplace", "[1]"), "rules.workplace.value: expected words, not 1"),
    ],
)
def test_a_faulty_line_is_named_by_file_and_key(tmp_path: Path, line: str, fault: str) -> None:
    found = faults(tmp_path, GOOD + line)
    assert len(found) == 1
    assert found[0].startswith(f"xx-test.toml: {fault}")


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    text = 'title = ""\ncountry = "XX"\ncolour = 1\n[rules]\nvalid_place = { value = false }\n'
    found = "\n".join(faults(tmp_path, text))
    for key in (
        "title: expected text",
        "version: expected text",
        "country: no holidays",
        "colour: unknown key",
        "rules.valid_place.source: is missing",
        "rules.valid_place.seen: expected",
        "rules.valid_place.value: expected true",
        "rules.hours: is required",
        "rules.house_stops: is required",
    ):
        assert f"xx-test.toml: {key}" in found


@pytest.mark.parametrize(
    ("rule", "unit_mistaken"),
    [
        ("closing_margin_min", "600"),  # ten minutes, as seconds
        ("crew_size", "20"),
        ("days_between_visits", "259200"),  # three days, as seconds
        ("visits_in_7_days", "1000000000000"),
        ("contact_first", '{ channels = [["call"]], within_days = 30 }'),
    ],
)
def test_a_value_that_cannot_be_meant_is_named(
    tmp_path: Path, rule: str, unit_mistaken: str
) -> None:
    found = faults(tmp_path, GOOD + value(rule, unit_mistaken))
    assert len(found) == 1
    assert found[0].startswith(f"xx-test.toml: rules.{rule}.value: expected")


@pytest.mark.parametrize("source", ["House default", "内部规定 2026", "我司外访管理办法"])
def test_what_a_house_decided_is_no_law(tmp_path: Path, source: str) -> None:
    line = f'crew_size = {{ value = 2, seen = "S", effective = 2026-01-01, source = "{source}" }}'
    (found,) = faults(tmp_path, GOOD + line)
    assert found.endswith("is the house's own word: write D, it is no law")


def test_a_file_with_a_byte_order_mark_is_read(tmp_path: Path) -> None:
    """Windows' editor puts one before what it calls UTF-8."""
    (tmp_path / "xx-test.toml").write_bytes(b"\xef\xbb\xbf" + GOOD.encode())
    assert TomlProfiles(tmp_path).rules("XX-TEST").facts["hours"]


def test_a_file_that_is_no_toml_is_named(tmp_path: Path) -> None:
    assert faults(tmp_path, "title = ")[0].startswith("xx-test.toml: is no TOML")


def test_a_file_without_rules_is_named(tmp_path: Path) -> None:
    assert "xx-test.toml: rules: expected a table of rules" in faults(tmp_path, HEAD[:-8])


def test_values_on_several_days_are_read(tmp_path: Path) -> None:
    line = value("house_hours", '{ any = ["08:00-20:00"], sunday = [], holiday = ["10:00-12:00"] }')
    hours = profiles(tmp_path, GOOD + line).rules("XX-TEST").facts["house_hours"]
    assert set(hours[0].value.by_day) == {"any", "sunday", "holiday"}


def test_the_folder_holds_nothing_but_profiles() -> None:
    assert {file.suffix for file in FOLDER.iterdir()} == {".toml"}


# --- layers


def own(tmp_path: Path, **files: str) -> TomlProfiles:
    """Return the shipped profiles with these files of a lender's own."""
    for name, text in files.items():
        (tmp_path / f"{name}.toml").write_text(text, encoding="utf-8")
    return TomlProfiles(own=tmp_path)


REGION = 'title = "Ningzhou"\nversion = "n1"\nextends = "CN"\n[rules]\n'
THREE = (
    'crew_size = { value = 3, seen = "P", effective = 2027-01-01, source = "decree" }\n'
    'house_hours = { value = { any = ["10:00-18:00"] }, seen = "D", source = "ours" }\n'
)


def test_a_region_adds_to_its_country_and_the_house_to_both() -> None:
    first, second = TomlProfiles().rules("US-MA").facts["visits_in_30_days"]
    assert (first.layer, first.profile, first.value.most) == (Layer.REGION, "US-MA", 1)
    assert (second.layer, second.profile, second.value.most) == (Layer.HOUSE, "HOUSE", 4)
    (hours,) = TomlProfiles().rules("US-MA").facts["hours"]
    assert (hours.layer, hours.profile) == (Layer.COUNTRY, "US")


def test_a_lenders_own_profile_adds_to_one_of_the_installation(tmp_path: Path) -> None:
    rules = own(tmp_path, ningzhou=REGION + THREE).rules("NINGZHOU")
    assert (rules.country, rules.version) == ("CN", "2026-11-23+n1")
    assert [fact.value for fact in rules.facts["crew_size"]] == [2, 3]
    assert [fact.profile for fact in rules.facts["house_hours"]] == ["CN", "NINGZHOU"]
    assert {fact.layer for fact in rules.facts["house_hours"]} == {Layer.HOUSE}


def test_a_value_of_the_future_does_not_hold_yet(tmp_path: Path) -> None:
    rules = own(tmp_path, ningzhou=REGION + THREE).rules("NINGZHOU")
    assert crew_size(rules, date(2026, 12, 31)) == 2
    assert crew_size(rules, date(2027, 1, 1)) == 3


def test_a_house_of_its_own_takes_the_place_of_the_defaults_alone(tmp_path: Path) -> None:
    house = (
        'title = "Ours"\nversion = "h2"\n[rules]\n' + STOPS + PLACE + value("visits_in_7_days", "5")
    )
    rules = own(tmp_path, house=house).rules("CN")
    assert [fact.value.most for fact in rules.facts["visits_in_7_days"]] == [5]
    assert "days_between_visits" not in rules.facts
    assert [fact.layer for fact in rules.facts["hours"]] == [Layer.COUNTRY]
    assert "h2" in rules.version


@pytest.mark.parametrize(
    ("files", "fault"),
    [
        ({"cn": GOOD}, "CN is the installation's: take another name"),
        ({"house": 'title = "x"\nversion = "1"\n[rules]\n'}, "rules.house_stops: is required"),
        ({"house": HEAD + STOPS + PLACE}, "house.toml: country: the house's rules hold wherever"),
        (
            {"house": HEAD + STOPS + PLACE + THREE},
            "house.toml: rules.crew_size.seen: the house has defaults (D) alone",
        ),
    ],
)
def test_a_file_that_would_replace_a_law_is_refused(
    tmp_path: Path, files: dict[str, str], fault: str
) -> None:
    with pytest.raises(InvalidProfileError, match=re.escape(fault)):
        own(tmp_path, **files).rules("CN")


@pytest.mark.parametrize(
    ("files", "fault"),
    [
        ({"x": REGION.replace("CN", "XY")}, "x.toml: extends: no profile 'XY'; known: CN"),
        (
            {"x": REGION.replace("CN", "Y"), "y": REGION.replace("CN", "X")},
            "extends this very profile",
        ),
        ({"x": REGION.replace("CN", "HOUSE")}, "x.toml: extends: every profile has HOUSE already"),
    ],
)
def test_what_extends_nothing_is_refused(tmp_path: Path, files: dict[str, str], fault: str) -> None:
    with pytest.raises(InvalidProfileError, match=re.escape(fault)):
        own(tmp_path, **files).rules("X")


def test_faults_of_all_files_of_a_profile_are_told_at_once(tmp_path: Path) -> None:
    files = {"x": REGION.replace("CN", "Y") + "crew_size = 2\n", "y": HEAD + "stops = 1\n"}
    with pytest.raises(InvalidProfileError) as error:
        own(tmp_path, **files).rules("X")
    assert "x.toml: rules.crew_size: expected {" in str(error.value)
    assert "y.toml: rules.stops: expected {" in str(error.value)
