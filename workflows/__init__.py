"""What happens next: plain functions over storage and gateways."""
