"""When could this fit? Hours to offer to a borrower who is on the phone, and booking one."""
