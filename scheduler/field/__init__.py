"""What phones tell of a day, each thing once and in its order, also hours later."""
