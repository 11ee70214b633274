"""The words people lend to policies."""

from mentalspace.access.policy import ME, Where


def supervises(field: str) -> Where:
    """The row names somebody whom the acting person supervises today; `end_date` is the first day they no longer do."""
    return Where(
        f"{field}_id = any(array(select s.supervisee_id from supervision_relationships s"
        f" where s.supervisor_id = {ME} and s.start_date <= current_date"
        f" and (s.end_date is null or s.end_date > current_date)))"
    )


def of_this_practice(column: str) -> Where:
    """The account belongs to somebody of the acting person's practice."""
    return Where(f"{column} = any(array(select p.id from profiles p))")
