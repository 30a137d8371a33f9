"""What the inner rooms say in whole sentences, read from their source."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import product

from tests.conftest import ROOT

HOLE = "§"
WORD = re.compile(r"[A-Za-z]{2,}")
FEWEST_WORDS = 3
OF_PROGRAMMERS = ("ValueError", "TypeError", "AssertionError")
"""Raised where a caller is wrong, not a person; in readers they tell what is wrong in a cell."""

SPEAKING = (
    "scheduler/rules/hours.py", "scheduler/rules/people.py", "scheduler/rules/places.py",
    "scheduler/rules/visits.py", "scheduler/rules/contacts.py", "scheduler/rules/products.py",
    "scheduler/rules/wishes.py", "scheduler/rules/dialling.py", "scheduler/rules/gate.py",
    "scheduler/at_door.py", "scheduler/feeds.py", "scheduler/screening/*.py",
    "scheduler/left_out.py",
    "scheduler/remedies/words.py", "scheduler/policy_screening.py",
    "scheduler/value/*.py", "scheduler/explain.py", "scheduler/slots/*.py", "data/policy/*.py",
    "scheduler/kept.py", "scheduler/check/*.py", "scheduler/crews/*.py", "scheduler/doors/*.py",
    "data/readers/*.py",
    "data/made_up.py", "data/store/*.py",
)  # fmt: skip
"""Where is said why a case waits, and what is wrong with a list or a plan."""

RAISING = (
    "routing/snapping.py", "routing/storing.py", "routing/gazetteer/index.py",
    "scheduler/locks.py", "scheduler/service.py", "scheduler/urgent_service.py",
    "scheduler/engines/*.py", "data/cities.py", "data/store/imports/urgent.py",
    "data/profiles.py", "data/exports/*.py", "data/robots/*.py",
)  # fmt: skip
"""Where something is refused; what else stands there is not shown to people.

The command line alone tells of homes, backups, made-up towns and VROOM's problems.
"""

COLUMNS = ("_columns.py", "templates.py")
"""What stands in a template, in both languages."""


@cache
def sentences() -> dict[str, str]:
    """Return every sentence that a page may show, `§` where it varies, and where it is said."""
    found: dict[str, str] = {}
    for raised_only, globs in ((False, SPEAKING), (True, RAISING)):
        for file in (file for glob in globs for file in sorted(ROOT.glob(glob))):
            name = file.relative_to(ROOT).as_posix()
            tree = ast.parse(file.read_text(encoding="utf-8"))
            if not name.endswith(COLUMNS):
                found |= {text: f"{name}:{line}" for text, line in said_in(tree, raised_only, name)}
    return found


def said_in(tree: ast.AST, raised_only: bool, name: str) -> Iterator[tuple[str, int]]:
    """Yield the sentences of a file, and their lines."""
    roots = [node for node in ast.walk(tree) if isinstance(node, ast.Raise)]
    for root in roots if raised_only else [tree]:
        for node in spoken(root, to_programmers=not name.startswith("data/readers")):
            for text in readings(node):
                if sum(WORD.search(word) is not None for word in text.split()) >= FEWEST_WORDS:
                    yield text, node.lineno


def spoken(tree: ast.AST, *, to_programmers: bool) -> Iterator[ast.expr]:
    """Yield the texts below a node; not docstrings, nor what only programmers read."""
    if isinstance(tree, ast.Assert) or (to_programmers and is_to_programmers(tree)):
        return
    for child in ast.iter_child_nodes(tree):
        if isinstance(child, ast.Expr) and isinstance(child.value, ast.Constant):
            continue
        if isinstance(child, ast.JoinedStr | ast.Constant):
            yield child
        else:
            yield from spoken(child, to_programmers=to_programmers)


def is_to_programmers(node: ast.AST) -> bool:
    """Tell whether an error is raised of which no person is told."""
    call = node.exc if isinstance(node, ast.Raise) else None
    return isinstance(call, ast.Call) and ast.unparse(call.func) in OF_PROGRAMMERS


def readings(node: ast.expr) -> Iterable[str]:
    """Return what a text can be: where it chooses between two, it is each of them."""
    match node:
        case ast.Constant(value=str(text)):
            return [text]
        case ast.JoinedStr(values=values):
            return ["".join(parts) for parts in product(*map(readings, values))]
        case ast.FormattedValue(value=ast.IfExp(body=body, orelse=other)):
            return [*readings(body), *readings(other)]
        case _:
            return [HOLE]
