"""Packets: forms given together, filled one after the other by one link, and seen as one by the staff."""

import pytest
from django.db import DatabaseError, transaction

from mentalspace.access.actor import acting_as
from mentalspace.forms.links.models import MOST_WRONG, FormLink
from mentalspace.forms.models import FormAssignment
from mentalspace.forms.tests.filling import draft, publish, published, review, send
from mentalspace.forms.tests.linking import arrived, enter, link, opened, reachable, write
from mentalspace.notify.models import Notification
from tests.cast import CLEO, NOOR, actor
from tests.http import refused

pytestmark = pytest.mark.django_db
ASKING = {"fields": [{"key": "hope", "kind": "text", "label": "What do you hope for?", "required": True}]}
HOPE = {"hope": "Sleep"}


def forms_of(http, *titles, **more):
    return [published(http, title=title, definition=ASKING, **more) for title in titles]


def packet_of(http, templates, title="Adult intake", who="ada", status=201):
    body = {"title": title, "families": [each["family"] for each in templates]}
    answer = http(who).call("post", "/form-packets", body)
    assert answer.status_code == status, answer.content
    return answer.json()


def assign(http, packet, who="ana", client=CLEO, **more):
    return http(who).call("post", f"/clients/{client}/form-packets", {"packet_id": packet["id"]} | more)


def assigned(http, packet, **more):
    answer = assign(http, packet, **more)
    assert answer.status_code == 201, answer.content
    return answer.json()["items"]


@pytest.fixture
def packet(http):
    return packet_of(http, forms_of(http, "One", "Two", "Three"))


def test_a_packet_is_given_in_its_order(http, packet):
    assert [(each["title"], each["is_published"]) for each in packet["forms"]] == [
        ("One", True),
        ("Two", True),
        ("Three", True),
    ]
    forms = assigned(http, packet, due_date="2099-01-01", instructions="Please.")
    places = [(each["title"], each["packet"]["place"], each["packet"]["total"]) for each in forms]
    assert places == [("One", 1, 3), ("Two", 2, 3), ("Three", 3, 3)]
    assert {each["instructions"] for each in forms} == {"Please."}
    assert len({each["packet"]["bundle"] for each in forms}) == 1
    send(http, forms[0], HOPE)
    listed = http("ana").read(f"/clients/{CLEO}/forms")["items"]
    assert {(each["packet"]["title"], each["packet"]["done"]) for each in listed} == {("Adult intake", 1)}
    http("ana").call("put", f"/forms/{forms[2]['id']}/withdrawal")
    assert http("ana").read(f"/forms/{forms[0]['id']}")["packet"]["total"] == 2


def test_who_keeps_and_who_gives(http, packet):
    for who in ("ana", "fay", "sam"):
        packet_of(http, [], who=who, status=422)
        assert refused(http(who).call("put", f"/form-packets/{packet['id']}/retirement"), 403)
        assert [each["title"] for each in http(who).read("/form-packets")["items"]] == ["Adult intake"]
    assert http("otto").read("/form-packets")["items"] == []
    assert refused(http("otto").call("put", f"/form-packets/{packet['id']}/retirement"), 404)
    for who, client, status in (("otto", CLEO, 404), ("ash", CLEO, 404), ("bea", CLEO, 403), ("fay", CLEO, 201)):
        assert assign(http, packet, who, client).status_code == status
    assert assign(http, packet, "ash", NOOR).status_code == 201


def test_the_front_desk_gives_none_with_a_consent_and_nothing_of_it(http):
    templates = [*forms_of(http, "One"), *forms_of(http, "Two", category="consent")]
    packet = packet_of(http, templates)
    assert refused(assign(http, packet, "fay"), 403)
    assert http("ana").read(f"/clients/{CLEO}/forms")["items"] == []
    forms = assigned(http, packet)
    seen = http("fay").read(f"/clients/{CLEO}/forms")["items"]
    assert [(each["id"], each["packet"]["total"]) for each in seen] == [(forms[0]["id"], 1)]


def test_the_same_packet_twice_is_asked_about(http, packet):
    assigned(http, packet)
    assert refused(assign(http, packet), 409, "packet_there")
    assert len(assigned(http, packet, is_again=True)) == 3
    assert len(http("ana").read(f"/clients/{CLEO}/forms")["items"]) == 6


