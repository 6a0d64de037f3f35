"""What the rules say of the reference article, as it comes in."""

from pathlib import Path

import pytest

from articles.exchange.importing import Options, import_file
from articles.models import ArticlePage, TopicPage
from articles.readiness.finding import Finding
from articles.readiness.gate import examine
from authors.models import AuthorPage


@pytest.fixture
def found(db, reference_article: Path) -> list[Finding]:
    import_file(reference_article, Options(topic="Spinal health"))
    homes = TopicPage(title="Products and homes")
    TopicPage.objects.order_by("depth").first().add_child(instance=homes)
    writer = AuthorPage.objects.get(title="Nora Price")
    writer.topics.add(homes)
    writer.save()
    return examine(ArticlePage.objects.get().get_latest_revision_as_object())


def test_reference_article_has_these_findings_and_no_others(found):
    assert [(finding.rule, finding.is_error) for finding in found] == [
        ("contributor_off_topic", False),
        ("medical_without_review", False),
        ("search_description_missing", False),
        ("summary_missing", False),
        ("long_sentences", False),
        ("quote_without_profile", False),
        ("unsourced_claim", False),
        ("unsourced_claim", False),
    ]


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ("contributor_off_topic", "Nora Price"),
        ("quote_without_profile", "Dr. Alan Weiss"),
        ("unsourced_claim", "There is no scientific evidence linking joint cracking to osteoarthritis."),
        ("long_sentences", "A famous study by Dr. Donald Unger"),
        ("medical_without_review", "pain, numbness, symptom"),
    ],
)
def test_finding_names_what_it_is_about(found, rule, words):
    assert any(words in finding.excerpt for finding in found if finding.rule == rule)
