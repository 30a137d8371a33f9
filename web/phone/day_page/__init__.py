"""What of a crew's day goes into a file of its own: the facts of the day file, masked, and less."""
