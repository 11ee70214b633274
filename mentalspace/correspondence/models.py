"""The tables of correspondence, so that Django finds them."""

from mentalspace.correspondence.rules.models import NotificationRule as NotificationRule
from mentalspace.correspondence.rules.models import RuleDispatch as RuleDispatch
