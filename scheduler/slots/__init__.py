"""When could this fit? The best slots of the next days for a borrower who is on the phone."""
