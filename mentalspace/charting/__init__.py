"""The clinical record: notes, their versions, signatures and amendments."""
