"""The collector's phone: her own day, one visit after the other."""
