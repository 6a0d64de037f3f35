"""The editors' desk: the first page of the admin, the list of articles and the calendar.

It stands above articles, ratings and search, since it tells editors of all three.
"""
