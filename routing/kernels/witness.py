"""Ways around a node: where one is no longer than the way through it, no shortcut is needed."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from routing.compiled.compiling import Int, long_part, part
from routing.kernels.heap import Heap, clear, put, take
from routing.kernels.lists import Lists

FAR = 1 << 62
UNWANTED = -FAR


class Witness(NamedTuple):
    """A search from one neighbour of a node to others.

    Parameters
    ----------
    key
        int64[n]: the shortest way found so far, `FAR` where none.
    bound
        int64[n]: the way from the node to a neighbour, `UNWANTED` for all other nodes.
    seen, n_seen
        int32[n], int64[1]: the nodes whose key is known.
    """

    key: NDArray[np.int64]
    bound: NDArray[np.int64]
    seen: NDArray[np.int32]
    n_seen: NDArray[np.int64]
    heap: Heap


@part
def want(w: Witness, out: Lists, into: Lists, node: Int) -> Int:
    """Want the neighbours behind `node`; return how long ways before their last arc may be.

    That is, beyond the arc into `node`: who comes to a neighbour comes by some arc into it, and
    the shortest of these is the least that its last step takes.
    """
    slack = np.int64(0)
    for i in range(out.start[node], out.start[node] + out.size[node]):
        head = out.node[i]
        w.bound[head] = out.key[i]
        for j in range(into.start[head], into.start[head] + into.size[head]):
            if into.node[j] != node:
                slack = max(slack, out.key[i] - into.key[j])
                break
    return slack


@part
def want_no_more(w: Witness, out: Lists, node: Int) -> None:
    for i in range(out.start[node], out.start[node] + out.size[node]):
        w.bound[out.node[i]] = UNWANTED


@long_part
def look_around(
    w: Witness,
    out: Lists,
    source: Int,
    without: Int,
    base: Int,
    slack: Int,
    longest: Int,
    wanted: Int,
    limit: Int,
) -> None:
    """Look for ways from `source` to the wanted nodes that avoid the node `without`.

    A way to a wanted node is short enough where it is no longer than `base`, the arc into
    `without`, and the bound. Ends after `limit` nodes: then shortcuts may be added that are not
    needed, which costs time and no exactness.
    """
    w.key[source] = 0
    w.seen[0] = source
    count = 1
    put(w.heap, source, np.int64(0))
    while w.heap.size[0] > 0 and limit > 0 and wanted > 0:
        so_far = w.heap.key[0]
        node = take(w.heap)
        limit -= 1
        for i in range(out.start[node], out.start[node] + out.size[node]):
            key = so_far + out.key[i]
            if key > base + longest:
                break
            head = out.node[i]
            known = w.key[head]
            if head != without and key < known:
                enough = base + w.bound[head]
                if key <= enough and enough < known:
                    wanted -= 1
                if known == FAR:
                    w.seen[count] = head
                    count += 1
                w.key[head] = key
                if key <= base + slack:
                    put(w.heap, np.int64(head), key)
    w.n_seen[0] = count


@part
def forget(w: Witness) -> None:
    """Forget all ways."""
    for i in range(w.n_seen[0]):
        w.key[w.seen[i]] = FAR
    w.n_seen[0] = 0
    clear(w.heap)
