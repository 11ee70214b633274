"""What every process of the product counts while it works, by Prometheus' own client.

Each process keeps its counters in files of the home's `metrics` folder, which outlive it; the worker adds all of them
up every minute (`collecting`), and `/metrics` shows them to a Prometheus server. A start of the product empties it.
"""

import os

from mentalspace.env import environment
from mentalspace.ops.metrics.rules import BOUNDS

FOLDER = environment().metrics
FOLDER.mkdir(mode=0o700, parents=True, exist_ok=True)
os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(FOLDER)  # read when prometheus_client is imported, and never again

from prometheus_client import CollectorRegistry, Histogram  # noqa: E402
from prometheus_client.multiprocess import MultiProcessCollector  # noqa: E402

REQUESTS = Histogram(
    "mentalspace_request_seconds",
    "Time to answer a request, by route and status.",
    ["method", "route", "status"],
    buckets=BOUNDS,
)
QUERIES = Histogram("mentalspace_query_seconds", "Time of a statement in the database.", buckets=BOUNDS)
PAGES = Histogram("mentalspace_page_seconds", "Time until a page was there, told by browsers.", buckets=BOUNDS)


def registry() -> CollectorRegistry:
    """The counters of all processes together."""
    found = CollectorRegistry()
    MultiProcessCollector(found, path=str(FOLDER))  # type: ignore[no-untyped-call]
    return found
