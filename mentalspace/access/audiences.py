"""The database roles a request may act as. One list, read by cluster set-up, policies, grants and tests.

An *audience* is a NOLOGIN role that the runtime login `ms_web` may become. A person with several hats acts
through a combined role that inherits each of them, so that policies only ever name single audiences.
"""

from itertools import combinations

ADMINISTRATOR = "ms_administrator"
SUPERVISOR = "ms_supervisor"
CLINICIAN = "ms_clinician"
ASSOCIATE = "ms_associate"
BILLING = "ms_billing"
FRONT_DESK = "ms_front_desk"
CLIENT = "ms_client"
IDENTITY = "ms_identity"
JOBS = "ms_jobs"
SYSTEM = "ms_system"
IMPORT = "ms_import"

HATS = (ADMINISTRATOR, SUPERVISOR, CLINICIAN, ASSOCIATE, BILLING, FRONT_DESK)
"""The staff audiences, in the order in which a combined role names them."""

EVERY_HAT = "ms_every_hat"
"""The six together: joined, their names would be longer than the 63 bytes PostgreSQL allows."""

PEOPLE = (*HATS, CLIENT)
"""Everybody who signs in."""

KEEPER = "ms_keeper"
"""Owns the trigger functions that keep derived tables. No login, and nobody may become it but the owner, who
needs to in order to hand functions over. Not a bypass: the fence holds inside its functions too."""

AUDIENCES = (*PEOPLE, IDENTITY, JOBS, SYSTEM, IMPORT)

ROLE_NAMES = {
    "administrator": ADMINISTRATOR,
    "supervisor": SUPERVISOR,
    "clinician": CLINICIAN,
    "associate": ASSOCIATE,
    "billing": BILLING,
    "front_desk": FRONT_DESK,
    "client": CLIENT,
}
"""The word the product shows and stores for a hat, and the audience it stands for."""


def combined_name(hats: tuple[str, ...]) -> str:
    """The role for a set of hats: the hat itself, or e.g. `ms_administrator_clinician`."""
    ordered = [hat for hat in HATS if hat in hats]
    if len(ordered) != len(set(hats)):
        raise ValueError(f"not staff hats: {hats}")
    if len(ordered) == len(HATS):
        return EVERY_HAT
    return "ms_" + "_".join(hat.removeprefix("ms_") for hat in ordered)


def combined_roles() -> dict[str, tuple[str, ...]]:
    """Every role that stands for two or more staff hats, and the hats it inherits."""
    return {combined_name(hats): hats for size in range(2, len(HATS) + 1) for hats in combinations(HATS, size)}


def audience_for(roles: list[str]) -> str:
    """The database role of a person who holds these product roles. Raises ValueError when there is none."""
    if not roles:
        raise ValueError("a person without a role has no audience")
    names = tuple(ROLE_NAMES[role] for role in roles)
    return names[0] if len(names) == 1 else combined_name(names)
