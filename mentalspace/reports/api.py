"""Read models over HTTP."""

from ninja import Router

router = Router(tags=["reports"])
