"""What a board learns across its reviews: pure functions over findings, packs and recommendations."""
