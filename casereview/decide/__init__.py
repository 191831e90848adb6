"""Command and case in, facts or a refusal out: pure, and the only place where rules of the work are applied."""

from casereview.decide.context import Context, Decision, Refusal, Unmet
from casereview.decide.deciding import decide
from casereview.decide.opening import decide_open

__all__ = ["Context", "Decision", "Refusal", "Unmet", "decide", "decide_open"]
