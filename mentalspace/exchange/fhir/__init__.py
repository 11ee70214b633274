"""FHIR R4 as it arrives in files: pure reading and mapping, without a database.

`reading` streams resources, `mapping` turns one into a draft of one of our rows or says why it cannot.
"""
