"""A right comes from the hat that is worn: the same people under another audience, for every row of a table."""

_DOCUMENTS = ("Cleo's, Ana's", "Cleo's, Mia's", "Cleo's, Ana's in quarantine", "Cleo's, signed", "Vera's, Vic's")
_TO_SIGN = tuple(f"{whose} to sign" for whose in ("Cleo's, Ana's", "Cleo's, Mia's", "Cleo's, Client's"))
_IN_FORMS = ("Cleo's, of an intake", "Cleo's, of an assessment", "Vera's, of an assessment")
_LIBRARY = ("Ada's in the library", "Mia's in the library, in quarantine")
_SESSIONS = ("Cleo with Ana, Ana's", "Theo with Ana, Fay's", "Theo with Ana, Ada's")

OTHER_HATS: dict[str, dict[str, str | dict[str, str]]] = {
    "ana as supervisor": {
        "note_versions": "",
        "note_amendments": {
            "Cleo's, Ana's signed": "r",
            "Cleo's, imported": "r",
            "Cleo's, Mia's signed": "r",
            "Pia's, Ana's signed": "r",
            "Vera's, Vic's signed": "r",  # her emergency access holds under each of her hats that treat
        },
        "psychotherapy_notes": "",
        # She treats Cleo, sees Theo in her calendar and Vera in an emergency; under this hat she writes only alerts.
        "clients": dict.fromkeys(("Cleo", "Vera"), "r"),
        "emergency_contacts": dict.fromkeys(("Cleo's", "Vera's"), "r"),
        "client_portal_access": dict.fromkeys(("Cleo's", "Vera's"), "r"),
        "client_guardians": dict.fromkeys(
            (
                *("Gus of Cleo", "Lou of Cleo, ended", "Ned of Cleo, to come", "Max of Cleo, unverified"),
                "Vera's, without account",
            ),
            "r",
        ),
        "client_alerts": {"Cleo's, Ana's": "rac", "Cleo's, one's own": "a", "Vera's, Vic's": "r"},
        "diagnoses": dict.fromkeys(("Cleo's, Ana's", "Vera's, Vic's"), "r"),
        "client_documents": dict.fromkeys(_DOCUMENTS, "r"),
        "signature_requests": dict.fromkeys(("Cleo's, Ana's", "Vera's, Vic's"), "r"),
        "document_shares": dict.fromkeys(("Cleo's, Ana's", "Vera's, Vic's"), "r"),
        "signature_request_signers": dict.fromkeys((*_TO_SIGN, "Vera's, Vic's to sign", "Vera's, Ana's to sign"), "r"),
        "storage.objects": dict.fromkeys((*_DOCUMENTS, *_LIBRARY, *_IN_FORMS), "r"),
        "appointments": dict.fromkeys(
            (*_SESSIONS, "Cleo with Ana, held", "Cleo with Mia, Fay's", "Vera with Vic, Vic's"), "r"
        ),
        "appointment_series": dict.fromkeys(_SESSIONS, "r"),
        "contact_consents": dict.fromkeys(
            ("Cleo's, Ana's", "Cleo's, Ana's, revoked", "Theo's, Fay's", "Theo's, Ada's"), "r"
        ),
        "client_reminder_preferences": dict.fromkeys(("Cleo's", "Theo's"), "r"),
        "reminder_logs": dict.fromkeys(
            (
                *("Cleo with Ana", "Cleo with Mia", "Theo with Ana"),
                *("Cleo with Ana, sent", "Cleo with Ana, held", "Cleo with Ana, handed over"),
            ),
            "r",
        ),
        "form_assignments": dict.fromkeys(
            ("Cleo's intake, Ana's", "Cleo's assessment, Ana's", "Vera's assessment, Vic's"), "r"
        ),
        "form_responses": dict.fromkeys(("Cleo's intake", "Cleo's assessment", "Vera's assessment"), "r"),
        "break_glass_access": {"Ana of Vera, running": "rc", "Ana of Lex, expired": "rc"},
        "client_favorites": {"Ana's of Cleo": "rad", "Ana's of Pia": "rd", "Cleo, one's own": "a"},
    },
    "ana as billing": {
        **dict.fromkeys(("clients", "appointments", "clinical_notes", "note_versions", "break_glass_access"), ""),
        **dict.fromkeys(("psychotherapy_notes", "client_documents", "document_texts"), ""),
        **dict.fromkeys(("form_assignments", "form_responses", "form_templates"), ""),
        **dict.fromkeys(("signature_requests", "signature_request_signers", "document_shares"), ""),
        "storage.objects": dict.fromkeys(_LIBRARY, "r"),
    },
    "sam as billing": dict.fromkeys(("appointment_series", "appointments", "clinical_notes", "clients"), ""),
    "cleo as billing": dict.fromkeys(("clients", "appointments", "client_alerts", "client_portal_access"), ""),
    "vic as clinician": {
        "clinical_notes": {
            "Noor's, Ash's signed": "r",
            "Vera's, one's own draft": "a",
            "Vera's, Vic's draft": "rac",
            "Vera's, Vic's signed": "r",
        },
        "client_alerts": {"Noor's, Ash's": "r", "Noor's, Sam's": "r", "Vera's, Vic's": "rac"},
        "reminder_logs": {
            **dict.fromkeys(("Noor with Ash", "Noor with Ash, sent", "Noor with Mia"), "r"),
            "Vera with Vic": "rac",
        },
        "client_documents": {
            "Noor's, Ash's": "r",
            "Noor's, Ash's in quarantine": "r",
            "Vera's, Vic's": "rac",
            "Vera's, one's own": "a",
        },
        "appointment_series": {"Vera with oneself, one's own": "a"},
    },
    # Clients and those who act for them: nothing without a portal that is on, or an authority that counts today.
    "theo": dict.fromkeys(("clients", "appointments", "client_portal_access"), ""),
    "pia": {"clients": "", "appointments": "", "client_portal_access": {"Pia's, off": "r"}},
    "fred": {"clients": {"Fred": "r"}, "appointments": "", "client_portal_access": {"Fred's": "r"}},
    "lou": {"clients": "", "appointments": "", "client_guardians": {"Lou of Cleo, ended": "r"}},
    "ned": {"clients": "", "appointments": "", "client_guardians": {"Ned of Cleo, to come": "r"}},
    "max": {"clients": "", "appointments": "", "client_guardians": {"Max of Cleo, unverified": "r"}},
    "kim": {"clients": "", "appointments": "", "client_guardians": {"Kim of Noor, who pays": "r"}},
    "nan": {"clients": "", "appointments": "", "client_guardians": {"Nan of Pia, of age": "r"}},
    "pam": {
        "clients": {"Lex": "r"},
        "appointments": {"Lex with Ben, Ben's": "r"},
        "client_guardians": {"Pam of Lex": "r"},
        "emergency_contacts": "",
        "clinical_notes": "",
    },
}
