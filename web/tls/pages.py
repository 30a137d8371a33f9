"""/ca.crt: the certificate of the house's own authority, for phones to trust."""

from __future__ import annotations

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from flask import Blueprint, abort
from werkzeug.wrappers import Response

from web.auth.access import public
from web.context import wired
from web.tls.files import authority_files

tls = Blueprint("tls", __name__)

MIME_TYPE = "application/x-x509-ca-cert"  # by which iOS and Android know what to do with it


@tls.get("/ca.crt")
@public
def authority() -> Response:
    """Give the certificate, which is no secret; over plain http too, where TLS is not trusted yet.

    On its way it could be exchanged for another: who trusts it compares the fingerprint first.
    """
    file = authority_files(wired().home).certificate
    if not file.exists():
        abort(404)
    der = x509.load_pem_x509_certificate(file.read_bytes()).public_bytes(Encoding.DER)
    answer = Response(der, mimetype=MIME_TYPE)
    answer.headers["Content-Disposition"] = 'inline; filename="dayround-ca.crt"'
    return answer
