"""Reading readers' comments from the formats of other systems, one module each, into `ratings.exchange.records`.

A module of this package is a format if it says so by its `FORMAT`. It answers:

- `FORMAT`: its name, as `import_comments --format` takes it, and the source under which its comments are known.
- `ORDER`: when it is asked whether a file is its own; what is unmistakable is asked first.
- `is_mine(name, head)`: whether the file called `name`, which begins with the bytes `head`, is of this format.
- `read(path)`: yield the entries of the file one by one and in bounded memory. Raises Refused (of
  `articles.exchange.source`) for a file that cannot be read at all; whatever is wrong with one record is a Broken, and
  the next one follows.
"""
