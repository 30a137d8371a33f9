"""The day of a crew as one file, by which its phone works without a network until the evening."""
