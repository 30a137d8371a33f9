"""How pages write money, dates, durations and names: by language, and by who looks.

The functions are filters in templates: `{{ case.overdue|money(city.currency) }}`.
"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta, tzinfo
from decimal import Decimal

from babel import dates, numbers
from flask import Flask
from flask_babel import get_locale

from data.access import Role
from web.language import t

HIDDEN = "•••"
LONG_SURNAMES = re.compile(
    "欧阳|歐陽|司马|司馬|上官|诸葛|諸葛|东方|東方|皇甫|尉迟|尉遲|公孙|公孫|慕容|令狐|司徒|夏侯|端木"
    "|南宫|南宮|轩辕|軒轅|宇文|长孙|長孫"
)
CHINESE = re.compile(r"[\u3400-\u9fff]")
SEES_NAMES = frozenset({Role.DISPATCHER, Role.COLLECTOR, Role.COMPLIANCE})
"""Roles that are shown a full name, number or sum when they ask for it; each asking is noted."""


def format_for_people(app: Flask) -> None:
    """Make the formats filters of an app's templates."""
    app.jinja_env.globals["HIDDEN"] = HIDDEN
    filters = (money, money_short, number, percent, day, day_short, clock, span, moment, duration)
    app.jinja_env.filters.update({one.__name__: one for one in (*filters, masked, masked_phone)})


def money(amount: Decimal | float, currency: str) -> str:
    """Write a sum: ¥1,234.50, and CN¥1,234.50 in English; whole sums without decimals."""
    is_whole = amount == int(amount)
    text: str = numbers.format_currency(amount, currency, locale=_locale())
    return re.sub(r"[.,]00(?!\d)", "", text) if is_whole else text


def money_short(amount: Decimal | float, currency: str) -> str:
    """Write a large sum in the fewest figures: ¥41万, CN¥412K."""
    return numbers.format_compact_currency(amount, currency, locale=_locale())


def number(value: Decimal | float) -> str:
    """Write a figure with its thousands apart."""
    return numbers.format_decimal(value, locale=_locale())


def percent(share: float) -> str:
    """Write a share of 1 as whole percent."""
    return numbers.format_percent(share, locale=_locale())


def day(on: date) -> str:
    """Write a date with its weekday: Monday, 23 November 2026; 2026年11月23日星期一."""
    pattern = "y年M月d日EEEE" if _locale() == "zh" else "EEEE, d MMMM y"
    return dates.format_date(on, pattern, locale=_locale())


def day_short(on: date) -> str:
    """Write a date of about now: Mon 23 Nov; 11月23日 周一."""
    pattern = "M月d日 EEE" if _locale() == "zh" else "EEE d MMM"
    return dates.format_date(on, pattern, locale=_locale())


def clock(instant: datetime, zone: tzinfo) -> str:
    """Write the time of day in a city: 09:05."""
    return f"{instant.astimezone(zone):%H:%M}"


def span(start: datetime, end: datetime, zone: tzinfo) -> str:
    """Write from when to when: 09:05–09:25."""
    return f"{clock(start, zone)}–{clock(end, zone)}"


def moment(instant: datetime, zone: tzinfo) -> str:
    """Write the day and time of an instant in a city: Mon 23 Nov 09:05."""
    return f"{day_short(instant.astimezone(zone).date())} {clock(instant, zone)}"


def duration(length: timedelta) -> str:
    """Write a duration in hours and minutes: 1 h 05 min, 25 min; 1 小时 05 分."""
    minutes = round(length.total_seconds() / 60)
    if minutes < 60:
        return t("%(minutes)d min", minutes=minutes)
    return t("%(hours)d h %(minutes)02d min", hours=minutes // 60, minutes=minutes % 60)


def masked(name: str) -> str:
    """Hide all of a name but what greets the right person: 王*, 欧阳*, J. S.

    The length of the rest is hidden too.
    """
    name = name.strip()
    if CHINESE.search(name):
        is_long = len(name) > 2 and LONG_SURNAMES.match(name)
        return f"{name[: 2 if is_long else 1]}*"
    return " ".join(f"{word[0]}." for word in name.split())


def masked_phone(phone: str) -> str:
    """Hide all of a number but its last two digits."""
    digits = re.sub(r"\D", "", phone)
    return f"{HIDDEN} {digits[-2:]}" if len(digits) > 4 else HIDDEN


def name_for(name: str, roles: tuple[Role, ...], *, asked: bool = False) -> str:
    """Write a name as somebody of these roles sees it: in full only if asked for and allowed."""
    return name if asked and SEES_NAMES.intersection(roles) else masked(name)


def _locale() -> str:
    return str(get_locale() or "en")
