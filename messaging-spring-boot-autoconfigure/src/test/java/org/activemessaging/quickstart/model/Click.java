package org.activemessaging.quickstart.model;

record Click(String session, String uri) {
}
