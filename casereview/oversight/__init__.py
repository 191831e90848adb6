"""Oversight: what the people who answer for cases are asked, derived from facts and a day, never stored."""
