"""Telling readers that an article was wrong."""

from __future__ import annotations

from datetime import date, datetime

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from articles.actions.locking import Refused, lock_article, named
from articles.actions.versions import keep_version
from articles.models import ArticlePage, Correction, Version
from freshness import tags
from freshness.changes import changed

TEXT_LENGTH = 1000


@transaction.atomic
def correct(
    *, article: ArticlePage, text: str, wrong: Version | None, by: User | None, today: date, now: datetime
) -> Correction:
    """Tell the readers of `article`, for good, what was wrong and what is right, and return the record.

    `wrong` is the version that said it, which they can still read. It makes no difference whether the corrected text is
    published already: what follows a version that was wrong is kept as a version. The same correction sent twice is
    one. Raises Refused if there is no text or too much, if `wrong` is a version of another article, or if readers
    cannot see the article. Whether `by` may do this is for the caller to ask.
    """
    text = text.strip()
    if not text:
        raise Refused(_("Please say what was wrong, and what is right."))
    if len(text) > TEXT_LENGTH:
        raise Refused(_("Please correct it in %(most)d characters or fewer.") % {"most": TEXT_LENGTH})
    if wrong is not None and wrong.article_id != article.pk:
        raise Refused(_("The version that was wrong is one of another article."))
    stood = lock_article(article)
    if stood.retractions.filter(lifted_at=None).exists():
        raise Refused(_("“%(title)s” is retracted: its address tells why, and nothing else.") % named(article))
    if not stood.is_for_everybody:
        raise Refused(_("“%(title)s” is not public: there are no readers to tell.") % named(article))
    correction, is_new = Correction.objects.get_or_create(
        article_id=article.pk, wrong=wrong, text=text, corrected_on=today, defaults={"made_at": now, "made_by": by}
    )
    if is_new:
        keep_version(article=stood)
        log(instance=stood, action="articles.correct", user=by, data={"text": text})
        changed(tags.page(stood.pk))
    return correction
