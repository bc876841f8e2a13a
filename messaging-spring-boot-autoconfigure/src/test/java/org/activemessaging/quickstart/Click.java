package org.activemessaging.quickstart;

record Click(String session, String uri) {
}
