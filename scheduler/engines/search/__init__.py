"""dayround's own search: ruin and recreate over flat arrays, compiled by numba.

engine.py is what the rest of the house calls; docs/search.md explains the method.
"""
