"""Public transport as an extract tells of it: stops, lines, and rides between them."""
