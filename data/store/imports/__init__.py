"""Lists as they were taken in: kept with what each changed, and taken back."""
