"""What a reader's browser sends and reads, without scripts."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape
from typing import Any

from django.test import Client
from django.utils import timezone

from ratings.models import Comment
from ratings.stamp import new_stamp

OWN = {"Sec-Fetch-Site": "same-origin"}
GUEST = {"name": "Ruth", "email": "ruth@example.org", "text": "My kettle *sings*."}


def rate(client: Client, article, stars: Any = "5", headers=OWN, **fields):
    return client.post(f"/responses/rate/{article.pk}/", {"stars": stars} | fields, headers=headers)


def withdraw(client: Client, rating, headers=OWN, **fields):
    return client.post(f"/responses/withdraw/{rating.public_id}/", fields, headers=headers)


def comment(client: Client, article, headers=OWN, **fields):
    return client.post(f"/responses/comment/{article.pk}/", GUEST | fields, headers=headers)


def edit(client: Client, comment: Comment, text: str, headers=OWN, **fields):
    fields = {"text": text, "version": comment.version} | fields
    return client.post(f"/responses/{comment.public_id}/edit/", fields, headers=headers)


def delete(client: Client, comment: Comment, headers=OWN):
    return client.post(f"/responses/{comment.public_id}/delete/", headers=headers)


def find_helpful(client: Client, comment: Comment, helpful: str = "1", headers=OWN):
    return client.post(f"/responses/helpful/{comment.public_id}/", {"helpful": helpful}, headers=headers)


def report(client: Client, comment: Comment, headers=OWN, **fields):
    fields = {"reason": "false", "note": "It is not true."} | fields
    return client.post(f"/responses/report/{comment.public_id}/", fields, headers=headers)


def written(client: Client, article, **fields) -> Comment:
    """Send a comment with a stamp, and return what was stored."""
    answer = comment(client, article, **stamped(article), **fields)
    assert answer.status_code == 303, answer.content.decode()
    return Comment.objects.get(public_id=answer["Location"].split("/")[2])


def stamped(article, age=timedelta(minutes=1)) -> dict[str, str]:
    return {"stamp": new_stamp(article.pk, timezone.now() - age)}


def hidden_fields(response) -> dict[str, str]:
    """Return the hidden inputs of the form that the page holds, as a browser would send them."""
    inputs = re.findall(r"<input[^>]*>", response.content.decode())
    pairs = {}
    for tag in inputs:
        attributes = dict(re.findall(r'([\w-]+)="([^"]*)"', tag))
        if attributes.get("type") == "hidden" and "name" in attributes:
            pairs[attributes["name"]] = unescape(attributes.get("value", ""))
    return pairs


def text_area(response) -> str:
    return unescape(re.search(r"<textarea[^>]*>\n?(.*?)</textarea>", response.content.decode(), re.DOTALL)[1])
