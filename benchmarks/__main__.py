"""`python -m benchmarks run NAME`: measure, and hold what was found to the stated goals."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from benchmarks.goals import stated_goals
from benchmarks.kept_runs import FOLDER, MEASURED, KeptRuns, load, machine, version
from benchmarks.peers import install_vroom
from benchmarks.plot import draw
from benchmarks.runner import Finding, Runner, benchmark, say
from web.cli.common import answer_table, fail

app = typer.Typer(no_args_is_help=True, help="Measure, and hold what is found to stated goals.")
COLUMNS = ("measure", "value", "unit", "goal", "holds", "peers", "seeds", "budget")
HOLDS = {True: "yes", False: "NO", None: ""}


@app.command("list")
def list_benchmarks() -> None:
    """List the benchmarks that there are."""
    goals = stated_goals()
    about = {name: (benchmark(name).__doc__ or "").partition("\n")[0] for name in goals}
    rows = [(name, about[name], len(goals[name])) for name in goals]
    answer_table("Benchmarks", ("name", "what it measures", "goals"), rows, right=("goals",))


@app.command("run")
def run(
    name: Annotated[str, typer.Argument(help="One that `list` shows.")],
    quick: Annotated[
        bool, typer.Option("--quick", help="Two minutes: what takes longer has no value.")
    ] = False,
    as_json: Annotated[
        Path | None, typer.Option("--json", help="Write the findings there, too.")
    ] = None,
    fresh: Annotated[
        bool, typer.Option("--fresh", help="Measure anew what an earlier run has left.")
    ] = False,
    results: Annotated[Path, typer.Option(help="Where finished runs are kept.")] = FOLDER,
) -> None:
    """Run a benchmark; finished runs of the same code on this machine are not run again."""
    if name not in stated_goals():
        fail(f"there is no benchmark {name!r}; choose from {', '.join(stated_goals())}")
    say(f"on {machine()}, load {load()}")
    chosen = benchmark(name)
    measured = version(folders=getattr(chosen, "MEASURED", MEASURED))
    runner = Runner(KeptRuns(name, results, measured, machine()), quick=quick, fresh=fresh)
    measures = list(chosen.measures())
    findings = list(runner.findings(measures, stated_goals()[name]))
    show(name, findings)
    for file in draw(measures, runner.figures, results, name):
        say(f"drawn: {file}")
    if (own := getattr(chosen, "draw", None)) and (drawn := own(runner.figures, measures)):
        say(f"drawn: {drawn}")
    if as_json is not None:
        told = json.dumps([asdict(finding) for finding in findings], ensure_ascii=False, indent=2)
        as_json.write_text(told + "\n", encoding="utf-8")


@app.command("install-vroom")
def put_vroom() -> None:
    """Install VROOM, a peer of the search, into an environment of its own."""
    install_vroom()


def show(name: str, findings: Sequence[Finding]) -> None:
    """Print the findings as a table, without the columns that nothing stands in."""
    columns = list(zip(COLUMNS, *map(row, findings), strict=True))
    titles, *rows = zip(*(column for column in columns if any(column[1:])), strict=True)
    answer_table(name, titles, rows, right=("value", "goal", "budget"))


def row(finding: Finding) -> tuple[str, ...]:
    return (
        finding.name.partition(" ")[2],  # the title has the benchmark's own
        figure(finding.value),
        finding.unit,
        finding.goal or "",
        HOLDS[finding.holds],
        ", ".join(f"{peer} {figure(value)}" for peer, value in finding.peers.items()),
        ", ".join(map(str, finding.seeds)),
        f"{finding.seconds:g}" if finding.seconds else "",
    )


def figure(value: float | None) -> str:
    """Return a figure with the digits that mean something; a dash where there is none."""
    if value is None:
        return "–"
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:,.3g}"


if __name__ == "__main__":
    app()
