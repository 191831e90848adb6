"""Where cases are kept: the only package that knows a database."""
