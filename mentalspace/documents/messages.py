"""What documents tell: see `signing.messages` and `sharing.messages`."""
