"""Published pages are files: made ahead, served without Django, and made again when what they show has changed."""
