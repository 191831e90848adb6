"""The use-cases. The command line and the screens both call these, so what one can do the other can (law 8)."""
