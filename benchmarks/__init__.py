"""Measurements that are run by hand: numbers for the documentation, never tests."""
