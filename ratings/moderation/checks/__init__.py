"""The checks: each looks at one thing of a submission, and returns what it found or None."""
