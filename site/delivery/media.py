"""Sending uploaded files from the app, where no web server stands before it to do so.

Under the rules that deploy/nginx.conf has for the same addresses: whatever somebody managed to upload, a browser shows
it as a picture, a sound or a film, or saves it, and never runs it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from http import HTTPStatus
from pathlib import Path
from typing import Any, BinaryIO

from django.conf import settings
from django.core.exceptions import SuspiciousFileOperation
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, re_path
from django.utils._os import safe_join
from django.utils.http import http_date
from django.views.decorators.http import require_safe
from wagtail import hooks
from wagtail.documents import get_document_model
from wagtail.documents.models import document_served
from wagtail.documents.views.serve import serve

from delivery.headers import PERSONAL, REVALIDATED

SHOWN = {
    ".avif": "image/avif",
    ".gif": "image/gif",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".mp3": "audio/mpeg",
    ".mp4": "video/mp4",
    ".png": "image/png",
    ".vtt": "text/vtt",
    ".webm": "video/webm",
    ".webp": "image/webp",
}
"""Media types of what a browser may show by itself; everything else is saved as a file."""

ALONE = "default-src 'none'; sandbox"
"""The policy of a file that is opened as a page of its own: it may load nothing, run nothing, and is of no origin."""
FOR_PDF = "default-src 'none'"
"""That of a PDF: no browser shows one in a sandbox."""

IMMUTABLE = "public, max-age=31536000, immutable"
NEVER_ANOTHER = ("cards/", "images/", "original_images/", "sizes/")
"""Folders in which a name never comes to mean another file."""
DOCUMENTS = "documents/"

CHUNK = 64 * 1024
"""How many bytes of a file are in memory at a time."""


def media_urls() -> list[URLPattern]:
    """Return the addresses of uploaded files: of documents, and of all others unless they lie on another host."""
    prefix = settings.MEDIA_URL
    documents = re_path(r"^documents/(\d+)/(.*)$", serve_document)
    media = re_path(rf"^{re.escape(prefix[1:])}(?P<path>.*)$", serve_media)
    return [documents, media] if prefix.startswith("/") else [documents]


@require_safe
def serve_media(request: HttpRequest, path: str) -> HttpResponseBase:
    """Answer with the uploaded file at `path` below the media folder. Raises Http404 for anything else."""
    file = _find(path)
    if path.startswith(DOCUMENTS):
        document = get_document_model().objects.filter(file=path).first()
        if document is None or document.collection.get_view_restrictions():
            raise Http404
    answer = send(request, file)
    answer["Cache-Control"] = IMMUTABLE if path.startswith(NEVER_ANOTHER) else REVALIDATED
    return answer


def serve_document(request: HttpRequest, document_id: str, document_filename: str) -> HttpResponseBase:
    """Answer with a document as Wagtail's own view does, which leaves open who may read it to the same hooks.

    But a file of this machine is sent as `serve_media` would: Wagtail sends what was uploaded as what its name says,
    and no part of a film alone, which telephones ask for. Raises Http404 for a document that is not there.
    """
    document: Any = get_object_or_404(get_document_model(), pk=document_id)
    try:
        file = Path(document.file.path)
    except NotImplementedError:
        return serve(request, document_id, document_filename)
    # A name that is not its own would let a stranger count which documents there are.
    if document.filename != document_filename or not file.is_file():
        raise Http404
    for ask in hooks.get_hooks("before_serve_document"):
        if isinstance(refusal := ask(document, request), HttpResponse):
            return refusal
    document_served.send(sender=type(document), instance=document, request=request)
    answer = send(request, file, name=document.filename)
    answer["Cache-Control"] = PERSONAL if document.collection.get_view_restrictions() else REVALIDATED
    return answer


def _find(path: str) -> Path:
    """Return the file at `path` below the media folder, wherever links lead. Raises Http404 if there is none."""
    root = Path(settings.MEDIA_ROOT).resolve()
    try:
        file = Path(safe_join(root, path)).resolve()
        is_ours = file.is_relative_to(root) and file.is_file()
    except (SuspiciousFileOperation, ValueError, OSError) as error:
        raise Http404 from error
    if not is_ours or any(part.startswith(".") for part in file.relative_to(root).parts):
        raise Http404
    return file


def send(request: HttpRequest, file: Path, *, name: str = "") -> HttpResponseBase:
    """Answer with `file`, or the part of it that is asked for (RFC 9110, 14); `name` is what it is saved under."""
    ending = file.suffix.lower()
    is_pdf = bool(name) and ending == ".pdf"
    content_type = "application/pdf" if is_pdf else SHOWN.get(ending, "application/octet-stream")
    status = file.stat()
    # As nginx writes it.
    etag = f'"{int(status.st_mtime):x}-{status.st_size:x}"'
    is_same = request.headers.get("If-Range", etag) == etag
    asked = _part(request.headers.get("Range", "") if is_same else "", status.st_size)
    if asked is not None and not asked:
        return HttpResponse(
            status=HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE, headers={"Content-Range": f"bytes */{status.st_size}"}
        )
    opened = file.open("rb")
    answer: StreamingHttpResponse
    if asked is None:
        is_saved = not is_pdf and ending not in SHOWN
        answer = FileResponse(opened, as_attachment=is_saved, filename=name or file.name, content_type=content_type)
    else:
        answer = StreamingHttpResponse(
            _read(opened, asked), content_type=content_type, status=HTTPStatus.PARTIAL_CONTENT
        )
        answer["Content-Length"] = str(len(asked))
        answer["Content-Range"] = f"bytes {asked.start}-{asked.stop - 1}/{status.st_size}"
    answer["Accept-Ranges"] = "bytes"
    # Compressed already, or small; and a part of a file must stay as long as it says.
    answer["Content-Encoding"] = "identity"
    answer["Content-Security-Policy"] = FOR_PDF if is_pdf else ALONE
    answer["ETag"] = etag
    answer["Last-Modified"] = http_date(status.st_mtime)
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


def _part(header: str, size: int) -> range | None:
    """Return the bytes that a `Range` asks for: none of them if it lies behind the end, None for the whole file.

    Whoever asks for several parts is given the whole, which is allowed.
    """
    found = re.fullmatch(r"bytes=(\d{0,15})-(\d{0,15})", header.strip())
    if found is None or not any(found.groups()):
        return None
    first, last = found.groups()
    if not first:
        return range(max(0, size - int(last)), size)
    return range(int(first), min(size, int(last) + 1 if last else size))


def _read(file: BinaryIO, part: range) -> Iterator[bytes]:
    with file:
        file.seek(part.start)
        left = len(part)
        while left and (data := file.read(min(CHUNK, left))):
            left -= len(data)
            yield data
