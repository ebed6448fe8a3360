"""What printing, copying and scanning cost, what was paid for it, and what the room tells of both."""
