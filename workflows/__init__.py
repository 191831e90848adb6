"""What the paths are: definitions that a board can read and own."""
