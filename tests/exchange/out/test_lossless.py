"""What is exported as JSON and imported into an empty site is exported from there byte for byte the same."""

from __future__ import annotations

import json
import shutil
from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.core.files.storage import Storage
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from wagtail.contrib.redirects.models import Redirect
from wagtail.documents import get_document_model
from wagtail.models import PageViewRestriction

from articles.actions import correct, retract, sign_off
from articles.blocks.registry import kinds
from articles.exchange.almanac.naming import Known, Names
from articles.exchange.almanac.records import line
from articles.exchange.almanac.renaming import renamed
from articles.exchange.importing import Options, import_path
from articles.models import ArticlePage, Contributor, Correction, RelatedArticle, SignOff, Source, TopicPage, Version
from authors.models import AuthorPage
from tests.conftest import NOON

TODAY = NOON.date()
MAIN = "almanac.json"


def records(folder, kind=None):
    found = json.loads((folder / MAIN).read_text())
    return [record for record in found if kind in (None, record["kind"])]


def text_with(first: str) -> list[dict]:
    return [{"type": "text", "value": f"<p>{first}</p>", "id": "11111111-1111-4111-8111-111111111111"}]


@pytest.fixture
def told_site(full_site, make_article, author) -> ArticlePage:
    """A site with all that can be told of an article, and references in every direction."""
    later, source = make_article("Later On"), Source.objects.create(title="Steam", doi="10.1000/steam")
    document = get_document_model().objects.create(title="Plan", file=ContentFile(b"%PDF-1.4", name="plan.pdf"))
    full_site.body = [
        *full_site.body.raw_data,
        *text_with(
            f'See <a linktype="page" id="{later.pk}">later</a>, <a linktype="document" id="{document.pk}">plan</a>, '
            f'<a linktype="page" id="{full_site.get_parent().pk}">all</a>'
            f'<embed embedtype="source" id="{source.pk}"/>.'
        ),
    ]
    full_site.related_articles = [RelatedArticle(other=later)]
    full_site.tags.add("steam", "Kettles")
    full_site.save_revision().publish()
    author.live = True
    author.save_revision().publish()
    reviewer = AuthorPage(title="Eve Stone")
    author.get_parent().add_child(instance=reviewer)
    reviewer.save_revision().publish()
    sign_off(article=full_site, reviewer=reviewer, kind=SignOff.Kind.MEDICAL, signed_by=None, today=TODAY)
    full_site.refresh_from_db()
    correct(
        article=full_site,
        text="Steam is wet.",
        wrong=full_site.versions.first(),
        by=None,
        today=TODAY,
        now=NOON,
    )
    full_site.title = "Everything, Rewritten"
    full_site.body = [*full_site.body.raw_data[:1], *text_with('<a linktype="page" id="987654">gone</a>')]
    full_site.save_revision()
    retract(article=make_article("Old Advice"), reason="It was wrong.", by=None, now=NOON)
    Redirect.add_redirect("/old/steam", redirect_to=later)
    return full_site


def test_an_export_that_came_back_is_the_same_file(told_site, export, bring_back, empty_site):
    first = export()

    empty_site()
    reports = bring_back(first)

    assert {report.reason for report in reports if report.status == "refused"} == set()
    assert (export() / MAIN).read_text() == (first / MAIN).read_text()
    assert Correction.objects.count() == SignOff.objects.count() == 1
    assert Version.objects.filter(article__slug="everything-at-once").exists()


def test_a_second_import_changes_nothing(told_site, export, bring_back, empty_site):
    first = export()
    empty_site()
    bring_back(first)
    revisions = ArticlePage.objects.get(slug="everything-at-once").revisions.count()

    reports = bring_back(first)

    assert {report.status for report in reports} == {"unchanged"}
    assert ArticlePage.objects.get(slug="everything-at-once").revisions.count() == revisions
    assert Correction.objects.count() == 1


def test_two_exports_of_one_state_are_the_same_bytes(told_site, tmp_path):
    for name in ("a.zip", "b.zip"):
        call_command("export_articles", output=tmp_path / name)

    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()


def test_nothing_of_an_account_is_written(told_site, admin, author, export):
    author.account = admin
    author.save_revision(user=admin).publish()

    text = (export() / MAIN).read_text()

    assert "Ada Brook" in text
    assert admin.email not in text
    assert "account" not in text


