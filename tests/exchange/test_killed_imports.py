"""An import that is killed again and again, and goes on each time, ends where one ends that nobody disturbed."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from taggit.models import Tag
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, Revision

from articles.exchange.importing import Options, import_path
from articles.models import ArticlePage, ImportedFrom, TopicPage
from authors.models import AuthorPage
from ratings.models import Comment
from tests.processes import START_DJANGO, environment

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)

KILLS = int(os.environ.get("IMPORT_KILLS", "20"))
POSTS = 16

PROGRAM = (
    START_DJANGO
    + """
import logging, random, signal, sys, time
from pathlib import Path
from articles.exchange.formats import formats
from articles.exchange.importing import Options, import_path

def run():
    for report in import_path(Path(sys.argv[1]), Options()):
        assert report.status in ("created", "updated", "unchanged", "ignored"), (report.place, report.reason)

def started():
    child = os.fork()
    if child == 0:
        try:
            run()
        except BaseException:
            logging.exception("The import failed.")
            os._exit(1)
        os._exit(0)
    return child

logging.disable(logging.INFO)
formats()
random.seed(7)
cut = 0
for _kill in range(int(sys.argv[2])):
    child = started()
    time.sleep(random.uniform(0.005, 0.12))
    os.kill(child, signal.SIGKILL)
    cut += os.waitpid(child, 0)[1] == signal.SIGKILL
assert os.waitpid(started(), 0)[1] == 0
print(cut)
"""
)

POST = """<item>
<title>Why number {number} whistles</title>
<link>https://kettles.example.org/{number}/whistles/</link>
<dc:creator><![CDATA[ada]]></dc:creator>
<guid isPermaLink="false">https://kettles.example.org/?p={number}</guid>
<content:encoded><![CDATA[<p>Water that boils makes steam, and steam needs room, {number} times.</p>
<h2>What the whistle is</h2><p><strong>Tip:</strong> Fill the kettle with what you need and no more.</p>
<ul><li>Steam leaves the spout.</li><li>The air in it begins to swing.</li></ul>]]></content:encoded>
<wp:post_id>{number}</wp:post_id><wp:post_date_gmt>2024-05-01 08:00:00</wp:post_date_gmt>
<wp:post_name>whistles-{slug}</wp:post_name><wp:status>publish</wp:status><wp:post_type>post</wp:post_type>
<category domain="category" nicename="sounds-{topic}"><![CDATA[Sounds {topic}]]></category>
<category domain="post_tag" nicename="steam"><![CDATA[Steam]]></category>
<wp:comment><wp:comment_id>{number}1</wp:comment_id><wp:comment_author>Ben</wp:comment_author>
<wp:comment_date_gmt>2024-05-02 08:00:00</wp:comment_date_gmt><wp:comment_content>Mine sings.</wp:comment_content>
<wp:comment_approved>1</wp:comment_approved><wp:comment_parent>0</wp:comment_parent></wp:comment>
</item>"""


@pytest.fixture
def export(tmp_path) -> Path:
    posts = "\n".join(POST.format(number=number, slug=number // 2, topic=number % 3) for number in range(POSTS))
    path = tmp_path / "kettles.xml"
    path.write_text(
        '<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0"'
        ' xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"'
        ' xmlns:wp="http://wordpress.org/export/1.2/"><channel><title>Kettles</title>'
        "<link>https://kettles.example.org</link><wp:wxr_version>1.2</wp:wxr_version>"
        "<wp:base_site_url>https://kettles.example.org</wp:base_site_url>"
        "<wp:author><wp:author_login>ada</wp:author_login>"
        "<wp:author_display_name>Ada Brook</wp:author_display_name></wp:author>"
        f"{posts}</channel></rss>",
        encoding="utf-8",
    )
    return path


def state() -> dict[str, Any]:
    """Return all that the import wrote, without keys and moments."""
    imported = ImportedFrom.objects.order_by("foreign_id").select_related("article")
    revisions = Revision.objects.filter(object_id__in=[str(row.article_id) for row in imported])
    return {
        "articles": [
            (
                row.foreign_id,
                row.digest,
                row.article.title,
                row.article.slug,
                row.article.body.get_prep_value(),
                [topic.title for topic in row.article.get_latest_revision_as_object().topics.all()],
                [tag.name for tag in row.article.get_latest_revision_as_object().tags.all()],
                [part.author.title for part in row.article.get_latest_revision_as_object().contributors.all()],
                list(Comment.objects.filter(article=row.article).values_list("name", "text", "state")),
            )
            for row in imported
        ],
        "revisions": revisions.count(),
        "redirects": sorted(Redirect.objects.values_list("old_path", "redirect_page__slug")),
        "topics": sorted(TopicPage.objects.values_list("title", "slug")),
        "authors": sorted(AuthorPage.objects.values_list("title", "slug")),
        "tags": sorted(Tag.objects.values_list("name", flat=True)),
        "pages": Page.objects.count(),
        "broken": Page.find_problems(),
    }


def test_killed_at_random_points_and_resumed_it_ends_as_if_nobody_had(export):
    command = [sys.executable, "-c", PROGRAM, str(export), str(KILLS)]
    done = subprocess.run(command, env=environment(), capture_output=True, text=True, timeout=600, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    assert int(done.stdout) > KILLS // 2, "most were to be killed in the middle"
    killed = state()

    for model in (ArticlePage, AuthorPage):
        for page in model.objects.all():
            page.delete()
    for topic in TopicPage.objects.filter(title__startswith="Sounds"):
        topic.delete()
    assert all(report.status in ("created", "ignored") for report in import_path(export, Options()))

    assert len(killed["articles"]) == POSTS
    assert killed["broken"] == ([], [], [], [], [])
    assert killed == state()
