"""The command line: what the screens can do, one line at a time, for people and for other programs."""
