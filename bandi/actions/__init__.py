"""What can happen to calls and to what belongs to them: one function for each change."""
