"""How a comment is judged, and how it may move from state to state."""
