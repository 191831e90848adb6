"""The present is the fold of the past: each fact changes a case in one declared way, and nothing else does."""

from casereview.fold.folding import apply, fold

__all__ = ["apply", "fold"]
