"""The practice and its places, what it tells people, what it imports and queues.

ada mia eve sam vic ana ash ben bea fay cleo gus sys imp id ida job
"""

GRIDS = {
    # The practice and its places: everybody sees their own, the administrator keeps them up.
    "practices": """
        here                       rc rc rc r r r r r r r r r r r r r -
        next door                  - - - - - - - - - - - - - - r r -
    """,
    "locations": """
        office                     rac rac rac r r r r r r r r r r - - - -
        next door                  - - - - - - - - - - - - - - - - -
    """,
    "rooms": """
        room                       rac rac rac r r r r r r r r r r - - - -
        next door                  - - - - - - - - - - - - - - - - -
    """,
    # The outbox: everybody's work may tell people something, administrators read it, the sender keeps it up.
    "notification_logs": """
        to Ana                     ra ra ra a a a a a a a - - rac - a a -
        to Ada                     ra ra ra a a a a a a a - - rac - a - -
        to Ada, sent               r r r - - - - - - - - - rc - - - -
        next door                  - - - - - - - - - - - - - - a - -
    """,
    # Imports and the queue.
    "external_identifiers": """
        here                       r r r - - - - - - - - - r ra - - -
        next door                  - - - - - - - - - - - - - - - - -
    """,
    "import_runs": """
        here                       r r r - - - - - - - - - r ra - - -
        next door                  - - - - - - - - - - - - - - - - -
    """,
    "procrastinate_jobs": """
        Ana's                      - - - - - - - - - - - - - - - - ra
        Ada's                      - - - - - - - - - - - - - - - - -
        next door                  - - - - - - - - - - - - - - - - -
    """,
    "procrastinate_events": """
        of any job                 - - - - - - - - - - - - - - - - a
    """,
}
