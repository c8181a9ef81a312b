export KEY=${secret}
