upstream = "Marked-Horse-1" # expect: SEC04 "marked as sensitive"
username = "admin-user"
plain    = "Plain-Horse-2"
