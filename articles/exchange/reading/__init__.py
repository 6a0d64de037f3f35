"""Reading foreign formats, one module each, into `articles.exchange.documents`.

A module of this package is a format if it says so by its `FORMAT`. It answers:

- `FORMAT`: its name, as `import_articles --format` takes it; `LABEL`: what people call it.
- `ORDER`: when it is asked whether a file is its own; what is unmistakable is asked first.
- `is_mine(name, head)`: whether the file called `name`, which begins with the bytes `head`, is of this format.
- `count(path)`, if it can tell quickly: about how many entries the file holds, for a bar that shows the progress.
- `read(path, *, name, root)`: yield the entries of the file at `path`, which its sender calls `name`, one by one and in
  bounded memory. `root` is the folder in which pictures that the text names may lie, or None. Raises Refused for a file
  that cannot be read at all; whatever is wrong with one entry is an Unreadable, and the next one follows.
"""
