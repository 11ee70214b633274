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
    # The outbox: everybody's work may tell people something, administrators read it and try again or call off what
    # waits, the sender keeps it up. What brings somebody a document to sign is read by whoever sees their place.
    "notification_logs": """
        to Ana                     rac rac rac a a a a a a a - - rac - a a -
        to Ada                     rac rac rac a a a a a a a - - rac - a - -
        to Ada, sent               r r r - - - - - - - - - rc - - - -
        about Client, who signs Cleo's  rac rac rac a a ra a a a ra - - rac - a a -
        about Ana, who signs Cleo's     rac rac rac a a ra a a a ra - - rac - a a -
        about Mia, who signs Cleo's     rac rac rac a a ra a a a ra - - rac - a a -
        next door                  - - - - - - - - - - - - - - a - -
    """,
    # The bell: everybody's work may tell colleagues something, a person reads their own, once.
    "staff_notifications": """
        to Ana                     a a a a a rac a a a a - - a - - - -
        to Ada                     rac a a a a a a a a a - - a - - - -
        to Sam                     a a a rac a a a a a a - - a - - - -
        to Ash                     a a a a a a rac a a a - - a - - - -
        to Bea                     a a a a a a a a rac a - - a - - - -
        to Fay                     a a a a a a a a a rac - - a - - - -
        to Ana, read               - - - - - r - - - - - - - - - - -
        to Ada, read               r - - - - - - - - - - - - - - - -
        to Sam, read               - - - r - - - - - - - - - - - - -
        to Ash, read               - - - - - - r - - - - - - - - - -
        to Bea, read               - - - - - - - - r - - - - - - - -
        to Fay, read               - - - - - - - - - r - - - - - - -
        next door                  - - - - - - - - - - - - - - - - -
    """,
    # Whom rules tell of what: administrators write them in their own name, and read what became of it.
    "notification_rules": """
        Ada's                      ra r r - - - - - - - - - rc - - - -
        the practice's             r r r - - - - - - - - - rac - - - -
        removed                    ra r r - - - - - - - - - rc - - - -
        next door                  - - - - - - - - - - - - - - - - -
    """,
    "notification_rule_dispatches": """
        here                       r r r - - - - - - - - - rac - - - -
        next door                  - - - - - - - - - - - - - - - - -
    """,
    # In which words: whoever's work tells people something reads them, administrators write them in their own name, and
    # the system notes that administrators were told of one that is not used.
    "message_wordings": """
        Ada's                      rac r r r r r r r r r - - rc - r r -
        one's own                  a a a - - - - - - - - - - - - - -
        next door                  - - - - - - - - - - - - - - r r -
    """,
    "mail_settings": """
        Ada's                      rac r r r r r r r r r - - r - r r -
        one's own                  a a a - - - - - - - - - - - - - -
        next door                  - - - - - - - - - - - - - - r r -
    """,
    # The logo that goes along with mails: administrators choose it, the sender takes it along.
    "mail_logos": """
        Ada's                      rad rd rd - - - - - - - - - r - - - -
        one's own                  a a a - - - - - - - - - - - - - -
        next door                  - - - - - - - - - - - - - - - - -
    """,
    # What bounced is put right by whoever keeps the charts' addresses; a STOP is taken back by its reader alone.
    "suppressed_addresses": """
        bounced                    rc rc rc r r r r r r rc - - rac - - - -
        stopped                    r r r r r r r r r r - - rac - - - -
        next door                  - - - - - - - - - - - - - - - - -
    """,
    "provider_accounts": """
        Ada's                      rac rc rc - - - - - - - - - r - - - -
        one's own                  a a a - - - - - - - - - - - - - -
        next door                  - - - - - - - - - - - - - - - - -
    """,
    "provider_events": """
        here                       r r r - - - - - - - - - ra - - - -
        next door                  - - - - - - - - - - - - - - - - -
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
