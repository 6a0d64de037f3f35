"""What a large site costs: `make bench-large`, with a thousand and with a hundred thousand articles side by side."""
