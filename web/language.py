"""The language of a page: the user's choice, else the browser's, else Chinese.

English is the language of the source. Chinese stands in `translations/zh`, one .po file a
blueprint; they are read when the program starts, so that nothing is compiled or installed.

In Python write `t("Log in")`, `tn("%(num)d visit", "%(num)d visits", n)`, and `lazy_t` where no
request is at hand yet; in templates `t` and `tn`.
"""

from __future__ import annotations

from functools import cache
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations
from flask import Flask, request, session
from flask_babel import Babel, Domain, LazyString, get_locale, gettext, ngettext
from flask_login import current_user

LANGUAGES = {"zh": "中文", "en": "English"}
CATALOGS = Path(__file__).parent / "translations"


def t(text: str, **values: object) -> str:
    """Return `text` in the visitor's language, with `%(name)s` filled in."""
    return str(gettext(text, **values))


def tn(one: str, many: str, num: int, **values: object) -> str:
    """Return the text that fits a count, `%(num)d` in it."""
    return str(ngettext(one, many, num, **values))


def lazy_t(text: str, **values: object) -> LazyString:
    """Return a text that is translated when it is shown, with `%(name)s` filled in."""
    return LazyString(t, text, **values)


def speak(app: Flask) -> None:
    """Let an app answer in the visitor's language."""
    babel = Babel(app, default_locale="zh", locale_selector=chosen_language)
    babel.domain_instance = PoFiles()
    app.jinja_env.globals.update(t=t, tn=tn, LANGUAGES=LANGUAGES, html_lang=html_lang)


def chosen_language() -> str:
    """Return the language of this request."""
    chosen = current_user.language or session.get("language")
    return chosen or request.accept_languages.best_match(LANGUAGES) or "zh"


def is_chinese() -> bool:
    """Tell whether this page is in Chinese."""
    return str(get_locale()) == "zh"


def html_lang() -> str:
    """Return the language as browsers and screen readers want it told."""
    return "zh-CN" if is_chinese() else "en"


class PoFiles(Domain):  # type: ignore[misc]
    """Translations straight from .po files."""

    def get_translations(self) -> NullTranslations:
        locale = get_locale()
        return NullTranslations() if locale is None else catalog(str(locale))


@cache
def catalog(language: str) -> NullTranslations:
    """Return all translations into a language; none for English, which the source is in."""
    merged = Catalog(locale=language)
    for file in sorted((CATALOGS / language).glob("*.po")):
        with file.open("rb") as source:
            for message in read_po(source, locale=language):
                if message.id:
                    merged[message.id] = message
    compiled = BytesIO()
    write_mo(compiled, merged)
    compiled.seek(0)
    return Translations(compiled)
