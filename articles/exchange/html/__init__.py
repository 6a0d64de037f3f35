"""Foreign HTML as marked lines, its visible text word for word.

`lines_of(html)` reads a fragment: the body of a post, what a converter wrote, what was pasted. `page_of(html)` finds
the article in a whole web page.
"""

from articles.exchange.html.reading import HtmlPage, HtmlText, lines_of, page_of

__all__ = ["HtmlPage", "HtmlText", "lines_of", "page_of"]
