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
    # What was asked for and has not begun; the system does it, and what has ended stays.
    "maintenance_runs": """
        Ada's                      ra r r - - - - - - - - - rac - - - -
        one's own                  a a a - - - - - - - - - a - - - -
        one's own, done            - - - - - - - - - - - - a - - - -
        done                       r r r - - - - - - - - - ra - - - -
        next door                  - - - - - - - - - - - - - - - - -
    """,
    "system_alert_rules": """
        the product's              rac rac rac - - - - - - - - - ra - - - -
        another                    a a a - - - - - - - - - a - - - -
        next door                  - - - - - - - - - - - - - - - - -
    """,
    # What has not held for long enough is the system's alone; people take on what is open (`moves`).
    "system_alerts": """
        pending                    - - - - - - - - - - - - racd - - - -
        open                       r r r - - - - - - - - - rac - - - -
        acknowledged               r r r - - - - - - - - - rac - - - -
        resolved                   r r r - - - - - - - - - rac - - - -
        next door                  - - - - - - - - - - - - - - - - -
    """,
    "system_alert_lines": """
        opened                     r r r - - - - - - - - - ra - - - -
        Ada took it on             ra r r - - - - - - - - - ra - - - -
        one's own                  a a a - - - - - - - - - a - - - -
        one's own, of another kind - - - - - - - - - - - - a - - - -
        next door                  - - - - - - - - - - - - - - - - -
    """,
    "alert_webhooks": """
        Ada's                      rac rc rc - - - - - - - - - r - - - -
        one's own                  a a a - - - - - - - - - - - - - -
        next door                  - - - - - - - - - - - - - - - - -
    """,
    "alert_webhook_deliveries": """
        Ada's                      ra ra ra - - - - - - - - - rac - - - -
        delivered                  r r r - - - - - - - - - r - - - -
        next door                  - - - - - - - - - - - - - - - - -
    """,
}
