"""Credentials, and the people they belong to.

ada mia eve sam vic ana ash ben bea fay cleo gus sys imp id ida job
"""

GRIDS = {
    # Credentials: identity alone, and only the person's own once one is known.
    "users": """
        Ana's                      - - - - - - - - - - - - - - rac rac -
        next door                  - - - - - - - - - - - - - - rac - -
    """,
    "sessions": """
        Ana's                      - - - - - - - - - - - - - - racd racd -
        next door                  - - - - - - - - - - - - - - racd - -
        nobody's yet               - - - - - - - - - - - - - - racd - -
    """,
    "trusted_devices": """
        Ana's                      - - - - - - - - - - - - - - racd racd -
        next door                  - - - - - - - - - - - - - - racd - -
    """,
    "password_history": """
        Ana's                      - - - - - - - - - - - - - - rad rad -
        next door                  - - - - - - - - - - - - - - rad - -
    """,
    "login_attempts": """
        Ana's                      - - - - - - - - - - - - - - ra rad -
        next door                  - - - - - - - - - - - - - - ra - -
        of an unknown address      - - - - - - - - - - - - - - ra - -
    """,
    # Tries are counted by a function; identity alone sees the counts, gives places back and lifts limits.
    "rate_limits": """
        Ana's                      - - - - - - - - - - - - - - rcd rcd -
        Otto's                     - - - - - - - - - - - - - - rcd - -
        an address's               - - - - - - - - - - - - - - rcd rcd -
    """,
    "account_emailaddress": """
        Ana's                      - - - - - - - - - - - - - - racd racd -
        next door                  - - - - - - - - - - - - - - racd - -
    """,
    "account_emailconfirmation": """
        Ana's                      - - - - - - - - - - - - - - racd racd -
        next door                  - - - - - - - - - - - - - - racd - -
    """,
    "mfa_authenticator": """
        Ana's                      - - - - - - - - - - - - - - racd racd -
        next door                  - - - - - - - - - - - - - - racd - -
    """,
    # People: colleagues see each other, clients themselves; the administrator gives hats.
    "profiles": """
        Ana's                      rac rac rac r r r r r r r - - r ra r r -
        Cleo's                     rac rac rac r r r r r r r r - r ra r - -
        the practice's own         rc rc rc r r r r r r r - - r r r - -
        next door                  - - - - - - - - - - - - - - r - -
    """,
    "user_roles": """
        Ana's                      rad rad rad r r r r r r r - - r - r r -
        Cleo's                     rad rad rad r r r r r r r r - r - r - -
        next door                  - - - - - - - - - - - - - - r - -
    """,
    "supervision_relationships": """
        Sam's of Ash               rac rac rac r r r r r r r - - r - - - -
        Vic's of Ash               rac rac rac r r r r r r r - - r - - - -
        Sam's of Ben, ended        rac rac rac r r r r r r r - - r - - - -
        Sam's of Ana, to come      rac rac rac r r r r r r r - - r - - - -
        next door                  - - - - - - - - - - - - - - - - -
    """,
}
