"""The readers' response to an article: ratings, comments, and the moderators' decisions."""
