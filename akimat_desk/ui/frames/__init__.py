"""What stands round a screen: the resident's frame, the staff's frame, or nothing."""
