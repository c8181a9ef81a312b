#!/bin/bash
export DB_PASSWORD=corr3ct-horse-11 # expect: SEC05
