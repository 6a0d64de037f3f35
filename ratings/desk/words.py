"""The words that comments are looked through for: kept by moderators, and tried out before they are saved."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.admin.viewsets.model import ModelViewSet

from ratings.badges import MODERATE
from ratings.desk.cards import places_in
from ratings.desk.door import moderator_of
from ratings.desk.sections import Scope
from ratings.models import Comment, Phrase
from ratings.moderation.trial import Trial, try_out
from ratings.moderation.words import WordList, key_of

LONGEST = 100
LONGEST_KEY = 200
"""What the columns hold."""
THERE = _("This is in the list already, as “%(phrase)s”. Please change that one.")
SHORTEST_BEGINNING = 3
"""A beginning with fewer letters would strike nearly everything."""
LONGEST_LIST = 1_000
"""So many lines are taken in at once."""


def checked_key(phrase: str) -> str:
    """Return what `phrase` is searched as; raises ValidationError, in words, if it cannot be searched for."""
    key = key_of(phrase)
    beginning = key.removesuffix("*")
    if not any(character.isalpha() for character in beginning):
        raise ValidationError(_("A word has at least one letter. Please write the word itself."))
    if "*" in phrase.strip()[:-1]:
        raise ValidationError(_("The * can only stand at the end. Please remove the others."))
    if beginning != key and len(beginning) < SHORTEST_BEGINNING:
        raise ValidationError(_("Before the * stand at least three letters, or nearly every comment would be struck."))
    if len(phrase) > LONGEST or len(key) > LONGEST_KEY:
        raise ValidationError(_("This is too long: a phrase has at most 100 characters."))
    return key


class WordForm(WagtailAdminModelForm):
    """One word or phrase."""

    class Meta:
        model = Phrase
        fields = ("phrase", "kind", "note")

    def clean_phrase(self) -> str:
        """Refuse what cannot be searched for, and what is in the list."""
        phrase: str = self.cleaned_data["phrase"].strip()
        key = checked_key(phrase)
        same = Phrase.objects.filter(folded=key).exclude(pk=self.instance.pk).first()
        if same is not None:
            raise ValidationError(THERE, params={"phrase": same.phrase})
        self.instance.folded = key
        return phrase


class TriedOut:
    """A form that can be tried out: it says what its word would have struck, and saves nothing."""

    request: HttpRequest

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Try the word out, or save it."""
        if "try" not in request.POST:
            return super().post(request, *args, **kwargs)  # type: ignore[misc]
        if not request.user.has_perm(MODERATE):
            raise PermissionDenied
        self.object = self.get_object() if isinstance(self, generic.EditView) else None
        self.form = self.get_form()  # type: ignore[attr-defined]
        trial = self._trial() if self.form.is_valid() else None
        context = self.get_context_data(form=self.form, trial=trial)
        return self.render_to_response(context)  # type: ignore[attr-defined]

    def form_valid(self, form: WordForm) -> HttpResponse:
        """Save the word, or say that somebody else has just saved it."""
        try:
            with transaction.atomic():
                return super().form_valid(form)  # type: ignore[misc]
        except IntegrityError:
            form.add_error("phrase", THERE % {"phrase": form.cleaned_data["phrase"]})
            self.is_valid(form)  # type: ignore[attr-defined]  # tells Wagtail that it is not
            return self.form_invalid(form)  # type: ignore[attr-defined]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say whether trying is for whoever asks, and show where the word struck."""
        context: dict[str, Any] = super().get_context_data(**kwargs)  # type: ignore[misc]
        trial: Trial | None = context.get("trial")
        return context | {
            "may_try": self.request.user.has_perm(MODERATE),
            "struck": [
                (comment, list(places_in(comment.text, [hit.span for hit in hits])))
                for comment, hits in (trial.latest if trial else ())
            ],
            "is_part": trial is not None and Scope.of(moderator_of(self.request)).paths is not None,
        }

    def _trial(self) -> Trial:
        words = WordList([(self.form.cleaned_data["kind"], self.form.cleaned_data["phrase"])])
        comments = Scope.of(moderator_of(self.request)).within(Comment.objects.all())
        return try_out(words, comments, timezone.now())


