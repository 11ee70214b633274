"""The words clients lend to policies."""

from mentalspace.access.policy import ME, Where


def treats(column: str = "client_id") -> Where:
    """The acting person is in this client's care team today, or supervises somebody who is.

    Reads the materialised `client_access`, which triggers keep up from care teams and supervision; in this form
    the planner turns the list into one array and an index scan.
    """
    return Where(f"{column} = any(array(select a.client_id from client_access a where a.staff_id = {ME}))")


def treats_personally(column: str = "client_id") -> Where:
    """The acting person is in this client's care team today. Supervising somebody who is does not count.

    For what is written about a client: a supervisor who also sees clients of their own reads their supervisees'
    charts, and does not write in them.
    """
    mine = f"select a.client_id from client_access a where a.through = 'care_team' and a.staff_id = {ME}"
    return Where(f"{column} = any(array({mine}))")


def is_self(column: str = "client_id") -> Where:
    """The row is about the acting client, whose portal is on. A client's profile has the client's id."""
    return Where(
        f"{column} = any(array(select p.client_id from client_portal_access p where p.enabled and p.client_id = {ME}))"
    )


def guardian_of(purpose: str, column: str = "client_id") -> Where:
    """The row is about somebody for whom the acting person is guardian or proxy today, for this purpose.

    The authority is verified, has begun and not ended, and the client has not come of age where that ends it.
    `purpose` is what one of the flags permits: "view_record", "schedule", "message", "sign" or "pay".
    """
    return Where(
        f"{column} = any(array(select g.client_id from client_guardians g where g.can_{purpose}"
        " and g.verified_at is not null and g.start_date <= current_date"
        " and (g.end_date is null or g.end_date > current_date)"
        f" and (g.ages_out_on is null or g.ages_out_on > current_date) and g.person_id = {ME}))"
    )


def may_see_client() -> Where:
    """The row's client is one the acting person may see, by whatever sentence on `clients` allows it."""
    return Where("exists (select from clients c where c.id = {t}.client_id)")


def has_emergency_access(column: str = "client_id") -> Where:
    """The acting person broke the glass for this client: asked for with a reason, and neither over nor ended.

    By the database's own clock at each statement, so access ends by itself. It only ever stands in sentences that
    read; whoever treats the client writes.
    """
    return Where(
        f"{column} = any(array(select b.client_id from break_glass_access b where b.staff_id = {ME}"
        " and b.ended_at is null and b.expires_at > statement_timestamp()))"
    )


def is_over() -> Where:
    """The emergency access has ended, by hand or by itself."""
    return Where("least(ended_at, expires_at) <= statement_timestamp()")
