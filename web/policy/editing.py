"""A new version of the policy: its rows in a form, arranged by presses, previewed, and kept."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import timedelta
from io import BytesIO

from flask import abort, flash, redirect, request, send_file, url_for
from werkzeug.wrappers import Response

from data.access import POLICY_WRITERS
from data.policy import InvalidPolicyError, policy_of, policy_text, read_policy
from data.policy.reading import PRICES
from scheduler.errors import DayroundError
from scheduler.model import BUCKETS
from scheduler.policy import Policy
from web.auth.access import by, needs
from web.context import today_here, wired
from web.language import t
from web.phrases import said
from web.policy.previews import begin, newest, policy_of_preview
from web.policy.room import a_page, in_force, policy, refuse_who_may_not_write
from web.policy.typed import Typed, arranged, raw, typed_form, typed_policy
from web.policy.words import place_of
from web.told_days import day_of

ARRANGING = ("insert", "remove", "up", "down", "add-step", "remove-step")
Answer = str | Response | tuple[str, int]
Faults = Mapping[str, Sequence[str]]
"""What is wrong, by the path of the field."""


@policy.get("/<city>/policy/new")
@needs(*POLICY_WRITERS)
def edit(city: str) -> str:
    """Show the form of a new version: from what holds, a version, or what was previewed."""
    refuse_who_may_not_write()
    return edited(typed_policy(told_policy(city)))


def told_policy(city: str) -> Policy:
    """Return the policy that the page's address names, what holds where it names none."""
    preview, version = (request.args.get(name, type=int) for name in ("preview", "version"))
    if preview is not None:
        return policy_of_preview(city, preview)
    if version is None:
        return in_force(city)
    versions = {each.number: each.policy for each in wired().store.policy_versions(city)}
    return versions.get(version) or abort(404)


@policy.post("/<city>/policy/new")
@needs(*POLICY_WRITERS)
def put(city: str) -> Answer:
    """Arrange the rows, or check them, look what they would change, or keep them."""
    refuse_who_may_not_write()
    act, *numbers = request.form.get("do", "check").split() or ["check"]
    typed = typed_form(request.form)
    if act in ARRANGING:
        return edited(arranged(typed, act, [int(one) for one in numbers if one.isdecimal()]))
    faults: dict[str, list[str]] = defaultdict(list)
    told = read_typed(typed, faults)
    if act == "keep":
        refuse_without_day_and_reason(faults)
    if told is None or faults:
        return edited(typed, faults=faults), 400
    match act:
        case "keep":
            return kept(city, told, typed)
        case "preview":
            return begun(city, told, typed)
        case "toml":
            return toml_file(told)
        case _:
            return edited(typed, is_good=True)


def read_typed(typed: Typed, faults: dict[str, list[str]]) -> Policy | None:
    """Return the policy that is typed; None where it has faults, which are noted by their paths."""
    try:
        return policy_of(raw(typed))
    except InvalidPolicyError as error:
        for fault in error.faults:
            faults[fault.path].append(said(fault.text))
        return None


def refuse_without_day_and_reason(faults: dict[str, list[str]]) -> None:
    """Note where it is not said from which day a version holds, or why it is made."""
    try:
        day_of(request.form.get("since", ""))
    except ValueError:
        faults["since"].append(t("Write the day from which it holds."))
    if not request.form.get("note", "").strip():
        faults["note"].append(t("Say what is changed, and why."))


def kept(city: str, told: Policy, typed: Typed) -> Answer:
    """Keep a policy as the next version."""
    since = day_of(request.form["since"])
    try:
        with wired().store.writing(by()) as writer:
            made = writer.put_policy(city, told, since, request.form["note"].strip())
    except DayroundError as error:
        return edited(typed, problem=said(str(error))), 409
    flash(t("Version %(number)s is kept; another person approves it.", number=made.number))
    return redirect(url_for("policy.page", city=city))


def begun(city: str, told: Policy, typed: Typed) -> Answer:
    """Begin to look what a policy would change tomorrow, and lead to where that is shown."""
    job = begin(city, told)
    if job is None:
        problem = t("Another preview is under way. Wait until it is done, or stop it.")
        return edited(typed, problem=problem, busy=newest(city)), 409
    return redirect(url_for("policy.previewed", city=city, number=job.id))


def toml_file(told: Policy) -> Response:
    """Send a policy as a file that can be put again."""
    data = BytesIO(policy_text(told).encode())
    return send_file(data, "application/toml", as_attachment=True, download_name="policy.toml")


@policy.route("/<city>/policy/toml", methods=["GET", "POST"])
@needs(*POLICY_WRITERS)
def toml(city: str) -> Answer:
    """Take a policy in as TOML, pasted or as a file; it is shown in the form, and not kept yet."""
    refuse_who_may_not_write()
    if request.method == "GET":
        return a_page("toml", text=policy_text(told_policy(city)), faults=())
    text = told_text()
    try:
        return edited(typed_policy(read_policy(text)))
    except InvalidPolicyError as error:
        return a_page("toml", text=text, faults=error.faults), 400


def told_text() -> str:
    """Return the policy that was uploaded, or else the one that was pasted."""
    uploaded = request.files.get("file")
    text = request.form.get("text", "")
    if uploaded and uploaded.filename:
        text = uploaded.read().decode("utf-8-sig", "replace")
    return text.replace("\r\n", "\n")


def edited(typed: Typed, *, faults: Faults | None = None, **told: object) -> str:
    """Return the form with all that was typed, and what is wrong beside it."""
    return a_page(
        "edit",
        typed=typed,
        faults=faults or {},
        weights_open=any(path.startswith("value") for path in faults or ()),
        BUCKETS=BUCKETS,
        PRICES=PRICES,
        place_of=place_of,
        since=request.form.get("since", str(today_here() + timedelta(days=1))),
        note=request.form.get("note", ""),
        **told,
    )
