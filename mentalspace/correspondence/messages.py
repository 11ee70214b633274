"""The test message."""

from mentalspace.correspondence.actions import TEST
from mentalspace.notify.messages import message

message(TEST, subject="A test message", body="This is a test message of {practice}. It has arrived.\n")
