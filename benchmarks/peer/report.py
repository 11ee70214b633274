"""The page's section on GNU Health: both as they come, and what differs said beside the figures."""

from benchmarks.peer import NAME
from benchmarks.results import Cells, median, ratio

CAVEATS = (
    "GNU Health 5.0 (Tryton 7.0) from PyPI, under the same web server with as many workers and threads, its database"
    " in the same cluster, the same patients and appointments, measured in turns with the product. Of its settings two"
    " are changed, both in its favour: it keeps more connections to the database, and sessions last as long as the"
    " product's. They do not do the same work: the product audits every read in its transaction and lets row-level"
    " security decide; GNU Health audits no read and checks rights in the program. It looks for no conflict when"
    " booking, where the product refuses double booking. Its chart is the patient's own form without the lists below"
    " it. Its search also looks into record numbers, contacts and insurances and has no index for that; the product's"
    " tolerates misspelling. Signing in hashes with scrypt (64 MiB) there and with argon2id here. Its sessions are"
    " checked and renewed in transactions of their own at each request."
)


def section(cells: Cells) -> list[str]:
    """Lines of Markdown: a table for each number of users."""
    lines = ["", f"## Beside {NAME}", "", CAVEATS]
    for users in sorted({key[2] for key in cells}):
        lines += ["", f"{users} user{'s' if users > 1 else ''}:", ""]
        lines += [
            f"| scenario | product req/s | {NAME} req/s | product ÷ {NAME} | p95 ms: product, {NAME} |"
            f" CPU ms (web + database): product | {NAME} |",
            "|---|---|---|---|---|---|---|",
        ]
        for name in dict.fromkeys(key[0] for key in cells if key[1] == NAME):
            ours, theirs = cells[(name, "product", users)], cells[(name, NAME, users)]
            cpu = [f"{median(each, 'web_ms'):.2f} + {median(each, 'database_ms'):.2f}" for each in (ours, theirs)]
            lines.append(
                f"| {name} | {median(ours, 'rate'):.0f} | {median(theirs, 'rate'):.0f} | {ratio(ours, theirs):.1f}× |"
                f" {median(ours, 'p95'):.1f}, {median(theirs, 'p95'):.1f} | {cpu[0]} | {cpu[1]} |"
            )
    return lines
