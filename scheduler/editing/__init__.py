"""A draft changed by hand: what each change costs, what forbids it, and the draft after it."""
