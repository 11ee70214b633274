"""Pages for people who do not sign in: each is whole by itself, kept by no cache and listed by no search engine."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

HEADERS = {"Cache-Control": "no-store", "X-Robots-Tag": "noindex"}

Words = tuple[str, str]
"""A heading, and what is said under it."""

UNKNOWN: Words = ("This link does not work", "Please open it from the message again, or copy it whole.")


def rendered(request: HttpRequest, template: str, facts: dict[str, Any], status: int = 200) -> HttpResponse:
    answer = render(request, template, facts, status=status)
    for name, value in HEADERS.items():
        answer.headers[name] = value
    return answer


def said(
    request: HttpRequest,
    words: Words,
    facts: dict[str, Any] | None = None,
    *,
    template: str = "said.html",
    status: int = 200,
) -> HttpResponse:
    """A page that says this. `facts` are what else its template shows, such as the `practice`."""
    title, text = words
    return rendered(request, template, {"title": title, "text": text, **(facts or {})}, status)


def again(request: HttpRequest, path: str = "") -> HttpResponse:
    """After the POST of a form: the same address, or this one, which then says how it stands."""
    return HttpResponseRedirect(path or request.path, headers=HEADERS)
