"""A small form with everything in it, and how it is published and given, in tests."""

from typing import Any

from tests.cast import CLEO

ASKING: dict[str, Any] = {
    "fields": [
        {"key": "about", "kind": "heading", "label": "About you"},
        {"key": "name", "kind": "text", "label": "What shall we call you?", "required": True},
        {"key": "takes", "kind": "yes_no", "label": "Do you take medication?", "required": True},
        {
            "key": "which",
            "kind": "long_text",
            "label": "Which?",
            "required": True,
            "show_when": {"field": "takes", "value": "yes"},
        },
        {
            "key": "rest",
            "kind": "scored",
            "label": "How do you rest?",
            "score": "rest",
            "options": [{"key": "well", "label": "Well"}, {"key": "badly", "label": "Badly", "points": 2}],
        },
        {"key": "sign", "kind": "signature", "label": "I have read this", "required": True},
    ],
    "scores": [
        {
            "key": "rest",
            "label": "Rest",
            "bands": [{"least": 0, "most": 1, "label": "rested"}, {"least": 2, "most": 2, "label": "tired"}],
        }
    ],
}
SIGNED = {"name": "Cleo Client", "date": "2026-03-02", "signed": True}
ANSWERS = {"name": "Cleo", "takes": False, "rest": "badly", "sign": SIGNED}


def draft(http: Any, **more: Any) -> dict[str, Any]:
    """A form of Ada's that is not published."""
    answer = http("ada").call("post", "/form-templates", {"title": "Welcome", "definition": ASKING} | more)
    assert answer.status_code == 201, answer.content
    made: dict[str, Any] = answer.json()
    return made


def publish(http: Any, template: dict[str, Any]) -> Any:
    return http("ada").call("post", f"/form-templates/{template['id']}/publication", {"version": template["version"]})


def published(http: Any, **more: Any) -> dict[str, Any]:
    answer = publish(http, draft(http, **more))
    assert answer.status_code == 200, answer.content
    made: dict[str, Any] = answer.json()
    return made


def give(http: Any, template: dict[str, Any], who: str = "ana", client: Any = CLEO, **more: Any) -> Any:
    return http(who).call("post", f"/clients/{client}/forms", {"template_id": template["id"]} | more)


def given(http: Any, who: str = "ana", client: Any = CLEO, **more: Any) -> dict[str, Any]:
    """A form that somebody has given a client."""
    answer = give(http, published(http, **more), who, client)
    assert answer.status_code == 201, answer.content
    made: dict[str, Any] = answer.json()
    return made


def save(http: Any, form: dict[str, Any], answers: dict[str, Any], version: int = 1, who: str = "ana") -> Any:
    return http(who).call("put", f"/forms/{form['id']}/answers", {"version": version, "answers": answers})


def send(http: Any, form: dict[str, Any], answers: dict[str, Any], version: int = 1, who: str = "ana") -> Any:
    return http(who).call("post", f"/forms/{form['id']}/submission", {"version": version, "answers": answers})


def review(http: Any, form: dict[str, Any], outcome: str, note: str = "", number: int = 1, who: str = "ana") -> Any:
    body = {"round": number, "outcome": outcome, "note": note}
    return http(who).call("post", f"/forms/{form['id']}/review", body)
