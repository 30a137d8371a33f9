"""A city's day for programs, under /api/v1/cities/CITY: one module for each part of the work."""
