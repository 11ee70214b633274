"""Who may do what to which row: the written policy, by hand, never derived from the declarations.

Each table is a grid of rows (see `world`) by people; a cell says r(ead) a(dd) c(hange) d (remove), or `-` for
nothing. Source: the intended columns of the role matrix this product is asked for, narrowed to the care team: a
supervisor sees supervisees' clients, not all; billing sees no client yet; nobody removes what was written.
Rows called "one's own" name whoever asks as their author and can only be added.

ada administrator · mia administrator and clinician · eve every hat · sam supervisor · vic supervisor and clinician ·
ana clinician · ash, ben associates · bea billing · fay front desk · cleo a client · gus who acts for her · sys the
practice's jobs · imp an import · id identity, nobody known · ida identity, Ana known · job Ana enqueueing.
Otto and Olga of the practice next door are asked about every row and may do nothing.
"""

from datetime import UTC, datetime

from tests.access.world import WHO
from tests.cast import CLEO, JOINED, NEXT_DOOR, NOOR, OLEG, THEO

PEOPLE = [
    "ada",
    "mia",
    "eve",
    "sam",
    "vic",
    "ana",
    "ash",
    "ben",
    "bea",
    "fay",
    "cleo",
    "gus",
    "sys",
    "imp",
    "id",
    "ida",
    "job",
]

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
    # The trail: everybody writes their own lines, administrators and the sealer read, nobody alters.
    "audit_logs": """
        Ana's                      r r r - - a - - - - - - r - a a a
        Ada's                      ra r r - - - - - - - - - r - a - -
        nobody's                   r r r - - - - - - - - - r - a - -
        one's own                  a a a a a a a a a a a a a a a a a
        Sam's                      r r r a - - - - - - - - r - a - -
        Ash's                      r r r - - - a - - - - - r - a - -
        Bea's                      r r r - - - - - a - - - r - a - -
        Fay's                      r r r - - - - - - a - - r - a - -
        Cleo's                     r r r - - - - - - - a - r - a - -
        Imp's                      r r r - - - - - - - - - ra a a - -
        Job's                      r r r - - a - - - - - - r - a a a
        next door                  - - - - - - - - - - - - - - a - -
    """,
    "audit_chain": """
        here                       r r r - - - - - - - - - ra - - - -
        next door                  - - - - - - - - - - - - - - - - -
    """,
    # Incidents: raised by whoever meets one, looked into by administrators until resolved; the system tells of them.
    "security_incidents": """
        Ana's, open                rc rc rc - - a - - - - - - rc - - a -
        nobody's                   rc rc rc - - - - - - - - - rc - a - -
        Ada's, resolved            r r r - - - - - - - - - r - - - -
        one's own                  a a a a a a a a a a a a a - a a -
        one's own, resolved        - - - - - - - - - - - - - - - - -
        next door                  - - - - - - - - - - - - - - - - -
    """,
    "security_incident_steps": """
        Ada's                      ra r r - - - - - - - - - - - - - -
        one's own                  a a a - - - - - - - - - - - - - -
        next door                  - - - - - - - - - - - - - - - - -
    """,
    # What administrators set: rules, retention; what they look for again is their own.
    "alert_rules": """
        bulk                       rac rac rac - - - - - - - - - ra - - - -
        next door                  - - - - - - - - - - - - - - - - -
    """,
    "audit_retention": """
        everything                 rac rac rac - - - - - - - - - r - - - -
        next door                  - - - - - - - - - - - - - - - - -
    """,
    "audit_verifications": """
        Ada's                      rac r r - - - - - - - - - r - - - -
        Ada's, finished            ra r r - - - - - - - - - r - - - -
        the practice's             r r r - - - - - - - - - rac - - - -
        one's own                  a a a - - - - - - - - - a - - - -
        next door                  - - - - - - - - - - - - - - - - -
    """,
    "saved_audit_queries": """
        Ada's                      rad - - - - - - - - - - - - - - - -
        one's own                  a a a - - - - - - - - - - - - - -
        next door                  - - - - - - - - - - - - - - - - -
    """,
    # The outbox: everybody's work may tell people something, administrators read it, the sender keeps it up.
    "notification_logs": """
        to Ana                     ra ra ra a a a a a a a - - rac - a a -
        to Ada                     ra ra ra a a a a a a a - - rac - a - -
        to Ada, sent               r r r - - - - - - - - - rc - - - -
        next door                  - - - - - - - - - - - - - - a - -
    """,
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
    # Clients. Vic has both hats: she reads her supervisee's clients, and writes, but for alerts, only about her own.
    "clients": """
        Cleo                       rac rac rac - - rc - - - rac r r r ra - - -
        Noor                       rac rac rac r r - r - - rac - - r ra - - -
        Theo                       rac rac rac - - - - - - rac - - r ra - - -
        Pia                        rac rac rac - - - - - - rac - - r ra - - -
        Fred                       rac rac rac - - - - - - rac - - r ra - - -
        Lex                        rac rac rac - - - - r - rac - - r ra - - -
        Vera                       rac rac rac r rc r - r - rac - - r ra - - -
        next door                  - - - - - - - - - - - - - - - - -
    """,
    "emergency_contacts": """
        Cleo's                     racd racd racd - - racd - - - racd - - r - - - -
        Noor's                     racd racd racd r r - r - - racd - - r - - - -
        Theo's                     racd racd racd - - - - - - racd - - r - - - -
        Vera's                     racd racd racd r racd r - r - racd - - r - - - -
        next door                  - - - - - - - - - - - - - - - - -
    """,
    # A portal row is rewritten in one's own name only, and so is who turned it; who acts for a client is never removed.
    "client_portal_access": """
        Cleo's                     rac r r - - r - - - r r - r - - - -
        Noor's                     r r r r r - r - - rac - - r - - - -
        Pia's, off                 r r r - - - - - - rac - - r - - - -
        Fred's                     rac r r - - - - - - r - - r - - - -
        Vera's                     r r r r rac r - r - r - - r - - - -
        Cleo's, one's own          a a a - - a - - - a - - - - - - -
        Noor's, one's own          a a a - - - - - - a - - - - - - -
        Theo's, one's own          a a a - - - - - - a - - - - - - -
        next door                  - - - - - - - - - - - - - - - - -
    """,
    "client_guardians": """
        Gus of Cleo                rc rc rc - - rc - - - rc - r r - - - -
        Lou of Cleo, ended         rc rc rc - - rc - - - rc - - r - - - -
        Ned of Cleo, to come       rc rc rc - - rc - - - rc - - r - - - -
        Max of Cleo, unverified    rc rc rc - - rc - - - rac - - r - - - -
        Kim of Noor, who pays      rc rc rc r r - r - - rc - - r - - - -
        Pam of Lex                 rc rc rc - - - - r - rc - - r - - - -
        Nan of Pia, of age         rc rc rc - - - - - - rc - - r - - - -
        Lex's, naming Bea          rc rc rc - - - - r - rc - - r - - - -
        Vera's, without account    rc rc rc r rc r - r - rc - - r - - - -
        Cleo's, one's own          a a a - - a - - - a - - - - - - -
        Noor's, one's own          a a a - - - - - - a - - - - - - -
        Theo's, one's own          a a a - - - - - - a - - - - - - -
        next door                  - - - - - - - - - - - - - - - - -
    """,
    "client_status_changes": """
        Theo's, Ada's              ra r r - - - - - - r - - r - - - -
        Cleo's, Ada's              ra r r - - r - - - r - - r - - - -
        Noor's, Mia's              r ra r r r - r - - r - - r - - - -
        Cleo's, one's own          a a a - - - - - - - - - - - - - -
        Noor's, one's own          a a a - - - - - - - - - - - - - -
        Theo's, one's own          a a a - - - - - - - - - - - - - -
        next door                  - - - - - - - - - - - - - - - - -
    """,
    "care_team": """
        Ana of Cleo                rac rac rac - - r - - - rac - - r ra - - -
        Ash of Noor                rac rac rac rac rac - r - - rac - - r ra - - -
        Ana of Pia, ended          rac rac rac - - - - - - rac - - r ra - - -
        Ana of Fred, to come       rac rac rac - - - - - - rac - - r ra - - -
        Ben of Lex                 rac rac rac - - - - r - rac - - r ra - - -
        Vic of Vera                rac rac rac r rac r - r - rac - - r ra - - -
        next door                  - - - - - - - - - - - - - - - - -
    """,
    "client_access": """
        Ana of Cleo                r r r - - r - - - - - - r - - - -
        Sam of Noor                r r r r - - - - - - - - r - - - -
        Vic of Noor                r r r - r - - - - - - - r - - - -
        Vic of Vera                r r r - r - - - - - - - r - - - -
        Ash of Noor                r r r - - - r - - - - - r - - - -
        next door                  - - - - - - - - - - - - - - - - -
    """,
    "client_alerts": """
        Cleo's, Ana's              rc rc rc - - rac - - - rc - - r - - - -
        Noor's, Ash's              rc rc rc rc rc - rac - - rc - - r - - - -
        Theo's, Fay's              rc rc rc - - - - - - rac - - r - - - -
        Cleo's, one's own          a a a - - a - - - a - - - - - - -
        Noor's, one's own          a a a a a - a - - a - - - - - - -
        Theo's, one's own          a a a - - - - - - a - - - - - - -
        Noor's, Sam's              rc rc rc rac rc - rc - - rc - - r - - - -
        Theo's, Ada's              rac rc rc - - - - - - rc - - r - - - -
        Vera's, Vic's              rc rc rc r rac r - r - rc - - r - - - -
        next door                  - - - - - - - - - - - - - - - - -
    """,
    "diagnoses": """
        Cleo's, Ana's              r r r - - rac - - - - - - r ra - - -
        Noor's, Ash's              r r r r r - rac - - - - - r ra - - -
        Theo's, nobody's           r r r - - - - - - - - - r ra - - -
        Cleo's, one's own          - - - - - a - - - - - - - a - - -
        Noor's, one's own          - - - - - - a - - - - - - a - - -
        Theo's, one's own          - - - - - - - - - - - - - a - - -
        Noor's, Vic's              r r r r r - rc - - - - - r ra - - -
        Vera's, Vic's              r r r r rac r - r - - - - r ra - - -
        next door                  - - - - - - - - - - - - - - - - -
    """,
    "client_favorites": """
        Ana's of Cleo              - - - - - rad - - - - - - - - - - -
        Fay's of Theo              - - - - - - - - - rad - - - - - - -
        Ana's of Pia               - - - - - rd - - - - - - - - - - -
        Ada's of Theo              rad - - - - - - - - - - - - - - - -
        Sam's of Noor              - - - rad - - - - - - - - - - - - -
        Sam's of Cleo              - - - rd - - - - - - - - - - - - -
        Ash's of Noor              - - - - - - rad - - - - - - - - - -
        Ash's of Cleo              - - - - - - rd - - - - - - - - - -
        Bea's of Cleo              - - - - - - - - rd - - - - - - - -
        Cleo, one's own            a a a - - a - - - a - - - - - - -
        Noor, one's own            a a a a a - a - - a - - - - - - -
        Theo, one's own            a a a - - - - - - a - - - - - - -
        Cleo's of Cleo             - - - - - - - - - - - - - - - - -
        Oleg of next door, one's own - - - - - - - - - - - - - - - - -
        next door                  - - - - - - - - - - - - - - - - -
    """,
    "client_views": """
        Ana's of Cleo              - - - - - rac - - - - - - - - - - -
        Fay's of Theo              - - - - - - - - - rac - - - - - - -
        Ada's of Theo              rac - - - - - - - - - - - - - - - -
        Sam's of Noor              - - - rac - - - - - - - - - - - - -
        Ash's of Noor              - - - - - - rac - - - - - - - - - -
        Bea's of Cleo              - - - - - - - - r - - - - - - - -
        Cleo, one's own            a a a - - a - - - a - - - - - - -
        Noor, one's own            a a a a a - a - - a - - - - - - -
        Theo, one's own            a a a - - - - - - a - - - - - - -
        Cleo's of Cleo             - - - - - - - - - - - - - - - - -
        Ben's of Cleo              - - - - - - - r - - - - - - - - -
        Oleg of next door, one's own - - - - - - - - - - - - - - - - -
        next door                  - - - - - - - - - - - - - - - - -
    """,
    # The calendar: administrator and front desk keep all of it; a clinician's own, for clients they treat.
    "appointment_series": """
        Cleo with Ana, Ana's       rc rc rc - - rac - - - rc - - r - - - -
        Cleo with Mia, Fay's       rc rc rc - - - - - - rac - - r - - - -
        Noor with Ash, Fay's       rc rc rc r r - rc - - rac - - r - - - -
        Theo with Ana, Fay's       rc rc rc - - rc - - - rac - - r - - - -
        Lex with Ben, Ben's        rc rc rc - - - - rac - rc - - r - - - -
        Cleo with oneself, one's own  a a a - - a - - - a - - - - - - -
        Noor with oneself, one's own  a a a - - - a - - a - - - - - - -
        Vera with oneself, one's own  a a a - a - - - - a - - - - - - -
        Theo with oneself, one's own  a a a - - - - - - a - - - - - - -
        Cleo with Ana, one's own   a a a - - a - - - a - - - - - - -
        Noor with Ana, one's own   a a a - - - - - - a - - - - - - -
        Theo with Ana, one's own   a a a - - - - - - a - - - - - - -
        Theo with Ana, Ada's       rac rc rc - - rc - - - rc - - r - - - -
        next door                  - - - - - - - - - - - - - - - - -
    """,
    "appointments": """
        Cleo with Ana, Ana's       rc rc rc - - rac - - - rc r r r ra - - -
        Cleo with Mia, Fay's       rc rc rc - - r - - - rac r r r ra - - -
        Noor with Ash, Fay's       rc rc rc r r - rc - - rac - - r ra - - -
        Theo with Ana, Fay's       rc rc rc - - rc - - - rac - - r ra - - -
        Lex with Ben, Ben's        rc rc rc - - - - rac - rc - - r ra - - -
        Cleo with oneself, one's own  a a a - - a - - - a - - - a - - -
        Noor with oneself, one's own  a a a - - - a - - a - - - a - - -
        Vera with oneself, one's own  a a a - a - - - - a - - - a - - -
        Theo with oneself, one's own  a a a - - - - - - a - - - a - - -
        Cleo with Ana, one's own   a a a - - a - - - a - - - a - - -
        Noor with Ana, one's own   a a a - - - - - - a - - - a - - -
        Theo with Ana, one's own   a a a - - - - - - a - - - a - - -
        Theo with Ana, Ada's       rac rc rc - - rc - - - rc - - r ra - - -
        Vera with Vic, Vic's       rc rc rc r rac r - r - rc - - r ra - - -
        next door                  - - - - - - - - - - - - - - - - -
    """,
    "clinician_hours": """
        Ana's                      racd racd racd r r racd r r r r - - r - - - -
        Ash's                      racd racd racd r r r racd r r r - - r - - - -
        next door                  - - - - - - - - - - - - - - - - -
    """,
    # Notes: a draft is its author's and the supervisor's; signed, the care team's; the administrator reads.
    "clinical_notes": """
        Cleo's, Ana's draft        r r r - - rac - - - - - - r - - - -
        Cleo's, Ana's signed       r r r - - r - - - - - - r - - - -
        Cleo's, imported           r r r - - r - - - - - - r ra - - -
        Cleo's, Mia's draft        r rc r - - - - - - - - - r - - - -
        Cleo's, Mia's signed       r r r - - r - - - - - - r - - - -
        Noor's, Ash's draft        r r r r r - rac - - - - - r - - - -
        Noor's, Ash's signed       r r r r r - r - - - - - r - - - -
        Theo's, Ash's draft        r r r r r - rc - - - - - r - - - -
        Theo's, Ash's signed       r r r r r - r - - - - - r - - - -
        Pia's, Ana's draft         r r r - - rc - - - - - - r - - - -
        Pia's, Ana's signed        r r r - - r - - - - - - r - - - -
        Lex's, Ben's draft         r r r - - - - rac - - - - r - - - -
        Lex's, Ben's signed        r r r - - - - r - - - - r - - - -
        Vera's, Vic's draft        r r r - rac - - - - - - - r - - - -
        Vera's, Vic's signed       r r r r r r - r - - - - r - - - -
        Cleo's, one's own draft    - - - - - a - - - - - - - - - - -
        Noor's, one's own draft    - - - - - - a - - - - - - - - - -
        Theo's, one's own draft    - - - - - - - - - - - - - - - - -
        Cleo's, one's own signed   - - - - - - - - - - - - - - - - -
        Noor's, one's own signed   - - - - - - - - - - - - - - - - -
        Theo's, one's own signed   - - - - - - - - - - - - - - - - -
        Noor's, Vic's draft        - - - - - - - - - - - - - - - - -
        Vera's, one's own draft    - - - - a - - - - - - - - - - - -
        next door                  - - - - - - - - - - - - - - - - -
    """,
    "note_versions": """
        Cleo's, Ana's draft        - - - - - ra - - - - - - - - - - -
        Cleo's, Ana's signed       - - - - - r - - - - - - - - - - -
        Cleo's, Mia's draft        - ra - - - - - - - - - - - - - - -
        Cleo's, Mia's signed       - r - - - - - - - - - - - - - - -
        Noor's, Ash's draft        - - - - - - ra - - - - - - - - - -
        Noor's, Ash's signed       - - - - - - r - - - - - - - - - -
        Theo's, Ash's draft        - - - - - - ra - - - - - - - - - -
        Theo's, Ash's signed       - - - - - - r - - - - - - - - - -
        Pia's, Ana's draft         - - - - - ra - - - - - - - - - - -
        Pia's, Ana's signed        - - - - - r - - - - - - - - - - -
        Lex's, Ben's draft         - - - - - - - ra - - - - - - - - -
        Lex's, Ben's signed        - - - - - - - r - - - - - - - - -
        Vera's, Vic's draft        - - - - ra - - - - - - - - - - - -
        Vera's, Vic's signed       - - - - r - - - - - - - - - - - -
        Cleo's, Ana's draft, one's own   - - - - - a - - - - - - - - - - -
        Cleo's, Ana's signed, one's own  - - - - - - - - - - - - - - - - -
        Noor's, Ash's draft, one's own   - - - - - - a - - - - - - - - - -
        Noor's, Ash's signed, one's own  - - - - - - - - - - - - - - - - -
        Cleo's, Ana's draft, Mia's - - - - - - - - - - - - - - - - -
        Cleo's, Ana's signed, Mia's - - - - - - - - - - - - - - - - -
        Noor's, Ash's draft, Mia's - - - - - - - - - - - - - - - - -
        Noor's, Ash's signed, Mia's - - - - - - - - - - - - - - - - -
        next door                  - - - - - - - - - - - - - - - - -
    """,
    "note_amendments": """
        Cleo's, Ana's signed       r r r - - ra - - - - - - r - - - -
        Cleo's, imported           r r r - - ra - - - - - - r ra - - -
        Cleo's, Mia's signed       r ra r - - r - - - - - - r - - - -
        Noor's, Ash's signed       r r r r r - ra - - - - - r - - - -
        Theo's, Ash's signed       r r r r r - ra - - - - - r - - - -
        Pia's, Ana's signed        r r r - - ra - - - - - - r - - - -
        Lex's, Ben's signed        r r r - - - - ra - - - - r - - - -
        Vera's, Vic's signed       r r r r ra r - r - - - - r - - - -
        Cleo's, Ana's draft, one's own   - - - - - - - - - - - - - - - - -
        Cleo's, Ana's signed, one's own  - - - - - a - - - - - - - - - - -
        Noor's, Ash's draft, one's own   - - - - - - - - - - - - - - - - -
        Noor's, Ash's signed, one's own  - - - - - - a - - - - - - - - - -
        Cleo's, Ana's draft, Mia's - - - - - - - - - - - - - - - - -
        Cleo's, Ana's signed, Mia's - - - - - - - - - - - - - - - - -
        Noor's, Ash's draft, Mia's - - - - - - - - - - - - - - - - -
        Noor's, Ash's signed, Mia's - - - - - - - - - - - - - - - - -
        next door                  - - - - - - - - - - - - - - - - -
    """,
    "measure_results": """
        Cleo's                     r r r - - r - - - - - - r ra - - -
        Noor's                     r r r r r - r - - - - - r ra - - -
        Theo's                     r r r - - - - - - - - - r ra - - -
        Vera's                     r r r r r r - r - - - - r ra - - -
        next door                  - - - - - - - - - - - - - - - - -
    """,
    # Emergency access: nobody adds it but by the one function; one ends one's own, those above end and review it.
    # Ana, Ben and Sam are in Vera's chart by it today: they read what Vic, who treats her, reads, but for drafts.
    "break_glass_access": """
        Ana of Vera, running       rc rc rc - - rc - - - - - - r - - - -
        Ben of Vera, running       rc rc rc - - - - rc - - - - r - - - -
        Sam of Vera, running       rc rc rc rc - - - - - - - - r - - - -
        Ash of Vera, ended         rc rc rc rc rc - rc - - - - - r a - - -
        Ana of Lex, expired        rc rc rc - - rc - - - - - - r a - - -
        Ben of Theo, reviewed      rc rc rc - - - - rc - - - - r a - - -
        Vera, one's own            - - - - - - - - - - - - - - - - -
        next door                  - - - - - - - - - - - - - - - - -
    """,
    # Psychotherapy notes: their author's alone, whatever hats anybody else wears.
    "psychotherapy_notes": """
        Cleo's, Ana's              - - - - - rac - - - - - - - - - - -
        Noor's, Ash's              - - - - - - rac - - - - - - - - - -
        Vera's, Vic's              - - - - rac - - - - - - - - - - - -
        Pia's, Ana's               - - - - - rc - - - - - - - - - - -
        Cleo's, one's own          - - - - - a - - - - - - - - - - -
        Noor's, one's own          - - - - - - a - - - - - - - - - -
        Theo's, one's own          - - - - - - - - - - - - - - - - -
        Vera's, one's own          - - - - a - - - - - - - - - - - -
        Cleo's, Ana's to be        - - - - - a - - - - - - - - - - -
        next door                  - - - - - - - - - - - - - - - - -
    """,
    # Documents: the care team and the office read and keep them; a supervisor reads; what is in quarantine stays.
    # A file is seen through the document that names it, and brought in one's own name into one's own bucket.
    "client_documents": """
        Cleo's, Ana's              rc rc rc - - rac - - - rc - - r - - - -
        Cleo's, Mia's              rc rac rc - - rc - - - rc - - r - - - -
        Cleo's, Ana's in quarantine  r r r - - ra - - - r - - r - - - -
        Noor's, Ash's in quarantine  r r r r r - ra - - r - - r - - - -
        Theo's, Ada's in quarantine  ra r r - - - - - - r - - r - - - -
        Theo's, Fay's in quarantine  r r r - - - - - - ra - - r - - - -
        Noor's, Ash's              rc rc rc r r - rac - - rc - - r - - - -
        Noor's, in Ana's name      - - - - - - - - - - - - - - - - -
        Theo's, Fay's              rc rc rc - - - - - - rac - - r - - - -
        Theo's, Ada's              rac rc rc - - - - - - rc - - r - - - -
        Pia's, Fay's               rc rc rc - - - - - - rac - - r - - - -
        Vera's, Vic's              rc rc rc r rac r - r - rc - - r - - - -
        Cleo's, one's own          a a a - - a - - - a - - - - - - -
        Noor's, one's own          a a a - - - a - - a - - - - - - -
        Theo's, one's own          a a a - - - - - - a - - - - - - -
        Vera's, one's own          a a a - a - - - - a - - - - - - -
        next door                  - - - - - - - - - - - - - - - - -
    """,
    "storage.objects": """
        Cleo's, Ana's              r r r - - ra - - - r - - rc - - - -
        Cleo's, Mia's              r ra r - - r - - - r - - rc - - - -
        Cleo's, Ana's in quarantine  r r r - - ra - - - r - - rc - - - -
        Noor's, Ash's in quarantine  r r r r r - ra - - r - - rc - - - -
        Theo's, Ada's in quarantine  ra r r - - - - - - r - - rc - - - -
        Theo's, Fay's in quarantine  r r r - - - - - - ra - - rc - - - -
        Noor's, Ash's              r r r r r - ra - - r - - rc - - - -
        Theo's, Fay's              r r r - - - - - - ra - - rc - - - -
        Theo's, Ada's              ra r r - - - - - - r - - rc - - - -
        Pia's, Fay's               r r r - - - - - - ra - - rc - - - -
        Vera's, Vic's              r r r r ra r - r - r - - rc - - - -
        Ana's, that no document names  - - - - - a - - - - - - rc - - - -
        one's own                  a a a - a a a a - a - - - - - - -
        one's own, in another bucket  - - - - - - - - - - - - - - - - -
        next door                  - - - - - - - - - - - - - - - - -
    """,
    "storage.buckets": """
        of every practice          r r r r r r r r r r - - r - - - -
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

CLOSED = (
    "auth_group",
    "auth_group_permissions",
    "auth_permission",
    "django_content_type",
    "django_migrations",
    "procrastinate_periodic_defers",
    "procrastinate_workers",
)
"""Tables of packages that nobody who signs in has any business with; the queue's are for its own login."""

