"""Verbs: one function for each change of state, whoever asks for it."""
