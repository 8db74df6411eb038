"""How people come in: invitations, signing in, second factor, profile, for whom one acts; django-allauth behind."""
