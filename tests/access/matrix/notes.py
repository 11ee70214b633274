"""Clinical notes, psychotherapy notes and measures.

ada mia eve sam vic ana ash ben bea fay cleo gus sys imp id ida job
"""

GRIDS = {
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
        Cleo's, one's own draft, called imported - - - - - a - - - - - - - - - - -
        Noor's, one's own signed, called imported - - - - - - - - - - - - - a - - -
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
        Cleo's, Mia's to be        - - - - - - - - - - - - - - - - -
        Noor's, Mia's to be        - - - - - - - - - - - - - - - - -
        next door                  - - - - - - - - - - - - - - - - -
    """,
}
