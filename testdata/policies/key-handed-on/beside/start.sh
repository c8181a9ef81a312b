export AWS_SECRET_ACCESS_KEY=${key} # expect: KEY04
export DB_PASSWORD=${word}
