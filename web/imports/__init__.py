"""Lists in: their columns told, what they would change shown, taken in and taken back."""
