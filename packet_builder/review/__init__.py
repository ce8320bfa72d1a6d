"""What people decide on a packet, what has changed since, and the packet that is filed."""
