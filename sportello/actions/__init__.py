"""The verbs of the Sportello: one function for each change of state, and every door goes through it.

Each one asks permission, opens a transaction, locks in a fixed order (host, young person, offers by id, applications
by id), checks the guards of the transition table, writes, records the event, and enqueues the e-mails on commit.
"""
