"""How functions are compiled by numba, and where their machine code is kept."""
