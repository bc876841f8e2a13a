package org.activemessaging.quickstart.model;

record Order(String item, int count) {
}
