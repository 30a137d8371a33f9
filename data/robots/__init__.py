"""Robots of chat groups that say that a day has changed, where an administrator wants it."""
