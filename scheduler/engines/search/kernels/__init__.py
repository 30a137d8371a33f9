"""What numba compiles: the flat arrays, and the functions that work on them.

tables.py first, then anneal.py from its end upwards. Whatever is edited here is compiled anew;
nothing else is in this folder, so that nothing else causes it.
"""

from pathlib import Path

SOURCES = Path(__file__).parent
