"""What residents and staff see of copying and scanning."""