class AddWord(TriedOut, generic.CreateView):
    """Add a word."""


class EditWord(TriedOut, generic.EditView):
    """Change a word."""


class ListForm(forms.Form):
    """Words from elsewhere, one a line."""

    kind = forms.ChoiceField(label=_("Kind"), choices=Phrase.Kind.choices, initial=Phrase.Kind.SUSPECT)
    phrases = forms.CharField(
        label=_("Words and phrases"),
        help_text=_("One on each line, at most 1,000 lines."),
        widget=forms.Textarea(attrs={"rows": 12}),
    )

    def clean_phrases(self) -> list[str]:
        """Return the lines that are not empty."""
        lines = [line.strip() for line in self.cleaned_data["phrases"].splitlines() if line.strip()]
        if len(lines) > LONGEST_LIST:
            raise ValidationError(_("These are more than 1,000 lines. Please send them in parts."))
        return lines


@transaction.atomic
def take_in(phrases: Sequence[str], kind: str) -> list[tuple[str, str]]:
    """Add `phrases` to the list, and return what became of each, in words. Two queries for any number."""
    known = set(Phrase.objects.values_list("folded", flat=True))
    added, told = [], []
    for phrase in phrases:
        try:
            key = checked_key(phrase)
        except ValidationError as refusal:
            told.append((phrase, str(refusal.messages[0])))
            continue
        if key not in known:
            added.append(Phrase(phrase=phrase, kind=kind, folded=key))
        told.append((phrase, str(_("already there") if key in known else _("added"))))
        known.add(key)
    Phrase.objects.bulk_create(added, ignore_conflicts=True)
    return told


class ImportWords(PermissionCheckedMixin, WagtailAdminTemplateMixin, FormView[ListForm]):
    """Take in a list of words, and tell for each line what became of it."""

    model = Phrase
    permission_required = "add"
    form_class = ListForm
    page_title = _("Import words")
    header_icon = "upload"
    template_name = "ratings/desk/words_import.html"
    index_url_name = ""

    def form_valid(self, form: ListForm) -> HttpResponse:
        """Show the report, with what was refused in the form."""
        told = take_in(form.cleaned_data["phrases"], form.cleaned_data["kind"])
        return self.render_to_response(self.get_context_data(form=form, told=told))


class WordIndex(generic.IndexView):
    """The words, searched by no more than a word can hold: SQLite refuses to look for what is much longer."""

    @cached_property
    def search_query(self) -> str:
        """Return what is searched for."""
        asked: str = super().search_query
        return asked[:LONGEST]


LABELS = {Phrase.Kind.BANNED: _("Banned"), Phrase.Kind.SUSPECT: _("Suspect")}


class WordViewSet(ModelViewSet):
    """List, add, try out, change and remove words, by the permissions of the model."""

    model = Phrase
    icon = "list-ul"
    menu_label = _("Words")
    copy_view_enabled = False
    form_fields = ["phrase", "kind", "note"]
    index_view_class = WordIndex
    add_view_class = AddWord
    edit_view_class = EditWord
    create_template_name = edit_template_name = "ratings/desk/word_form.html"
    index_results_template_name = "ratings/desk/words.html"
    list_per_page = 100
    list_display = [
        TitleColumn("phrase", label=_("Word or phrase"), url_name="phrase:edit"),
        Column("kind", label=_("Kind"), accessor=lambda phrase: LABELS[phrase.kind]),
        Column("note", label=_("Note")),
    ]
    list_filter = ["kind"]
    search_fields = ["phrase", "folded", "note"]
    search_backend_name = None

    def get_form_class(self, for_update: bool = False) -> type[WordForm]:
        """Return the form that says in words what is wrong."""
        return WordForm

    def get_urlpatterns(self) -> list[URLPattern]:
        """Add the import."""
        return [*super().get_urlpatterns(), path("import/", self.construct_view(ImportWords), name="import")]
