// Sends clicks as YAML and as JSON, waits for what became of them, and asks how many were counted.
// Needs "npm install" in this folder. Arguments: how many of each, and the STOMP port.
'use strict';

const crypto = require('crypto');
const stompit = require('stompit');
const yaml = require('js-yaml');

const count = Number(process.argv[2] || 10);
const port = Number(process.argv[3] || 61613);
const missing = new Set();
let received = 0;
let counted = 'none';

function click(number) {
  const message = {
    session_id: `node-${number % 3}`,
    ip_address: '203.0.113.0',
    logged_in: false,
    user_agent: `Node ${process.version}`,
    language: 'de, en;q=0.8',
    uri: `/dance?übung=${number}`,
    referrer: null,
    timestamp: new Date(),
    latency: 0.25,
    unique: number < 3
  };
  message.click_id = crypto.createHash('sha1').update(JSON.stringify(message)).digest('hex');
  return message;
}

function end(client, status) {
  client.disconnect(() => {
    console.log(`node: ${count} clicks sent as YAML, ${count} as JSON, ${received} visits received, ${counted} clicks counted`);
    process.exit(status);
  });
}

// A request: the answer comes to a queue that is gone with this connection.
function ask(client) {
  client.subscribe({ destination: '/temp-queue/answers', ack: 'auto' }, (error, message) => {
    if (error) {
      throw error;
    }
    message.readString('utf-8', (problem, body) => {
      if (problem || message.headers['correlation-id'] !== 'node-1') {
        throw problem || new Error('an answer to something else');
      }
      counted = JSON.parse(body).clicks;
      end(client, 0);
    });
  });
  client.send({ destination: '/queue/Statistics', 'reply-to': '/temp-queue/answers', 'correlation-id': 'node-1' }).end('node');
}

stompit.connect({ host: 'localhost', port, connectHeaders: { host: 'localhost' } }, (failure, client) => {
  if (failure) {
    console.error(failure.message);
    process.exit(1);
  }
  setTimeout(() => end(client, 1), 30000);

  client.subscribe({ destination: '/queue/Consumer.node.VirtualTopic.Visits', ack: 'client-individual' }, (error, message) => {
    if (error) {
      console.error(error.message);
      process.exit(1);
    }
    message.readString('utf-8', (problem, body) => {
      if (problem) {
        throw problem;
      }
      client.ack(message);
      if (missing.delete(JSON.parse(body).click_id)) {
        received++;
        if (received === 2 * count) {
          ask(client);
        }
      }
    });
  });

  for (let number = 0; number < 2 * count; number++) {
    const message = click(number);
    missing.add(message.click_id);
    const frame = client.send({
      destination: '/topic/VirtualTopic.Clickstream',
      client: 'node',
      persistent: 'true',
      JMSXGroupID: message.session_id,
      'content-type': number % 2 === 0 ? 'application/yaml' : 'application/json'
    });
    frame.end(number % 2 === 0 ? '---\n' + yaml.dump(message) : JSON.stringify(message));
  }
});