MAY, MAY_NOT = True, False

MOVES: list[tuple[str, str, str, str, object, bool]] = [
    # table, row, who, column, what it would become: a permitted change does not turn a row into somebody else's
    ("practices", "here", "ada", "id", NEXT_DOOR, MAY_NOT),
    ("users", "Ana's", "ida", "id", WHO["otto"], MAY_NOT),
    ("sessions", "Ana's", "ida", "user_id", WHO["otto"], MAY_NOT),
    ("sessions", "nobody's yet", "id", "user_id", WHO["ana"], MAY),
    ("account_emailaddress", "Ana's", "ida", "user_id", WHO["otto"], MAY_NOT),
    ("account_emailconfirmation", "Ana's", "ida", "email_address_id", -1, MAY_NOT),
    ("mfa_authenticator", "Ana's", "ida", "user_id", WHO["otto"], MAY_NOT),
    ("rate_limits", "Ana's", "ida", "user_id", WHO["otto"], MAY_NOT),
    ("clients", "Cleo", "ana", "id", THEO, MAY_NOT),
    ("clients", "Noor", "ash", "id", THEO, MAY_NOT),
    ("clients", "Cleo", "fay", "primary_therapist_id", WHO["ash"], MAY),
    ("clients", "Cleo", "ada", "status", "Inactive", MAY),
    ("clients", "Cleo", "mia", "status", "Inactive", MAY),
    ("clients", "Cleo", "fay", "status", "Inactive", MAY_NOT),
    ("clients", "Cleo", "ana", "status", "Inactive", MAY_NOT),
    ("client_portal_access", "Cleo's", "ana", "changed_by_id", WHO["ana"], MAY),
    ("client_portal_access", "Cleo's", "fay", "changed_by_id", WHO["fay"], MAY),
    ("client_portal_access", "Cleo's", "mia", "changed_by_id", WHO["mia"], MAY),
    ("client_portal_access", "Cleo's", "ada", "changed_by_id", WHO["fay"], MAY_NOT),
    ("client_portal_access", "Pia's, off", "fay", "changed_by_id", WHO["ada"], MAY_NOT),
    ("client_portal_access", "Vera's", "vic", "changed_by_id", WHO["sam"], MAY_NOT),
    ("client_portal_access", "Vera's", "vic", "client_id", CLEO, MAY_NOT),
    ("client_portal_access", "Cleo's", "cleo", "enabled", True, MAY_NOT),
    ("client_portal_access", "Fred's", "eve as clinician", "changed_by_id", WHO["eve"], MAY_NOT),
    ("client_portal_access", "Noor's", "ash", "changed_by_id", WHO["ash"], MAY_NOT),
    ("client_portal_access", "Cleo's", "bea", "changed_by_id", WHO["bea"], MAY_NOT),
    ("client_guardians", "Gus of Cleo", "ana", "client_id", NOOR, MAY_NOT),
    ("client_guardians", "Gus of Cleo", "fay", "person_id", WHO["kim"], MAY_NOT),
    ("client_guardians", "Gus of Cleo", "fay", "verified_by_id", WHO["fay"], MAY_NOT),
    ("client_guardians", "Gus of Cleo", "fay", "end_date", JOINED, MAY),
    ("client_guardians", "Lou of Cleo, ended", "ana", "end_date", None, MAY_NOT),
    ("client_guardians", "Gus of Cleo", "gus", "can_sign", True, MAY_NOT),
    ("care_team", "Ash of Noor", "sam", "client_id", CLEO, MAY_NOT),
    ("care_team", "Ash of Noor", "sam", "person_id", WHO["sam"], MAY_NOT),
    ("emergency_contacts", "Cleo's", "ana", "client_id", NOOR, MAY_NOT),
    ("emergency_contacts", "Noor's", "ash", "client_id", CLEO, MAY_NOT),
    ("emergency_contacts", "Cleo's", "fay", "client_id", NOOR, MAY_NOT),
    ("profiles", "Ana's", "ada", "audience", "ms_identity", MAY_NOT),
    ("client_alerts", "Cleo's, Ana's", "ana", "client_id", NOOR, MAY_NOT),
    ("client_alerts", "Noor's, Ash's", "sam", "client_id", CLEO, MAY_NOT),
    ("client_alerts", "Noor's, Ash's", "ash", "client_id", CLEO, MAY_NOT),
    ("client_alerts", "Noor's, Ash's", "ada", "client_id", CLEO, MAY),
    ("diagnoses", "Cleo's, Ana's", "ana", "client_id", NOOR, MAY_NOT),
    ("diagnoses", "Noor's, Ash's", "ash", "client_id", CLEO, MAY_NOT),
    ("client_views", "Ana's of Cleo", "ana", "person_id", WHO["ash"], MAY_NOT),
    ("client_views", "Ana's of Cleo", "ana", "client_id", NOOR, MAY_NOT),
    ("client_views", "Sam's of Noor", "sam", "client_id", CLEO, MAY_NOT),
    ("client_views", "Ash's of Noor", "ash", "client_id", CLEO, MAY_NOT),
    ("client_views", "Ada's of Theo", "ada", "client_id", OLEG, MAY_NOT),
    ("client_views", "Fay's of Theo", "fay", "client_id", OLEG, MAY_NOT),
    ("client_views", "Fay's of Theo", "fay", "person_id", WHO["ana"], MAY_NOT),
    ("client_views", "Ada's of Theo", "ada", "person_id", WHO["ana"], MAY_NOT),
    ("client_views", "Sam's of Noor", "sam", "person_id", WHO["ana"], MAY_NOT),
    ("client_views", "Ash's of Noor", "ash", "person_id", WHO["ana"], MAY_NOT),
    ("client_views", "Bea's of Cleo", "bea", "viewed_at", datetime(2026, 1, 1, tzinfo=UTC), MAY_NOT),
    ("client_alerts", "Cleo's, Ana's", "ana", "created_by_id", WHO["ash"], MAY_NOT),
    ("appointment_series", "Cleo with Ana, Ana's", "ana", "client_id", THEO, MAY_NOT),
    ("appointments", "Cleo with Ana, Ana's", "ana", "client_id", THEO, MAY_NOT),
    ("appointments", "Cleo with Ana, Ana's", "fay", "client_id", THEO, MAY_NOT),
    ("appointment_series", "Cleo with Ana, Ana's", "ana", "clinician_id", WHO["ash"], MAY_NOT),
    ("appointment_series", "Noor with Ash, Fay's", "ash", "clinician_id", WHO["ana"], MAY_NOT),
    ("appointment_series", "Noor with Ash, Fay's", "fay", "clinician_id", WHO["ana"], MAY),
    ("appointments", "Cleo with Ana, Ana's", "ana", "clinician_id", WHO["ash"], MAY_NOT),
    ("appointments", "Noor with Ash, Fay's", "ash", "clinician_id", WHO["ana"], MAY_NOT),
    ("appointments", "Noor with Ash, Fay's", "fay", "clinician_id", WHO["ana"], MAY),
    ("clinician_hours", "Ana's", "ana", "person_id", WHO["ash"], MAY_NOT),
    ("clinician_hours", "Ash's", "ash", "person_id", WHO["ana"], MAY_NOT),
    ("clinician_hours", "Ash's", "ada", "person_id", WHO["ana"], MAY),
    ("clinical_notes", "Cleo's, Ana's draft", "ana", "author_id", WHO["ash"], MAY_NOT),
    ("clinical_notes", "Noor's, Ash's draft", "ash", "author_id", WHO["ana"], MAY_NOT),
    ("clinical_notes", "Cleo's, Ana's draft", "ana", "signed_at", datetime(2026, 1, 1, tzinfo=UTC), MAY),
    ("break_glass_access", "Ana of Vera, running", "ana", "ended_at", datetime(2026, 1, 1, tzinfo=UTC), MAY),
    ("break_glass_access", "Ana of Vera, running", "ada", "ended_at", datetime(2026, 1, 1, tzinfo=UTC), MAY),
    ("break_glass_access", "Ash of Vera, ended", "ash", "ended_at", None, MAY_NOT),
    ("break_glass_access", "Ana of Lex, expired", "ana", "expires_at", datetime(2999, 1, 1, tzinfo=UTC), MAY_NOT),
    ("break_glass_access", "Ana of Vera, running", "ana", "client_id", THEO, MAY_NOT),
    ("break_glass_access", "Ben of Vera, running", "ben", "staff_id", WHO["ana"], MAY_NOT),
    ("break_glass_access", "Sam of Vera, running", "sam", "client_id", THEO, MAY_NOT),
    ("break_glass_access", "Ana of Lex, expired", "ana", "review_outcome", "appropriate", MAY_NOT),
    ("break_glass_access", "Ana of Vera, running", "ada", "review_outcome", "appropriate", MAY_NOT),
    ("client_documents", "Cleo's, Ana's", "ana", "client_id", NOOR, MAY_NOT),
    ("client_documents", "Cleo's, Ana's", "ana", "uploader_id", WHO["ash"], MAY_NOT),
    ("client_documents", "Cleo's, Ana's", "fay", "status", "quarantined", MAY_NOT),
    ("client_documents", "Cleo's, Ana's", "ada", "status", "quarantined", MAY_NOT),
    ("client_documents", "Cleo's, Ana's", "ana", "status", "quarantined", MAY_NOT),
    ("client_documents", "Noor's, Ash's", "ash", "status", "quarantined", MAY_NOT),
    ("client_documents", "Cleo's, Ana's", "ana", "title", "y", MAY),
    ("storage.objects", "Cleo's, Ana's", "sys", "owner_id", WHO["ash"], MAY_NOT),
    ("storage.objects", "Cleo's, Ana's", "sys", "state", "missing", MAY),
    ("psychotherapy_notes", "Cleo's, Ana's", "ana", "author_id", WHO["ash"], MAY_NOT),
    ("psychotherapy_notes", "Cleo's, Ana's", "ana", "client_id", THEO, MAY_NOT),
    ("psychotherapy_notes", "Noor's, Ash's", "ash", "author_id", WHO["ana"], MAY_NOT),
    ("psychotherapy_notes", "Cleo's, Ana's", "ana", "version", 2, MAY),
]


