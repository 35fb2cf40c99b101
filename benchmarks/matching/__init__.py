"""What the matching costs and what it gives, against its references. Run ``python -m benchmarks.matching``."""
