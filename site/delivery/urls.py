from django.urls import include, path, re_path, register_converter

from delivery import feeds, markdown, sitemaps, versions, views

register_converter(feeds.EndingConverter, "ending")
register_converter(feeds.KeyConverter, "key")

feed_patterns = [
    path("articles.<ending:ending>", feeds.of_site, name="articles"),
    path("topics/<key:key>.<ending:ending>", feeds.of_topic, name="topic"),
    path("authors/<key:key>.<ending:ending>", feeds.of_author, name="author"),
]

urlpatterns = [
    path("feeds/", include((feed_patterns, "feeds"))),
    path("sitemap.xml", sitemaps.index, name="sitemap"),
    path("sitemap-<slug:section>-<int:number>.xml", sitemaps.section, name="sitemap_section"),
    path("llms.txt", markdown.llms, name="llms"),
    re_path(r"^(?P<path>[-\w]+(?:/[-\w]+)*)\.md$", markdown.twin, name="twin"),
    re_path(r"^(?P<path>[-\w]+(?:/[-\w]+)*)/versions/(?P<number>[1-9][0-9]{0,8})/$", versions.version, name="version"),
    path("robots.txt", views.robots, name="robots"),
    path("favicon.ico", views.favicon, name="favicon"),
    path("apple-touch-icon.png", views.touch_icon, name="touch_icon"),
]
