"""The audit trail, the incidents raised from it, and what administrators set and look for.

ada mia eve sam vic ana ash ben bea fay cleo gus sys imp id ida job
"""

GRIDS = {
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
        Sam's, open                rc rc rc a - - - - - - - - rc - - - -
        Ash's, open                rc rc rc - - - a - - - - - rc - - - -
        Bea's, open                rc rc rc - - - - - a - - - rc - - - -
        Fay's, open                rc rc rc - - - - - - a - - rc - - - -
        Cleo's, open               rc rc rc - - - - - - - a - rc - - - -
        the practice's, announced  rc rc rc - - - - - - - - - ra - - - -
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
        the practice's, finished   r r r - - - - - - - - - ra - - - -
        one's own                  a a a - - - - - - - - - a - - - -
        next door                  - - - - - - - - - - - - - - - - -
    """,
    "saved_audit_queries": """
        Ada's                      rad - - - - - - - - - - - - - - - -
        Ana's, once administrator  - - - - - - - - - - - - - - - - -
        one's own                  a a a - - - - - - - - - - - - - -
        next door                  - - - - - - - - - - - - - - - - -
    """,
}
