package org.activemessaging.quickstart.model;

record Visit(String session, String from) {
}
