"""What documents tell, of signatures and of sharing."""

from mentalspace.documents.sharing.messages import SHARED as SHARED
from mentalspace.documents.signing.messages import LINK as LINK
