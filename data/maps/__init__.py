"""The map under a city's routes, made from its extract once and drawn by the browser."""