SEIZURES = {
    "appointments": ("clinician_id", "ana ash"),
    "appointment_series": ("clinician_id", "ana ash"),
    "clinician_hours": ("person_id", "ana ash"),
    "client_views": ("person_id", "ada sam ana ash fay"),
    "sessions": ("user_id", "ida"),
    "account_emailaddress": ("user_id", "ida"),
    "mfa_authenticator": ("user_id", "ida"),
}
"""Nobody makes a row theirs by writing their own name into it: (column, who might try)."""

OTHER_HATS: dict[str, dict[str, str | dict[str, str]]] = {
    # A right comes from the hat that is worn: the same people under another audience, for every row of a table.
    "ana as supervisor": {
        "note_versions": "",
        "note_amendments": {
            "Cleo's, Ana's signed": "r",
            "Cleo's, imported": "r",
            "Cleo's, Mia's signed": "r",
            "Pia's, Ana's signed": "r",
            "Vera's, Vic's signed": "r",  # her emergency access holds under each of her hats that treat
        },
        "psychotherapy_notes": "",
        "break_glass_access": {"Ana of Vera, running": "rc", "Ana of Lex, expired": "rc"},
        "client_favorites": {"Ana's of Cleo": "rad", "Ana's of Pia": "rd", "Cleo, one's own": "a"},
    },
    "ana as billing": dict.fromkeys(
        (
            *("clients", "appointments", "clinical_notes", "note_versions", "break_glass_access"),
            *("psychotherapy_notes", "client_documents", "storage.objects"),
        ),
        "",
    ),
    "sam as billing": dict.fromkeys(("appointment_series", "appointments", "clinical_notes", "clients"), ""),
    "cleo as billing": dict.fromkeys(("clients", "appointments", "client_alerts", "client_portal_access"), ""),
    "vic as clinician": {
        "clinical_notes": {
            "Noor's, Ash's signed": "r",
            "Vera's, one's own draft": "a",
            "Vera's, Vic's draft": "rac",
            "Vera's, Vic's signed": "r",
        },
        "client_alerts": {"Noor's, Ash's": "r", "Noor's, Sam's": "r", "Vera's, Vic's": "rac"},
        "client_documents": {
            "Noor's, Ash's": "r",
            "Noor's, Ash's in quarantine": "r",
            "Vera's, Vic's": "rac",
            "Vera's, one's own": "a",
        },
        "appointment_series": {"Vera with oneself, one's own": "a"},
    },
    # Clients and those who act for them: nothing without a portal that is on, or an authority that counts today.
    "theo": dict.fromkeys(("clients", "appointments", "client_portal_access"), ""),
    "pia": {"clients": "", "appointments": "", "client_portal_access": {"Pia's, off": "r"}},
    "fred": {"clients": {"Fred": "r"}, "appointments": "", "client_portal_access": {"Fred's": "r"}},
    "lou": {"clients": "", "appointments": "", "client_guardians": {"Lou of Cleo, ended": "r"}},
    "ned": {"clients": "", "appointments": "", "client_guardians": {"Ned of Cleo, to come": "r"}},
    "max": {"clients": "", "appointments": "", "client_guardians": {"Max of Cleo, unverified": "r"}},
    "kim": {"clients": "", "appointments": "", "client_guardians": {"Kim of Noor, who pays": "r"}},
    "nan": {"clients": "", "appointments": "", "client_guardians": {"Nan of Pia, of age": "r"}},
    "pam": {
        "clients": {"Lex": "r"},
        "appointments": {"Lex with Ben, Ben's": "r"},
        "client_guardians": {"Pam of Lex": "r"},
        "emergency_contacts": "",
        "clinical_notes": "",
    },
}


def cells() -> list[tuple[str, str, str, str]]:
    """(table, row, person, verbs) for every cell."""
    found = []
    for table, grid in GRIDS.items():
        for line in grid.strip().splitlines():
            label, rest = _split(line)
            for person, verbs in zip(PEOPLE, rest, strict=True):
                found.append((table, label, person, verbs.replace("-", "")))
    for person, tables in OTHER_HATS.items():
        for table, rows in tables.items():
            allowed = rows if isinstance(rows, dict) else {}
            labels = {label for of, label, _, _ in found if of == table}
            found += [(table, label, person, allowed.get(label, "")) for label in sorted(labels)]
    return found


def _split(line: str) -> tuple[str, list[str]]:
    words = line.split()
    return " ".join(words[: -len(PEOPLE)]), words[-len(PEOPLE) :]
