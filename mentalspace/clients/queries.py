"""Reads of clients, each in a fixed number of statements. Rows are what row-level security leaves."""

import re
from collections.abc import Iterable
from datetime import date
from typing import Any
from unicodedata import normalize
from uuid import UUID

from django.db import connection
from django.http import Http404

from mentalspace.access.audiences import CLIENT
from mentalspace.clients.authority import PERMISSIONS, ClientGuardian, ClientPortalAccess
from mentalspace.clients.models import Client, StatusChange
from mentalspace.clients.rules import state_of_authority
from mentalspace.core.paging import PAGE_SIZE, encode_cursor, position
from mentalspace.notify.models import EMAIL, SMS
from mentalspace.people.models import Profile

MOST_HITS = 12
RECENT = 8
MOST_WORDS = 5
"""Words of a search that are looked at."""

ACCENTS = re.compile("[\u0300-\u036f]")
"""What `WithoutAccents` takes off the searched text is taken off the words, too."""

NAME = "concat_ws(' ', coalesce(nullif({0}.preferred_name, ''), {0}.first_name), nullif({0}.last_name, ''))"
"""What a client is called, the chosen name first, of the table or alias that is filled in."""

LEGAL_NAME = """concat_ws(' ', nullif({0}.first_name, ''), nullif({0}.middle_name, ''), nullif({0}.last_name, ''),
    nullif({0}.suffix, ''))"""
AGE = "extract(year from age(%(today)s::date, {0}.date_of_birth))::int"
"""Whole years; somebody born on 29 February has their birthday on 1 March in other years."""

HIT = f"""
    c.id, {NAME.format("c")} as name, {LEGAL_NAME.format("c")} as legal_name, c.medical_record_number, c.date_of_birth,
    {AGE.format("c")} as age, c.pronouns, c.status
"""
HITS = """
    select coalesce(json_agg(hit), '[]')::text, coalesce(array_agg(hit.id), array[]::uuid[])
    from (select {columns} from clients c {rest}) hit
"""
"""The columns of a `ClientHit`, and some of them as JSON with their ids beside it."""

FAVORITE = "exists (select from client_favorites f where f.client_id = c.id and f.person_id = %(me)s)"

LIST = f"""
    with found as (
        select {HIT}, c.first_name, c.last_name, c.primary_phone,
            concat_ws(' ', t.first_name, t.last_name) as primary_therapist,
            {FAVORITE} as is_favorite
        from clients c left join profiles t on t.id = c.primary_therapist_id
        where {{where}} order by c.last_name, c.first_name, c.id limit %(size)s + 1
    ), shown as (select * from found order by last_name, first_name, id limit %(size)s)
    select coalesce(json_agg(shown order by last_name, first_name, id), '[]')::text,
        coalesce(array_agg(id), array[]::uuid[]),
        case when (select count(*) from found) > %(size)s then
            (select array[last_name, first_name, id::text] from shown order by last_name desc, first_name desc, id desc
             limit 1) end
    from shown
"""
MINE = """(c.primary_therapist_id = %(me)s or exists (
    select from care_team m where m.client_id = c.id and m.person_id = %(me)s and m.end_date is null))"""
AFTER = "(c.last_name, c.first_name, c.id) > (%(after_last)s, %(after_first)s, %(after_id)s::uuid)"

Values = dict[str, Any]


def search(words: str, today: date) -> tuple[str, list[UUID]]:
    """The first clients that match every word, current ones before others, as JSON. One statement."""
    where, values = matching(words)
    rest = f"where {where} order by c.status, c.last_name, c.first_name, c.id limit {MOST_HITS}"
    return _hits(rest, values | {"today": today})


def recent(person: UUID, today: date) -> tuple[str, list[UUID]]:
    """The clients whose charts this person opened last, as JSON. One statement."""
    rest = f"""join client_views v on v.client_id = c.id where v.person_id = %(me)s
        order by v.viewed_at desc limit {RECENT}"""
    return _hits(rest, {"me": person, "today": today})


def matching(words: str) -> tuple[str, Values]:
    """Every word occurs in the names, the MRN or the e-mail, or is the date of birth (YYYY-MM-DD)."""
    plain = ACCENTS.sub("", normalize("NFKD", words)).lower()
    terms = [_term(word) for word in plain.split()[:MOST_WORDS]]
    values = {f"term{number}": term for number, term in enumerate(terms)}
    conditions = [
        f"c.date_of_birth = %({name})s" if isinstance(term, date) else f"c.search_text like %({name})s"
        for name, term in values.items()
    ]
    return " and ".join(conditions) or "true", values


