"""Ghost: its export files, and the three ways in which its versions keep the text of a post."""
