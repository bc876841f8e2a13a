ActiveMessaging::Gateway.define do |s|
  #s.destination :orders, '/queue/Orders'
  #s.filter :some_filter, :only=>:orders
  #s.processor_group :group1, :order_processor
  s.processor_group :clickstream, :clickstream_processor
  s.processor_group :querystream, :querystream_processor
  s.processor_group :mousestream, :mouse_processor
  s.processor_group :belushinatorstream, :belushinator_processor
  s.processor_group :componenterrorstream, :componenterror_processor
  s.processor_group :errorstream, :errorstream_processor

  s.destination :clickstream, '/queue/Consumer.voyeur.VirtualTopic.Clickstream'
  s.destination :querystream, '/queue/Consumer.voyeur.VirtualTopic.Querystream'
  s.destination :mousestream, '/queue/Consumer.voyeur.VirtualTopic.Mousestream'
  s.destination :belushinatorstream, '/queue/Consumer.voyeur.VirtualTopic.Belushinator'
  s.destination :componenterrorstream, '/queue/Consumer.voyeur.VirtualTopic.Component'
  s.destination :errorstream, '/queue/Consumer.voyeur.VirtualTopic.Errorstream'
end