def _term(word: str) -> date | str:
    """A date, or what LIKE finds anywhere: the word's own wildcards are taken literally."""
    try:
        if "-" in word:  # 19880401 is a number, not a day
            return date.fromisoformat(word)
    except ValueError:
        pass
    return "%" + re.sub(r"([%_\\])", r"\\\1", word) + "%"


def _hits(rest: str, values: Values) -> tuple[str, list[UUID]]:
    with connection.cursor() as cursor:
        cursor.execute(HITS.format(columns=HIT, rest=rest), values)
        made, ids = cursor.fetchone()
    return made, ids


def listed(
    *, person: UUID, today: date, q: str, status: str, mine: bool, favorites: bool, cursor: str | None
) -> tuple[str, list[UUID], str | None]:
    """One page of the client list by last name, as JSON, whose it is, and the cursor of the next. One statement."""
    where, values = matching(q)
    chosen = {"c.status = %(status)s": status, MINE: mine, FAVORITE: favorites, AFTER: cursor}
    conditions = [where, *(condition for condition, asked in chosen.items() if asked)]
    last_name, first_name, pk = position(cursor, str, str, UUID)
    values |= {"me": person, "today": today, "status": status, "size": PAGE_SIZE}
    values |= {"after_last": last_name, "after_first": first_name, "after_id": pk}
    with connection.cursor() as answer:
        answer.execute(LIST.format(where=" and ".join(conditions)), values)
        made, ids, last = answer.fetchone()
    return made, ids, encode_cursor(last) if last else None


PLAIN = "lower(replace(replace({0}, ' ', ''), '-', ''))"
SIMILAR = f"""
    exists (select from clients o
        where o.practice_id = c.practice_id and o.last_name = c.last_name and o.status = 'Active' and o.id <> c.id
        and array_remove(array[{PLAIN.format("o.first_name")}, {PLAIN.format("o.preferred_name")}], '')
         && array[{PLAIN.format("c.first_name")}, {PLAIN.format("c.preferred_name")}])
"""
"""Another client of the same last name, and of a given name a hurried reader could mix up with this one's: equal
but for case, spaces and hyphens."""

BARE = r"regexp_replace(c.primary_phone, '\(0\)|[\s.]*(;|,|#|x|ext).*$', '', 'gi')"
"""The number without its extension, and without the nought that is only dialled at home."""

DIGITS = f"regexp_replace({BARE}, '[^0-9]', '', 'g')"
E164 = f"""case when {BARE} like '%%+%%' then '+' || {DIGITS} when {DIGITS} like '011%%' then '+' || substr({DIGITS}, 4)
    when length({DIGITS}) = 10 then '+1' || {DIGITS} else '+' || {DIGITS} end"""
"""The client's telephone number as carriers want it, as `core.fields.e164` has it for everything that is sent; without
a country it is one of the United States."""

AT_ADDRESS = f"""
    select address, c.id, {NAME.format("c")}
    from unnest(%(addresses)s::text[]) address join clients c on lower(c.email) = address or {E164} = address
    order by address, c.last_name, c.first_name, c.id
"""

STOP = """(select s.reason from suppressed_addresses s where s.practice_id = c.practice_id and s.channel = '{0}'
    and s.address = {1} and s.lifted_at is null)"""
"""Why nothing goes to the client's address of this channel; null when something may."""

CHART = f"""
    select row_to_json(chart)::text from (select
        {HIT}, c.first_name, c.middle_name, c.last_name, c.preferred_name, c.gender, c.sex_assigned_at_birth, c.race,
        c.ethnicity, c.marital_status, c.primary_language, c.primary_phone, c.email, c.preferred_contact_method,
        c.okay_to_leave_message, c.street1, c.street2, c.city, c.state, c.zip_code, c.deceased_date,
        c.primary_therapist_id, c.default_location_id, c.version,
        {FAVORITE} as is_favorite,
        {SIMILAR} as has_similar_name,
        json_build_object('email', {STOP.format(EMAIL, "lower(c.email)")},
            'phone', {STOP.format(SMS, E164)}) as stopped,
        (select coalesce(json_agg(json_build_object('id', a.id, 'kind', a.kind, 'text', a.text)
            order by a.created_at, a.id), '[]')
         from client_alerts a where a.client_id = c.id and a.ended_at is null) as alerts,
        (select coalesce(json_agg(json_build_object('id', t.id, 'person_id', t.person_id, 'role', t.role,
            'name', concat_ws(' ', p.first_name, p.last_name), 'start_date', t.start_date)
            order by t.start_date, t.id), '[]')
         from care_team t join profiles p on p.id = t.person_id
         where t.client_id = c.id and t.end_date is null) as care_team,
        (select coalesce(json_agg(json_build_object('id', d.id, 'code', d.code, 'code_system', d.code_system,
            'description', d.description, 'category', d.category, 'onset_date', d.onset_date,
            'resolved_date', d.resolved_date) order by d.resolved_date desc nulls first, d.rank, d.id), '[]')
         from diagnoses d where d.client_id = c.id) as diagnoses,
        (select coalesce(json_agg(json_build_object('id', e.id, 'name', e.name, 'relationship', e.relationship,
            'phone', e.phone, 'is_guardian', e.is_guardian) order by e.created_at, e.id), '[]')
         from emergency_contacts e where e.client_id = c.id) as emergency_contacts
    from clients c where c.id = %(client)s) chart
"""
"""A client's `ClientOut`, made in one statement. Who may not see a part gets none of it."""


