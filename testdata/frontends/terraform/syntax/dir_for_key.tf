a = "%{for k, v in c}${k}%{endfor}"
