"""The calendar.

ada mia eve sam vic ana ash ben bea fay cleo gus sys imp id ida job
"""

GRIDS = {
    # The calendar: administrator and front desk keep all of it; a clinician's own, for clients they treat.
    "appointment_series": """
        Cleo with Ana, Ana's       rc rc rc - - rac - - - rc - - r - - - -
        Cleo with Mia, Fay's       rc rc rc - - - - - - rac - - r - - - -
        Noor with Ash, Fay's       rc rc rc r r - rc - - rac - - r - - - -
        Noor with Mia, Fay's       rc rc rc - - - - - - rac - - r - - - -
        Theo with Ana, Fay's       rc rc rc - - rc - - - rac - - r - - - -
        Theo with Ash, Fay's       rc rc rc r r - rc - - rac - - r - - - -
        Lex with Ben, Ben's        rc rc rc - - - - rac - rc - - r - - - -
        Cleo with oneself, one's own  a a a - - a - - - a - - - - - - -
        Noor with oneself, one's own  a a a - - - a - - a - - - - - - -
        Vera with oneself, one's own  a a a - a - - - - a - - - - - - -
        Theo with oneself, one's own  a a a - - - - - - a - - - - - - -
        Cleo with Ana, one's own   a a a - - a - - - a - - - - - - -
        Noor with Ana, one's own   a a a - - - - - - a - - - - - - -
        Theo with Ana, one's own   a a a - - - - - - a - - - - - - -
        Cleo with Mia, one's own   a a a - - - - - - a - - - - - - -
        Noor with Mia, one's own   a a a - - - - - - a - - - - - - -
        Theo with Ana, Ada's       rac rc rc - - rc - - - rc - - r - - - -
        next door                  - - - - - - - - - - - - - - - - -
    """,
    "appointments": """
        Cleo with Ana, Ana's       rc rc rc - - rac - - - rc r r rc ra - - -
        Cleo with Ana, held        rc rc rc - - rac - - - rc r r r ra - - -
        Cleo with Mia, Fay's       rc rc rc - - r - - - rac r r r ra - - -
        Noor with Ash, Fay's       rc rc rc r r - rc - - rac - - rc ra - - -
        Noor with Mia, Fay's       rc rc rc r r - r - - rac - - r ra - - -
        Theo with Ana, Fay's       rc rc rc - - rc - - - rac - - r ra - - -
        Theo with Ash, Fay's       rc rc rc r r - rc - - rac - - r ra - - -
        Lex with Ben, Ben's        rc rc rc - - - - rac - rc - - r ra - - -
        Cleo with oneself, one's own  a a a - - a - - - a - - - a - - -
        Noor with oneself, one's own  a a a - - - a - - a - - - a - - -
        Vera with oneself, one's own  a a a - a - - - - a - - - a - - -
        Theo with oneself, one's own  a a a - - - - - - a - - - a - - -
        Cleo with Ana, one's own   a a a - - a - - - a - - - a - - -
        Noor with Ana, one's own   a a a - - - - - - a - - - a - - -
        Theo with Ana, one's own   a a a - - - - - - a - - - a - - -
        Cleo with Mia, one's own   a a a - - - - - - a - - - a - - -
        Noor with Mia, one's own   a a a - - - - - - a - - - a - - -
        Theo with Ana, Ada's       rac rc rc - - rc - - - rc - - r ra - - -
        Vera with Vic, Vic's       rc rc rc r rac r - r - rc - - r ra - - -
        next door                  - - - - - - - - - - - - - - - - -
    """,
    "clinician_hours": """
        Ana's                      racd racd racd r r racd r r r r - - r - - - -
        Ash's                      racd racd racd r r r racd r r r - - r - - - -
        next door                  - - - - - - - - - - - - - - - - -
    """,
}