def chart(client_id: UUID, *, person: UUID, today: date) -> str:
    """A client's `ClientOut` as JSON: header, demographics, team, alerts, diagnoses. 404 when invisible."""
    with connection.cursor() as cursor:
        cursor.execute(CHART, {"client": client_id, "me": person, "today": today})
        found = cursor.fetchone()
    if found is None:
        raise Http404
    return str(found[0])


def authority(client_id: UUID, day: date) -> dict[str, Any]:
    """A client's `AuthorityOut`. Five statements; 404 when the client is invisible. `day` is the database's."""
    Client.objects.visible(client_id)
    guardians = ClientGuardian.objects.filter(client_id=client_id).select_related("person", "verified_by")
    changes = StatusChange.objects.filter(client_id=client_id).select_related("changed_by")
    return {
        "portal": _portal(client_id),
        "guardians": [_guardian(row, day) for row in guardians.order_by("start_date", "created_at", "id")],
        "status_changes": [
            {
                "status": change.status,
                "reason": change.reason,
                "effective_date": change.effective_date,
                "changed_by": change.changed_by.full_name,
                "created_at": change.created_at,
            }
            for change in changes.order_by("-created_at", "id")
        ],
    }


def _portal(client_id: UUID) -> dict[str, Any]:
    has_account = Profile.objects.filter(pk=client_id, audience=CLIENT, is_active=True).exists()
    access = ClientPortalAccess.objects.filter(client_id=client_id).select_related("changed_by").first()
    if access is None:
        return {"has_account": has_account, "enabled": False, "since": None, "changed_by": "", "reason": ""}
    return {
        "has_account": has_account,
        "enabled": access.enabled,
        "since": access.since,
        "changed_by": access.changed_by.full_name,
        "reason": access.reason,
    }


GUARDIAN_AS_IT_IS = (
    *("id", "name", "phone", "email", "relationship", "start_date", "end_date", "ends_at_majority", "ages_out_on"),
    *("court_document", "verified_at", "verified_how", *PERMISSIONS),
)


def _guardian(row: ClientGuardian, day: date) -> dict[str, Any]:
    state = state_of_authority(
        is_verified=row.verified_at is not None,
        start=row.start_date,
        end=row.end_date,
        ages_out_on=row.ages_out_on,
        today=day,
    )
    return {
        **{name: getattr(row, name) for name in GUARDIAN_AS_IT_IS},
        "account_email": row.person.email if row.person else "",
        "verified_by": row.verified_by.full_name if row.verified_by else "",
        "state": state,
    }


OF_AGE = "select (date_of_birth + make_interval(years => access.majority_age(state)))::date from clients where id = %s"


def clients_at(addresses: Iterable[str]) -> dict[str, list[dict[str, Any]]]:
    """Who has each of these addresses in the chart: e-mail in small letters, telephone numbers in E.164."""
    found: dict[str, list[dict[str, Any]]] = {address: [] for address in addresses}
    with connection.cursor() as cursor:
        cursor.execute(AT_ADDRESS, {"addresses": list(found)})
        for address, pk, name in cursor.fetchall():
            found[address].append({"id": pk, "name": name})
    return found


def of_age_on(client_id: UUID) -> date:
    """The day a client comes of age in their state, or did. 404 when invisible."""
    with connection.cursor() as cursor:
        cursor.execute(OF_AGE, [client_id])
        found = cursor.fetchone()
    if found is None:
        raise Http404
    day: date = found[0]
    return day
