"""The staff's pages of a vote on the budget."""
