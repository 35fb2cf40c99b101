"""What the public reads beyond the pages themselves."""
