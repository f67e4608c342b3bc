"""The writers of the desk: what an officer has seen, and the address of their calendar."""
