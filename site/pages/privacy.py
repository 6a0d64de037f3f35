"""The first text of the privacy page: what this software does with a reader's data. An operator completes it."""

PARAGRAPHS: tuple[tuple[str, str], ...] = (
    ("heading", "When you read"),
    (
        "text",
        "<p>Reading leaves nothing behind. Our pages set no cookie, open no session and ask no other company for "
        "anything: no fonts, no statistics, no advertisements. A video from elsewhere is asked for when you press its "
        "button, and not before: then its provider learns that you watch it.</p>"
        "<p>What is searched for is counted, without any trace of who asked: the words, the day, and how often, for a "
        "year. So are addresses that we do not have, with the name of the site that links to them, for 90 days.</p>"
        "<p>What you tick in a checklist stays on your device. We never see it.</p>",
    ),
    ("heading", "When you rate or comment"),
    (
        "text",
        "<p>When you rate, comment, report or find something helpful for the first time, your browser gets one cookie. "
        "It holds a random number and lasts a year, so that you can change your rating and see what became of your "
        "comment. We store only a digest of that number, from which it cannot be computed.</p>"
        "<ul>"
        "<li>Of a rating we keep the stars, the time, and which version of the article you rated.</li>"
        "<li>Of a comment we keep your words, the name you gave, your e-mail address and the time. The address is "
        "never published.</li>"
        "<li>If you edit a comment or change a rating, we keep what stood there before. Of a report we keep the "
        "reason and your words; of an error that you report in an article your words, and your e-mail address if you "
        "give one, until 90 days after the answer. What you delete no reader sees any more; moderators still can.</li>"
        "<li>We do not keep the network address that you write from. So that nobody can vote a hundred times, we "
        "keep a code computed from it with a random key. The key is thrown away after 60 days at the latest; after "
        "that the code says nothing to anybody.</li>"
        "</ul>"
        "<p>A person reads every comment before it is published. What moderators decide, when and why, is kept. What "
        'became of your own responses stands under <a href="/responses/">Your responses</a>, in the browser that sent '
        "them.</p>",
    ),
)
"""Kind and content of each block, in order."""


def privacy_body() -> list[dict[str, object]]:
    """Return the body of the privacy page as stream data."""
    return [
        {"type": kind, "value": {"text": content, "level": "2"} if kind == "heading" else content}
        for kind, content in PARAGRAPHS
    ]
