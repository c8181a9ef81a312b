a = provider :: aws :: f ( b )
