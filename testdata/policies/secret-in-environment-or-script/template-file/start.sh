export DB_PASSWORD=${word}
export LEVEL=${level + 1}
