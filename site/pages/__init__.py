"""What belongs to the site as a whole: the home page and pages of information."""
