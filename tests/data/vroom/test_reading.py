"""Reading VROOM's JSON: what each key becomes, and every fault by its JSON pointer at once."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.vroom.fields import LATEST_S, FieldsError, NoJsonError
from data.vroom.reading import read, read_file
from routing.travel import UNREACHABLE
from scheduler.problem import CrewBreak
from tests.data.vroom.little import ROAD, little_problem, plain_problem

Told = dict[str, Any]
HOME, FAR_EAST = [121.0, 30.0], [121.1, 30.0]


def faults(told: object, folder: Path | None = None) -> dict[str, str]:
    with pytest.raises(FieldsError) as refused:
        read(told, folder)
    return {error.pointer: error.problem for error in refused.value.errors}


def test_a_job_is_a_visit_with_its_places() -> None:
    told = little_problem()
    told["jobs"][0] |= {"setup": 20, "delivery": [2], "required": True}
    told["vehicles"][0]["capacity"] = [7]
    visit = read(told).problem.visit_by_id["5"]
    near, far = visit.options
    assert (near.place_id, near.location, near.starts) == ("0", 1, ((0, 50), (60, 90)))
    assert (far.place_id, far.location, far.starts) == ("1", 2, ((150, 300),))
    assert (far.service_s, far.setup_s, far.value) == (60, 20, 1000)
    assert (visit.is_required, visit.skills, visit.load) == (True, frozenset("1"), (2,))


def test_a_vehicle_is_a_crew() -> None:
    told = little_problem()
    told["vehicles"][0] |= {"max_travel_time": 500}
    (crew,) = read(told).problem.crews
    assert (crew.id, crew.start_s, crew.end_s, crew.skills) == ("3", 0, 1000, frozenset("1"))
    assert (crew.max_visits, crew.max_travel_s, crew.capacity) == (4, 500, ())
    assert crew.breaks == (CrewBreak("9", (200, 400), 30),)


def test_what_is_absent_limits_nothing() -> None:
    problem = read(plain_problem({})).problem
    (crew,), (visit,) = problem.crews, problem.visits
    assert (crew.start_s, crew.end_s, crew.max_visits, crew.breaks) == (0, LATEST_S, None, ())
    assert visit.options[0].starts == ((0, LATEST_S),)


def test_an_open_end_is_no_way_from_anywhere() -> None:
    told = plain_problem({})
    del told["vehicles"][0]["end_index"]
    problem = read(told).problem
    (crew,) = problem.crews
    # The road's three places, and a fourth row for the open end.
    assert (crew.start_location, crew.end_location) == (0, 3)
    assert [problem.travel_s(crew, i, 3) for i in range(4)] == [0, 0, 0, 0]
    assert problem.travel_s(crew, 0, 2) == 200


def test_each_profile_has_its_matrix() -> None:
    told = plain_problem({})
    slower = [[2 * seconds for seconds in row] for row in ROAD]
    told["matrices"]["bike"] = {"durations": slower, "distances": ROAD}
    told["vehicles"].append({"id": 2, "profile": "bike", "start_index": 0, "end_index": 0})
    instance = read(told)
    by_car, by_bike = instance.problem.crews
    assert instance.problem.travel_s(by_car, 0, 2) == 200
    assert instance.problem.travel_s(by_bike, 0, 2) == 400
    assert not instance.has_metres  # only one of the two tells distances


def test_a_matrix_may_lie_beside_the_problem(tmp_path: Path) -> None:
    told = plain_problem({})
    told["matrices"]["car"]["durations"] = "roads.npy"
    np.save(tmp_path / "roads.npy", np.array(ROAD, np.uint32))
    file = tmp_path / "problem.json"
    file.write_text(json.dumps(told), encoding="utf-8")
    assert read_file(file).problem.travel.seconds[0, 0].tolist() == ROAD


def test_a_way_of_more_seconds_than_there_are_is_none() -> None:
    told = plain_problem({})
    told["matrices"]["car"]["durations"][0][1] = 2**32 - 1  # what VROOM itself takes for none
    assert read(told).problem.travel.seconds[0, 0, 0, 1] == UNREACHABLE


def test_coordinates_have_straight_line_times() -> None:
    told = {
        "jobs": [{"id": 1, "location": FAR_EAST}, {"id": 2, "location": HOME}],
        "vehicles": [{"id": 1, "start": HOME}],
    }
    instance = read(told)
    # 0.1° of longitude at 30° are 9.63 km; by 1.35 at 25 km/h they take 1872 s.
    assert instance.problem.travel.seconds[0, 0, 0, 1] == pytest.approx(1872, abs=2)
    assert len(instance.points) == 2  # the second job is at home
    assert instance.has_metres


def test_steps_are_a_plan_to_begin_with() -> None:
    steps = [{"type": "start"}, {"type": "job", "id": 5, "place": 1}, {"type": "break", "id": 9}]
    told = little_problem()
    told["vehicles"][0]["steps"] = [*steps, {"type": "job", "id": 6}, {"type": "end"}]
    start = read(told).warm_start
    assert start is not None
    (trip,) = start.itineraries
    assert [(stop.id, stop.option) for stop in trip.visits] == [("5", 1), ("6", 0)]
    assert read(little_problem()).warm_start is None


def test_all_may_be_required() -> None:
    problem = read(little_problem(), all_required=True).problem
    assert all(visit.is_required for visit in problem.visits)


Change = Callable[[Told], object]
FAULTS: list[tuple[Change, str, str]] = [
    (lambda t: t.update(shipments=[]), "/shipments", "not understood"),
    (lambda t: t["jobs"][1].update(pickup=[1]), "/jobs/1/pickup", "not understood"),
    (lambda t: t["jobs"][0].update(amount=[1]), "/jobs/0/amount", "not understood"),
    (lambda t: t["vehicles"][0].update(speed_factor=2), "/vehicles/0/speed_factor", "not under"),
    (lambda t: t["jobs"][0].update({"a/b~": 1}), "/jobs/0/a~1b~0", "not understood"),
    (lambda t: t.pop("jobs"), "/jobs", "missing"),
    (lambda t: t.update(vehicles=[]), "/vehicles", "no vehicle"),
    (lambda t: t.update(jobs={}), "/jobs", "no list"),
    (lambda t: t["jobs"].append(7), "/jobs/2", "7 is no object"),
    (lambda t: t["jobs"][1].pop("id"), "/jobs/1/id", "missing"),
    (lambda t: t["jobs"][1].update(id=5), "/jobs/1/id", "5 stands there twice"),
    (lambda t: t["jobs"][1].update(id="6"), "/jobs/1/id", "'6' is no whole number"),
    (lambda t: t["jobs"][1].update(id=True), "/jobs/1/id", "True is no whole number"),
    (lambda t: t["jobs"][0].update(service=-1), "/jobs/0/service", "-1 is not between 0"),
    (lambda t: t["jobs"][0].update(service=1.5), "/jobs/0/service", "1.5 is no whole number"),
    (lambda t: t["jobs"][0].update(service=None), "/jobs/0/service", "None is no whole number"),
    (lambda t: t["jobs"][0].update(priority=101), "/jobs/0/priority", "101 is not between 0 and"),
    (lambda t: t["jobs"][0].update(required=1), "/jobs/0/required", "neither true nor false"),
    (lambda t: t["jobs"][0].update(skills=[1, -1]), "/jobs/0/skills/1", "-1 is not between"),
    (lambda t: t["jobs"][0].update(skills=1), "/jobs/0/skills", "no list"),
    (lambda t: t["jobs"][0].update(crew=3), "/jobs/0/crew", "3 is not between 1 and 2"),
    (lambda t: t["jobs"][0].update(crew=0), "/jobs/0/crew", "0 is not between 1 and 2"),
    (lambda t: t["jobs"][0]["places"][0].update(time_windows=[]),
     "/jobs/0/places/0/time_windows", "is empty, so that there is never time"),
    (lambda t: t["vehicles"][0]["breaks"][0].update(time_windows=[]),
     "/vehicles/0/breaks/0/time_windows", "is empty"),
    (lambda t: t["jobs"][0].update(delivery=[1]), "/jobs/0/delivery", "1 amounts, and"),
    (lambda t: t["jobs"][0].update(places=[]), "/jobs/0/places", "no place"),
    (lambda t: t["jobs"][0].update(location_index=1), "/jobs/0/location_index", "beside places"),
    (lambda t: t["jobs"][0]["places"][1].update(location_index=3),
     "/jobs/0/places/1/location_index", "3 is not between 0 and 2"),
    (lambda t: t["jobs"][0]["places"][1].pop("location_index"),
     "/jobs/0/places/1/location_index", "missing"),
    (lambda t: t["jobs"][0]["places"][1].update(location=[200, 0]),
     "/jobs/0/places/1/location", "longitude 200.0"),
    (lambda t: t["jobs"][0]["places"][1].update(time_windows=[[5]]),
     "/jobs/0/places/1/time_windows/0", "no time window"),
    (lambda t: t["jobs"][0]["places"][1].update(time_windows=[[9, 5]]),
     "/jobs/0/places/1/time_windows/0", "ends before it begins"),
    (lambda t: t["jobs"][0]["places"][1].update(time_windows=[[0, 9], [9, 12]]),
     "/jobs/0/places/1/time_windows", "begins at 9"),
    (lambda t: t["jobs"][0]["places"][1].update(time_windows=[[0, 1_700_000_000]]),
     "/jobs/0/places/1/time_windows/0/1", "1700000000 is not between"),
    (lambda t: t["vehicles"][0].update(start_index=-1), "/vehicles/0/start_index", "-1 is not"),
    (lambda t: t["vehicles"][0].update(profile="boat"), "/vehicles/0/profile", "there are car"),
    (lambda t: t["vehicles"][0].update(profile=[]), "/vehicles/0/profile", "there is no []"),
    (lambda t: t["vehicles"][0].update(time_window=[[0, 9]]), "/vehicles/0/time_window", "no time"),
    (lambda t: t["vehicles"].append(t["vehicles"][0] | {"id": 4, "capacity": [1]}),
     "/vehicles/1/capacity", "1 amounts, and"),
    (lambda t: t["vehicles"][0]["breaks"][0].update(max_load=[1]),
     "/vehicles/0/breaks/0/max_load", "not understood"),
    (lambda t: t["vehicles"][0]["breaks"][0].update(time_windows=[[0, 1], [3, 4]]),
     "/vehicles/0/breaks/0/time_windows", "a break has one"),
    (lambda t: t["vehicles"][0]["breaks"].append({"id": 9}), "/vehicles/0/breaks/1/id", "twice"),
    (lambda t: t["vehicles"][0].update(breaks=[{"id": i} for i in range(7)]),
     "/vehicles/0/breaks", "6 are the most"),
    (lambda t: t["vehicles"][0].update(steps=[{"type": "job", "id": 7}]),
     "/vehicles/0/steps/0/id", "no job 7"),
    (lambda t: t["vehicles"][0].update(steps=[{"type": "job", "id": 5, "place": 2}]),
     "/vehicles/0/steps/0/id", "no job 5 with a place 2"),
    (lambda t: t["vehicles"][0].update(steps=[{"type": "pickup", "id": 5}]),
     "/vehicles/0/steps/0/type", "none of start, job, break, end"),
    (lambda t: t.update(matrices={}), "/matrices", "no profile"),
    (lambda t: t.update(matrices=[]), "/matrices", "no object"),
    (lambda t: t["matrices"]["car"].pop("durations"), "/matrices/car/durations", "missing"),
    (lambda t: t["matrices"]["car"].update(costs=ROAD), "/matrices/car/costs", "not understood"),
    (lambda t: t["matrices"]["car"]["durations"].pop(), "/matrices/car/durations", "[2, 3]"),
    (lambda t: t["matrices"]["car"]["durations"][1].pop(),
     "/matrices/car/durations", "row 1 has 2 columns, and there are 3 rows"),
    (lambda t: t["matrices"]["car"]["durations"].__setitem__(1, 7),
     "/matrices/car/durations", "row 1 is 7, and no list"),
    (lambda t: t["matrices"]["car"]["durations"][0].__setitem__(2, float("nan")),
     "/matrices/car/durations", "row 0, column 2: nan is no whole number"),
    (lambda t: t["matrices"]["car"]["durations"][0].__setitem__(2, None),
     "/matrices/car/durations", "row 0, column 2: None is no whole number"),
    (lambda t: t["matrices"]["car"]["durations"][0].__setitem__(2, [5]),
     "/matrices/car/durations", "row 0, column 2: [5] is no whole number"),
    (lambda t: t["matrices"]["car"]["durations"][0].__setitem__(2, 10**18),
     "/matrices/car/durations", "row 0, column 2: 1000000000000000000 is more than 4294967295"),
    (lambda t: t["matrices"]["car"]["durations"][0].__setitem__(2, 10**30),
     "/matrices/car/durations", f"row 0, column 2: {10**30} is more than 4294967295"),
    (lambda t: t["matrices"].update(bike=t["matrices"].pop("car")),
     "/vehicles/0/profile", "is missing: there is no 'car'; there are bike"),
    (lambda t: t["matrices"]["car"].update(durations=[]), "/matrices/car/durations", "shape [0]"),
    (lambda t: t["matrices"]["car"]["durations"][0].__setitem__(1, -5),
     "/matrices/car/durations", "row 0, column 1: -5 is negative"),
    (lambda t: t["matrices"]["car"]["durations"][2].__setitem__(2, 5),
     "/matrices/car/durations", "row 2, column 2: 5;"),
    (lambda t: t["matrices"]["car"]["durations"][0].__setitem__(1, 1.5),
     "/matrices/car/durations", "row 0, column 1: 1.5 is no whole number"),
    (lambda t: t["matrices"]["car"].update(distances=[[0]]),
     "/matrices/car/distances", "has 1 rows, and the first matrix has 3"),
]  # fmt: skip


@pytest.mark.parametrize(("change", "pointer", "problem"), FAULTS, ids=[f[1] for f in FAULTS])
def test_a_fault_is_told_by_its_pointer(change: Change, pointer: str, problem: str) -> None:
    told = little_problem()
    change(told)
    found = faults(told)
    assert problem in found[pointer]


def test_all_faults_are_told_at_once() -> None:
    told = little_problem()
    told["jobs"][0]["service"] = -1
    told["jobs"][1]["pickup"] = [1]
    told["vehicles"][0]["profile"] = "boat"
    assert set(faults(told)) == {"/jobs/0/service", "/jobs/1/pickup", "/vehicles/0/profile"}
    with pytest.raises(
        FieldsError, match=r"/jobs/0/service \(job 5\): -1 is not between"
    ) as refused:
        read(told)
    assert str(refused.value).count("\n") == 2


def test_faults_inside_a_job_or_a_vehicle_name_its_id() -> None:
    told = little_problem()
    told["jobs"][0]["places"][1]["location_index"] = 3
    told["vehicles"][0]["breaks"][0]["service"] = -1
    told["jobs"][1]["id"] = "six"
    with pytest.raises(FieldsError) as refused:
        read(told)
    assert [(error.pointer, error.whose) for error in refused.value.errors] == [
        ("/jobs/0/places/1/location_index", "job 5"),
        ("/jobs/1/id", ""),
        ("/vehicles/0/breaks/0/service", "vehicle 3"),
    ]


def test_missing_matrices_are_missed_once() -> None:
    told = little_problem()
    del told["matrices"]
    (pointer, problem), *others = faults(told).items()
    assert (pointer, others) == ("/matrices", [])
    assert "add it" in problem


def test_a_matrix_that_cannot_be_used_is_no_fault_of_a_vehicle() -> None:
    told = little_problem()
    told["matrices"]["car"]["durations"][0][1] = -1
    assert list(faults(told)) == ["/matrices/car/durations"]
    told["matrices"] = {}
    assert list(faults(told)) == ["/matrices"]


SHIFT = {"time_window": [0, 1000]}


def in_steps(*jobs: int) -> dict[str, Any]:
    return {"steps": [{"type": "job", "id": job} for job in jobs]}


def test_a_job_stands_in_the_steps_once() -> None:
    told = plain_problem({}, {}, **in_steps(1, 2, 1))
    told["vehicles"].append(told["vehicles"][0] | {"id": 2} | in_steps(2))
    assert faults(told) == {
        "/vehicles/0/steps/2/id": "job 1 stands in the steps of vehicle 1 already",
        "/vehicles/1/steps/0/id": "job 2 stands in the steps of vehicle 1 already",
    }


def test_a_job_for_two_stands_in_the_steps_of_both() -> None:
    told = plain_problem({"crew": 2}, **SHIFT, **in_steps(1))
    told["vehicles"].append(told["vehicles"][0] | {"id": 2})
    start = read(told).warm_start
    assert start is not None
    assert [[stop.id for stop in trip.visits] for trip in start.itineraries] == [["1"], ["1"]]
    told["vehicles"].append(told["vehicles"][0] | {"id": 3})
    assert "already" in faults(told)["/vehicles/2/steps/0/id"]


def test_two_do_not_meet_at_just_any_hour() -> None:
    assert "time windows" in faults(plain_problem({"crew": 2}))["/jobs/0/crew"]
    for bounded in (
        plain_problem({"crew": 2}, **SHIFT),
        plain_problem({"crew": 2, "time_windows": [[0, 7 * 86_400]]}),
    ):
        assert read(bounded).problem.visits[0].may_meet


def test_json_without_end_is_told_as_too_deep(tmp_path: Path) -> None:
    file = tmp_path / "problem.json"
    file.write_text("[" * 100_000, encoding="utf-8")
    with pytest.raises(NoJsonError, match=r"problem\.json is nested too deep"):
        read_file(file)


def test_an_index_needs_matrices_and_coordinates_none() -> None:
    told = {
        "jobs": [{"id": 1, "location": HOME, "location_index": 0}, {"id": 2}],
        "vehicles": [{"id": 1, "start": [0], "profile": "boat"}],
    }
    found = faults(told)
    assert "no matrices" in found["/jobs/0/location_index"]
    assert "missing" in found["/jobs/1/location"]
    assert "no place" in found["/vehicles/0/start"]
    assert "car, ebike" in found["/vehicles/0/profile"]


@pytest.mark.parametrize("name", ["absent.npy", "../roads.npy", "/roads.npy", "text.npy", "m.txt"])
def test_a_file_that_is_no_matrix_beside_the_problem(tmp_path: Path, name: str) -> None:
    beside = tmp_path / "beside"
    beside.mkdir()
    np.save(tmp_path / "roads.npy", np.array(ROAD))
    (beside / "text.npy").write_text("100 200", encoding="utf-8")
    (beside / "m.txt").write_text("100 200", encoding="utf-8")
    told = plain_problem({})
    told["matrices"]["car"]["durations"] = name
    assert "no matrix" in faults(told, beside)["/matrices/car/durations"]


def test_without_a_folder_no_file_is_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    np.save(tmp_path / "roads.npy", np.array(ROAD))
    monkeypatch.chdir(tmp_path)
    told = plain_problem({})
    told["matrices"]["car"]["durations"] = "roads.npy"
    assert "no matrix" in faults(told)["/matrices/car/durations"]


@pytest.mark.parametrize("text", ["", "{", "[" * 100_000, "[]", "7", '"text"'])
def test_what_is_no_problem_is_refused(tmp_path: Path, text: str) -> None:
    file = tmp_path / "problem.json"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(FieldsError, match="the problem: "):
        read_file(file)


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=4,
)


@given(values, st.sampled_from(("jobs", "vehicles", "matrices")), st.data())
def test_nothing_that_stands_anywhere_breaks_the_reader(
    value: object, part: str, data: st.DataObject
) -> None:
    told = little_problem()
    inside = told[part] if part == "matrices" else told[part][0]
    key = data.draw(st.sampled_from(sorted(inside)))
    inside[key] = value
    with suppress(FieldsError):
        read(told)


def test_two_vehicles_may_meet_for_a_job() -> None:
    told = little_problem()
    told["jobs"][0]["crew"] = 2
    visit = read(told).problem.visit_by_id["5"]
    assert (visit.crew_size, visit.may_meet) == (2, True)
