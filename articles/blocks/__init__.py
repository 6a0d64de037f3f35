"""The kinds of blocks that an article is made of. One folder a kind; see `registry` for how they are found."""
