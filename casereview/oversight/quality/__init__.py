"""Help and quality, beside every time: what was decided, how good the work was, and whether it helped. Pure."""
