package org.activemessaging.migration.jmslistener;

record Order(String number, String city) {
}
