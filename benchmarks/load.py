"""A few browsers that ask for one page again and again, each on a connection that stays open."""

from __future__ import annotations

import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from http.client import HTTPConnection
from http.cookiejar import CookieJar
from statistics import quantiles
from time import perf_counter
from urllib.parse import urlencode, urlsplit
from urllib.request import HTTPCookieProcessor, ProxyHandler, build_opener

TOKEN = re.compile(r'name="csrf-token" content="([^"]+)"')


def log_in(url: str, name: str, password: str) -> str:
    """Log in as a browser does, and return the session's cookie."""
    jar = CookieJar()
    opener = build_opener(ProxyHandler({}), HTTPCookieProcessor(jar))
    token = TOKEN.search(opener.open(f"{url}/log-in").read().decode())
    assert token is not None, "every page holds its token"
    form = {"name": name, "password": password, "csrf_token": token[1]}
    opener.open(f"{url}/log-in", urlencode(form).encode()).close()
    return "; ".join(f"{cookie.name}={cookie.value}" for cookie in jar)


@dataclass
class Load:
    """A page that is asked for, how long each answer took, and for how long it was asked."""

    url: str
    cookie: str
    answers_s: list[float] = field(default_factory=list)
    asked_s: float = 0.0

    def go_on(self, seconds: float, connections: int) -> None:
        """Ask on that many connections at once."""
        began = perf_counter()
        with ThreadPoolExecutor(connections) as browsers:
            asking = [browsers.submit(self._ask_until, began + seconds) for _ in range(connections)]
            for one in asking:
                self.answers_s += one.result()
        self.asked_s += perf_counter() - began

    def figures(self) -> dict[str, float]:
        """Return answers per second, and the milliseconds that half and 95 % of them kept to."""
        ms = quantiles([1000 * answer_s for answer_s in self.answers_s], n=20)
        return {"rate": len(self.answers_s) / self.asked_s, "p50": ms[9], "p95": ms[18]}

    def _ask_until(self, ends: float) -> list[float]:
        return list(self._answers_s(ends))

    def _answers_s(self, ends: float) -> Iterator[float]:
        """Yield how long each answer takes that is asked for before `ends`."""
        where = urlsplit(self.url)
        connection = HTTPConnection(where.netloc, timeout=60)
        while (asked := perf_counter()) < ends:
            connection.request("GET", where.path, headers={"Cookie": self.cookie})
            answer = connection.getresponse()
            answer.read()
            if answer.status != 200:
                raise RuntimeError(f"{self.url} answers {answer.status}")
            yield perf_counter() - asked
        connection.close()
