"""The terminal: the command line and the screens, twins over the same service."""
