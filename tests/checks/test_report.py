"""The report of all findings."""

from datetime import UTC, datetime
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from articles.actions import waive
from articles.models import ArticlePage, TopicPage
from articles.readiness.examining import examine_again
from articles.readiness.gate import examine

NOW = datetime(2036, 11, 23, 12, 0, tzinfo=UTC)


@pytest.fixture
def faulty(make_article) -> ArticlePage:
    body = [{"type": "text", "value": "<p>=1+1 studies say so. TK</p>", "id": "5d1f9c0a-0000-4000-8000-000000000001"}]
    return make_article("=2+5", live=False, body=body)


@pytest.fixture
def report(client, editor, faulty):
    """Return a function that asks for the report as an editor, after all articles were examined."""
    client.force_login(editor)

    def ask(**asked: str):
        examine_again(now=NOW)
        return client.get(reverse("findings"), asked)

    return ask


def test_finding_leads_to_its_block_in_the_editor(report, faulty):
    edit = reverse("wagtailadmin_pages:edit", args=[faulty.pk])
    page = report().content.decode()
    assert f'href="{edit}#block-5d1f9c0a-0000-4000-8000-000000000001-section">“TK” is a placeholder' in page
    assert "=1+1 studies say so." in page


@pytest.mark.parametrize(
    ("asked", "rules"),
    [
        ({"rule": "placeholder"}, ["Placeholder left"]),
        ({"severity": "error"}, ["Placeholder left"]),
        ({"rule": "unsourced_claim"}, ["Claim without a source"]),
        ({"rule": "unsourced_claim", "severity": "error"}, []),
    ],
)
def test_report_is_narrowed_down_to_a_rule_and_a_severity(report, asked, rules):
    shown = report(**asked).context["object_list"]
    assert [row.rule for examination in shown for row in examination.shown] == rules


def test_report_is_narrowed_down_to_a_topic(report, faulty):
    topic = TopicPage(title="Kettles")
    TopicPage.objects.get().add_child(instance=topic)
    assert list(report(topic=str(topic.pk)).context["object_list"]) == []
    faulty.topics.add(topic)
    faulty.save()
    assert [each.pk for each in report(topic=str(topic.pk)).context["object_list"]] == [faulty.pk]


def test_reason_for_which_a_warning_stands_is_told(report, faulty, editor):
    (claim,) = [finding for finding in examine(faulty) if finding.rule == "unsourced_claim"]
    waive(article=faulty, warnings=[claim], reason="Everybody knows.", by=editor, now=NOW)
    assert "Everybody knows." in report().content.decode()


def test_file_has_a_row_for_each_finding_and_no_formula(report):
    csv = b"".join(report(export="csv", severity="error").streaming_content).decode()
    assert (
        csv.splitlines()[0] == "Article,Severity,Rule,Finding,Field,Text,Reason to let it stand,Address in the editor"
    )
    assert csv.splitlines()[1].startswith("'=2+5,Error,Placeholder left,")
    everything = b"".join(report(export="csv").streaming_content).decode()
    assert ",'=1+1 studies say so.," in everything

    workbook = load_workbook(BytesIO(b"".join(report(export="xlsx", severity="error").streaming_content)))
    _header, row = workbook.active.rows
    assert (row[0].value, row[0].data_type) == ("=2+5", "s")


def test_only_who_may_edit_an_article_sees_what_is_found_in_it(client, make_user, faulty):
    examine_again(now=NOW)
    writer, moderator = make_user("writer", "Writers"), make_user("guard", "Comment moderators")
    client.force_login(writer)
    assert list(client.get(reverse("findings")).context["object_list"]) == []
    faulty.owner = writer
    faulty.save()
    assert [each.pk for each in client.get(reverse("findings")).context["object_list"]] == [faulty.pk]
    client.force_login(moderator)
    assert client.get(reverse("findings")).status_code == 302


def test_report_takes_as_many_queries_for_one_article_as_for_many(report, client, make_article):
    def queries() -> int:
        report()
        with CaptureQueriesContext(connection) as captured:
            client.get(reverse("findings_results"))
        return len(captured)

    one = queries()
    for number in range(3):
        make_article(f"Article {number}")
    assert (one, queries()) == (9, 9)
