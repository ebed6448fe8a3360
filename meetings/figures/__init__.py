"""What receptions came to: waiting, talks, assignments in time and confirmed, subjects, by month."""
