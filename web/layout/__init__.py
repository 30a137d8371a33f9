"""What all pages share: the frame, the home page, the choice of language and theme."""
