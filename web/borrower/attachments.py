"""Photographs, voice notes and signatures of a borrower's visits: shown to who asks, deleted."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from io import BytesIO

from flask import abort, current_app, flash, redirect, request, send_file, url_for
from itsdangerous import BadData, URLSafeTimedSerializer
from werkzeug.wrappers import Response

from data.access import Role
from data.attached.signing import Signed, read_signature
from data.errors import SealError
from scheduler.errors import NotFoundError
from scheduler.field.attachments import Attachment, AttachmentKind
from web.auth.access import by, current_user, needs
from web.borrower.drawing import drawn
from web.borrower.room import MAY_LOOK, borrower, page, seen_agencies
from web.context import wired
from web.language import t

PASS_S = 600
"""For how long what was shown may be played again without being asked for anew."""

LONGEST_REASON = 300
HEADERS = {
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "Cache-Control": "no-store",
}
ENDINGS = {"image/jpeg": "jpg", "image/svg+xml": "svg", "audio/webm": "webm", "audio/ogg": "ogg"}


@dataclass(frozen=True)
class Opened:
    """An attachment with what it holds; `signed` is what a signature says."""

    told: Attachment
    content: bytes
    signed: Signed | None = None

    @property
    def type(self) -> str:
        return "image/svg+xml" if self.signed else self.told.type

    @property
    def name(self) -> str:
        """The name of its file: what it is, of which day, and no name of anybody."""
        ending = ENDINGS.get(self.type, "m4a")
        return f"{self.told.what}-{self.told.on.isoformat()}-{self.told.sha256[:8]}.{ending}"


@borrower.post("/<city>/attachments/show/<path:key>")
@needs(*MAY_LOOK)
def show_attachment(city: str, key: str) -> str:
    """Show an attachment, and note who asked."""
    told = needed(city, key)
    found, wrong = opened(told)
    if found:
        with wired().store.writing(by()) as writer:
            after = {"key": key, "what": told.what.value}
            writer.note("attachment.shown", told.borrower_id, city=city, after=after)
    let = passes().dumps(whose(told))
    may_delete = current_user.can(Role.COMPLIANCE, city)
    return page(
        "attachment", "cases", one=told, found=found, wrong=wrong, let=let, may_delete=may_delete
    )


@borrower.get("/<city>/attachments/content/<path:key>")
@needs(*MAY_LOOK)
def attached_content(city: str, key: str) -> Response:
    """Hand out what an attachment holds, to who was just shown it."""
    told = needed(city, key)
    try:
        let = passes().loads(request.args.get("let", ""), max_age=PASS_S)
    except BadData:
        let = None
    if let != whose(told):
        abort(HTTPStatus.FORBIDDEN)
    found, _ = opened(told)
    if found is None:
        abort(HTTPStatus.GONE)
    content = drawn(found.signed).encode() if found.signed else found.content
    answer = send_file(
        BytesIO(content), found.type, download_name=found.name, conditional=True, max_age=0
    )
    answer.headers["Content-Disposition"] = f'inline; filename="{found.name}"'
    answer.headers.update(HEADERS)
    return answer


@borrower.post("/<city>/attachments/delete/<path:key>")
@needs(Role.COMPLIANCE)
def delete_attachment(city: str, key: str) -> Response:
    """Delete what an attachment holds; who did it, when and why stays."""
    told, reason = needed(city, key), request.form.get("reason", "").strip()
    if not reason:
        flash(t("Say why it is deleted: nothing was."))
        return to_her(told)
    try:
        with wired().store.writing(by()) as writer:
            writer.delete_attachment(city, key, reason[:LONGEST_REASON])
        flash(t("It is deleted; that it was there stays."))
    except NotFoundError:
        flash(t("It was deleted before."))
    return to_her(told)


def to_her(told: Attachment) -> Response:
    """Lead back to the page of the borrower whose visit it was."""
    return redirect(url_for("borrower.story", city=told.city, id=told.borrower_id))


def needed(city: str, key: str) -> Attachment:
    """Return an attachment; no page where there is none that the person may see."""
    found = wired().attachments.one(city, key, seen_agencies())
    if found is None:
        abort(HTTPStatus.NOT_FOUND)
    return found


def opened(told: Attachment) -> tuple[Opened | None, str]:
    """Return an attachment with what it holds, or why it cannot be opened."""
    try:
        content = wired().attachments.content(told.city, told.key)
    except SealError:
        return None, t("This home does not have the key that locked it: restore attachments.key.")
    if content is None:
        return None, t("It was deleted.")
    is_signature = told.what is AttachmentKind.SIGNATURE
    return Opened(told, content, read_signature(content) if is_signature else None), ""


def passes() -> URLSafeTimedSerializer:
    """Return what signs that somebody was shown an attachment."""
    return URLSafeTimedSerializer(current_app.config["SECRET_KEY"], salt="attachment")


def whose(told: Attachment) -> list[str]:
    """Return what a pass is for: one attachment and one person."""
    return [current_user.name, told.city, told.key]
