"""The staff's page of the day, and the board for the wall."""
