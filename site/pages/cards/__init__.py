"""Social cards: the drawn picture that stands for an article where somebody shares its address."""
