"""Backups of one home: a sealed repository, the log that is streamed into it, and the way back.

Nothing here needs Django or a running product: whoever lost a machine has a folder, a recovery key and this.
"""
