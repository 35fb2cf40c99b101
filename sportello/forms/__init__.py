"""What people fill in. Forms check the form of things; the actions decide."""
