package org.activemessaging.quickstart.model;

record Quote(String item, int price) {
}
