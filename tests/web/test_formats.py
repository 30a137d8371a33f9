"""Money, dates, durations and names, as each language writes them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.web.pages import World
from web import formats

MONDAY = date(2026, 11, 23)
SHANGHAI = ZoneInfo("Asia/Shanghai")
NINE = datetime(2026, 11, 23, 1, 5, tzinfo=UTC)  # 09:05 in Shanghai


@pytest.fixture(params=["zh", "en"])
def language(request: pytest.FixtureRequest, world: World) -> Iterator[str]:
    """Both languages in turn, each in a request of its own."""
    with world.app.test_request_context(headers={"Accept-Language": request.param}):
        yield request.param


@pytest.mark.parametrize(
    ("name", "arguments", "zh", "en"),
    [
        ("money", (Decimal("1234.50"), "CNY"), "¥1,234.50", "CN¥1,234.50"),
        ("money", (Decimal(41200), "CNY"), "¥41,200", "CN¥41,200"),
        ("money", (Decimal(100_000), "USD"), "US$100,000", "$100,000"),
        ("money_short", (412_000, "CNY"), "¥41.2万", "CN¥412K"),
        ("number", (12_345,), "12,345", "12,345"),
        ("percent", (0.234,), "23%", "23%"),
        ("day", (MONDAY,), "2026年11月23日星期一", "Monday, 23 November 2026"),
        ("day_short", (MONDAY,), "11月23日 周一", "Mon 23 Nov"),
        ("clock", (NINE, SHANGHAI), "09:05", "09:05"),
        ("span", (NINE, NINE + timedelta(minutes=20), SHANGHAI), "09:05–09:25", "09:05–09:25"),
        ("moment", (NINE, SHANGHAI), "11月23日 周一 09:05", "Mon 23 Nov 09:05"),
        # An evening in New York is the next day in Shanghai: the city's zone decides.
        ("moment", (NINE, ZoneInfo("America/New_York")), "11月22日 周日 20:05", "Sun 22 Nov 20:05"),
        ("duration", (timedelta(minutes=25),), "25 分钟", "25 min"),
        ("duration", (timedelta(minutes=65),), "1 小时 05 分", "1 h 05 min"),
        # 59 min 40 s are an hour, not '60 min'.
        ("duration", (timedelta(seconds=3580),), "1 小时 00 分", "1 h 00 min"),
    ],
)
def test_a_value_is_written_as_the_language_does(
    language: str, name: str, arguments: tuple[Any, ...], zh: str, en: str
) -> None:
    assert getattr(formats, name)(*arguments) == {"zh": zh, "en": en}[language]


@pytest.mark.parametrize(
    ("name", "hidden"),
    [
        ("王小明", "王*"),
        ("王明", "王*"),
        ("欧阳修", "欧阳*"),
        ("欧阳", "欧*"),  # two characters: a surname and a name
        ("John Smith", "J. S."),
        ("  Ann ", "A."),
        ("", ""),
    ],
)
def test_a_name_is_masked_as_its_script_does(name: str, hidden: str) -> None:
    assert formats.masked(name) == hidden


@given(st.text(alphabet="王李张欧阳小明红ABCDEFGHIJabcdefghij ", min_size=2, max_size=12))
def test_a_masked_name_never_tells_the_given_name(name: str) -> None:
    shown = formats.masked(name).replace(".", "").replace("*", "")
    stripped = name.strip()
    assert len(shown.replace(" ", "")) <= max(2, len(stripped.split()))
    assert len(stripped) < 2 or stripped not in formats.masked(name)


@pytest.mark.parametrize(
    ("phone", "hidden"),
    [("138-0013-8000", "••• 00"), ("+86 13800138012", "••• 12"), ("110", "•••")],
)
def test_a_telephone_number_keeps_its_last_figures(phone: str, hidden: str) -> None:
    assert formats.masked_phone(phone) == hidden


def test_templates_know_the_formats(world: World) -> None:
    with world.app.test_request_context(headers={"Accept-Language": "en"}):
        page = world.app.jinja_env.from_string(
            "{{ x|money('CNY') }} {{ n|masked }} {{ d|day_short }}"
        )
        assert page.render(x=7, n="王小明", d=MONDAY) == "CN¥7 王* Mon 23 Nov"
