"""What complaints and incidents come to: counts, clocks, repeats, offers, losses, rates per 1,000 orders."""
