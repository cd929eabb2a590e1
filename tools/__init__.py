"""Small programs that the Makefile, the tests and the image call; nothing here is part of the site."""
