"""How long the day's page takes while many open desks ask what has changed, and while none does."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from statistics import median
from threading import Event

from benchmarks.asking import Client
from benchmarks.day import Size
from benchmarks.measure import Figures
from benchmarks.planned import planned

DESKS, EVERY_S = 30, 2.0
ROUNDS, TIMES = 5, 8


def crowd(size: Size, desks: int = DESKS, rounds: int = ROUNDS, times: int = TIMES) -> Figures:
    """Return the page's medians in milliseconds, in turn with the open desks and without."""
    with planned(size) as home, home.server() as (url, cookie):
        client, with_them, without = Client(url, cookie), list[float](), list[float]()
        page_ms(client, home.day, 2)
        for _ in range(rounds):
            without += page_ms(client, home.day, times)
            with polling(url, cookie, home.day, desks):
                with_them += page_ms(client, home.day, times)
    return {"with": median(with_them), "without": median(without)}


def page_ms(client: Client, day: str, times: int) -> list[float]:
    return [client.get(day).ms for _ in range(times)]


@contextmanager
def polling(url: str, cookie: str, day: str, desks: int) -> Iterator[None]:
    """Let desks ask every two seconds, each in a moment of its own; all have asked once."""
    ends = Event()
    with ThreadPoolExecutor(desks) as threads:
        begun = [Event() for _ in range(desks)]
        asking = [
            threads.submit(poll, Client(url, cookie), day, ends, one, k * EVERY_S / desks)
            for k, one in enumerate(begun)
        ]
        try:
            for one in begun:
                one.wait(60)
            yield
        finally:
            ends.set()
        for done in asking:
            done.result()


def poll(client: Client, day: str, ends: Event, begun: Event, waits_s: float) -> None:
    """Ask as an open page does until the end."""
    path, headers = f"{day}desk.json", {"X-Poll": "1"}
    tag = ""
    while not ends.wait(waits_s):
        if tag:
            headers["If-None-Match"] = tag
        answer = client.get(path, 200, 304, **headers)
        tag, waits_s = answer.headers.get("ETag", tag), EVERY_S
        begun.set()
    client.close()
