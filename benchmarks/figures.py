"""CPU time of the figures of half a year: 50,000 cases with 100,000 results and payments."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from decimal import Decimal
from functools import partial
from random import Random
from time import process_time
from zoneinfo import ZoneInfo

from benchmarks.day import ON, SEED, import_libraries
from benchmarks.measure import Figures, Measure, Run, Series
from benchmarks.screening import fill
from benchmarks.temporary import Desk, temporary_desk

CASES, RESULTS, PAYMENTS, DAYS, CREWS = 50_000, 100_000, 20_000, 181, 50
FIGURES = ("read", "group", "read and group", "the same again")


def measures() -> Iterator[Measure]:
    runs = (Run(f"book of {CASES}", partial(read_figures, CASES), SEED, in_quick=False),)
    for figure in FIGURES:
        yield Measure(f"{CASES} {figure}", "s", Series(figure, runs))


def read_figures(cases: int) -> Figures:
    """Make what a page of figures shows: over time, by district, coverage, the stalest."""
    from scheduler.figures import Group, Span, coverage, figure_tables, stalest

    import_libraries()
    spent: dict[str, float] = {}
    with temporary_desk("CN") as desk:
        fill(desk, cases)
        add_results(desk)
        question = desk.city.name, Span(ON - timedelta(days=DAYS), ON), noon(desk)
        gc.collect()
        gc.freeze()  # as a server does once it stands
        with cpu(spent, "read"):
            facts = desk.wired.figures.facts(*question)
        with cpu(spent, "group"):
            figure_tables(facts, (Group.WEEK, Group.DISTRICT))
            for group in (Group.BUCKET, Group.DISTRICT):
                coverage(facts.cases, facts.today, group)
            stalest(facts.cases, facts.today, 20)
        with cpu(spent, "the same again"):
            desk.wired.figures.facts(*question)
    return {**spent, "read and group": spent["read"] + spent["group"]}


@contextmanager
def cpu(spent: dict[str, float], name: str) -> Iterator[None]:
    began = process_time()
    yield
    spent[name] = process_time() - began


def noon(desk: Desk) -> datetime:
    return datetime(ON.year, ON.month, ON.day, 12, tzinfo=ZoneInfo(desk.city.zone))


def add_results(desk: Desk) -> None:
    """Put results and payments of the last half year straight into their tables."""
    from sqlalchemy import insert, select

    from data import database, tables
    from data.store.rows import to_row
    from scheduler.payments import Payment
    from scheduler.ports import Outcome

    chance, city, told_at = Random(SEED), desk.city.name, noon(desk)
    crews = [(f"a{i}", f"b{i}") for i in range(CREWS)]
    place, case = tables.place.c, tables.loan_case.c

    def some_time() -> datetime:
        return told_at - timedelta(days=chance.randrange(DAYS), minutes=chance.randrange(300))

    def result(number: int) -> Outcome:
        who, where = chance.choice(doors)
        code, is_met = chance.choice([("REFUSED", True), ("NOT_HOME", False)])
        return Outcome(
            f"r{number}", who, where, some_time(), code, chance.choice(crews), True, is_met
        )

    def payment(number: int) -> Payment:
        return Payment(f"p{number}", chance.choice(contracts), Decimal(100), some_time())

    with database.writing(desk.wired.store.engine) as connection:
        doors = connection.execute(select(place.borrower_id, place.id).order_by(place.id)).all()
        contracts = connection.scalars(select(case.id).order_by(case.id)).all()
        by = {"city": city, "recorded_by": "benchmark", "recorded_at": told_at}
        rows = [to_row(result(number), **by) for number in range(RESULTS)]
        connection.execute(insert(tables.outcome), rows)
        paid = [to_row(payment(number), **by) for number in range(PAYMENTS)]
        connection.execute(insert(tables.payment), paid)
