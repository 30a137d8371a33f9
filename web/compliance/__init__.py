"""What a compliance officer looks after: refusals, overrides, signatures, complaints."""
