"""Being found: what every page tells search engines and machines about itself."""
