"""What numba compiles for roads: contraction, sweeps, and the arrays that they work on."""

from pathlib import Path

SOURCES = Path(__file__).parent
