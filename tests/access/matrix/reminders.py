"""Reminders: what is set, who agreed, what is planned and sent, and what clients answered.

ada mia eve sam vic ana ash ben bea fay cleo gus sys imp id ida job
"""

GRIDS = {
    # How the practice reminds: everybody's planning reads it, administrators set it.
    "reminder_settings": """
        here                       rac rac rac r r r r r r r - - r - - - -
        next door                  - - - - - - - - - - - - - - - - -
    """,
    "appointment_notification_settings": """
        here                       rac rac rac r r r r r r r - - r - - - -
        next door                  - - - - - - - - - - - - - - - - -
    """,
    # A client's own wishes: the office keeps them, and the clinicians of the care team. Ana and Ash have Theo in
    # their calendars.
    "client_reminder_preferences": """
        Cleo's                     rac rac rac - - rac - - - rac - - r - - - -
        Noor's                     rac rac rac r r - r - - rac - - r - - - -
        Theo's                     rac rac rac - - r r - - rac - - r - - - -
        Vera's                     rac rac rac - rac - - - - rac - - r - - - -
        next door                  - - - - - - - - - - - - - - - - -
    """,
    # Consents are given in one's own name and only end, by whoever ends them (`moves`).
    "contact_consents": """
        Cleo's, Ana's              r r r - - ra - - - r - - r - - - -
        Noor's, Fay's              r r r r r - r - - ra - - r - - - -
        Theo's, Fay's              r r r - - r r - - ra - - r - - - -
        Theo's, Ada's              ra r r - - r r - - r - - r - - - -
        Cleo's, Ana's, revoked     r r r - - r - - - r - - r - - - -
        Cleo's, one's own          a a a - - a - - - a - - - - - - -
        Noor's, one's own          a a a - - - - - - a - - - - - - -
        Theo's, one's own          a a a - - - - - - a - - - - - - -
        Cleo's, one's own, revoked - - - - - - - - - - - - - - - - -
        next door                  - - - - - - - - - - - - - - - - -
    """,
    # People plan and call off, clinicians for all appointments of whom they treat: who records a consent plans anew.
    # That something was sent is for the system to say.
    "reminder_logs": """
        Cleo with Ana              rac rac rac - - rac - - - rac - - rac - - - -
        Cleo with Mia              rac rac rac - - rac - - - rac - - rac - - - -
        Noor with Ash              rac rac rac r r - rac - - rac - - rac - - - -
        Noor with Mia              rac rac rac r r - r - - rac - - rac - - - -
        Theo with Ana              rac rac rac - - rac - - - rac - - rac - - - -
        Theo with Ash              rac rac rac r r - rac - - rac - - rac - - - -
        Vera with Vic              rac rac rac - rac - - - - rac - - rac - - - -
        Cleo with Ana, sent        r r r - - r - - - r - - rac - - - -
        Cleo with Ana, held        r r r - - r - - - r - - rac - - - -
        Cleo with Ana, handed over r r r - - r - - - r - - rac - - - -
        Noor with Ash, sent        r r r r r - r - - r - - rac - - - -
        next door                  - - - - - - - - - - - - - - - - -
    """,
    # Of links people see who cancelled or asks for another time, and see to it.
    "reminder_links": """
        Cleo with Ana, asked       rc rc rc - - rc - - - rc - - rac - - - -
        Cleo with Ana, cancelled   rc rc rc - - rc - - - rc - - rac - - - -
        Cleo with Ana, confirmed   - - - - - - - - - - - - rac - - - -
        Cleo with Ana, held, confirmed - - - - - - - - - - - - rac - - - -
        Noor with Ash, confirmed   - - - - - - - - - - - - rac - - - -
        Noor with Ash, unused      - - - - - - - - - - - - rac - - - -
        Theo with Ana, unused      - - - - - - - - - - - - rac - - - -
        Noor with Ash, asked       rc rc rc - - - rc - - rc - - rac - - - -
        next door                  - - - - - - - - - - - - - - - - -
    """,
}
