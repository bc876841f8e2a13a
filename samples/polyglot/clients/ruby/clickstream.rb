# Sends clicks as YAML, as the deck's Stenographer does, and as JSON, waits for what became of them,
# and asks how many were counted.
# Needs the gem "stomp". Arguments: how many of each, and the STOMP port if it is not that of broker.yml.
require 'digest/sha1'
require 'json'
require 'stomp'
require 'yaml'

count = (ARGV[0] || 10).to_i
broker = YAML.load_file(File.join(__dir__, 'config', 'broker.yml'))['development']
port = (ARGV[1] || broker['port']).to_i

client = Stomp::Client.new(
  :hosts => [{ :login => broker['login'], :passcode => broker['passcode'], :host => broker['host'], :port => port }],
  :connect_headers => { 'accept-version' => '1.2', 'host' => broker['host'] },
  :reliable => broker['reliable'], :initial_reconnect_delay => broker['reconnectDelay'], :max_reconnect_attempts => 5)

visits = Queue.new
client.subscribe('/queue/Consumer.ruby.VirtualTopic.Visits', { 'id' => 'visits', 'ack' => 'client-individual' }) do |message|
  visits << JSON.parse(message.body)
  client.acknowledge(message)
end

def click(number)
  message = {
    :session_id => "ruby-#{number % 3}",
    :ip_address => '203.0.113.0',
    :logged_in => false,
    :user_agent => RUBY_DESCRIPTION,
    :language => 'de, en;q=0.8',
    :uri => "/dance?übung=#{number}",
    :referrer => nil,
    :timestamp => Time.now,
    :latency => 0.25,
    :unique => number < 3
  }
  message[:click_id] = Digest::SHA1.hexdigest(message.to_yaml)
  message
end

sent = {}
(0...2 * count).each do |number|
  click = click(number)
  sent[click[:click_id]] = true
  headers = { 'client' => 'ruby', 'persistent' => 'true', 'JMSXGroupID' => click[:session_id] }
  if number.even?
    client.publish('/topic/VirtualTopic.Clickstream', click.to_yaml, headers)
  else
    json = click.merge(:timestamp => click[:timestamp].utc.strftime('%Y-%m-%dT%H:%M:%S.%LZ')).to_json
    client.publish('/topic/VirtualTopic.Clickstream', json, headers.merge('content-type' => 'application/json'))
  end
end

deadline = Time.now + 30
received = 0
until sent.empty? || Time.now > deadline
  if visits.empty?
    sleep 0.05
  elsif sent.delete(visits.pop['click_id'])
    received += 1
  end
end

# A request: the answer comes to a queue that is gone with this connection.
answers = Queue.new
client.subscribe('/temp-queue/answers', { 'id' => 'answers' }) { |message| answers << message }
client.publish('/queue/Statistics', 'ruby', { 'reply-to' => '/temp-queue/answers', 'correlation-id' => 'ruby-1' })
sleep 0.05 while answers.empty? && Time.now < deadline
answer = answers.empty? ? nil : answers.pop
counted = answer && answer.headers['correlation-id'] == 'ruby-1' ? JSON.parse(answer.body)['clicks'] : 'none'
client.close
puts "ruby: #{count} clicks sent as YAML, #{count} as JSON, #{received} visits received, #{counted} clicks counted"
exit(sent.empty? && answer ? 0 : 1)
