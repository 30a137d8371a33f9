"""`dayround solve`: a problem in VROOM's JSON, without a home or a city."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from time import monotonic, process_time
from typing import TYPE_CHECKING, Annotated, Any

import typer

from scheduler.engines import CHOICE, DEFAULT, LARGEST_SEED, THREADS
from web.cli.common import answer_json, escaped, fail, say
from web.cli.searching import searching

if TYPE_CHECKING:
    from data.vroom.reading import Instance
    from scheduler.engines.base import Progress


class Clock(StrEnum):
    """What `--seconds` counts."""

    WALL = "wall"
    CPU = "cpu"


MOST_TOLD = 20

MUST_VISITS_MISSED = 3
"""Exit code where there is a solution, and a job that is required is in none of its routes."""

CLOCKS = {Clock.WALL: monotonic, Clock.CPU: process_time}


def register(app: typer.Typer) -> None:
    example = "[bold]dayround solve problem.json --seconds 30 --out solution.json[/]"
    code = f"Exit code {MUST_VISITS_MISSED} says that a required job is not served."
    app.command("solve", epilog=f"Example: {example}. {code}")(solve)


def solve(
    problem: Annotated[Path, typer.Argument(metavar="PROBLEM.json", help="As VROOM reads it.")],
    engine: Annotated[str, typer.Option("--engine", help=CHOICE)] = DEFAULT,
    seconds: Annotated[
        float, typer.Option("--seconds", min=0, help="How long to search; Ctrl-C keeps the best.")
    ] = 10,
    clock: Annotated[Clock, typer.Option("--clock", help="What the seconds count.")] = Clock.WALL,
    seed: Annotated[
        int, typer.Option("--seed", min=0, max=LARGEST_SEED, help="Another seed, another search.")
    ] = 0,
    threads: Annotated[int, typer.Option("--threads", min=1, help=THREADS)] = 1,
    all_required: Annotated[
        bool, typer.Option("--all-required", help="Every job must be served.")
    ] = False,
    out: Annotated[
        Path | None, typer.Option("--out", help="Where the solution goes.", show_default="stdout")
    ] = None,
) -> None:
    """Solve a problem in VROOM's JSON, with prizes, several places and must-visits.

    Where it tells coordinates and no matrices, travel times are guessed from straight lines; the
    problem with these matrices is then written beside the solution.
    """
    from data.vroom import solving
    from data.vroom.reading import read_file
    from scheduler.engines.registry import engine as engine_named
    from scheduler.engines.registry import has_threads
    from scheduler.engines.stop_rules import Cancelled, Elapsed

    if out is not None and not out.parent.is_dir():
        fail(f"{out.parent} is no folder to write {out.name} into")
    now = CLOCKS[clock]
    chosen = engine_named(engine, threads)
    began = now()
    instance = read_file(problem, all_required=all_required)
    loading_s = now() - began
    tell_idle(instance)
    if threads > 1 and not has_threads(engine):
        say(f"engine {engine} uses one thread")
    with searching(engine, in_words) as watched:
        solution = solving.solve(
            instance,
            chosen,
            Cancelled(Elapsed(seconds, now), watched.is_cancelled),
            now,
            seed=seed,
            loading_s=loading_s,
            on_progress=watched.on_progress,
        )
    if instance.points:
        write_matrices(instance, (out or problem).with_suffix(".problem.json"))
    if dropped := solution.get("dropped"):
        jobs = ", ".join(map(str, dropped))
        say(f"the steps given could not all be driven; jobs taken out of them: {jobs}")
    if out is None:
        answer_json(solution)
    else:
        out.write_text(json.dumps(solution), encoding="utf-8")
    if missed := [job for job in solution["unassigned"] if job.get("required")]:
        tell_missed(missed)
        raise typer.Exit(MUST_VISITS_MISSED)


def tell_idle(instance: Instance) -> None:
    """Say which vehicles make no job, whatever the search does."""
    from scheduler.drive import keeps_breaks

    for crew in instance.problem.crews:
        if not keeps_breaks(instance.problem, crew):
            say(f"vehicle {crew.id} makes no job: its breaks do not fit into its time window")


def tell_missed(jobs: Sequence[Mapping[str, Any]]) -> None:
    """Say which required jobs are in no route, and why."""
    say(f"[bold red]{len(jobs)} required jobs are not served[/]")
    for job in jobs[:MOST_TOLD]:
        why = f"{job['reason']}: {job['detail']}" if "detail" in job else job["reason"]
        say(f"  job {job['id']}: {escaped(why)}")
    if len(jobs) > MOST_TOLD:
        say(f"  and {len(jobs) - MOST_TOLD} more; see those with required in unassigned")


def write_matrices(instance: Instance, file: Path) -> None:
    """Write the problem again with the matrices that were guessed, so that it can be judged."""
    from data.vroom.matrices import with_matrices

    file.write_text(json.dumps(with_matrices(instance)), encoding="utf-8")
    say(f"travel times are guessed from straight lines; see {file}")


def in_words(now: Progress) -> str:
    return f"{now.visits:,} jobs, cost {now.cost:,} s"
