"""Route sheets to print: a street map with the stops of a crew, and what to do at each."""
