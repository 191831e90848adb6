"""What an identity key holds, by kind: apart from the scan, so that naming the kinds loads nothing of it."""

from typing import Literal

ProtectedKind = Literal["name", "date of birth", "date", "address", "school", "practice", "condition", "place", "other"]
