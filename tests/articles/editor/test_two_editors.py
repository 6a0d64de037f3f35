"""Two editors of one article at once: both texts are kept, and the second is told."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from django.contrib.messages import get_messages
from wagtail.models import Workflow

from articles.models import ArticlePage
from tests.articles.editor.posting import article_form, signed_in

pytestmark = pytest.mark.django_db

AUTOSAVE = {"Accept": "application/json"}
PUBLISH = {"action-publish": "action-publish"}


@pytest.fixture
def two(editor, make_user, make_article):
    """An article, its address in the admin, and two editors who have loaded it."""
    article = make_article()
    other = make_user("other", "Editors")
    forms = [article_form(article, summary="The first one’s."), article_form(article, summary="The second one’s.")]
    return (
        article,
        f"/admin/pages/{article.pk}/edit/",
        list(zip([signed_in(editor), signed_in(other)], forms, strict=True)),
    )


def summaries(article: ArticlePage) -> list[str]:
    return [revision.as_object().summary for revision in article.revisions.order_by("pk")]


def told(answer) -> list[str]:
    return [str(message) for message in get_messages(answer.wsgi_request)]


def test_second_who_saves_is_shown_both_texts(two):
    article, address, [(first, text), (second, other_text)] = two

    assert "while you were writing" not in "".join(told(first.post(address, text)))
    answer = second.post(address, other_text)

    assert summaries(article)[-2:] == ["The first one’s.", "The second one’s."]
    [warning] = [message for message in told(answer) if "while you were writing" in message]
    compare = BeautifulSoup(warning, "html.parser").a["href"]
    shown = second.get(compare).content.decode()
    assert "first" in shown
    assert "second" in shown


def test_second_does_not_publish_over_what_they_have_not_seen(two):
    article, address, [(first, text), (second, other_text)] = two
    first.post(address, text)

    answer = second.post(address, other_text | PUBLISH)

    assert answer["Location"] == address
    assert any("was not published yet" in message for message in told(answer))
    assert summaries(article)[-2:] == ["The first one’s.", "The second one’s."]
    assert ArticlePage.objects.get(pk=article.pk).summary == ""
    # Having seen it, they do.
    assert second.post(address, article_form(article, summary="Of both.") | PUBLISH).status_code == 302
    assert ArticlePage.objects.get(pk=article.pk).summary == "Of both."


def test_autosave_of_the_second_is_refused_and_touches_nothing(two):
    article, address, [(first, text), (second, other_text)] = two
    assert first.post(address, text, headers=AUTOSAVE).json()["success"]

    answer = second.post(address, other_text, headers=AUTOSAVE)

    assert (answer.status_code, answer.json()["error_code"]) == (400, "invalid_revision")
    assert summaries(article)[-1] == "The first one’s."


def test_second_is_told_when_the_first_wrote_over_the_very_revision_that_they_loaded(two):
    article, address, [(first, text), (second, _)] = two
    own = first.post(address, text, headers=AUTOSAVE).json()["revision_id"]
    loaded = article_form(article, summary="The second one’s.")
    first.post(address, text | {"summary": "More.", "overwrite_revision_id": own}, headers=AUTOSAVE)

    answer = second.post(address, loaded)

    assert any("while you were writing" in message for message in told(answer))
    assert summaries(article)[-2:] == ["More.", "The second one’s."]


def test_nobody_is_told_of_their_own_autosaves(two):
    _, address, [(first, text), _] = two
    first.post(address, text, headers=AUTOSAVE)

    assert not any("while you were writing" in message for message in told(first.post(address, text)))


def test_second_does_not_approve_what_they_have_not_seen(two):
    article, address, [(first, text), (second, other_text)] = two
    Workflow.objects.get().start(article, user=None)
    first.post(address, text)
    approve = {"action-workflow-action": "action-workflow-action", "workflow-action-name": "approve"}

    answer = second.post(address, other_text | approve)

    assert any("nothing was approved yet" in message for message in told(answer))
    assert summaries(article)[-2:] == ["The first one’s.", "The second one’s."]
    assert article.current_workflow_task.name == "Edit"
    # Having seen it, they do.
    second.post(address, article_form(article, summary="Of both.") | approve)
    assert ArticlePage.objects.get(pk=article.pk).current_workflow_task.name == "Medical review"
