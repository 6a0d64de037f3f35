"""A form of a reader is UTF-8, whatever it says."""

from __future__ import annotations

import pytest
from django.test import Client

from ratings.models import Comment
from tests.ratings.posting import GUEST, OWN, stamped, text_area

pytestmark = pytest.mark.django_db

OTHERS = ["hex", "rot13", "zlib", "undefined", "idna", "utf-7", "unicode_escape", "raw_unicode_escape", "latin1"]


def send(client: Client, article, charset: str, text: str = GUEST["text"], headers=OWN):
    fields = GUEST | stamped(article) | {"text": text}
    parts = [f'--x\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{fields[name]}\r\n' for name in fields]
    body = ("".join(parts) + "--x--\r\n").encode()
    address = f"/responses/comment/{article.pk}/"
    return client.generic(
        "POST", address, body, content_type=f"multipart/form-data; boundary=x; charset={charset}", headers=headers
    )


@pytest.mark.parametrize("headers", [OWN, {}])
@pytest.mark.parametrize("charset", OTHERS)
def test_another_charset_is_refused_in_words_and_the_text_comes_back(client, article, charset, headers):
    answer = send(client, article, charset, text="Grüße +2AA-", headers=headers)

    assert (answer.status_code, text_area(answer)) == (400, "Grüße +2AA-")
    assert "not sent as UTF-8" in answer.content.decode()
    assert not Comment.objects.exists()


@pytest.mark.parametrize("charset", OTHERS)
def test_urlencoded_form_is_refused_likewise(client, article, charset):
    content_type = f"application/x-www-form-urlencoded; charset={charset}"

    answer = client.generic("POST", f"/responses/rate/{article.pk}/", b"stars=5", content_type, headers=OWN)

    assert answer.status_code == 400
    assert "not sent as UTF-8" in answer.content.decode()


@pytest.mark.parametrize("charset", ["utf-8", "UTF-8", "utf8", '"Utf-8"'])
def test_utf8_by_any_of_its_names_is_taken(client, article, charset):
    assert send(client, article, charset, text="Grüße").status_code == 303
    assert Comment.objects.get().text == "Grüße"
