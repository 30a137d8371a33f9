"""A city has peak hours only where somebody has put a table of them into its folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from data.cities import CityFiles
from data.doctor import findings
from data.home import Home
from data.peak_hours import SETTING, PeakSettingError, chosen_table, peaks, put_table
from routing.peak_table import USUAL, read_peaks

TABLE = '[weekday.car]\n"07:00-09:00" = { primary = 2 }\n'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "dong"
    made.mkdir()
    return made


def test_without_a_table_roads_are_free(folder: Path) -> None:
    assert peaks(folder) is None
    assert CityFiles(folder.parent).peaks("dong") is None


def test_the_houses_table_and_one_of_ones_own(folder: Path, tmp_path: Path) -> None:
    own = tmp_path / "counts.toml"
    own.write_text(TABLE, encoding="utf-8")
    for said, text in (("usual", USUAL.read_text("utf-8")), (str(own), TABLE)):
        put_table(chosen_table(said), folder)
        assert CityFiles(folder.parent).peaks("dong") == read_peaks(text)
    put_table(chosen_table("none"), folder)
    put_table(chosen_table("none"), folder)  # and where there is none already
    assert list(folder.iterdir()) == []


def test_a_fault_names_the_citys_file_and_the_key(folder: Path) -> None:
    put_table("[weekday.tram]\n[monday]", folder)
    with pytest.raises(PeakSettingError) as told:
        peaks(folder)
    tram, monday = str(told.value).splitlines()
    assert tram.startswith("dong/peaks.toml: weekday.tram: is no mode")
    assert monday.startswith("dong/peaks.toml: monday: is not known")


def test_what_is_no_table_is_told_before_it_is_kept(tmp_path: Path) -> None:
    with pytest.raises(PeakSettingError, match="there is no file 'often'; give a table of peaks"):
        chosen_table("often")
    own = tmp_path / "counts.toml"
    own.write_bytes(b"\xff")
    with pytest.raises(PeakSettingError, match=r"^counts\.toml is not UTF-8 \(line 1\)"):
        chosen_table(str(own))
    own.write_text(TABLE.replace("2", "0.5"), encoding="utf-8")
    with pytest.raises(PeakSettingError, match=r"^counts\.toml: weekday\.car.*\.primary: 0\.5"):
        chosen_table(str(own))


def test_the_doctor_tells_of_peak_hours(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    folder = home.cities / "dong"
    folder.mkdir(parents=True)

    def told() -> tuple[str, bool]:
        of = (found for found in findings(home) if found.what == "travel times of dong")
        return next((found.text, found.is_well) for found in of)

    put_table(TABLE, folder)
    assert told() == ("by its own roads, slower in its peak hours", True)
    (folder / SETTING).write_text("[monday]", encoding="utf-8")
    assert told() == ("dong/peaks.toml: monday: is not known; there are weekday, weekend", False)
