class ClickstreamProcessor < ApplicationProcessor

  subscribes_to :clickstream, :ack => 'client'

  def on_message(message)
    clickstream = YAML.load(message)
    write_records(timestamp) do |r|
      r.record('clicks', 1)
      r.record('request_latency', clickstream[:latency])
      r.record('uniques', clickstream[:unique])
    end

    Clickstream.create(clickstream)
    return nil
  end

  protected

  def setup_recording(c)
    c.setup('clicks', 'absolute')
    c.setup('request_latency', 'seconds')
    c.setup('uniques', 'absolute')
  end
end
