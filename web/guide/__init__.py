"""The guides: how somebody of a role gets through a first day."""
