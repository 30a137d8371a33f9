"""A day beside itself: as it runs, as it was planned before, and who changed what."""
