package org.activemessaging.quickstart;

import java.net.ConnectException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.activemessaging.Processor;
import org.activemessaging.RedeliveryRule;
import org.activemessaging.RedeliveryRule.Action;
import org.activemessaging.SubscribesTo;

@Processor
class InvoiceProcessor {

	@SubscribesTo("invoices")
	@RedeliveryRule(exception = FileAlreadyExistsException.class, action = Action.DISCARD)
	@RedeliveryRule(exception = ConnectException.class, action = Action.PAUSE, pause = "30s")
	void onInvoice(String number) throws Exception {
		Files.createFile(Path.of(System.getProperty("java.io.tmpdir"), "invoice-" + number));
	}

}
