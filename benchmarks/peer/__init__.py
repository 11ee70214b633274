"""GNU Health beside the product in the same run: only with `BENCH_PEER=1`, and nothing else imports this package.

It is installed from PyPI into an environment of its own, `.peer/`, and talked to over HTTP. None of its code is
part of this repository.
"""

NAME = "GNU Health"
