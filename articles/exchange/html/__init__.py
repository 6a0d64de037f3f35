"""Foreign HTML as marked lines, its visible text word for word.

`lines_of(html)` reads a fragment: the body of a post, what a converter wrote, what was pasted.
"""

from articles.exchange.html.reading import HtmlText, lines_of

__all__ = ["HtmlText", "lines_of"]
