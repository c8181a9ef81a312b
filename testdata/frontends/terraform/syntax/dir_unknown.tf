a = "%{while b}x%{endwhile}"
