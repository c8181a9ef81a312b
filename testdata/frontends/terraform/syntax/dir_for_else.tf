a = "%{for b in c}x%{else}y%{endfor}"
