"""What courses come to, counted by the database."""