def test_an_import_that_was_killed_goes_on(told_site, export, empty_site):
    first = export()
    empty_site()
    half = import_path(first / MAIN, Options(trusted=True))
    for _number in range(len(records(first)) // 2):
        next(half)
    half.close()

    for _report in import_path(first / MAIN, Options(trusted=True)):
        pass

    assert (export() / MAIN).read_text() == (first / MAIN).read_text()


def test_what_was_edited_here_is_not_overwritten(article, export, bring_back):
    first = export()
    article.title = "Edited Here"
    article.save_revision().publish()

    reports = [report for report in bring_back(first) if report.status != "unchanged"]
    article.refresh_from_db()

    assert [report.status for report in reports] == ["updated"]
    assert article.title == "Edited Here"
    assert article.get_latest_revision_as_object().title == "Why the Kettle Whistles"
    assert {report.status for report in bring_back(first)} == {"unchanged"}


def test_trust_comes_along_on_the_operators_word_alone(told_site, export, bring_back, empty_site):
    first = export()
    empty_site()

    bring_back(first, trusted=False)

    assert not SignOff.objects.exists()
    assert not Correction.objects.exists()
    assert ArticlePage.objects.get(slug="everything-at-once").live


def test_a_dry_run_writes_nothing(article, export, bring_back, empty_site):
    first = export()
    empty_site()

    reports = bring_back(first, dry_run=True)

    assert [report.status for report in reports if report.title == article.title] == ["created"]
    assert not ArticlePage.objects.exists()


def test_a_dry_run_foresees_what_an_import_does(full_site, export, bring_back, empty_site):
    above = TopicPage.objects.get(slug="kettles")
    above.add_child(instance=TopicPage(title="Whistles")).save_revision().publish()
    get_document_model().objects.create(title="Plan", file=ContentFile(b"%PDF-1.4", name="plan.pdf"))
    first = export()
    empty_site()

    foreseen = bring_back(first, dry_run=True)

    assert "Kettles" in [report.title for report in foreseen]
    assert [report.status for report in foreseen] == [report.status for report in bring_back(first)]


def test_a_dry_run_stores_no_file(full_site, export, bring_back, empty_site, monkeypatch):
    get_document_model().objects.create(title="Plan", file=ContentFile(b"%PDF-1.4", name="plan.pdf"))
    first = export()
    empty_site()
    stored = []
    monkeypatch.setattr(Storage, "save", lambda storage, name, content, **_: stored.append(name) or name)

    reports = bring_back(first, dry_run=True)

    assert {"Plan"} <= {report.title for report in reports if report.status == "created"}
    assert stored == []


@pytest.mark.parametrize(
    "change",
    [
        lambda content: content["links"].append({"label": "Site", "url": "javascript:alert(1)"}),
        lambda content: content["credentials"].append(
            {"degree": "MD", "body": "", "number": "", "checked_on": None, "checked_by": ""}
            | {"register_url": "javascript:alert(1)"}
        ),
    ],
)
def test_an_address_that_is_a_script_is_refused(article, author, export, bring_back, empty_site, change):
    first = export()
    found = records(first)
    change(next(record for record in found if record["kind"] == "person")["published"])
    (first / MAIN).write_text("[\n" + ",\n".join(json.dumps(record) for record in found) + "\n]\n")
    empty_site()

    (refused,) = [report for report in bring_back(first / MAIN) if report.status == "refused"]

    assert "valid URL" in refused.reason
    assert not AuthorPage.objects.filter(live=True).exists()


def test_a_malformed_line_stops_nothing_else(make_article, export, bring_back, empty_site):
    make_article("Cut Off")
    make_article("Whole")
    first = export()
    lines = (first / MAIN).read_text().splitlines()
    number = next(number for number, line in enumerate(lines) if '"title":"Cut Off"' in line and '"draft"' in line)
    lines[number] = lines[number][:80]
    (first / MAIN).write_text("\n".join(lines))
    empty_site()

    refused = [report for report in bring_back(first / MAIN) if report.status == "refused"]

    assert [report.place for report in refused] == [f"{MAIN}, line {number + 1}"]
    assert ArticlePage.objects.get(slug="whole").live


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda record: record["published"].update(mood="calm"), "It has a field that is not known here: “mood”."),
        (lambda record: record["published"]["body"][0].update(type="poem"), "of a kind that is not known here: “poem”"),
        (lambda record: record.pop("published"), "The record is not whole"),
    ],
)
def test_what_is_not_known_here_is_refused_in_words(article, export, bring_back, empty_site, change, sentence):
    first = export()
    found = records(first)
    change(next(record for record in found if record["kind"] == "article"))
    (first / MAIN).write_text("[\n" + ",\n".join(json.dumps(record) for record in found) + "\n]\n")
    empty_site()

    (refused,) = [report for report in bring_back(first / MAIN) if report.status == "refused"]

    assert sentence in refused.reason


def test_a_newer_format_is_refused_as_a_whole(article, export, bring_back):
    first = export()
    (first / MAIN).write_text((first / MAIN).read_text().replace('"version":1}', '"version":2}', 1))

    (report,) = bring_back(first / MAIN)

    assert report.reason == "It was written in version 2 of the format; this Almanac reads version 1."


def test_a_folder_and_a_zip_bring_their_media(full_site, tmp_path, export, bring_back, empty_site):
    get_document_model().objects.create(title="Plan", file=ContentFile(b"%PDF-1.4", name="plan.pdf"))
    first = export()
    call_command("export_articles", output=tmp_path / "all.zip")

    for path in (first, tmp_path / "all.zip"):
        empty_site()
        bring_back(path)
        assert get_document_model().objects.get().file.read() == b"%PDF-1.4"


def test_a_file_that_is_missing_is_told(db, export, bring_back, empty_site):
    get_document_model().objects.create(title="Plan", file=ContentFile(b"%PDF-1.4", name="plan.pdf"))
    first = export()
    shutil.rmtree(first / "media")
    empty_site()

    (refused,) = [report for report in bring_back(first / MAIN) if report.status == "refused"]

    assert refused.reason.startswith("Its file is missing")


