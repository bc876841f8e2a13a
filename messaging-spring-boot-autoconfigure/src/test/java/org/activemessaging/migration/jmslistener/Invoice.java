package org.activemessaging.migration.jmslistener;

record Invoice(String order) {
}
