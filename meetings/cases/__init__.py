"""What was said at a reception, what was promised, and whether it was done: protocols and assignments."""
