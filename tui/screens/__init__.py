"""The full screen: what the command line can do, for people who would rather look and press a key."""
