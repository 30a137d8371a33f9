"""What is said of contact logs and payments: of their lists, and where they keep a case out."""

from __future__ import annotations

from web.phrases.phrase import phrase

CONTACTS = (
    phrase("is empty; write the contract or the client id"),
    phrase("is no contract of the book; import its case first"),
    phrase("is no borrower of the book; import her case first"),
    phrase("is not the client of contract %(contract)s; write the true one"),
    phrase("lies in the future; write when it was"),
    phrase("ends before the contact in which it was agreed; write the day and hours to come"),
    phrase("lies more than a year after the contact; look whether its year is true"),
    phrase("no party column: who is reached counts as the borrower"),
    phrase("no direction column: every contact counts as ours"),
    phrase("no key column: a contact is told apart by what its row says"),
    phrase("is empty; write what came in, or what is still overdue"),
    phrase("the lender says that nobody has contacted her yet"),
    phrase(
        "not contacted often enough: in %(days)s days %(count)s times of %(least)s by %(channels)s"
    ),
    phrase(
        "not contacted often enough: in %(days)s days %(count)s times of %(least)s by "
        "%(channels)s, and tried on %(second)s days of %(most)s"
    ),
    phrase(
        "the book has no contact data: whether anybody was contacted before the visit is not known "
        "and not checked"
    ),
    phrase(
        "the book has no contact data, and the city plans no visit without a contact: import "
        "contacts"
    ),
    phrase(
        "what is overdue was told more than %(days)s days ago on %(count)s cases, on the oldest "
        "on %(date)s: import payments or a new list"
    ),
    phrase("%(city)s has no borrower %(names)s"),
    phrase("%(city)s has no case %(cases)s"),
)
