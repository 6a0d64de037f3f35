"""The editorial rules, one a file.

A rule is a module with

- `LABEL`: what it is called in reports, translatable;
- `SEVERITY`: whether what it finds keeps an article from being published, or only asks for a reason;
- `find(draft)`: yields every `Found` in a `Draft`; pure: it asks neither the database nor the clock.

Adding a rule is adding a file: it is found by itself, and shown wherever findings are.
"""