def test_a_private_article_stays_private(article, export, bring_back, empty_site):
    PageViewRestriction.objects.create(page=article, restriction_type="password", password="teapot")
    first = export()
    empty_site()

    bring_back(first)

    assert "teapot" not in (first / MAIN).read_text()
    assert not ArticlePage.objects.get(slug=article.slug).live


def test_what_lies_below_a_private_page_stays_private(article, export, bring_back, empty_site, tmp_path):
    PageViewRestriction.objects.create(page=article.get_parent(), restriction_type="login")
    first = export()
    call_command("export_articles", format="wxr", output=tmp_path / "wordpress.xml")
    call_command("export_articles", format="markdown", output=tmp_path / "texts")
    empty_site()
    PageViewRestriction.objects.all().delete()

    bring_back(first)

    restored = ArticlePage.objects.get(slug=article.slug)
    assert restored.live
    assert [each.restriction_type for each in restored.view_restrictions.all()] == ["login"]
    assert "<wp:status><![CDATA[private]]>" in (tmp_path / "wordpress.xml").read_text()
    assert "draft: true" in (tmp_path / "texts" / f"{article.slug}.md").read_text()


def test_of_several_restrictions_the_strictest_is_told(article, export):
    both, one = Group.objects.create(name="Both"), Group.objects.create(name="One")
    PageViewRestriction.objects.create(page=article, restriction_type="login")
    for page, groups in ((article.get_parent(), (both, one)), (article, (both,))):
        PageViewRestriction.objects.create(page=page, restriction_type="groups").groups.set(groups)

    (record,) = records(export(), "article")

    assert record["restriction"] == {"type": "groups", "groups": ["Both"]}


def test_what_is_scheduled_still_is(make_article, export, bring_back, empty_site):
    article = make_article("Tomorrow", live=False)
    article.go_live_at = datetime.now(UTC) + timedelta(days=1)
    article.save_revision().publish()
    first = export()
    empty_site()

    bring_back(first)

    assert ArticlePage.objects.get(slug="tomorrow").scheduled_revision is not None
    assert (export() / MAIN).read_text() == (first / MAIN).read_text()


def test_a_chosen_article_brings_what_it_names_and_no_other(full_site, make_article, export):
    make_article("Another")

    folder = export("everything-at-once")

    assert [record["title"] for record in records(folder, "article")] == ["Everything at Once"]
    assert [record["title"] for record in records(folder, "person")] == ["Ada Brook"]
    assert "Kettles" in [record["title"] for record in records(folder, "topic")]


def test_articles_take_the_same_queries_for_one_and_for_many(make_article, author, export):
    def queries() -> int:
        with CaptureQueriesContext(connection) as counted:
            export()
        # What other apps write of an article they ask for one by one.
        return sum("ratings_" not in query["sql"] for query in counted)

    make_article("One", contributors=[Contributor(author=author)])
    alone = queries()
    for number in range(3):
        make_article(f"More {number}", contributors=[Contributor(author=author)])

    assert queries() == alone


def test_the_reference_article_comes_back(db, reference_article, export, bring_back, empty_site):
    bring_back(reference_article, publish=True)
    first = export()
    empty_site()

    bring_back(first)

    assert (export() / MAIN).read_text() == (first / MAIN).read_text()


def test_the_demo_comes_back(db, export, bring_back, empty_site):
    call_command("load_demo", "--yes", verbosity=0)
    first = export()
    empty_site()

    bring_back(first)

    assert len(records(first, "article")) > 5
    assert (export() / MAIN).read_text() == (first / MAIN).read_text()


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(sorted(kinds())), max_size=6), st.data())
def test_names_are_taken_back_in_every_body(db, chosen, data):
    """Every reference gets another name and its own one again, whatever blocks it stands in."""
    page, source = ArticlePage.objects.order_by("pk").first(), Source.objects.first()
    if source is None:
        source = Source.objects.create(title="Steam", url='https://example.org/steam?a=1&b="2"')
    words = data.draw(st.text(st.characters(exclude_characters="<>&\0", exclude_categories=["Cs"]), max_size=20))
    rich = f'<p>{words}<embed embedtype="source" id="{source.pk}"/></p>'
    names, known = Names(), Known()
    known.tell(Source, names(Source, source.pk), source.pk)
    for kind in chosen:
        block = kinds()[kind]
        value = block.get_prep_value(block.get_preview_value())
        value = rich if kind == "text" else value

        there = renamed(block, value, names)

        assert renamed(block, there, known) == value
        assert page is None or f'id="{source.pk}"' not in json.dumps(there)


def test_a_moment_is_written_with_three_digits_also_where_they_are_zero():
    for microseconds in (0, 400, 123_456):
        moment = datetime(2026, 1, 2, 3, 4, 5, microseconds, tzinfo=UTC)
        assert line({"at": moment}) == f'{{"at":"2026-01-02T03:04:05.{microseconds // 1000:03}Z"}}'
