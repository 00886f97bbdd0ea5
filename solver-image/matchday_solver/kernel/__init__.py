"""The search's inner loops: compiled functions over flat arrays."""
