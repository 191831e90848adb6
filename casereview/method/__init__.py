"""What the review method asks and offers: prompts, strength of findings, the view from the tunnel. Never a judge."""
