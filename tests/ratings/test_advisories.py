"""Kinds of faults that Wagtail had to publish advisories of, tried on every page that the desk adds to its admin."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Group, User
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from wagtail.models import PageLogEntry

from articles.models import ArticlePage, TopicPage
from ratings import actions
from ratings.models import (
    Bulk,
    CannedText,
    Comment,
    Decision,
    DiscussionPolicy,
    Ground,
    ModeratedSection,
    Phrase,
    Report,
    Sanction,
    SanctionKind,
    SavedView,
    State,
)
from tests.ratings.matrix import DOORS, cells
from tests.ratings.sections import ELSEWHERE, KITCHEN, Sections, signed_in

pytestmark = pytest.mark.django_db

DOORS_OF_ADMINISTRATORS = [cell for cell in cells() if cell.role == "administrator"]
READ = {cell.door: cell for cell in DOORS_OF_ADMINISTRATORS if cell.method == "GET"}
SENT = {cell.door: cell for cell in DOORS_OF_ADMINISTRATORS if cell.method == "POST"}
COOK = "moderator of the section who sanctions"

HOSTILE = "\"'><img src=x onerror=a()><script>b()</script>"
FORMULA = "=HYPERLINK(1)"

PARAMETERS = (
    "q state sort rule points score older after before name network domain kind badge "
    "moderator reported sanctioned reader reporter view p of standing days phase back title article_type "
    "ordering user action timestamp_from timestamp_to article topic "
)
UNREADABLE = {
    "NUL": "%00",
    "half a surrogate pair": "%ED%A0%80",
    "a number that no column holds": str(2**64),
    "many words": "a+%22b%22+" * 300,
}


@pytest.fixture
def sections(make_article, make_comment, make_reader, make_user, admin) -> Sections:
    return Sections(
        make_article=make_article, make_comment=make_comment, make_reader=make_reader, make_user=make_user, admin=admin
    )


@pytest.fixture
def desk(admin):
    return signed_in(admin)


def test_guessed_key_is_not_there(desk, sections, admin):
    made, known = sections.objects(admin), "424242"
    found = {}
    for cell in DOORS_OF_ADMINISTRATORS:
        path, sends = DOORS[cell.door].filled(made[cell.on])
        for key in path.keys() & {"pk", "article_id"}:
            address = reverse(cell.page, kwargs=path | {key: known})
            for guess in (known, "0", "-1", "x", str(2**63), str(10**40)):
                guessed = address.replace(known, guess)
                answer = desk.post(guessed, sends) if cell.method == "POST" else desk.get(guessed)
                found[guessed] = answer.status_code

    assert len(found) > 100
    assert {address: status for address, status in found.items() if status != 404} == {}


@pytest.mark.parametrize("value", UNREADABLE.values(), ids=UNREADABLE)
def test_filters_that_cannot_be_read_are_left_out(desk, sections, admin, value):
    made = sections.objects(admin)
    query = "&".join(f"{name}={value}" for name in PARAMETERS.split())
    addresses = {door: reverse(cell.page, kwargs=DOORS[door].filled(made[cell.on])[0]) for door, cell in READ.items()}

    assert {door: desk.get(f"{address}?{query}").status_code for door, address in addresses.items()} == dict.fromkeys(
        addresses, 200
    )


@pytest.mark.parametrize("value", ["\0", "9" * 400, "x" * 100_000], ids=["NUL", "number", "length"])
def test_forms_that_cannot_be_read_are_refused_in_words(desk, sections, admin, value):
    made = sections.objects(admin)
    found = {}
    for door, cell in SENT.items():
        path, sends = DOORS[door].filled(made[cell.on])
        query = door.removeprefix(cell.page)
        if sends:
            found[door] = desk.post(reverse(cell.page, kwargs=path) + query, dict.fromkeys(sends, value)).status_code

    assert {door: status for door, status in found.items() if status not in (200, 302, 409, 422)} == {}


def test_same_parameter_a_thousand_times_is_read_once(desk):
    for door in ("reader_comments", "held_votes", "sanctions"):
        assert desk.get(f"{reverse(door)}?{'state=spam&' * 1000}state=any").status_code == 200


def test_words_that_people_write_are_words_on_every_page(desk, sections, admin, make_reader):
    made = sections.objects(admin)
    here, now = made[KITCHEN], timezone.now()
    User.objects.filter(pk=admin.pk).update(username=HOSTILE, first_name=HOSTILE, last_name=HOSTILE)
    ArticlePage.objects.update(title=HOSTILE, draft_title=HOSTILE)
    topic = TopicPage.objects.get().add_child(instance=TopicPage(title=HOSTILE))
    Comment.objects.update(name=HOSTILE, text=HOSTILE, pick_reason=HOSTILE, rules=f"|{HOSTILE}|")
    trace = {"rule": HOSTILE, "reason": HOSTILE, "points": 1, "to": None, "spans": []}
    Comment.objects.update(trace=[trace])
    comment = Comment.objects.get(pk=here["comment"])
    why = {"moderator": admin, "now": now, "reason": HOSTILE, "note": HOSTILE}
    reason = Report.Reason.OTHER
    actions.report(comment=comment, reader=make_reader(), reason=reason, now=now, note=HOSTILE)
    actions.redact(comment=comment, version=comment.version, text=f"{HOSTILE} less", **why)
    actions.sanction(reader=comment.reader, kind=SanctionKind.BAN, ground=Ground.OTHER, **why)
    actions.lift(sanction=Sanction.objects.get(pk=here["sanction"]), moderator=admin, now=now, reason=HOSTILE)
    Bulk.objects.update(reason=HOSTILE, note=HOSTILE)
    SavedView.objects.filter(pk=made["a shared one"]["view"]).update(name=HOSTILE)
    Phrase.objects.update(phrase=HOSTILE, note=HOSTILE)
    CannedText.objects.update(text=HOSTILE)
    DiscussionPolicy.objects.update(topic=topic)
    Group.objects.filter(name="Editors").update(name=HOSTILE)

    spoiled, seen = {}, 0
    answers = {door: _asked(desk, cell, made) for door, cell in READ.items() if cell.on in (KITCHEN, "–")}
    answers |= {door: _asked(desk, cell, made) for door, cell in SENT.items() if not DOORS[door].stores}
    answers["saved"] = desk.post(reverse("save_view"), {"name": "<img src=x onerror=a()>"}, follow=True)
    answers["history"] = desk.get(reverse("wagtailadmin_pages:history", args=[here["article"]]))
    answers["site history"] = desk.get(reverse("wagtailadmin_reports:site_history"))
    for door, answer in answers.items():
        assert answer.status_code == 200, door
        if "html" not in answer["Content-Type"] and "svg" not in answer["Content-Type"]:
            continue
        page = answer.content.decode()
        seen += HOSTILE.replace("<", "&lt;").replace(">", "&gt;")[-20:] in page
        tree = BeautifulSoup(page, "html.parser")
        if tree.select("[onerror]") or [each for each in tree.find_all("script") if each.get_text() == "b()"]:
            spoiled[door] = page

    assert spoiled == {}
    assert seen > 20


def _asked(desk, cell, made):
    path, sends = DOORS[cell.door].filled(made[cell.on])
    address = reverse(cell.page, kwargs=path) + "?state=any&days=7"
    return desk.post(address, sends) if cell.method == "POST" else desk.get(address)


def test_files_hold_no_formulas(desk, sections, admin):
    sections.objects(admin)
    User.objects.filter(pk=admin.pk).update(username=FORMULA)
    ArticlePage.objects.update(title=FORMULA)
    Comment.objects.update(rules=f"|{FORMULA}|")
    names = ("waiting", "decided", "waits", "rules", "moderators")
    files = [desk.get(reverse("shift_table", args=[name])) for name in names] + [desk.get(reverse("shift_decisions"))]
    text = b"".join(part for file in files for part in file.streaming_content).decode()

    assert f"\"'{FORMULA}" in text
    assert f'"{FORMULA}' not in text


def test_forged_selection_takes_nothing_of_others(sections):
    cook = sections.somebody(COOK)
    made, desk = sections.objects(cook), signed_in(cook)
    others = [f"{pk}.{version}" for pk, version in _waiting(made[ELSEWHERE]["article"])]
    own = [f"{pk}.{version}" for pk, version in _waiting(made[KITCHEN]["article"])]
    forged = [*others, *own, *own, "1.1; DROP", "-1.1", f"{2**64}.1", "\\0", "١.١"]

    page = BeautifulSoup(desk.post(reverse("preview_bulk"), {"to": "spam", "chosen": forged}).content, "html.parser")
    sealed = page.find("input", {"name": "preview"})["value"]
    desk.post(reverse("begin_bulk"), {"preview": sealed, "moderator": 1, "all": "1"})

    assert list(Bulk.objects.order_by("pk").values_list("done", flat=True))[-1] == len(own) == 1
    assert len(_waiting(made[ELSEWHERE]["article"])) == len(others) == 1
    assert desk.post(reverse("preview_bulk"), {"to": "spam", "chosen": own * 10_000}).status_code in (400, 422)


def test_list_of_all_takes_nothing_of_others(sections):
    cook = sections.somebody(COOK)
    made, desk = sections.objects(cook), signed_in(cook)
    address = f"{reverse('preview_bulk')}?{urlencode({'article': made[ELSEWHERE]['article']})}"
    page = BeautifulSoup(desk.post(address, {"to": "spam", "all": "1"}).content, "html.parser")

    if sealed := page.find("input", {"name": "preview"}):
        desk.post(reverse("begin_bulk"), {"preview": sealed["value"]})

    assert len(_waiting(made[ELSEWHERE]["article"])) == 1


def _waiting(article: int) -> list[tuple[int, int]]:
    return list(Comment.objects.filter(article=article, state=State.PENDING).values_list("pk", "version"))


def test_fields_that_no_form_has_are_ignored(sections):
    cook = sections.somebody(COOK)
    made, desk = sections.objects(cook), signed_in(cook)
    other = {"moderator": 1, "owner": 1, "bulk": 1, "decided_at": "2001-01-01", "act": "undo", "undoes": 1, "hid": 1}
    other |= {"is_superuser": "1", "is_staff": "1", "user": 1, "email": "e@example.org", "badge": "staff", "stars": 5}
    other |= {"state": "published", "is_vouched_for": "1", "standing": "counted", "article": 1, "folded": "x", "id": 1}
    other |= {"query": "state=spam", "begins_at": "2001-01-01", "ends_at": "2999-01-01", "public_id": "x", "reader": 1}
    kept = ("name", "email", "badge", "stars", "reader", "article", "created_at")
    before = list(Comment.objects.order_by("pk").values_list(*kept))
    began = timezone.now()

    for cell in cells():
        if cell.role == COOK and cell.method == "POST" and cell.outcome == "✓":
            path, sends = DOORS[cell.door].filled(made[cell.on])
            address = f"{reverse(cell.page, kwargs=path)}?{cell.door.partition('?')[2]}"
            assert desk.post(address, other | sends).status_code in (200, 302, 409), cell

    cook.refresh_from_db()
    assert (cook.is_superuser, cook.is_staff) == (False, False)
    assert list(Comment.objects.order_by("pk").values_list(*kept)) == before
    decided = Decision.objects.filter(decided_at__gt=began)
    assert set(decided.values_list("moderator", flat=True)) <= {cook.pk, sections.admin.pk}
    assert decided.filter(moderator=cook).count() > 4
    assert not Decision.objects.filter(decided_at__year=2001).exists()
    assert SavedView.objects.get(name="Long ones").owner == cook
    assert SavedView.objects.get(name="Long ones").query == "state=pending"
    assert Sanction.objects.latest("pk").moderator == cook
    assert Sanction.objects.latest("pk").ends_at is None


def test_page_that_is_stale_stores_nothing(sections, admin):
    made, desk = sections.objects(admin), signed_in(admin)
    stale = made[KITCHEN] | {"version": made[KITCHEN]["version"] + 6}
    for door in ("decide_comment", "redact_comment", "check_comment"):
        path, sends = DOORS[door].filled(stale)
        assert desk.post(reverse(door, kwargs=path), sends).status_code == 409, door

    assert Comment.objects.get(pk=stale["comment"]).version == made[KITCHEN]["version"]


def test_refusals_tell_scripts_nothing_of_others(sections):
    cook = sections.somebody(COOK)
    made, desk = sections.objects(cook), signed_in(cook)
    Comment.objects.update(text="canary", email="canary@example.org", network="canary", name="canary")
    refused = [cell for cell in cells() if cell.role == COOK and cell.outcome in ("403", "403✎", "404", "⌂")]

    for cell in refused:
        path, sends = DOORS[cell.door].filled(made[cell.on])
        address = f"{reverse(cell.page, kwargs=path)}?{cell.door.partition('?')[2]}"
        asked = {"accept": "application/json", "x-requested-with": "fetch"}
        ask = desk.post if cell.method == "POST" else desk.get
        assert b"canary" not in ask(address, sends, headers=asked).content, cell


def test_addresses_of_readers_are_on_no_list_that_others_see(sections):
    keeper = sections.somebody("keeper of the rules")
    made, desk = sections.objects(keeper), signed_in(keeper)
    Comment.objects.update(text="canary", email="canary@example.org", network="canary", name="canary")

    for cell in cells():
        if cell.role == "keeper of the rules" and cell.outcome == "✓":
            assert b"canary" not in _asked(desk, cell, made).content, cell


def test_history_of_an_article_is_for_those_who_work_on_it(sections):
    publisher = sections.somebody("publisher of the section")
    made, desk = sections.objects(publisher), signed_in(publisher)
    for place in (KITCHEN, ELSEWHERE):
        comment = Comment.objects.get(pk=made[place]["comment"])
        why = {"reason": f"canary of {place}", "note": "a note for moderators", "now": timezone.now()}
        actions.decide(comment=comment, version=1, to=State.HIDDEN, moderator=sections.admin, **why)
        reader = {"reader": comment.reader, "kind": SanctionKind.WARNING, "ground": Ground.ABUSE}
        actions.sanction(moderator=sections.admin, **reader, **why | {"reason": "canary of a reader"})
    assert PageLogEntry.objects.filter(action="ratings.decide").count() > 2

    site = desk.get(reverse("wagtailadmin_reports:site_history")).content.decode()
    own = desk.get(reverse("wagtailadmin_pages:history", args=[made[KITCHEN]["article"]])).content.decode()
    others = desk.get(reverse("wagtailadmin_pages:history", args=[made[ELSEWHERE]["article"]]))

    assert f"Reader comment {made[KITCHEN]['comment']}:" in site
    assert f"canary of {KITCHEN}" in own
    assert others.status_code == 302
    secrets = (
        f"Reader comment {made[ELSEWHERE]['comment']}:",
        f"canary of {ELSEWHERE}",
        "canary of a reader",
        "a note",
    )
    assert [secret for secret in secrets if secret in site + own] == []


def test_sections_are_for_administrators_whatever_permissions_a_group_has(sections):
    keeper = sections.somebody("keeper of the rules")
    made, desk = sections.objects(keeper), signed_in(keeper)

    answer = desk.post(reverse("moderatedsection:delete", args=[made["–"]["moderatedsection"]]))

    assert keeper.has_perm("ratings.delete_moderatedsection")
    assert answer["Location"] == "/admin/"
    assert ModeratedSection.objects.filter(pk=made["–"]["moderatedsection"]).exists()
