"""What people type when they write to the police."""
