"""What editors and reviewers do with an article in the admin, beside editing it."""
