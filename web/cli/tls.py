"""`dayround tls make`: certificates where no public authority issues one."""

from __future__ import annotations

from pathlib import Path
from shlex import join
from typing import TYPE_CHECKING, Annotated, Any

import typer

from web.cli.common import JsonOption, answer, answer_json, escaped, session
from web.tls import MOST_DAYS

if TYPE_CHECKING:
    from scheduler.ports import By
    from web.tls.certificates import Certificate
    from web.tls.files import Pair
    from web.tls.names import Name
    from web.wiring import Wired

tls = typer.Typer(no_args_is_help=True, help="Certificates, to serve by TLS.")

PORT = 8443
STEPS = """\
Every phone and computer then trusts the authority once, if it shows the fingerprint above:
  iPhone, iPad  open {ca} in Safari; Settings > Profile Downloaded > Install;
                then General > About > Certificate Trust Settings, and turn it on
  Android       open {ca} in Chrome; then Settings, search for "CA certificate",
                Install anyway, and choose dayround-ca.crt
  Windows       certutil -user -addstore Root {file}
  macOS         security add-trusted-cert -r trustRoot {file}
  Linux         certutil -d sql:$HOME/.pki/nssdb -A -t C,, -n dayround -i {file}
docs/tls.md tells each step. Before the certificate ends, run dayround tls make again: nothing has
to be trusted anew, nor the server to be started anew."""


def register(app: typer.Typer) -> None:
    app.add_typer(tls, name="tls")


@tls.command("make", epilog="Example: [bold]dayround tls make desk.lan 192.168.1.7[/]")
def make(
    context: typer.Context,
    names: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[NAMES…]",
            help="Host names and addresses that people open.",
            show_default="those of the certificate that is renewed, else this machine's",
        ),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option("--out", help="Where the certificate goes.", show_default="tls in the home"),
    ] = None,
    days: Annotated[
        int, typer.Option("--days", min=1, max=MOST_DAYS, help="How long it holds.")
    ] = MOST_DAYS,
    new_authority: Annotated[
        bool,
        typer.Option("--new-authority", help="Replace the authority; all devices trust it anew."),
    ] = False,
    as_json: JsonOption = False,
) -> None:
    """Issue a server certificate by an authority of your own; again, to renew it.

    The authority is made once and kept in the home. It can vouch for these names and for private
    ones alone, so that its key is worth nothing for other sites.
    """
    from web.tls.certificates import issue
    from web.tls.files import authority_files, folder, server_files

    here = session(context)
    wired = here.wired()
    by = wired.ports.by(here.actor)
    server = server_files((out or folder(wired.home)).absolute())
    wanted = names_for(names, server)
    authority = authority_files(wired.home)
    if new_authority or not authority.is_there:
        make_authority(wired, authority, wanted, by)
    made = issue(authority.read(), wanted, by.at, days)
    server.write(made)
    note(wired, by, "certificate.made", made, names=list(map(str, wanted)))
    told = what_there_is(authority, server)
    if as_json:
        answer_json(told)
    else:
        tell(told, here.home)


def names_for(told: list[str] | None, server: Pair) -> list[Name]:
    """Return the names told, else those of the certificate that is there, else this machine's."""
    from web.tls.certificates import names_of
    from web.tls.names import own_names, read_name

    if told:
        return list(dict.fromkeys(map(read_name, told)))
    return names_of(server.read().certificate) if server.is_there else own_names()


def make_authority(wired: Wired, files: Pair, names: list[Name], by: By) -> None:
    """Make the home's authority, in place of the one before."""
    from web.tls.certificates import new_authority

    made = new_authority(names, str(names[0]), by.at)
    files.write(made)
    note(wired, by, "authority.made", made)


def note(wired: Wired, by: By, kind: str, made: Certificate, **told: Any) -> None:
    """Write the event of a new certificate; its serial number is its subject."""
    with wired.store.writing(by) as writer:
        until = made.certificate.not_valid_after_utc
        writer.note(kind, f"{made.certificate.serial_number:x}", after={"until": until, **told})


def what_there_is(authority: Pair, server: Pair) -> dict[str, Any]:
    """Return what was made, and where."""
    from web.tls.certificates import fingerprint, names_of

    issuer, served = authority.read().certificate, server.read().certificate
    return {
        "authority": str(authority.certificate),
        "fingerprint": fingerprint(issuer),
        "authority_until": issuer.not_valid_after_utc.date(),
        "names": list(map(str, names_of(served))),
        "certificate": str(server.certificate),
        "key": str(server.key),
        "until": served.not_valid_after_utc.date(),
    }


def tell(told: dict[str, Any], home: Path | None) -> None:
    """Say what was made and what comes next: the command to serve, the steps for devices."""
    name = told["names"][0]
    url = f"https://{f'[{name}]' if ':' in name else name}:{PORT}"
    command = ["dayround", *(["--home", str(home)] if home else []), "serve", "--host", "0.0.0.0"]
    command += ["--port", str(PORT), "--cert", told["certificate"], "--key", told["key"]]
    lines = (
        f"authority    {told['authority']}, until {told['authority_until']}",
        f"             SHA-256 [bold]{told['fingerprint']}[/]",
        f"certificate  {told['certificate']}, until {told['until']}",
        f"             for {', '.join(told['names'])}",
        "\nServe with it:",
        f"  {escaped(join([*command, '--public-url', url]))}",
        f"\n{STEPS.format(ca=f'{url}/ca.crt', file=told['authority'])}",
    )
    answer("\n".join(lines))
