"""A made-up authority, calibrated to published figures and worked through the same engine as real cases."""
