"""Clients, who is with them, and what stands in the chart's head; emergency access to all of it.

ada mia eve sam vic ana ash ben bea fay cleo gus sys imp id ida job
"""

GRIDS = {
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
        Cleo's, in Mia's name      - a - - - - - - - - - - - - - - -
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
        Cleo's, in Mia's name      - - - - - - - - - - - - - a - - -
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
}
