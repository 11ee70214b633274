"""What documents tell: see `signing.messages`."""

from mentalspace.documents.signing import messages as messages
