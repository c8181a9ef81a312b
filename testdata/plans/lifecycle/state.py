"""Leaves a deposed object of the launch template behind."""
import json, sys
path = sys.argv[1]
state = json.load(open(path))
for resource in state['resources']:
    if resource['type'] == 'aws_launch_template':
        resource['instances'].append({**resource['instances'][0], 'deposed': 'byebye01'})
json.dump(state, open(path, 'w'))
