"""Who looks at pages."""

NOBODY, NEWCOMER, REGULAR, MANAGER = "nobody", "newcomer", "regular", "manager"
OFFICIAL, TEAM, EMPLOYER = "official", "team", "employer"
