"""The day of a reception: who comes, who is called next and where, and what the board on the wall shows."""
