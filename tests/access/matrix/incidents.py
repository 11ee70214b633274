"""Incidents of operations: opened by administrators and by the practice's system, worked on by administrators.

ada mia eve sam vic ana ash ben bea fay cleo gus sys imp id ida job
"""

GRIDS = {
    "operations_incidents": """
        Ada's                      rac rc rc - - - - - - - - - rc - - - -
        the product's              rc rc rc - - - - - - - - - rac - - - -
        Ada's, closed              r r r - - - - - - - - - r - - - -
        one's own                  a a a - - - - - - - - - a - - - -
        next door                  - - - - - - - - - - - - - - - - -
    """,
    "operations_incident_lines": """
        Ada's                      ra r r - - - - - - - - - r - - - -
        the product's              r r r - - - - - - - - - ra - - - -
        one's own                  a a a - - - - - - - - - a - - - -
        next door                  - - - - - - - - - - - - - - - - -
    """,
    "operations_incident_links": """
        Ada's                      ra r r - - - - - - - - - r - - - -
        one's own                  a a a - - - - - - - - - a - - - -
        next door                  - - - - - - - - - - - - - - - - -
    """,
    "operations_incident_action_items": """
        Ada's                      rac rc rc - - - - - - - - - r - - - -
        one's own                  a a a - - - - - - - - - - - - - -
        next door                  - - - - - - - - - - - - - - - - -
    """,
    "operations_post_mortems": """
        Ada's                      rac rc rc - - - - - - - - - - - - - -
        Ada's, published           r r r - - - - - - - - - - - - - -
        one's own                  a a a - - - - - - - - - - - - - -
        next door                  - - - - - - - - - - - - - - - - -
    """,
    "on_call_rotations": """
        here                       rac rac rac - - - - - - - - - r - - - -
        next door                  - - - - - - - - - - - - - - - - -
    """,
    "on_call_overrides": """
        Ada's                      rac rc rc - - - - - - - - - r - - - -
        one's own                  a a a - - - - - - - - - - - - - -
        next door                  - - - - - - - - - - - - - - - - -
    """,
    "operations_incident_rules": """
        the product's              rc rc rc - - - - - - - - - ra - - - -
        another                    - - - - - - - - - - - - a - - - -
        next door                  - - - - - - - - - - - - - - - - -
    """,
    # What names clients is the administrators' alone; the system counts days on what was declared, and who was told.
    "operations_incident_extracts": """
        Ada's                      ra r r - - - - - - - - - - - - - -
        one's own                  a a a - - - - - - - - - - - - - -
        next door                  - - - - - - - - - - - - - - - - -
    """,
    "breach_assessments": """
        Ada's                      rac rc rc - - - - - - - - - rc - - - -
        Ada's, decided             r r r - - - - - - - - - rc - - - -
        one's own                  a a a - - - - - - - - - - - - - -
        next door                  - - - - - - - - - - - - - - - - -
    """,
    "breach_affected_people": """
        of an open one             rac rac rac - - - - - - - - - r - - - -
        of a decided one           rc rc rc - - - - - - - - - r - - - -
        another                    a a a - - - - - - - - - - - - - -
        next door                  - - - - - - - - - - - - - - - - -
    """,
}
