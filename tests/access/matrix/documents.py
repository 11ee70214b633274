"""Files in the buckets, and the documents of charts that name them.

ada mia eve sam vic ana ash ben bea fay cleo gus sys imp id ida job
"""

GRIDS = {
    # Documents: the care team and the office read and keep them; a supervisor reads; what is in quarantine stays.
    # The system alone puts in one that is signed, and makes it the latest.
    # A file is seen through the document that names it, and brought in one's own name into one's own bucket.
    "client_documents": """
        Cleo's, Ana's              rc rc rc - - rac - - - rc - - rc - - - -
        Cleo's, Mia's              rc rac rc - - rc - - - rc - - rc - - - -
        Cleo's, Ana's in quarantine  r r r - - ra - - - r - - r - - - -
        Noor's, Ash's in quarantine  r r r r r - ra - - r - - r - - - -
        Theo's, Ada's in quarantine  ra r r - - - - - - r - - r - - - -
        Theo's, Fay's in quarantine  r r r - - - - - - ra - - r - - - -
        Noor's, Ash's              rc rc rc r r - rac - - rc - - rc - - - -
        Noor's, in Ana's name      - - - - - - - - - - - - - - - - -
        Theo's, Fay's              rc rc rc - - - - - - rac - - rc - - - -
        Theo's, Ada's              rac rc rc - - - - - - rc - - rc - - - -
        Pia's, Fay's               rc rc rc - - - - - - rac - - rc - - - -
        Vera's, Vic's              rc rc rc r rac r - r - rc - - rc - - - -
        Cleo's, signed             rc rc rc - - rc - - - rc - - rac - - - -
        Cleo's, signed, one's own  - - - - - - - - - - - - a - - - -
        Noor's, signed, one's own  - - - - - - - - - - - - a - - - -
        Cleo's, signed, in Ana's name  - - - - - - - - - - - - - - - - -
        Cleo's, one's own          a a a - - a - - - a - - - - - - -
        Noor's, one's own          a a a - - - a - - a - - - - - - -
        Theo's, one's own          a a a - - - - - - a - - - - - - -
        Vera's, one's own          a a a - a - - - - a - - - - - - -
        next door                  - - - - - - - - - - - - - - - - -
    """,
    # The words in a file: whoever may read the document, word by word; only the system reads them out of it, and
    # lets go of them with the file.
    "document_texts": """
        Cleo's, Ana's              r r r - - r - - - r - - rad - - - -
        Noor's, Ash's              r r r r r - r - - r - - rad - - - -
        Theo's, Fay's              r r r - - - - - - r - - rad - - - -
        Vera's, Vic's              r r r r r r - r - r - - rad - - - -
        next door                  - - - - - - - - - - - - - - - - -
    """,
    # Signatures are asked for, in one's own name, by those who keep the document, and withdrawn by them; the system
    # takes a request further.
    "signature_requests": """
        Cleo's, Ana's              rc rc rc - - rac - - - rc - - rc - - - -
        Noor's, Ash's              rc rc rc r r - rac - - rc - - rc - - - -
        Theo's, Fay's              rc rc rc - - - - - - rac - - rc - - - -
        Theo's, Ada's              rac rc rc - - - - - - rc - - rc - - - -
        Vera's, Vic's              rc rc rc r rac r - r - rc - - rc - - - -
        Cleo's, one's own          a a a - - a - - - a - - - - - - -
        Noor's, one's own          a a a - - - a - - a - - - - - - -
        Theo's, one's own          a a a - - - - - - a - - - - - - -
        Vera's, one's own          a a a - a - - - - a - - - - - - -
        Theo's, in Ada's name      a - - - - - - - - - - - - - - - -
        Cleo's, in Ada's name      a - - - - - - - - - - - - - - - -
        Noor's, in Ada's name      a - - - - - - - - - - - - - - - -
        Cleo's, in Ana's name      - - - - - a - - - - - - - - - - -
        next door                  - - - - - - - - - - - - - - - - -
    """,
    # A place is made for whoever is to sign; only they sign or decline (`moves`), and the system for who signs by link.
    "signature_request_signers": """
        Cleo's, Ana's to sign      ra ra ra - - ra - - - ra - - rc - - - -
        Cleo's, Mia's to sign      ra ra ra - - ra - - - ra - - rc - - - -
        Cleo's, Client's to sign   ra ra ra - - ra - - - ra - - rc - - - -
        Noor's, Ash's to sign      ra ra ra r r - ra - - ra - - rc - - - -
        Noor's, Sam's to sign      ra ra ra r r - ra - - ra - - rc - - - -
        Noor's, Vic's to sign      ra ra ra r r - ra - - ra - - rc - - - -
        Theo's, Fay's to sign      ra ra ra - - - - - - ra - - rc - - - -
        Vera's, Vic's to sign      ra ra ra r ra r - r - ra - - rc - - - -
        Vera's, Ana's to sign      ra ra ra r ra r - r - ra - - rc - - - -
        Cleo's, Ana's, signed at once  - - - - - - - - - - - - - - - - -
        Noor's, Ash's, signed at once  - - - - - - - - - - - - - - - - -
        Theo's, Fay's, signed at once  - - - - - - - - - - - - - - - - -
        Theo's, Ada's, signed at once  - - - - - - - - - - - - - - - - -
        Vera's, Vic's, signed at once  - - - - - - - - - - - - - - - - -
        next door                  - - - - - - - - - - - - - - - - -
    """,
    # A document is shared, in one's own name, by those who keep it, and taken back by them (`moves`); the system counts
    # how often it is read.
    "document_shares": """
        Cleo's, Ana's              r r r - - ra - - - r - - rc - - - -
        Noor's, Ash's              r r r r r - ra - - r - - rc - - - -
        Theo's, Fay's              r r r - - - - - - ra - - rc - - - -
        Theo's, Ada's              ra r r - - - - - - r - - rc - - - -
        Vera's, Vic's              r r r r ra r - r - r - - rc - - - -
        Cleo's, one's own          a a a - - a - - - a - - - - - - -
        Noor's, one's own          a a a - - - a - - a - - - - - - -
        Theo's, one's own          a a a - - - - - - a - - - - - - -
        Vera's, one's own          a a a - a - - - - a - - - - - - -
        Theo's, in Ada's name      a - - - - - - - - - - - - - - - -
        Cleo's, in Ada's name      a - - - - - - - - - - - - - - - -
        Noor's, in Ada's name      a - - - - - - - - - - - - - - - -
        Cleo's, in Ana's name      - - - - - a - - - - - - - - - - -
        Cleo's, taken back already  - - - - - - - - - - - - - - - - -
        Noor's, taken back already  - - - - - - - - - - - - - - - - -
        Vera's, taken back already  - - - - - - - - - - - - - - - - -
        Cleo's, read already       - - - - - - - - - - - - - - - - -
        Noor's, read already       - - - - - - - - - - - - - - - - -
        Vera's, read already       - - - - - - - - - - - - - - - - -
        next door                  - - - - - - - - - - - - - - - - -
    """,
    # The library: all staff read it, administrators keep it in their own name.
    "document_library": """
        Ada's                      rac rc rc r r r r r r r - - r - - - -
        Mia's in quarantine        r ra r r r r r r r r - - r - - - -
        one's own                  a a a - - - - - - - - - - - - - -
        next door                  - - - - - - - - - - - - - - - - -
    """,
    # Templates: all staff read them, administrators write them in their own name.
    "document_templates": """
        Ada's                      rac rc rc r r r r r r r - - - - - - -
        one's own                  a a a - - - - - - - - - - - - - -
        written in Ada's name      a - - - - - - - - - - - - - - - -
        changed in Ada's name      a - - - - - - - - - - - - - - - -
        next door                  - - - - - - - - - - - - - - - - -
    """,
    "storage.objects": """
        Ada's in the library       ra r r r r r r r r r - - rc - - - -
        Mia's in the library, in quarantine  r ra r r r r r r r r - - rc - - - -
        Ada's in the library, that no paper names  a - - - - - - - - - - - rc - - - -
        next door, in the library - - - - - - - - - - - - - - - - -
        Cleo's, Ana's              r r r - - ra - - - r - - rc - - - -
        Cleo's, Mia's              r ra r - - r - - - r - - rc - - - -
        Cleo's, Ana's in quarantine  r r r - - ra - - - r - - rc - - - -
        Noor's, Ash's in quarantine  r r r r r - ra - - r - - rc - - - -
        Theo's, Ada's in quarantine  ra r r - - - - - - r - - rc - - - -
        Theo's, Fay's in quarantine  r r r - - - - - - ra - - rc - - - -
        Noor's, Ash's              r r r r r - ra - - r - - rc - - - -
        Theo's, Fay's              r r r - - - - - - ra - - rc - - - -
        Theo's, Ada's              ra r r - - - - - - r - - rc - - - -
        Pia's, Fay's               r r r - - - - - - ra - - rc - - - -
        Vera's, Vic's              r r r r ra r - r - r - - rc - - - -
        Ana's, that no document names  - - - - - a - - - - - - rc - - - -
        Cleo's, signed             r r r - - r - - - r - - rac - - - -
        Cleo's, of an intake       r r r - - ra - - - r - - rc - - - -
        Cleo's, of an assessment   r r r - - ra - - - - - - rc - - - -
        Noor's, of an assessment   r r r r r - ra - - - - - rc - - - -
        Theo's, of an intake       r r r - - - - - - ra - - rc - - - -
        Theo's, of an assessment   ra r r - - - - - - - - - rc - - - -
        Vera's, of an assessment   r r r r ra r - r - - - - rc - - - -
        one's own, of a form       a a a - a a a a - a - - a - - - -
        next door, of a form       - - - - - - - - - - - - - - - - -
        one's own                  a a a - a a a a - a - - a - - - -
        one's own, in another bucket  - - - - - - - - - - - - - - - - -
        one's own, in the library  a a a - - - - - - - - - - - - - -
        next door                  - - - - - - - - - - - - - - - - -
    """,
    # Upkeep of the files: administrators ask, in their own name; the practice's system does it.
    "storage_settings": """
        here                       rac rac rac - - - - - - - - - rac - - - -
        next door                  - - - - - - - - - - - - - - - - -
    """,
    "storage_runs": """
        Ada's                      rac r r - - - - - - - - - rc - - - -
        Ada's, finished            ra r r - - - - - - - - - r - - - -
        by night                   r r r - - - - - - - - - rac - - - -
        one's own                  a a a - - - - - - - - - a - - - -
        next door                  - - - - - - - - - - - - - - - - -
    """,
    # Files on their way: their owner's alone; the system lets go of what is left.
    "uploads": """
        Ana's                      - - - - - racd - - - - - - rd - - - -
        Ada's                      racd - - - - - - - - - - - rd - - - -
        Ash's                      - - - - - - racd - - - - - rd - - - -
        Fay's                      - - - - - - - - - racd - - rd - - - -
        one's own                  a a a - a a a a - a - - - - - - -
        next door                  - - - - - - - - - - - - - - - - -
    """,
    "upload_pieces": """
        Ana's                      - - - - - rad - - - - - - rd - - - -
        Ada's                      rad - - - - - - - - - - - rd - - - -
        Ash's                      - - - - - - rad - - - - - rd - - - -
        Fay's                      - - - - - - - - - rad - - rd - - - -
        next door                  - - - - - - - - - - - - - - - - -
    """,
    "storage.buckets": """
        of every practice          r r r r r r r r r r - - r - - - -
    """,
}