def test_a_later_change_of_the_packet_changes_nothing_that_was_given(http, packet):
    forms = assigned(http, packet)
    (other,) = forms_of(http, "Four")
    path = f"/form-packets/{packet['id']}"
    change = {"title": "Other", "families": [other["family"]], "version": 1}
    assert http("ada").call("put", path, change).json()["forms"][0]["title"] == "Four"
    assert refused(http("ada").call("put", path, change), 409, "packet_changed_elsewhere")
    shown = http("ana").read(f"/forms/{forms[0]['id']}")["packet"]
    assert (shown["title"], shown["total"]) == ("Adult intake", 3)
    with pytest.raises(DatabaseError, match="keeps"), acting_as(actor("ada")), transaction.atomic():
        FormAssignment.objects.get(pk=forms[0]["id"]).write(packet_title="Other")


def test_what_cannot_be_a_packet(http, packet):
    (one,) = forms_of(http, "Five")
    unpublished = draft(http, title="Six", definition=ASKING)
    for families in ([], [one["family"]] * 2, [unpublished["family"]]):
        body = {"title": "Wrong", "families": families}
        assert refused(http("ada").call("post", "/form-packets", body), 422)
    assert publish(http, unpublished).status_code == 200


def test_one_published_no_more_keeps_the_packet_from_being_given(http, packet):
    two = packet["forms"][1]
    (row,) = [each for each in http("ada").read("/form-templates")["items"] if each["family"] == two["family"]]
    http("ada").call("put", f"/form-templates/{row['id']}/retirement")
    assert [each["is_published"] for each in http("ana").read("/form-packets")["items"][0]["forms"]] == [
        True,
        False,
        True,
    ]
    assert refused(assign(http, packet), 409, "packet_not_whole")
    assert http("ana").read(f"/clients/{CLEO}/forms")["items"] == []


def test_a_retired_packet_is_given_to_nobody(http, packet):
    path = f"/form-packets/{packet['id']}"
    assert http("ada").call("put", f"{path}/retirement").json()["is_retired"]
    assert http("ada").call("put", f"{path}/retirement").status_code == 200
    assert http("ana").read("/form-packets")["items"] == []
    assert len(http("ana").read("/form-packets?retired=true")["items"]) == 1
    assert refused(assign(http, packet), 409, "packet_retired")
    change = {"title": "Other", "families": [packet["forms"][0]["family"]], "version": 2}
    assert refused(http("ada").call("put", path, change), 409, "packet_retired")


def sent(http, packet):
    reachable()
    forms = assigned(http, packet)
    assert link(http, forms[0], is_for_packet=True).status_code == 201
    return forms, arrived()


def stored(model, **where):
    with acting_as(actor("ada")), transaction.atomic():
        return list(model.objects.filter(**where))


def test_one_message_leads_through_all_of_them(http, packet):
    _, path = sent(http, packet)
    assert (len(stored(Notification, kind="form.link")), len(stored(FormLink))) == (1, 3)
    shown, titles = opened(path), []
    while shown:
        titles.append((shown["title"], shown["packet"]["place"], shown["packet"]["total"]))
        answer = write(f"/f/{shown['token']}" if "token" in shown else path, shown, "submission", HOPE)
        assert answer.status_code == 200, answer.content
        shown = answer.json()["next"]
    assert titles == [("One", 1, 3), ("Two", 2, 3), ("Three", 3, 3)]


def test_whoever_left_comes_back_to_where_they_were_by_the_same_message(http, packet):
    forms, path = sent(http, packet)
    write(path, opened(path), "submission", HOPE)
    http("ana").call("put", f"/forms/{forms[1]['id']}/withdrawal")
    again = opened(path)
    assert (again["status"], again["next"]["title"], again["next"]["packet"]) == (
        "submitted",
        "Three",
        {"title": "Adult intake", "place": 2, "total": 2},
    )
    assert refused(enter(path, "1971-02-03"), 403, "not_the_birth")
    http("ana").call("put", f"/forms/{forms[2]['id']}/withdrawal")
    assert opened(path)["next"] is None


