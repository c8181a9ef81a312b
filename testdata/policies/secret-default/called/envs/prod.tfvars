api_token = "Prod-Horse-4"
