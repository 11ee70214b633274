"""Forms: what the practice asks, who was given it, and what was answered.

ada mia eve sam vic ana ash ben bea fay cleo gus sys imp id ida job
"""

GRIDS = {
    # Those who give forms out read what is asked; administrators keep it.
    "form_templates": """
        Ada's draft                rac rc rc r r r r r - r - - r - - - -
        Ada's intake               rac rc rc r r r r r - r - - r - - - -
        Ada's assessment           rac rc rc r r r r r - r - - r - - - -
        one's own                  a a a - - - - - - - - - - - - - -
        next door                  - - - - - - - - - - - - - - - - -
    """,
    # Forms that are given together: read by those who give forms, kept by administrators.
    "form_packets": """
        Ada's                      rac rc rc r r r r r - r - - - - - - -
        one's own                  a a a - - - - - - - - - - - - - -
        next door                  - - - - - - - - - - - - - - - - -
    """,
    # Given and reviewed by those who write in the chart; the front desk has the administrative ones and no others.
    "form_assignments": """
        Cleo's intake, Ana's       rc rc rc - - rac - - - rc - - rc - - - -
        Cleo's assessment, Ana's   rc rc rc - - rac - - - - - - rc - - - -
        Noor's assessment, Ash's   rc rc rc r r - rac - - - - - rc - - - -
        Theo's intake, Fay's       rc rc rc - - - - - - rac - - rc - - - -
        Theo's assessment, Ada's   rac rc rc - - - - - - - - - rc - - - -
        Vera's assessment, Vic's   rc rc rc r rac r - r - - - - rc - - - -
        Cleo's intake, one's own   a a a - - a - - - a - - - - - - -
        Noor's assessment, one's own  a a a - - - a - - - - - - - - - -
        Cleo's intake, in Ada's name  a - - - - - - - - - - - - - - - -
        Noor's assessment, in Ada's name  a - - - - - - - - - - - - - - - -
        Theo's intake, one's own   a a a - - - - - - a - - - - - - -
        Theo's assessment, one's own  a a a - - - - - - - - - - - - - -
        next door                  - - - - - - - - - - - - - - - - -
    """,
    # Recorded in one's own name, and only revoked, by whoever says so (`moves`). Not the front desk's to know.
    "client_consents": """
        Cleo's, Ana's              r r r - - ra - - - - - - - - - - -
        Noor's, Ash's              r r r r r - ra - - - - - - - - - -
        Theo's, Ada's              ra r r - - - - - - - - - - - - - -
        Vera's, Vic's              r r r r ra r - r - - - - - - - - -
        Cleo's, Ana's, revoked     r r r - - r - - - - - - - - - - -
        Cleo's, one's own          a a a - - a - - - - - - - - - - -
        Noor's, one's own          a a a - - - a - - - - - - - - - -
        Theo's, one's own          a a a - - - - - - - - - - - - - -
        Cleo's, in Ada's name      a - - - - - - - - - - - - - - - -
        Noor's, in Ada's name      a - - - - - - - - - - - - - - - -
        Cleo's, one's own, revoked - - - - - - - - - - - - - - - - -
        Noor's, one's own, revoked - - - - - - - - - - - - - - - - -
        next door                  - - - - - - - - - - - - - - - - -
    """,
    # Sent and revoked by whoever may give the form. The system counts tries at them for whoever has one.
    "form_links": """
        Cleo's intake, Ana's       rc rc rc - - rac - - - rc - - rc - - - -
        Cleo's assessment, Ana's   rc rc rc - - rac - - - - - - rc - - - -
        Noor's assessment, Ash's   rc rc rc r r - rac - - - - - rc - - - -
        Theo's intake, Fay's       rc rc rc - - - - - - rac - - rc - - - -
        Theo's assessment, Ada's   rac rc rc - - - - - - - - - rc - - - -
        Vera's assessment, Vic's   rc rc rc r rac r - r - - - - rc - - - -
        Cleo's intake, one's own   a a a - - a - - - a - - - - - - -
        Cleo's assessment, one's own  a a a - - a - - - - - - - - - - -
        Noor's assessment, one's own  a a a - - - a - - - - - - - - - -
        Cleo's intake, in Ada's name  a - - - - - - - - - - - - - - - -
        Noor's assessment, in Ada's name  a - - - - - - - - - - - - - - - -
        Theo's intake, one's own   a a a - - - - - - a - - - - - - -
        next door                  - - - - - - - - - - - - - - - - -
    """,
    # Brought by whoever fills the form, and by the system for whoever has a link; what it became is added.
    "form_files": """
        Cleo's intake, Ana's       rc rc rc - - rac - - - rc - - rc - - - -
        Cleo's assessment, Ana's   rc rc rc - - rac - - - - - - rc - - - -
        Noor's assessment, Ash's   rc rc rc r r - rac - - - - - rc - - - -
        Theo's intake, Fay's       rc rc rc - - - - - - rac - - rc - - - -
        Theo's assessment, Ada's   rac rc rc - - - - - - - - - rc - - - -
        Vera's assessment, Vic's   rc rc rc r rac r - r - - - - rc - - - -
        Cleo's intake, one's own   a a a - - a - - - a - - a - - - -
        Noor's assessment, one's own  a a a - - - a - - - - - a - - - -
        Theo's intake, one's own   a a a - - - - - - a - - a - - - -
        next door                  - - - - - - - - - - - - - - - - -
    """,
    # Typed into by the staff; by whoever has a link, as the system.
    "form_responses": """
        Cleo's intake              rac rac rac - - rac - - - rac - - rc - - - -
        Cleo's assessment          rac rac rac - - rac - - - - - - rc - - - -
        Noor's assessment          rac rac rac r r - rac - - - - - rc - - - -
        Theo's intake              rac rac rac - - - - - - rac - - rc - - - -
        Theo's assessment          rac rac rac - - - - - - - - - rc - - - -
        Vera's assessment          rac rac rac r rac r - r - - - - rc - - - -
        next door                  - - - - - - - - - - - - - - - - -
    """,
}
