a = "%{for b c}x%{endfor}"
