"""What is wrong with a group's robot or a program's token, and what to do."""

from __future__ import annotations

from web.phrases.phrase import phrase

ROBOTS = (
    phrase("choose whose robot it is"),
    phrase("robots.json is not understood: switch the robot on again"),
    phrase("robots.json is not understood: switch the robots on again"),
    phrase("others can read robots.json in the home: let its owner alone read it"),
    phrase("the webhook is no address"),
    phrase("the webhook is no https address: copy it from the group's settings"),
    phrase("the webhook is of another server; a %(kind)s robot's is: %(servers)s"),
    phrase("a %(kind)s robot signs nothing: leave its secret empty"),
    phrase("the link is no https address"),
    phrase("the %(kind)s robot refused the message: code %(code)s"),
    phrase(
        "the %(kind)s robot refused the message: code %(code)s: "
        "there is no such webhook, copy it again"
    ),
    phrase(
        "the %(kind)s robot refused the message: code %(code)s: more than 20 messages in a minute"
    ),
    phrase(
        "the %(kind)s robot refused the message: code %(code)s: "
        "its security settings: signature, keyword or server"
    ),
    phrase(
        "the %(kind)s robot refused the message: code %(code)s: "
        "the secret, or the clock of this server, is wrong"
    ),
    phrase("the %(kind)s robot could not be reached: %(problem)s"),
    phrase("the %(kind)s robot could not be reached: this machine finds no such server"),
    phrase("the %(kind)s robot could not be reached: no answer in time"),
    phrase("no program may be a %(role)s; roles are: %(roles)s"),
    phrase("a token has a role or opens feeds, not both: make two"),
)
