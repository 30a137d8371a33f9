"""What a borrower's life asks: pauses, wishes, consents."""
