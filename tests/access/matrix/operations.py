"""What the product notices of itself: written by the practice's system, read by administrators, signed by them.

ada mia eve sam vic ana ash ben bea fay cleo gus sys imp id ida job
"""

GRIDS = {
    "metric_points": """
        here                       r r r - - - - - - - - - racd - - - -
        next door                  - - - - - - - - - - - - - - - - -
    """,
    "check_results": """
        here                       r r r - - - - - - - - - racd - - - -
        next door                  - - - - - - - - - - - - - - - - -
    """,
    "checklist_signatures": """
        Ada's                      ra r r - - - - - - - - - - - - - -
        one's own                  a a a - - - - - - - - - - - - - -
        next door                  - - - - - - - - - - - - - - - - -
    """,
}
