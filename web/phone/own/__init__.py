"""A collector's own pages: her promises, her week, her figures, and help."""
