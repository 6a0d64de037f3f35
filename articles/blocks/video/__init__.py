"""A video, of this site or of a provider."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.duration import duration_iso_string
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.models import AbstractDocument

from articles import markdown
from articles.blocks.base import ArticleStructBlock
from articles.blocks.video.providers import hosted_video
from articles.chosen import DocumentChooserBlock, PictureChooserBlock
from articles.links import link_to
from findable.nodes import Node, absolute, node
from findable.structured_data import image_node
from pictures.models import Picture
from prose.fields import AddressBlock, CleanRichTextBlock
from prose.sanitize import plain_text

FILES = {"mp4", "webm"}
CAPTIONS = {"vtt"}


class VideoBlock(ArticleStructBlock):
    """A video with a transcript. One of a provider is loaded from there only when a reader asks for it."""

    title = blocks.CharBlock(label=_("Title"), max_length=200)
    url = AddressBlock(
        label=_("Address"), required=False, help_text=_("The address of the video’s page at YouTube or Vimeo.")
    )
    file = DocumentChooserBlock(
        label=_("File"), required=False, help_text=_("Instead of an address: a file of your own, MP4 or WebM.")
    )
    captions = DocumentChooserBlock(
        label=_("Captions"), required=False, help_text=_("For a file of your own: its captions as WebVTT (.vtt).")
    )
    poster = PictureChooserBlock(
        label=_("Poster"),
        required=False,
        help_text=_("The picture that stands for the video until it plays. It is never fetched from the provider."),
    )
    caption = blocks.TextBlock(label=_("Caption"), rows=2, required=False)
    minutes = blocks.IntegerBlock(label=_("Length, minutes"), min_value=0, max_value=600, required=False)
    seconds = blocks.IntegerBlock(label=_("Length, seconds"), min_value=0, max_value=59, required=False)
    uploaded_on = blocks.DateBlock(label=_("First shown on"), required=False, help_text=_("For search engines."))
    transcript = CleanRichTextBlock(
        label=_("Transcript"),
        help_text=_("What is said and what is to be seen, for those who cannot hear or see it, or rather read."),
    )

    class Meta:
        icon = "media"
        label = _("Video")
        group = _("Evidence")
        rank = 34
        form_layout = blocks.BlockGroup(
            children=["title", "url", "file", "captions", "poster", "caption", "transcript"],
            settings=["minutes", "seconds", "uploaded_on"],
        )
        template = "blocks/video/block.html"
        label_format = "{title}"
        description = _("A video with a transcript. Nothing is loaded from elsewhere before a reader presses play.")
        preview_value = {
            "title": "How a kettle finds its note",
            "url": "https://www.youtube.com/watch?v=Ke77leSteam",
            "file": None,
            "captions": None,
            "poster": None,
            "caption": "Filmed in one take, in a kitchen with a patient cat.",
            "minutes": 2,
            "seconds": 35,
            "uploaded_on": None,
            "transcript": "<p>A kettle stands on a flame. “Listen,” says Ruth. The water hums, then sings.</p>",
        }

    def heading(self, value: blocks.StructValue) -> None:
        """Return None: a video belongs to the section it stands in."""
        return

    def clean(self, value: Any) -> Any:
        """Refuse what is not exactly one video: an address of a known provider, or a file that browsers can play."""
        value = super().clean(value)
        url, file, captions = value["url"], value["file"], value["captions"]
        errors = {}
        if url and not hosted_video(url):
            errors["url"] = _("Write the address of a video at YouTube or Vimeo; others cannot be shown.")
        if url and file:
            errors["file"] = _("Choose an address or a file, not both.")
        if not url and not file and not self.is_deferred_validation:
            errors["url"] = _("Write the address of the video, or choose a file.")
        if file and file.file_extension.lower() not in FILES:
            errors["file"] = _("Choose an MP4 or a WebM file: browsers play nothing else.")
        if captions and captions.file_extension.lower() not in CAPTIONS:
            errors["captions"] = _("Choose a WebVTT file (.vtt).")
        if errors:
            raise blocks.StructBlockValidationError(
                block_errors={name: ValidationError(sentence) for name, sentence in errors.items()}
            )
        return value

    def lacks(self, value: blocks.StructValue) -> list[str]:
        """Return "transcript" if there are no words in it; that one is missing altogether, the form says itself."""
        transcript = value["transcript"].source if value["transcript"] else ""
        return ["transcript"] if transcript and not plain_text(transcript) else []

    def pictures(self, value: blocks.StructValue) -> list[Picture]:
        """Return the poster, if there is one."""
        return [value["poster"]] if value["poster"] else []

    def get_context(self, value: blocks.StructValue, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        """Add `hosted` (the video there, or None), `length` ("2:35" or empty) and the addresses of the files."""
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        minutes, seconds = divmod(int(_length(value).total_seconds()), 60)
        context["hosted"] = hosted_video(value["url"] or "")
        context["length"] = f"{minutes}:{seconds:02}" if minutes or seconds else ""
        context["file_url"] = _played_from(value["file"]) if value["file"] and not context["hosted"] else ""
        context["poster_url"] = _address_of(value["poster"])
        return context

    def nodes(self, value: blocks.StructValue, page_url: str) -> list[Node]:
        """Return the video and its poster; nothing while there is no video."""
        hosted, file, poster = hosted_video(value["url"] or ""), value["file"], value["poster"]
        if not hosted and not file:
            return []
        video = node(
            "VideoObject",
            name=value["title"],
            description=value["caption"] or value["title"],
            thumbnailUrl=absolute(_address_of(poster)) if poster else "",
            uploadDate=value["uploaded_on"].isoformat() if value["uploaded_on"] else "",
            duration=duration_iso_string(_length(value)) if _length(value) else "",
            embedUrl=hosted.player if hosted else "",
            contentUrl="" if hosted else absolute(file.url),
            transcript=plain_text(value["transcript"].source) if value["transcript"] else "",
        )
        return [video, image_node(poster, page_url)] if poster else [video]

    def markdown(self, value: blocks.StructValue) -> str:
        """Return the title as a link to the video, the caption, and the transcript."""
        hosted = hosted_video(value["url"] or "")
        file = link_to("document", value["file"].pk) if value["file"] and not hosted else None
        url = hosted.page if hosted else file.url if file else ""
        transcript = markdown.rich(value["transcript"].source)
        return markdown.together(
            markdown.link(value["title"] or url, url) if url else markdown.plain(value["title"]),
            markdown.plain(value["caption"] or ""),
            markdown.strong(str(self.child_blocks["transcript"].label)) if transcript else "",
            transcript,
        )


def _length(value: blocks.StructValue) -> timedelta:
    return timedelta(minutes=value["minutes"] or 0, seconds=value["seconds"] or 0)


def _address_of(poster: Picture | None) -> str:
    """Return the address of the widest size that exists of `poster`, or of its upload; empty without one."""
    return str(poster.largest.file.url) if poster else ""


def _played_from(file: AbstractDocument) -> str:
    """Return the address from which a player reads `file`: its own, where parts of it can be asked for, as iPhones do.

    A file that not everybody may open stays behind the view that asks who is there.
    """
    is_open: bool | None = getattr(file, "is_for_everybody", None)  # known where it was asked for with all others
    if is_open is None:
        is_open = not file.collection.get_view_restrictions().exists()
    return str(file.file.url if is_open else file.url)
