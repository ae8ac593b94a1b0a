"""Why a plan is as it is: what binds, what more is worth, who goes short, and what if."""
