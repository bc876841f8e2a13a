package org.activemessaging.quickstart;

import org.activemessaging.Processor;
import org.activemessaging.SubscribesTo;

import org.springframework.jdbc.core.JdbcTemplate;

@Processor
class PaymentProcessor {

	private final JdbcTemplate jdbc;

	PaymentProcessor(JdbcTemplate jdbc) {
		this.jdbc = jdbc;
	}

	@SubscribesTo("payments")
	void onPayment(Payment payment) {
		this.jdbc.update("update account set balance = balance + ? where id = ?", payment.amount(), payment.account());
	}

}
