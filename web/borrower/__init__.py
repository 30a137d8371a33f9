"""Cases, a borrower's page, and the promise calendar."""
