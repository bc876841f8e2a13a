package org.activemessaging.quickstart;

import org.activemessaging.MessagePublisher;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

@Component
class Orders {

	private final JdbcTemplate jdbc;

	private final MessagePublisher publisher;

	Orders(JdbcTemplate jdbc, MessagePublisher publisher) {
		this.jdbc = jdbc;
		this.publisher = publisher;
	}

	@Transactional
	void place(String id) {
		this.jdbc.update("insert into orders (id) values (?)", id);
		this.publisher.publish("orders", id);
	}

}
