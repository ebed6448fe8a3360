"""What staff see of the money."""
