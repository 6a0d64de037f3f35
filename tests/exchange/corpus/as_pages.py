"""Whole pages as browsers save them: an article among menus, banners, advertisements, teasers and comments."""

# ruff: noqa: E501 (markup stands as the tools write it)

from __future__ import annotations

import html

from tests.exchange.corpus.as_html import CareSite, Dialect, GoogleClipboard, GoogleDocs, Gutenberg, OldHand, Word
from tests.exchange.corpus.description import Article
from tests.exchange.corpus.elements import Element

COOKIES = (
    '<div id="cookie-law-info-bar" class="cookie-banner"><p>We use cookies to improve your experience.</p>'
    '<button>Accept all</button> <a href="/cookies">Cookie settings</a></div>'
)


def wordpress_page_of(article: Article, elements: list[Element]) -> str:
    """Return the page of a WordPress theme with widgets, sharing, related posts and comments."""
    said, title = article.details, html.escape(article.title)
    box = f'<div class="author-box"><h4>About {said["by"]}</h4><p>{said["bio"]}</p></div>' if "bio" in said else ""
    return f"""<!DOCTYPE html><html lang="en-US"><head><meta charset="UTF-8"><title>{title} | Home &amp; Hearth</title>
<style>.wp-block{{}}</style><script>var a = "<p>no text</p>";</script></head>
<body class="post-template-default single single-post">{COOKIES}
<a class="skip-link screen-reader-text" href="#content">Skip to content</a>
<header id="masthead" class="site-header"><p class="site-title"><a href="/">Home &amp; Hearth</a></p>
<nav class="main-navigation"><ul><li><a href="/blog">Blog</a></li><li><a href="/about">About</a></li></ul></nav></header>
<main id="main"><article id="post-7" class="post type-post"><header class="entry-header"><h1 class="entry-title">{title}</h1>
<div class="entry-meta">By <span class="author vcard"><a href="/author/x">{said["by"]}</a></span> | <time>{said["date"]}</time></div></header>
<div class="entry-content">{Dialect().body(elements)}
<div class="sharedaddy"><h3>Share this:</h3><ul><li><a href="#">Twitter</a></li><li><a href="#">Facebook</a></li></ul></div>
</div>{box}</article>
<section class="related-posts"><h2>You might also like</h2><ul><li><a href="/a">Ten Things for a Rainy Day</a></li>
<li><a href="/b">The Quiet Kitchen</a></li></ul></section>
<div id="comments" class="comments-area"><h2>3 Comments</h2><ol class="comment-list"><li><p>Lovely, thank you!</p></li></ol>
<h3>Leave a Reply</h3><p>Your email address will not be published.</p></div></main>
<aside id="secondary" class="widget-area"><h2>Recent Posts</h2><ul><li><a href="/c">Winter Light</a></li></ul></aside>
<footer class="site-footer"><p>Copyright 2025 Home &amp; Hearth</p></footer></body></html>"""


def ghost_page_of(article: Article, elements: list[Element]) -> str:
    """Return the page of a Ghost theme with a call to subscribe in the middle of everything."""
    said, title = article.details, html.escape(article.title)
    return f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{title}</title></head>
