"""A crew's day as one page that opens with a passphrase, where phones cannot reach the server."""
