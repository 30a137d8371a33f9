"""What of a question that is being filled in is not as usual, in words."""

from __future__ import annotations

from web.headcount.form import Form
from web.headcount.levers import CHOICES, NUMBERS, OTHERS, SWITCHES, TEXTS
from web.language import t

LABELS = {
    **{name: one.label for name, one in NUMBERS.items()},
    **{name: one.label for name, one in CHOICES.items()},
    **{name: one.label for name, one in TEXTS.items()},
    **{name: label for name, (label, _) in SWITCHES.items()},
    **OTHERS,
}


def differing(form: Form) -> list[str]:
    """Return the levers that are not as usual, each with what is chosen, as it was written."""
    return [_said(name, form.values[name].strip()) for name in form.differing()]


def _said(name: str, value: str) -> str:
    label = str(LABELS[name])
    if name in SWITCHES:
        return label
    options = dict(CHOICES[name].options) if name in CHOICES else {}
    return t("%(lever)s: %(choice)s", lever=label, choice=str(options.get(value, value)))
