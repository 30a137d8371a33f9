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

from data.masking import HIDDEN as HIDDEN
from data.masking import masked as masked
from data.masking import masked_phone as masked_phone
from web.language import t


def format_for_people(app: Flask) -> None:
    """Make the formats filters of an app's templates."""
    app.jinja_env.globals["HIDDEN"] = HIDDEN
    shares = (percent, percent_tenths, percent_asked)
    filters = (*shares, money, money_short, number, day, day_short, clock, span, moment, duration)
    app.jinja_env.filters.update({one.__name__: one for one in (*filters, masked, masked_phone)})


def money(amount: Decimal | float, currency: str) -> str:
    """Write a sum: ¥1,234.50, and CN¥1,234.50 in English; whole sums without decimals."""
    is_whole = amount == int(amount)
    text: str = numbers.format_currency(amount, currency, locale=_locale())
    return re.sub(r"[.,]00(?!\d)", "", text) if is_whole else text


def money_short(amount: Decimal | float, currency: str) -> str:
    """Write a large sum in few figures: ¥41.2万, CN¥412K."""
    text: str = numbers.format_compact_currency(
        amount, currency, locale=_locale(), fraction_digits=1
    )
    return text


def number(value: Decimal | float) -> str:
    """Write a figure with its thousands apart."""
    return numbers.format_decimal(value, locale=_locale())


def percent(share: float) -> str:
    """Write a share of 1 as whole percent."""
    return numbers.format_percent(share, locale=_locale())


def percent_tenths(share: float) -> str:
    """Write a share beside its interval or a limit, where 94.6% is not yet 95%."""
    return numbers.format_percent(share, "#,##0.0%", locale=_locale())


def percent_asked(share: float) -> str:
    """Write a share that somebody asked for as she did: 95%, 2.5%."""
    return numbers.format_percent(share, "#,##0.##%", locale=_locale())


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


def _locale() -> str:
    return str(get_locale() or "en")
