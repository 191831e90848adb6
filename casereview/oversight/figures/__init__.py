"""Figures to understand by, not indicators: pure functions of facts about cases and a day, and their plain text."""
