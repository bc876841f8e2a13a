"""Sends clicks as YAML and as JSON, waits for what became of them, and asks
how many were counted.

Needs stomp.py and PyYAML. Arguments: how many of each, and the STOMP port.
"""
import hashlib
import json
import queue
import sys
import time
from datetime import datetime, timezone

import stomp
import yaml

count = int(sys.argv[1]) if len(sys.argv) > 1 else 10
port = int(sys.argv[2]) if len(sys.argv) > 2 else 61613
visits = queue.Queue()
answers = queue.Queue()


class Received(stomp.ConnectionListener):

    def on_message(self, frame):
        if frame.headers['subscription'] == 'answers':
            answers.put(frame)
        else:
            visits.put(json.loads(frame.body))
            connection.ack(frame.headers['ack'])


def click(number):
    message = {
        'session_id': 'python-%d' % (number % 3),
        'ip_address': '203.0.113.0',
        'logged_in': False,
        'user_agent': 'Python ' + sys.version.split()[0],
        'language': 'de, en;q=0.8',
        'uri': '/dance?übung=%d' % number,
        'referrer': None,
        'timestamp': datetime.now(timezone.utc),
        'latency': 0.25,
        'unique': number < 3,
    }
    message['click_id'] = hashlib.sha1(yaml.safe_dump(message).encode()).hexdigest()
    return message


connection = stomp.Connection12([('localhost', port)])
connection.set_listener('received', Received())
connection.connect(wait=True)
connection.subscribe('/queue/Consumer.python.VirtualTopic.Visits', id='visits', ack='client-individual')

missing = set()
for number in range(2 * count):
    message = click(number)
    missing.add(message['click_id'])
    headers = {'client': 'python', 'persistent': 'true', 'JMSXGroupID': message['session_id']}
    if number % 2 == 0:
        body, content_type = yaml.safe_dump(message, explicit_start=True), 'application/yaml'
    else:
        body, content_type = json.dumps(message, default=datetime.isoformat), 'application/json'
    connection.send('/topic/VirtualTopic.Clickstream', body, content_type=content_type, headers=headers)

received = 0
deadline = time.monotonic() + 30
while missing and time.monotonic() < deadline:
    try:
        visit = visits.get(timeout=1)
    except queue.Empty:
        continue
    if visit['click_id'] in missing:
        missing.remove(visit['click_id'])
        received += 1

# A request: the answer comes to a queue that is gone with this connection.
connection.subscribe('/temp-queue/answers', id='answers', ack='auto')
connection.send('/queue/Statistics', 'python',
                headers={'reply-to': '/temp-queue/answers', 'correlation-id': 'python-1'})
try:
    answer = answers.get(timeout=max(1, deadline - time.monotonic()))
    counted = json.loads(answer.body)['clicks'] if answer.headers['correlation-id'] == 'python-1' else 'none'
except queue.Empty:
    counted = 'none'
connection.disconnect()
print('python: %d clicks sent as YAML, %d as JSON, %d visits received, %s clicks counted'
      % (count, count, received, counted))
sys.exit(1 if missing or counted == 'none' else 0)