<body class="post-template tag-home"><div class="viewport"><header id="gh-head" class="gh-head"><nav class="gh-head-menu">
<ul class="nav"><li><a href="/">Home</a></li><li><a href="/about/">About</a></li></ul></nav><a href="#/portal">Subscribe</a></header>
<main id="site-main"><article class="article post tag-home"><header class="article-header gh-canvas">
<div class="article-tag"><a href="/tag/home">Home</a></div><h1 class="article-title">{title}</h1>
<div class="article-byline"><h4 class="author-name"><a href="/author/x/">{said["by"]}</a></h4>
<div class="byline-meta-content"><time class="byline-meta-date">{said["date"]}</time><span class="byline-reading-time">4 min read</span></div></div></header>
<section class="gh-content gh-canvas">{Dialect().body(elements)}</section></article>
<section class="footer-cta"><h2>Sign up for more like this.</h2><a href="#/portal">Subscribe</a></section>
<aside class="read-more-wrap"><h3>You might also like</h3><article class="post-card"><h2>A Shelf for Everything</h2><p>How we built it.</p></article></aside></main>
<footer class="site-footer"><nav><a href="/privacy">Privacy</a></nav><p>Powered by Ghost</p></footer></div></body></html>"""


def care_page_of(article: Article, elements: list[Element]) -> str:
    """Return the page of a public health service."""
    title = html.escape(article.title)
    return f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{title} - Health</title></head><body>
<div class="nhsuk-cookie-banner" id="cookiebanner"><h2>Cookies on our website</h2><p>We'd like to use analytics cookies.</p><button>OK</button></div>
<header class="nhsuk-header" role="banner"><form role="search"><label>Search the website</label><input></form></header>
<nav class="nhsuk-breadcrumb" aria-label="Breadcrumb"><ol><li><a href="/">Home</a></li><li><a href="/conditions">Conditions</a></li></ol></nav>
<main class="nhsuk-main-wrapper" id="maincontent"><div class="nhsuk-grid-row"><article><h1>{title}</h1>
<section>{CareSite().body(elements)}</section>
<div class="nhsuk-review-date"><p class="nhsuk-body-s">Page last reviewed: {article.details["date"]}</p></div></article></div></main>
<footer role="contentinfo"><ul><li><a href="/contact">Contact us</a></li></ul><p>Crown copyright</p></footer></body></html>"""


def old_page_of(article: Article, elements: list[Element]) -> str:
    """Return a page that somebody made by hand long ago, its menu in a cell of a table."""
    title = html.escape(article.title)
    return f"""<HTML><HEAD><TITLE>{title}</TITLE></HEAD><BODY BGCOLOR="#ffffff"><TABLE WIDTH="100%"><TR>
<TD WIDTH=140 VALIGN=top><A HREF="index.html">Home</A><BR><A HREF="list.html">All pages</A><BR><A HREF="mail.html">Mail</A></TD>
<TD VALIGN=top><H1>{title}</H1><p><font size=2>by {article.details["by"]}</font>
{OldHand().body(elements)}
<HR><p><font size=1>Last updated: {article.details["date"]}</font></TD></TR></TABLE></BODY></HTML>"""


def google_export_of(article: Article, elements: list[Element]) -> str:
    """Return what Google Docs exports as a web page."""
    return f"""<html><head><meta content="text/html; charset=UTF-8" http-equiv="content-type"><style type="text/css">
ol{{margin:0}}.c0{{color:#000000;font-weight:400;font-size:11pt}}.c2{{color:#000000;font-weight:700}}.c5{{font-style:italic}}
.title{{font-size:26pt}}.c9{{margin-left:36pt}}</style></head><body class="c12 doc-content">
<p class="c1 title" id="h.a1"><span class="c0">{html.escape(article.title)}</span></p>
<p class="c1"><span class="c0">By {article.details["by"]}</span></p>
{GoogleDocs().body(elements)}</body></html>"""


def google_clipboard_of(article: Article, elements: list[Element]) -> str:
    """Return what Google Docs lays on the clipboard."""
    body = GoogleClipboard().body([Element(kind="heading", text=article.title, level=1), *elements])
    return f'<meta charset="utf-8"><b style="font-weight:normal;" id="docs-internal-guid-5b1a7c3e">{body}</b><br>'


def word_page_of(article: Article, elements: list[Element]) -> str:
    """Return what Word saves as a filtered web page."""
    return f"""<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><meta charset="utf-8">
<meta name=Generator content="Microsoft Word 15 (filtered)"><style><!-- p.MsoNormal {{margin:0cm;}} --></style></head>
<body lang=EN-US><div class=WordSection1><p class=MsoTitle>{html.escape(article.title)}</p>
<p class=MsoNormal>By {article.details["by"]}<o:p></o:p></p>
{Word().body(elements)}</div></body></html>"""


def word_clipboard_of(article: Article, elements: list[Element]) -> str:
    """Return what Word lays on the clipboard."""
    title = Element(kind="heading", text=article.title, level=1)
    return f"""<html xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:w="urn:schemas-microsoft-com:office:word"><head>
<meta charset="utf-8"><!--[if gte mso 9]><xml><w:WordDocument></w:WordDocument></xml><![endif]--></head><body>
<!--StartFragment-->{Word().body([title, *elements])}<!--EndFragment--></body></html>"""


def gutenberg_body_of(elements: list[Element]) -> str:
    """Return the body as the block editor of WordPress keeps it."""
    return Gutenberg().body(elements)
