"""How people come in and stay the only ones: sign-up, sign-in, addresses, second factors."""