def test_another_link_for_the_packet_revokes_those_before(http, packet):
    forms, _ = sent(http, packet)
    assert link(http, forms[1], is_for_packet=True).status_code == 201
    assert sum(row.revoked_at is None for row in stored(FormLink)) == 3
    assert len(stored(FormLink)) == 6
    with acting_as(actor("ada")), transaction.atomic():
        assert FormLink.objects.filter(revoked_at=None).values("sending").distinct().count() == 1
    send(http, forms[0], HOPE)
    assert refused(link(http, forms[0], is_for_packet=True), 409, "form_not_open")
    assert link(http, forms[1], is_for_packet=True).status_code == 201
    assert opened(arrived())["title"] == "Two"


def test_a_link_to_one_form_is_to_that_form_alone(http, packet):
    reachable()
    forms = assigned(http, packet)
    assert link(http, forms[1]).status_code == 201
    path = arrived()
    assert write(path, opened(path), "submission", HOPE).json()["next"] is None
    assert review(http, forms[1], "accepted").status_code == 200


def links(http, form, who="ana"):
    return http(who).read(f"/forms/{form['id']}/links")["links"]


def test_what_was_sent_before_leads_nowhere_once_the_packet_is_sent_again(http, packet):
    forms, path = sent(http, packet)
    shown = opened(path)
    on_page = write(path, shown, "submission", HOPE).json()["next"]
    assert link(http, forms[1], is_for_packet=True).status_code == 201
    assert refused(enter(path), 410, "link_over")
    assert refused(write(f"/f/{on_page['token']}", on_page, "answers", HOPE), 410, "link_over")
    assert opened(arrived())["title"] == "Two"
    (row,) = links(http, forms[0])
    assert (row["is_good"], row["is_revocable"], row["revoked_at"] is None) == (False, False, False)


def test_one_link_of_a_packet_is_revoked_with_all_of_its_message_also_where_its_form_was_sent(http, packet):
    forms, path = sent(http, packet)
    next_ = write(path, opened(path), "submission", HOPE).json()["next"]
    assert review(http, forms[0], "accepted").status_code == 200
    (row,) = links(http, forms[0])
    assert (row["is_good"], row["is_revocable"]) == (False, True)
    revocation = f"/forms/{forms[0]['id']}/links/{row['id']}/revocation"
    assert refused(http("otto").call("put", revocation), 404)
    assert http("ana").call("put", revocation).json()["links"][0]["revoked_at"]
    assert http("ana").call("put", revocation).status_code == 200
    assert refused(enter(path), 410, "link_over")
    assert refused(write(f"/f/{next_['token']}", next_, "submission", HOPE), 410, "link_over")
    assert all(row.revoked_at for row in stored(FormLink))
    assert not any(links(http, form)[0]["is_revocable"] for form in forms)


def test_a_link_to_one_form_ends_the_message_that_led_through_the_packet(http, packet):
    forms, path = sent(http, packet)
    assert link(http, forms[1]).status_code == 201
    assert refused(enter(path), 410, "link_over")
    alone = arrived()
    assert write(alone, opened(alone), "submission", HOPE).json()["next"] is None


def test_whoever_sees_only_some_of_the_forms_revokes_for_all(http):
    templates = [*forms_of(http, "One"), *forms_of(http, "Two", category="consent")]
    forms, path = sent(http, packet_of(http, templates))
    next_ = write(path, opened(path), "submission", HOPE).json()["next"]
    (row,) = links(http, forms[0], "fay")
    revocation = f"/forms/{forms[0]['id']}/links/{row['id']}/revocation"
    assert http("fay").call("put", revocation).status_code == 200
    assert refused(write(f"/f/{next_['token']}", next_, "answers", HOPE), 410, "link_over")
    (hidden,) = links(http, forms[1])
    assert (hidden["is_good"], hidden["is_revocable"], hidden["revoked_at"]) == (False, False, None)


def test_a_link_that_died_of_wrong_dates_is_revoked_for_the_others(http, packet):
    forms, path = sent(http, packet)
    next_ = write(path, opened(path), "submission", HOPE).json()["next"]
    with acting_as(actor("ada")), transaction.atomic():
        FormLink.objects.filter(assignment=forms[0]["id"]).update(wrong_tries=MOST_WRONG)
    (row,) = links(http, forms[0])
    assert row["is_revocable"]
    http("ana").call("put", f"/forms/{forms[0]['id']}/links/{row['id']}/revocation")
    assert refused(write(f"/f/{next_['token']}", next_, "answers", HOPE), 410, "link_over")
