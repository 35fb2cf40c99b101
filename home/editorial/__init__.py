"""The editors' tools in the admin: what is to be put right, listings, content checks, workflow."""
