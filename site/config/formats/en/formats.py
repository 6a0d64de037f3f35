"""English dates and times without full stops at the end, so that they can end a sentence."""

TIME_FORMAT = "g:i A"
DATETIME_FORMAT = "N j, Y, g:i A"
