"""A spam model that learns from decisions: plain Python, no database, the same weights from the same decisions."""
