"""A draft that people edit: opened, edited, taken back, copied, by several at once."""
