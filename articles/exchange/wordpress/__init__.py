"""WordPress: its export files (WXR 1.0 to 1.2), and the marks of its two editors."""
