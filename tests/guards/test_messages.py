"""Whoever sends messages knows every kind of them: the worker loads no page of the API."""

import subprocess
import sys

ASKED = """
import django
django.setup()
from mentalspace.notify.messages import KINDS
before = set(KINDS)
import mentalspace.urls
print(sorted(set(KINDS) - before))
"""


def test_no_kind_comes_with_the_api():
    done = subprocess.run([sys.executable, "-c", ASKED], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
