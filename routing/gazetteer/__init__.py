"""The offline gazetteer: addresses, streets, compounds and districts of one extract."""
